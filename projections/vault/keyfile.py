"""A file of wrapping keys that its owner alone can read, one version in each line."""

import os
import stat
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from domain.errors import VaultClosed
from projections.postgres import files
from projections.vault.datakey import KEY_BYTES
from projections.vault.wrapping import (
    ciphers,
    name_of,
    secret_in,
    unwrapped_by,
    wrapped_by,
)

OTHERS = 0o077
DATA_DIRECTORY = "PG_VERSION"  # a file that stands in each of PostgreSQL's
HEAD = """\
# Wrapping keys of Probity, the oldest first. Without them nobody reads what is sealed:
# keep a copy elsewhere, and never with a copy of the database.
"""


class KeyFile:
    """The versions in a file, read again when somebody has changed it."""

    def __init__(self, path: Path) -> None:
        """Read the file.

        Raises:
            VaultClosed: it is missing, open to others, or not what `create` writes.
        """
        self.path = path
        self.place = f"the file {path}"
        self.read_at: tuple[int, ...] = ()
        self.ciphers: Mapping[str, AESGCM] = {}
        self.versions()

    def versions(self) -> Sequence[str]:
        now = self._stamp()
        if now != self.read_at:
            self.ciphers, self.read_at = ciphers(secrets_in(self.path)), now
        return list(self.ciphers)

    def wrap(self, version: str, secret: bytes, bound_to: bytes) -> bytes:
        return wrapped_by(self._cipher(version), secret, bound_to)

    def unwrap(self, version: str, box: bytes, bound_to: bytes) -> bytes:
        return unwrapped_by(self._cipher(version), box, bound_to)

    def add(self) -> str:
        secret = os.urandom(KEY_BYTES)
        with files.alone(lock_of(self.path)):
            write(self.path, [*secrets_in(self.path), secret])
        return name_of(secret)

    def drop(self, version: str) -> bool:
        with files.alone(lock_of(self.path)):
            kept = [s for s in secrets_in(self.path) if name_of(s) != version]
            write(self.path, kept)
        return True

    def _cipher(self, version: str) -> AESGCM:
        self.versions()
        return self.ciphers[version]

    def _stamp(self) -> tuple[int, ...]:
        try:
            found = self.path.stat()
        except OSError as error:
            raise unreadable(self.path, error) from error
        return found.st_ino, found.st_mtime_ns, found.st_size


def create(path: Path) -> bool:
    """Make a file with one new key unless it is there; return whether we made it.

    Raises:
        VaultClosed: it would lie in a data directory of PostgreSQL, or cannot be made.
    """
    refuse_data_directory(path)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with files.alone(lock_of(path)):
            if path.exists():
                return False
            write(path, [os.urandom(KEY_BYTES)])
    except OSError as error:
        raise VaultClosed(f"no wrapping key could be made: {error}") from error
    return True


def secrets_in(path: Path) -> list[bytes]:
    """Return the keys in a file, the oldest first."""
    refuse_data_directory(path)
    text = read_private(path)
    return [
        key_in(line, f"{path}, line {number}")
        for number, line in enumerate(text.splitlines(), 1)
        if line.strip() and not line.startswith("#")
    ]


def key_in(line: str, place: str) -> bytes:
    """Return the key in a line: its name, and itself in base64."""
    name, _, written = line.strip().partition(" ")
    secret = secret_in(written)
    if secret is None or name_of(secret) != name:
        raise VaultClosed(
            f"{place}: this is not a wrapping key and its name. The file is damaged, or"
            " is another one: put it back from where you keep a copy."
        )
    return secret


def read_private(path: Path) -> str:
    """Return the text of a file of secrets, if nobody else can read or change it.

    Raises:
        VaultClosed: it is missing, unreadable, or open to others.
    """
    try:
        with path.open(encoding="ascii", errors="replace") as file:
            refuse_shared(path, os.fstat(file.fileno()))
            return file.read()
    except OSError as error:
        raise unreadable(path, error) from error


def refuse_shared(path: Path, found: os.stat_result) -> None:
    if found.st_uid not in (os.geteuid(), 0) or stat.S_IMODE(found.st_mode) & OTHERS:
        raise VaultClosed(
            f"{path} is open to others than its owner, and holds a secret. Find out who"
            f" may have read it; then `chmod 600 {path}`, as the user who runs Probity,"
            " and rotate the key."
        )


def refuse_data_directory(path: Path) -> None:
    for parent in path.absolute().parents:
        if (parent / DATA_DIRECTORY).exists():
            raise VaultClosed(
                f"{path} lies in a data directory of PostgreSQL: whoever has a copy of"
                " the database would have the keys to it. Name another place."
            )


def write(path: Path, secrets: Sequence[bytes]) -> None:
    """Write the file anew; it changes as a whole or not at all."""
    draft = path.with_name(f".{path.name}.new")
    with files.open_private(draft) as file:
        file.write(HEAD)
        file.writelines(lines(secrets))
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    files.sync(path.parent)


def lines(secrets: Sequence[bytes]) -> Iterator[str]:
    for secret in secrets:
        yield f"{name_of(secret)} {b64encode(secret).decode()}\n"


def lock_of(path: Path) -> Path:
    return path.with_name(f".{path.name}.lock")


def unreadable(path: Path, error: OSError) -> VaultClosed:
    return VaultClosed(
        f"{path} cannot be read: {error.strerror}. Nothing is lost, and what is sealed,"
        " opened or signed with it waits until it is there: put it back from where you"
        " keep a copy, readable to the user who runs Probity."
    )
