"""Seals the mail for as long as it lies in the outbox, with the person's own key."""

from uuid import UUID

import msgspec

from domain.errors import Tampered
from domain.record import Sealed
from domain.sealing import unlocked
from domain.vault import DataKey, Token, token_of

# No event has this version: what is sealed in a mail cannot stand in the log.
NO_EVENT = 0
CLASS = "confidential"


def sealed(key: DataKey, mail: UUID, field: str, text: str) -> str:
    """Return what is stored in place of a text; it opens in this field of this mail."""
    token = Token(key.id, mail, NO_EVENT, field)
    box = key.lock(msgspec.json.encode(text), token.bound_to(CLASS))
    return token._replace(box=box).written()


def key_of(written: str) -> UUID:
    """Return the id of the key that opens what was stored."""
    return token_of(written).key


def opened(key: DataKey, mail: UUID, field: str, written: str) -> str:
    """Return the text; raise `Tampered` where it is not as, or where, it was sealed."""
    token = token_of(written)
    if (token.stream, token.version, token.field) != (mail, NO_EVENT, field):
        raise Tampered(f"{field} of mail {mail}")
    return str(unlocked(Sealed(sealed=written, class_=CLASS), key))
