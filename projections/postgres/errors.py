"""Why the database cannot be used as it is; each message says what to do about it.

DatabaseProblem
    NoPostgres      no usable PostgreSQL programs on this machine
    ClusterFailed   the embedded server cannot be created, started or reached
    MissingRights   the user who sets the database up may not do what that needs
    NotInitialised  the log's table is not there yet
    UnsafeSetting   a setting would lose or reorder events, or let them be edited
"""


class DatabaseProblem(Exception):
    """The database cannot be used as it is."""


class NoPostgres(DatabaseProblem):
    """No usable PostgreSQL programs on this machine."""


class ClusterFailed(DatabaseProblem):
    """The embedded server cannot be created, started or reached."""


class MissingRights(DatabaseProblem):
    """The user who sets the database up may not do what that needs."""


class NotInitialised(DatabaseProblem):
    """The log's table is not there yet."""


class UnsafeSetting(DatabaseProblem):
    """A setting would lose or reorder events, or let them be edited."""
