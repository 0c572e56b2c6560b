"""What an answer tells: opened as far as its reader may, once that is on record."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import msgspec

from domain.access import Grant, authority_of, may_open
from domain.casework import Casework
from domain.errors import Tampered
from domain.record import Actor, Sealed
from domain.records.reading import RecordRead
from domain.sealing import sealed_in, unlocked
from domain.vault import DataKey, key_of

# What stands in the place of a value that is not told, and why.
WITHHELD, DESTROYED = "withheld", "destroyed"
# The members of an answer that say whom it is about.
WHOSE = ("person", "number")
# What plain JSON has other values in: nothing else is looked into, for speed.
DEEP = frozenset({dict, list, tuple})


@dataclass(frozen=True)
class Seal:
    """A sealed value in an answer, and the number of the person whom it is about."""

    sealed: Sealed
    whose: str | None

    @property
    def key(self) -> UUID:
        return key_of(self.sealed.sealed)


@dataclass(frozen=True, kw_only=True)
class Reader:
    """Who reads what, of whom, and why.

    Attributes:
        grant: by what right.
        person: whom it is all about; None where that differs from part to part.
        what, key: what is read, as `domain.records.reading` names it.
        purpose: one of its codes; `reason` is said in words, and sealed.
        unmasked: they asked, with a purpose, to see what else is masked for them.
    """

    casework: Casework
    by: Actor
    grant: Grant
    what: str
    purpose: str
    person: str | None = None
    key: str = ""
    reason: str | None = None
    unmasked: bool = False

    def told(self, value: Any) -> Any:
        """Return an answer as plain JSON, with what its reader may read opened.

        That it was read is in the log before anything is opened. What the reader may
        not read stays `WITHHELD`; what has no key any more is `DESTROYED`. Raises what
        `Casework.handle` raises, and `Tampered` where a seal is not what it was.
        """
        return next(self.told_each([value]))

    def told_each(self, values: Iterable[Any]) -> Iterator[Any]:
        """Return answers as `told` does: all on record at once, each opened in turn.

        A seal that is not what it was is found only then.
        """
        trees = [msgspec.to_builtins(value) for value in values]
        seals = list(seals_in(trees, self.person))
        readable = [seal for seal in seals if self.may_open(seal)]
        self.go_on_record(seals, readable)
        wanted = {seal.key for seal in readable}
        keys = self.casework.vault.fetch(wanted) if wanted else {}
        return (self.opened(tree, keys, self.person) for tree in trees)

    def may_open(self, seal: Seal) -> bool:
        class_ = seal.sealed.class_
        return self.unmasked or may_open(self.grant, class_, person=seal.whose)

    def go_on_record(self, seals: Iterable[Seal], readable: Iterable[Seal]) -> None:
        concerned = {self.person, *(seal.whose for seal in seals)} - {None}
        classes = {seal.sealed.class_ for seal in readable}
        self.record(filter(None, concerned), classes)

    def record(self, persons: Iterable[str], classes: Iterable[str]) -> None:
        """Put on record who is shown, and what is opened; nothing, if nobody is."""
        known, opened = tuple(sorted(set(persons))), tuple(sorted(classes))
        if not known:
            return
        command = RecordRead(
            read=uuid4().hex,
            what=self.what,
            key=self.key,
            persons=known,
            purpose=self.purpose,
            authority=authority_of(self.grant),
            classes=opened,
            masked=not opened,
            reason=self.reason,
        )
        self.casework.handle(command, by=self.by, at=datetime.now(UTC))

    def opened(self, tree: Any, keys: Mapping[UUID, DataKey], whose: str | None) -> Any:
        """Return the answer with each seal opened, or with why it is not."""
        if type(tree) not in DEEP:
            return tree
        if isinstance(tree, dict):
            if sealed := sealed_in(tree):
                return self.unsealed(Seal(sealed, whose), keys)
            whose = whose or about(tree)
            return {
                name: self.opened(part, keys, whose) if type(part) in DEEP else part
                for name, part in tree.items()
            }
        return [
            self.opened(part, keys, whose) if type(part) in DEEP else part
            for part in tree
        ]

    def unsealed(self, seal: Seal, keys: Mapping[UUID, DataKey]) -> Any:
        if not self.may_open(seal):
            return instead(seal, WITHHELD)
        key = keys.get(seal.key)
        if key is None:
            return instead(seal, DESTROYED)
        if seal.whose is not None and key.name.subject != seal.whose:
            raise Tampered(f"what is shown as {seal.whose}'s is another's")
        return unlocked(seal.sealed, key)


def seals_in(tree: Any, whose: str | None) -> Iterator[Seal]:
    """Yield all that is sealed in an answer."""
    if type(tree) not in DEEP:
        return
    if isinstance(tree, dict):
        if sealed := sealed_in(tree):
            yield Seal(sealed, whose)
            return
        whose = whose or about(tree)
        tree = tree.values()
    for part in tree:
        if type(part) in DEEP:
            yield from seals_in(part, whose)


def about(tree: Mapping[str, Any]) -> str | None:
    named = (tree.get(name) for name in WHOSE)
    return next((number for number in named if isinstance(number, str)), None)


def instead(seal: Seal, why: str) -> dict[str, str]:
    return {"sealed": why, "class": seal.sealed.class_}
