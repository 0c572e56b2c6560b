"""A register in a real database, sequenced, signed and cosigned; and how to bend it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from projections.ledger import store
from projections.ledger.dumping import write
from projections.ledger.sequencer import Sequencer
from projections.ledger.showing import Reading
from projections.ledger.standard.checkpoint import Checkpoint
from projections.ledger.standard.policy import parse_policy
from projections.ledger.verifier.logs import Trust, check_logs
from projections.ledger.verifier.verdict import Verdict
from projections.postgres.address import Address
from tests.history import History
from tests.ledger.verifying.register import cosigned, policy, signed
from tests.postgres import admin, as_role

Connection = psycopg.Connection[Any]
GUARDED = (
    "log.probity_events",
    "ledger.tile",
    "ledger.checkpoint",
    "ledger.signed",
    "ledger.cosigned",
)
NEW = """
SELECT size, root FROM ledger.checkpoint
 WHERE NOT EXISTS (SELECT FROM ledger.signed WHERE signed.size = checkpoint.size)
"""


def quiet(_done: int, _total: int) -> None:
    """Show no progress."""


@dataclass
class House:
    """A register, as its superuser and as those see it who verify it."""

    database: Address

    @property
    def origin(self) -> str:
        with admin(self.database) as connection:
            return store.origin(connection).origin

    @property
    def policy(self) -> str:
        return policy(self.origin)

    def write(self, history: History, *, steps: int = 3) -> None:
        """Append what happened, and witness it in so many steps."""
        before, after = history.written, len(history.records)
        for step in range(1, steps + 1):
            with admin(self.database) as connection:
                history.write(connection, before + (after - before) * step // steps)
            self.witness()

    def witness(self) -> str:
        """Have all that is in the log signed and cosigned; return the newest note."""
        with as_role(self.database, "probity_ledger") as connection:
            Sequencer(connection, batch=100).catch_up()
            origin = self.origin
            for size, root in connection.execute(NEW).fetchall():
                note = signed(Checkpoint(origin, size, root))
                for table, text in (("signed", note), ("cosigned", cosigned(note))):
                    insert = f"INSERT INTO ledger.{table} VALUES (%s, %s, %s)"  # noqa: S608  our own names
                    connection.execute(insert.encode(), (origin, size, text))
            newest = store.latest_cosigned(connection, origin)
            return newest.note if newest else ""

    @contextmanager
    def bent(self, *statements: str, **values: Any) -> Iterator[Connection]:
        """Do as a superuser with the triggers off; at the end it was never done."""
        with (
            admin(self.database) as connection,
            connection.transaction(force_rollback=True),
        ):
            for table in GUARDED:
                connection.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER".encode())
            for statement in statements:
                connection.execute(statement.encode(), values)
            yield connection

    def dump(self, connection: Connection, path: Path) -> Path:
        """Write what a transaction sees, bent or not."""
        with path.open("wb") as file:
            write(connection, file, (), quiet)
        return path

    def judge(self, connection: Connection) -> Verdict:
        """Return what the live check says of what a transaction sees."""
        logs = list(Reading(connection).logs(quiet))
        return check_logs(logs, Trust(parse_policy(self.policy)))
