"""Files of a static site that are written once, each of them whole or not at all."""

import contextlib
import os
from pathlib import Path

from projections.ledger.errors import LedgerProblem
from projections.ledger.standard.tiles import WIDTH, Fetch, tile_path
from projections.ledger.standard.tree import SIZE
from projections.postgres import files

READABLE = 0o644
DRAFT = ".new"


class Altered(LedgerProblem):
    """A file that was published holds something else than it should."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path} was written once, and is not what the ledger holds. One of them"
            " was changed: keep both as they are, and find out which with `probity"
            " verify` and `probity-verify`."
        )


class Written:
    """A directory of files that are never changed, but for those that are replaced."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.touched: set[Path] = set()

    def put(self, name: str, data: bytes) -> bool:
        """Write a file unless it is there; return whether we wrote it.

        Raises:
            Altered: it is there with other contents.
        """
        path = self.root / name
        with contextlib.suppress(FileNotFoundError):
            if path.read_bytes() != data:
                raise Altered(path)
            return False
        self.replace(name, data)
        return True

    def replace(self, name: str, data: bytes) -> None:
        """Write a file; who reads it meanwhile finds the one before, or this one."""
        path = self.root / name
        self._make(path.parent)
        draft = path.with_name(f".{path.name}{DRAFT}")
        with draft.open("wb") as file:
            os.fchmod(file.fileno(), READABLE)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
        self.touched.add(path.parent)

    def settle(self) -> None:
        """Make the names of all that was written survive a power cut."""
        while self.touched:
            files.sync(self.touched.pop())

    def read(self, name: str) -> bytes | None:
        """Return what a file holds, or None where it is not there."""
        try:
            return (self.root / name).read_bytes()
        except FileNotFoundError:
            return None

    def fetch(self) -> Fetch:
        """Return a way to fetch the tiles that lie here; what is missing is b""."""

        def fetch_tile(level: int, n: int, width: int) -> bytes:
            exact = self.read(tile_path(level, n, width))
            found = self.read(tile_path(level, n, WIDTH)) if exact is None else exact
            return (found or b"")[: width * SIZE]

        return fetch_tile

    def _make(self, directory: Path) -> None:
        if directory.is_dir():
            return
        self._make(directory.parent)
        directory.mkdir(exist_ok=True)
        self.touched.add(directory.parent)
