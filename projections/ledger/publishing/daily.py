"""Has the newest published checkpoint stamped once a day, and keeps the timestamp."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from psycopg import Connection

from projections.ledger.publishing.stamping import NotStamped, Stamper
from projections.ledger.publishing.telling import AGAIN
from projections.ledger.store import Published
from projections.statements import Statements

SQL = Statements(Path(__file__).with_name("publishing_queries.sql"))


@dataclass
class Daily:
    """Stamps once a day (UTC); after a failure it waits before it asks again."""

    stamper: Stamper
    clock: Callable[[], datetime]
    failed: tuple[str, datetime] | None = field(default=None, init=False)

    def stamp(
        self, connection: Connection[Any], origin: str, newest: Published
    ) -> None:
        """Have a checkpoint stamped, unless one was today, or this one was before.

        Raises:
            NotStamped: there is no timestamp to be relied on; also while we wait.
        """
        now = self.clock()
        last = connection.execute(SQL["find_stamp"], {"origin": origin}).fetchone()
        if last and (last[1].date() >= now.date() or last[0] == newest.size):
            return
        if self.failed and now - self.failed[1] < AGAIN:
            raise NotStamped(self.failed[0])
        try:
            token, at = self.stamper.stamp(newest.note)
        except NotStamped as error:
            self.failed = str(error), now
            raise
        self.failed = None
        row = {"origin": origin, "size": newest.size, "token": token, "stamped_at": at}
        connection.execute(SQL["write_stamp"], row)
