"""What the tests of the door send through it: three units, and who leads them."""

from datetime import UTC, datetime
from typing import Any

from domain.casework import Casework
from domain.receipt import Key, Receipt, Request
from domain.record import Actor, Command
from domain.unit import NameHead, unit_stream
from tests.domain.cast import UNITS
from tests.memory import MemoryLog, in_memory

NOON = datetime(2016, 12, 1, 12, tzinfo=UTC)
OFFICE = Actor(id="office", role="admin")
COLLEGE = unit_stream("college")
HEAD = NameHead(code="college", head="zhang")


def opened(log: MemoryLog | None = None) -> Casework:
    """Return a door behind which the three units stand, at positions 1 to 3."""
    app = in_memory(log)
    for unit in UNITS:
        app.handle(unit, by=OFFICE, at=NOON)
    return app


def ask(app: Casework, command: Command[Any], **more: Any) -> Receipt:
    usual: dict[str, Any] = {"by": OFFICE, "at": NOON}
    return app.handle(command, **(usual | more))


def keyed(key: str = "k-1", digest: bytes = b"body", actor: str = "office") -> Request:
    return Request(key=Key(actor=actor, key=key), digest=digest)


def size(app: Casework) -> int:
    return app.recorder.max_notification_id() or 0


def head(code: str, who: str) -> NameHead:
    return NameHead(code=code, head=who)
