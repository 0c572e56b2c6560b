"""Where the files of an embedded server lie, such that its user can reach them."""

import contextlib
import hashlib
import logging
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from projections.postgres import files
from projections.postgres.account import Account, serving
from projections.postgres.errors import ClusterFailed

PORT = 5432
SOCKET = f".s.PGSQL.{PORT}"
LONGEST_SOCKET = 100  # bytes; the system's limit is 104 on macOS and 108 on Linux
ELSEWHERE = "elsewhere"

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Place:
    """The directories of one server: secrets and locks in `root`, data in `base`."""

    root: Path
    base: Path
    account: Account

    @property
    def data(self) -> Path:
        return self.base / "data"

    @property
    def log(self) -> Path:
        """What the server and the programs around it say."""
        return self.root / "server.log"

    def sockets(self) -> Path:
        """Return the directory that holds the socket of the server, if it runs."""
        # The fifth line of its own file: this process may have another TMPDIR.
        with contextlib.suppress(OSError, IndexError):
            told = (self.data / "postmaster.pid").read_text().splitlines()[4]
            if told:
                return Path(told)
        return self.new_sockets()

    def new_sockets(self) -> Path:
        """Return the directory for the socket of a server that is to start.

        Raises:
            ClusterFailed: no path to it would do for a socket.
        """
        for directory in self._socket_directories():
            short = len(os.fsencode(directory / SOCKET)) <= LONGEST_SOCKET
            # libpq takes what is between two commas for a place of its own.
            if short and "," not in str(directory):
                return directory
        raise ClusterFailed(
            f"the path of {self.base} is too long for a socket or has a comma, and so"
            f" is {tempfile.gettempdir()}: set TMPDIR or PROBITY_HOME to a short one."
        )

    def _socket_directories(self) -> Iterator[Path]:
        yield self.base / "run"
        digest = hashlib.sha256(os.fsencode(self.base)).hexdigest()[:12]
        for parent in (tempfile.gettempdir(), "/tmp"):  # noqa: S108  the directory in it is checked to be private
            if self.account.can_enter(Path(parent)):
                yield Path(parent) / f"probity-{digest}"


def settle(root: Path) -> Place:
    """Return the place of the server of a directory, made on its first use.

    Root has to run the server as another user, who cannot enter a closed home such as
    /root: the data then lies where that user can, and a link named `elsewhere` says so.
    One process at a time.

    Args:
        root: a directory of ours.

    Raises:
        ClusterFailed: there is data, and its owner can no longer reach it.
    """
    link = root / ELSEWHERE
    base = link.resolve() if link.is_symlink() else root
    account = serving(base / "data")
    if base == root and not account.can_enter(root):
        root.chmod(0o711)
    if account.can_enter(base):
        return Place(root, base, account)
    if base != root or (root / "data").exists():
        raise ClusterFailed(
            f"{account.name}, who runs the server, cannot reach its data in {base}. Is"
            " that there, and may others pass through all directories above it?"
        )
    return Place(root, _elsewhere(link, account), account)


def _elsewhere(link: Path, account: Account) -> Path:
    parent = Path(platformdirs.site_state_dir("probity")) / "clusters"
    parent.mkdir(mode=0o711, parents=True, exist_ok=True)
    # Never one that was there before: it would hold the data of a home that is gone.
    base = Path(tempfile.mkdtemp(prefix="cluster-", dir=parent))
    base.chmod(0o711)
    link.symlink_to(base)
    files.sync(link.parent)
    message = "%s cannot enter %s: the database is kept in %s"
    logger.warning(message, account.name, link.parent, base)
    return base
