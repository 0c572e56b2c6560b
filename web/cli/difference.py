"""What changed between two versions of a rulebook, part by part."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Literal, NamedTuple

from domain.record import Value
from domain.regime.sections import LISTS, SECTIONS
from domain.regime.types import Rule, Rulebook
from web.cli.words import from_due, words

# What is told part by part, and what of a rule counts from its due date.
APART = ("rules", "populations", *SECTIONS, *LISTS)
COUNTED: Mapping[str, Callable[[Any], str]] = {
    "opens": from_due,
    "reminders": from_due,
}


class Change(NamedTuple):
    """One difference: `place` is the book, a population, a rule or a section."""

    place: str
    field: str | None
    kind: Literal["added", "removed", "changed"]
    before: str | None
    after: str | None

    def __str__(self) -> str:
        name = f"{self.place}, {self.field}" if self.field else self.place
        if self.kind == "added":
            return f"{name} added" + (f": {self.after}" if self.after else "")
        if self.kind == "removed":
            return f"{name} removed" + (f" (was: {self.before})" if self.before else "")
        return f"{name}: {self.before} -> {self.after}"


def changes(old: Rulebook, new: Rulebook) -> Iterator[Change]:
    """Yield every difference: the book's own, its populations', its parts'."""
    yield from fields("rulebook", old, new, without=APART)
    for name, before, after in matched(old.populations, new.populations):
        yield from compared(f"population {name}", None, before, after)
    for name, before, after in matched(by_id(old.rules), by_id(new.rules)):
        yield from whole_or(rule, f"rule {name}", before, after)
    for name in SECTIONS:
        before, after = getattr(old, name), getattr(new, name)
        yield from whole_or(section, name, before, after)
    for name, called in LISTS.items():
        pairs = matched(by_id(getattr(old, name)), by_id(getattr(new, name)))
        for each, before, after in pairs:
            yield from whole_or(section, f"{called} {each}", before, after)


def whole_or(
    inside: Callable[[str, Any, Any], Iterator[Change]],
    place: str,
    old: Value | None,
    new: Value | None,
) -> Iterator[Change]:
    """Yield that a part has come or gone, or what has changed inside it."""
    if old is not None and new is not None:
        yield from inside(place, old, new)
    elif old is not None or new is not None:
        was, now = (None if part is None else label(part) for part in (old, new))
        yield one(place, None, was, now)


def by_id(parts: tuple[Any, ...]) -> dict[str, Any]:
    return {part.id: part for part in parts}


def label(part: Value) -> str:
    """Return what people call a part of the book, else by which law it stands."""
    basis = [cited.cite for cited in getattr(part, "legal_basis", None) or ()]
    return getattr(part, "label", None) or next(iter(basis), "no label")


def rule(place: str, old: Rule, new: Rule) -> Iterator[Change]:
    yield from fields(place, old, new, without=("form",))
    before, after = ({f.name: f for f in book.form or ()} for book in (old, new))
    for name, was, now in matched(before, after):
        yield from compared(place, f"form field {name}", was, now)


def section(place: str, old: Value, new: Value) -> Iterator[Change]:
    """Yield what changed in a section; its parts are told by their ids."""
    for name in old.__struct_fields__:
        before, after = getattr(old, name), getattr(new, name)
        if named(before) and named(after):
            for each, was, now in matched(by_id(before), by_id(after)):
                yield from whole_or(section, f"{place}, {name} {each}", was, now)
        elif isinstance(before, Value) and isinstance(after, Value):
            yield from section(f"{place}, {name}", before, after)
        else:
            yield from field(place, name, before, after)


def named(held: object) -> bool:
    """Return whether it is a list of parts that have ids, or could be one."""
    return isinstance(held, tuple) and all(hasattr(each, "id") for each in held)


def fields(
    place: str, old: Value, new: Value, *, without: tuple[str, ...]
) -> Iterator[Change]:
    for name in old.__struct_fields__:
        if name not in without:
            yield from field(place, name, getattr(old, name), getattr(new, name))


def field(place: str, name: str, old: object, new: object) -> Iterator[Change]:
    if old == new:
        return
    if isinstance(old, tuple) and isinstance(new, tuple):
        yield from entries(place, name, old, new)
    else:
        say = COUNTED.get(name, words)
        yield one(place, name, say(old), say(new))


def entries(
    place: str, name: str, old: tuple[Any, ...], new: tuple[Any, ...]
) -> Iterator[Change]:
    """Yield what was taken out of a list and what was put in; or its new order."""
    say = COUNTED.get(name, words)
    if sorted(map(say, old)) == sorted(map(say, new)):
        yield one(place, name, say(old), say(new))
    yield from (one(place, name, say(e), None) for e in old if e not in new)
    yield from (one(place, name, None, say(e)) for e in new if e not in old)


def compared(
    place: str, field: str | None, before: object, after: object
) -> Iterator[Change]:
    if before != after:
        was = None if before is None else words(before)
        yield one(place, field, was, None if after is None else words(after))


def one(place: str, field: str | None, before: str | None, after: str | None) -> Change:
    kind: Literal["added", "removed", "changed"] = "changed"
    if before is None or after is None:
        kind = "added" if before is None else "removed"
    return Change(place, field, kind, before, after)


def matched(
    old: Mapping[str, Any], new: Mapping[str, Any]
) -> Iterator[tuple[str, Any, Any]]:
    """Yield what either of them has by name; None is what one of them lacks."""
    for name in [*old, *(name for name in new if name not in old)]:
        yield name, old.get(name), new.get(name)
