"""What changed between two versions of a rulebook, rule by rule."""

from collections.abc import Iterator, Mapping
from typing import Any, Literal, NamedTuple

from domain.record import Value
from domain.regime.types import Rule, Rulebook
from web.cli.words import words


class Change(NamedTuple):
    """One difference: `place` is the book, a population or a rule."""

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
    """Yield every difference: the book's own, its populations', its rules'."""
    yield from fields("rulebook", old, new, without=("rules", "populations"))
    for name, before, after in matched(old.populations, new.populations):
        yield from compared(f"population {name}", None, before, after)
    rules = matched(by_id(old), by_id(new))
    for name, before, after in rules:
        if before is None or after is None:
            whole = before or after
            yield one(
                f"rule {name}", None, before and label(whole), after and label(whole)
            )
        else:
            yield from rule(f"rule {name}", before, after)


def by_id(book: Rulebook) -> dict[str, Rule]:
    return {rule.id: rule for rule in book.rules}


def label(rule: Rule | None) -> str:
    return (rule and rule.label) or "no label"


def rule(place: str, old: Rule, new: Rule) -> Iterator[Change]:
    yield from fields(place, old, new, without=("form",))
    before, after = ({f.name: f for f in book.form or ()} for book in (old, new))
    for name, was, now in matched(before, after):
        yield from compared(place, f"form field {name}", was, now)


def fields(
    place: str, old: Value, new: Value, *, without: tuple[str, ...]
) -> Iterator[Change]:
    for name in old.__struct_fields__:
        before, after = getattr(old, name), getattr(new, name)
        if name in without or before == after:
            continue
        if isinstance(before, tuple) and isinstance(after, tuple):
            yield from entries(place, name, before, after)
        else:
            yield one(place, name, words(before), words(after))


def entries(
    place: str, name: str, old: tuple[Any, ...], new: tuple[Any, ...]
) -> Iterator[Change]:
    """Yield what was taken out of a list and what was put in; or its new order."""
    if sorted(map(words, old)) == sorted(map(words, new)):
        yield one(place, name, words(old), words(new))
    yield from (one(place, name, words(e), None) for e in old if e not in new)
    yield from (one(place, name, None, words(e)) for e in new if e not in old)


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
