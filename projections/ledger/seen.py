"""What was last signed of each log, in an SQLite file that only moves forward."""

import contextlib
import os
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from projections.statements import Statements

STATEMENTS = {
    name: text.decode()
    for name, text in Statements(Path(__file__).with_suffix(".sql")).items()
}
PATIENCE = 30.0  # seconds to wait for another process that is writing


@dataclass(frozen=True)
class Head:
    """The size and root of a tree, and the signed note that says so."""

    size: int
    root: bytes
    note: str


Judge = Callable[[Head | None], Head]


class Moved(Exception):
    """The last size is another one: `size` (0 where nothing was signed yet)."""

    def __init__(self, size: int) -> None:
        super().__init__(f"the last size that was signed is {size}")
        self.size = size


class Seen:
    """The last head of each log, safe for threads and processes of one machine.

    Never put it on a network file system, nor back from a backup: what was signed
    since would be signed again, differently.
    """

    def __init__(self, path: Path) -> None:
        """Open the file; it is made, empty and private, where it is missing."""
        self.path = path
        with contextlib.suppress(FileExistsError):
            # Never opened again by us: closing it would drop the locks of SQLite.
            os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        with self._open() as connection:
            connection.execute(STATEMENTS["create_seen"])

    @classmethod
    def existing(cls, path: Path) -> "Seen":
        """Open a file that has to be there.

        Raises:
            FileNotFoundError: it is not; an empty one would forget what was signed.
        """
        if not path.exists():
            raise FileNotFoundError(
                f"{path} is not there, in which stands what was signed. Without it"
                " another history could be signed: put back the very file, or begin"
                " again under a new name and new keys."
            )
        return cls(path)

    def latest(self, origin: str) -> Head | None:
        """Return the last head of a log, None where nothing of it was signed."""
        with self._open() as connection:
            return find(connection, origin)

    def origins(self) -> list[str]:
        """Return the logs of which something was signed."""
        with self._open() as connection:
            rows = connection.execute(STATEMENTS["list_origins"]).fetchall()
        return [str(origin) for (origin,) in rows]

    def advance(self, origin: str, old: int, head: Head) -> None:
        """Put a new head in the place of the one of size *old*, durably.

        Raises:
            Moved: the last size is not *old*.
            ValueError: the head is smaller, or of equal size with another root.
        """
        self.advance_by(origin, old, lambda _: head)

    def advance_by(self, origin: str, old: int, judge: Judge) -> Head:
        """Let *judge* look at the last head and return the next, and keep that.

        Nobody else moves the log meanwhile. Whatever *judge* raises leaves all as it
        was; what it signs is given out only after this has returned.

        Args:
            origin: the log.
            old: the size that the last head has to have, 0 for none.
            judge: checks consistency with the last head, and signs.

        Raises:
            Moved: the last size is not *old*.
            ValueError: the head is smaller, or of equal size with another root.
        """
        with self._open() as connection, writing(connection):
            last = find(connection, origin)
            size = last.size if last else 0
            if size != old:
                raise Moved(size)
            head = judge(last)
            refuse_backward(last, head)
            row = {"origin": origin, **vars(head)}
            connection.execute(STATEMENTS["put_latest"], row)
        return head

    @contextlib.contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        connection = sqlite3.connect(self.path, timeout=PATIENCE, isolation_level=None)
        with contextlib.closing(connection):
            # A full sync, and one more of the directory: a power cut loses nothing.
            connection.execute("PRAGMA synchronous = EXTRA")
            yield connection


@contextlib.contextmanager
def writing(connection: sqlite3.Connection) -> Iterator[None]:
    """Hold the lock of the file for a block, and commit it unless it raises."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def find(connection: sqlite3.Connection, origin: str) -> Head | None:
    row = connection.execute(STATEMENTS["find_latest"], {"origin": origin}).fetchone()
    return Head(*row) if row else None


def refuse_backward(last: Head | None, head: Head) -> None:
    if last is None or head.size > last.size:
        return
    if (head.size, head.root) != (last.size, last.root):
        raise ValueError(
            f"size {head.size} does not follow size {last.size} that was signed"
        )
