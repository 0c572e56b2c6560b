"""What a witness shows of a log."""

from hashlib import sha256

from tests.web.witness.watched import WatchedLog


def address(log: WatchedLog) -> str:
    return f"/{sha256(log.origin.encode()).hexdigest()}/checkpoint"
