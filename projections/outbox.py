"""The mail that is to leave: written once, taken one at a time, never lost silently."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal
from uuid import UUID

from psycopg import Connection
from psycopg.rows import class_row

from projections.statements import Statements

SQL = Statements(Path(__file__).with_name("outbox.sql"))
NO_ADDRESS = "the person has no e-mail address on file"

Kind = Literal["reminder", "notice"]


@dataclass(frozen=True)
class Letter:
    """What is to be said, to whom, and because of which event (`id`)."""

    id: UUID
    message_id: str
    kind: Kind
    person: str
    obligation: UUID | None
    address: str | None
    subject: str
    body: str


@dataclass(frozen=True)
class Mail:
    """A letter on its way; `attempts` have failed so far."""

    id: UUID
    message_id: str
    address: str
    subject: str
    body: str
    written_at: datetime
    attempts: int


def write(connection: Connection, letters: Iterable[Letter], now: datetime) -> None:
    """Put letters into the outbox, each once for its event.

    What cannot be delivered is kept too, with the reason, so that somebody can tell the
    person otherwise.
    """
    rows = [
        {
            **vars(letter),
            "now": now,
            "state": "waiting" if letter.address else "undeliverable",
            "error": None if letter.address else NO_ADDRESS,
        }
        for letter in letters
    ]
    with connection.cursor() as cursor:
        cursor.executemany(SQL["write_mail"], rows)


@contextmanager
def next_due(connection: Connection, now: datetime) -> Iterator[Mail | None]:
    """Take the next mail that is due, for as long as the context lasts.

    Nobody else gets it meanwhile, and what is marked within is kept when it ends. If
    the process dies between, the mail waits as before.
    """
    with connection.transaction(), connection.cursor(row_factory=class_row(Mail)) as c:
        yield c.execute(SQL["lock_next"], {"now": now}).fetchone()


def count_due(connection: Connection, now: datetime) -> int:
    """Return how many mails could be sent now."""
    row = connection.execute(SQL["count_due"], {"now": now}).fetchone()
    return row[0] if row else 0


def mark_delivered(connection: Connection, mail: Mail, now: datetime) -> None:
    """Note that the mail server has accepted it."""
    connection.execute(SQL["mark_delivered"], {"id": mail.id, "now": now})


def mark_attempt(
    connection: Connection, mail: Mail, error: Exception, again_at: datetime | None
) -> None:
    """Note a failure, and when to try again: never, where *again_at* is None."""
    row = {
        "id": mail.id,
        "state": "waiting" if again_at else "failed",
        "again_at": again_at or mail.written_at,
        "error": str(error),
    }
    connection.execute(SQL["mark_attempt"], row)


def try_again(connection: Connection, now: datetime, id_: UUID | None = None) -> int:
    """Let failed mail be tried again, all of it or one; return how many there were."""
    return connection.execute(SQL["try_again"], {"id": id_, "now": now}).rowcount


def forget_delivered(connection: Connection, before: datetime) -> int:
    """Remove what was delivered before then; return how many there were."""
    return connection.execute(SQL["forget_delivered"], {"before": before}).rowcount
