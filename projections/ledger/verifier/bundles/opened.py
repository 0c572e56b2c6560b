"""What a bundle tells in the clear: opened once more with its keys, and compared."""

import json
from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from domain.errors import Tampered
from domain.vault import Token, token_of
from projections.ledger.verifier.bundles.contents import Entries, state_of
from projections.ledger.verifier.bundles.entry import Entry
from projections.ledger.verifier.bundles.events import Files
from projections.ledger.verifier.bundles.finding import Finding, note

ALGORITHM = "AES-256-GCM"
NONCE_BYTES = 12  # before the ciphertext, as the register stores it
USUAL = "confidential"  # the class of a sealed value that names none
DESTROYED = "destroyed"
Keys = Mapping[UUID, AESGCM]


class Differs(ValueError):
    """What is said to be opened is not what the keys open."""


@dataclass(frozen=True)
class Opening:
    """The keys that open what is sealed in an event of this stream and version."""

    stream: str
    version: int
    keys: Keys

    def opened(self, part: Any) -> Any:
        """Return a part of the event in the clear, as far as there are keys.

        Raises:
            Differs: a value was sealed for another event, or is not as it was sealed.
        """
        if isinstance(part, list):
            return [self.opened(one) for one in part]
        if not isinstance(part, dict):
            return part
        if "sealed" in part:
            return self.unsealed(part)
        return {name: self.opened(one) for name, one in part.items()}

    def unsealed(self, sealed: Mapping[str, Any]) -> Any:
        class_ = str(sealed.get("class", USUAL))
        token = token_of(str(sealed["sealed"]))
        if (str(token.stream), token.version) != (self.stream, self.version):
            raise Differs(f"its {token.field} was sealed for another event")
        if token.key not in self.keys:
            return {"sealed": DESTROYED, "class": class_}
        return unlocked(self.keys[token.key], token, class_)


def keys_named(state: Any) -> set[UUID]:
    """Return the keys with which anything in an event is sealed."""
    found, left = set(), [state]
    while left:
        part = left.pop()
        if isinstance(part, dict) and "sealed" in part:
            found.add(token_of(str(part["sealed"])).key)
        elif isinstance(part, dict):
            left += part.values()
        elif isinstance(part, list):
            left += part
    return found


def unlocked(key: AESGCM, token: Token, class_: str) -> Any:
    nonce, box = token.box[:NONCE_BYTES], token.box[NONCE_BYTES:]
    try:
        return json.loads(key.decrypt(nonce, box, token.bound_to(class_)))
    except (InvalidTag, ValueError) as error:
        raise Differs(f"the key {token.key} does not open {token.field}") from error


def written(opened: Any) -> bytes:
    """Return the file that tells an event in the clear."""
    return f"{json.dumps(opened, indent=1, ensure_ascii=False)}\n".encode()


def written_key(id_: UUID, secret: bytes) -> bytes:
    """Return the file of a data key, as `key_in` reads it."""
    said = {
        "id": str(id_),
        "algorithm": ALGORITHM,
        "secret": b64encode(secret).decode(),
    }
    return f"{json.dumps(said, indent=1)}\n".encode()


def key_file(id_: UUID) -> str:
    return f"keys/{id_.hex}.json"


def check_opened(files: Files, entries: Entries) -> Iterator[Finding]:
    """Open again all that is told in the clear, and compare."""
    keys: dict[UUID, AESGCM] = {}
    for file in sorted(name for name in files if name.startswith("keys/")):
        try:
            keys |= key_in(file, files[file])
        except (ValueError, LookupError, TypeError) as error:
            yield Finding(file, f"it is no data key: {error}")
    if keys:
        says = (
            f"{len(keys)} data keys are in this bundle: keep it as secret as they are"
        )
        yield note("keys/", says)
    for file in sorted(name for name in files if name.startswith("opened/")):
        position = int(file.removeprefix("opened/").removesuffix(".json"))
        yield from check_told(file, entries.get(position), files, keys)


def check_told(
    file: str, entry: Entry | None, files: Files, keys: Keys
) -> Iterator[Finding]:
    state = state_of(files, entry.position) if entry else None
    if entry is None or state is None:
        yield Finding(file, "there is no event in the bundle of which this is told")
        return
    opening = Opening(entry.stream, entry.version, keys)
    try:
        if files[file] != written(opening.opened(state)):
            yield Finding(file, "it is not what the keys open of the event")
    except (Differs, Tampered) as error:
        yield Finding(file, str(error))
    except RecursionError:
        yield Finding(file, "the event is nested too deeply")


def key_in(file: str, content: bytes) -> Keys:
    """Return the key in a file, under its id."""
    said = json.loads(content)
    id_ = UUID(said["id"])
    if file != key_file(id_) or said["algorithm"] != ALGORITHM:
        raise ValueError(f"it is the key {id_}, for {said['algorithm']}")
    return {id_: AESGCM(b64decode(said["secret"], validate=True))}
