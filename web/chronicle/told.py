"""A history as its reader is told it: opened as far as they may, entry by entry."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from web.answers.answer import Answer
from web.chronicle.entries import ChronicleEntry
from web.reading import Reader

Told = Mapping[str, Any]
TOGETHER = 50  # entries in one piece of an answer


class Chronicle(Answer):
    """Everything that happened to one thing and what belongs to it, oldest first.

    `left_out` are the kinds of things of which the reader's role is told nothing,
    whether there are any or not.
    """

    kind: str
    key: str
    person: str | None
    left_out: Sequence[str]
    entries: Sequence[ChronicleEntry]


class Heading(Answer):
    """What stands above a history."""

    kind: str
    key: str
    person: str | None
    left_out: Sequence[str]


def told(entries: Sequence[ChronicleEntry], reader: Reader) -> Iterator[Told]:
    """Yield the members of entries, opened; that all are read is on record before.

    What differs only in its seal is no change; of what stays sealed nobody can tell.
    """
    opened = reader.told_each(map(sealable, entries))
    for entry, parts in zip(entries, opened, strict=True):
        changes = [change for change in parts["changes"] if differs(change)]
        yield {**msgspec.structs.asdict(entry), **parts, "changes": changes}


def sealable(entry: ChronicleEntry) -> Told:
    """Return what of an entry may be sealed: only that is looked through for seals."""
    return {"fact": entry.fact, "reason": entry.reason, "changes": entry.changes}


def differs(change: Told) -> bool:
    hidden = isinstance(change["before"], Mapping) and "sealed" in change["before"]
    return bool(change["said"] or hidden or change["before"] != change["after"])


def as_json(heading: Heading, entries: Iterable[Told]) -> Iterator[bytes]:
    """Yield a `Chronicle` in pieces, as JSON."""
    head = msgspec.json.encode(heading)
    yield head[:-1] + b',"entries":['
    pieces: list[bytes] = []
    for nth, entry in enumerate(entries):
        pieces.append((b"," if nth else b"") + msgspec.json.encode(entry))
        if len(pieces) == TOGETHER:
            yield b"".join(pieces)
            pieces = []
    yield b"".join([*pieces, b"]}"])
