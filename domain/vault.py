"""What keeps the keys, and what stands in the place of what they seal."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Collection, Mapping
from typing import NamedTuple, Protocol
from uuid import UUID

from domain.errors import Tampered

FORMAT = "1"
STANDING = 0


class KeyName(NamedTuple):
    """Whose contents a key seals: a person's, or those about a relative of theirs.

    `year` is that in which a stream began (UTC), so that what was filed in one year can
    be destroyed without what was filed in others; `STANDING` is for what is kept as
    long as there is a file.
    """

    subject: str
    relative: str = ""
    year: int = STANDING


class DataKey(Protocol):
    """A key that seals contents with authentication (AES-256-GCM)."""

    @property
    def id(self) -> UUID: ...

    @property
    def name(self) -> KeyName: ...

    def lock(self, plain: bytes, bound_to: bytes) -> bytes:
        """Return the box, which opens only where *bound_to* is the same again."""

    def unlock(self, box: bytes, bound_to: bytes) -> bytes:
        """Return what is in the box; raise `ValueError` if it is not as it was made."""


class Vault(Protocol):
    """Keeps the data keys. Both raise `domain.errors.VaultClosed` where it cannot."""

    def provide(self, names: Collection[KeyName]) -> Mapping[KeyName, DataKey]:
        """Return the keys of these names, made where there was none.

        They may be remembered from before: whether they are still there, the log asks
        when it stores what they sealed.
        """

    def forget(self) -> None:
        """Remember none any more: one of them turned out to be gone."""

    def fetch(self, ids: Collection[UUID]) -> Mapping[UUID, DataKey]:
        """Return those of these keys that have not been destroyed."""


class Token(NamedTuple):
    """What stands in the place of a sealed value: where that is, and the locked box."""

    key: UUID
    stream: UUID
    version: int
    field: str
    box: bytes = b""

    @property
    def place(self) -> str:
        parts = (FORMAT, self.key.hex, self.stream.hex, str(self.version), self.field)
        return ":".join(parts)

    def bound_to(self, class_: str) -> bytes:
        """Return what the box is bound to, so that it can stand nowhere else."""
        return f"{self.place}:{class_}".encode()

    def written(self) -> str:
        return f"{self.place}:{urlsafe_b64encode(self.box).decode()}"


def key_of(written: str) -> UUID:
    """Return the key that a token names, without reading the rest of it.

    Raises `Tampered` where it names none.
    """
    try:
        return UUID(hex=written.split(":", 2)[1])
    except (IndexError, ValueError) as error:
        raise Tampered("a seal that cannot be read") from error


def token_of(written: str) -> Token:
    """Return the token as it was written; raise `Tampered` for any other text."""
    try:
        form, key, stream, version, field, box = written.split(":")
        if form == FORMAT:
            place = UUID(hex=key), UUID(hex=stream), int(version), field
            return Token(*place, urlsafe_b64decode(box))
    except ValueError:
        pass
    raise Tampered("a seal that cannot be read")
