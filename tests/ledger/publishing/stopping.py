"""What stops an export midway."""


class Interrupted(Exception):
    pass
