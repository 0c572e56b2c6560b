"""What was declared, held field by field against what a source says of the same."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from contextlib import suppress
from decimal import Decimal, InvalidOperation
from typing import Any, Literal
from unicodedata import normalize

from domain.record import Value
from domain.regime.form import NIL
from domain.regime.types import Kind, Rule

Row = Mapping[str, Any]
Kinds = Mapping[str, Kind]
Key = tuple[Hashable, ...]


class Report(Value):
    """A report as it reads after so many events of its stream, its items opened."""

    disclosure: str
    version: int
    items: tuple[Row, ...]


class Difference(Value):
    """One thing that does not agree: where, and both values in words."""

    kind: Literal["differs", "not_declared", "not_in_source", "check"]
    field: str
    declared: str | None = None
    found: str | None = None
    disclosure: str | None = None
    item: int | None = None


class Item(Value):
    """One item that was declared: the nth (from 0) of a report."""

    disclosure: str
    nth: int
    answers: Row


def kinds_of(rule: Rule) -> Kinds:
    return {field.name: field.kind for field in rule.form or ()}


def compare(
    reports: Sequence[Report], rows: Sequence[Row], key: Sequence[str], kinds: Kinds
) -> tuple[Difference, ...]:
    """Return what differs between reports and the rows of a source.

    A row finds the item that has the same answers in the fields of the *key*, each item
    once; without a key the first row finds the first item. A row without an item was
    not declared, an item without a row is not in the source. What a source leaves blank
    it says nothing about. Texts are the same whatever their capitals and spaces,
    numbers whatever their zeros, lists whatever their order.
    """
    waiting: dict[Key, list[Item]] = {}
    for item in items_of(reports):
        waiting.setdefault(key_of(item.answers, key, kinds), []).append(item)
    found: list[Difference] = []
    for row in rows:
        same_key = waiting.get(key_of(row, key, kinds))
        if same_key:
            found.extend(differing(same_key.pop(0), row, kinds))
        else:
            found.append(undeclared(row, key))
    left = (item for items in waiting.values() for item in items)
    return (*found, *(unknown(item, key) for item in left))


def mentioned(reports: Sequence[Report], rows: Sequence[Row]) -> tuple[Difference, ...]:
    """Return the rows that no item mentions.

    For forms that take in one text what a source has in many rows: a row is declared
    where the texts of one item hold what it says in each field. What a report mentions
    beside them nobody can tell by this.
    """
    items = [item.answers for item in items_of(reports)]
    return tuple(
        undeclared(row, tuple(row))
        for row in rows
        if not any(mentions(answers, row) for answers in items)
    )


def mentions(answers: Row, row: Row) -> bool:
    return all(
        folded(shown(value)) in folded(shown(answers.get(field, "")))
        for field, value in row.items()
    )


def undeclared(row: Row, key: Sequence[str]) -> Difference:
    return Difference(kind="not_declared", field=named(key), found=said(row))


def unknown(item: Item, key: Sequence[str]) -> Difference:
    """Return that the source does not have the item."""
    return Difference(
        kind="not_in_source",
        field=named(key),
        declared=said(item.answers),
        disclosure=item.disclosure,
        item=item.nth,
    )


def items_of(reports: Sequence[Report]) -> Iterator[Item]:
    """Yield all that was declared; a nil return declares nothing."""
    for report in reports:
        for nth, answers in enumerate(report.items):
            if NIL not in answers:
                yield Item(disclosure=report.disclosure, nth=nth, answers=answers)


def key_of(answers: Row, key: Sequence[str], kinds: Kinds) -> Key:
    return tuple(same(answers.get(field), kinds[field]) for field in key)


def named(key: Sequence[str]) -> str:
    return ", ".join(key) or "item"


def differing(item: Item, row: Row, kinds: Kinds) -> Iterator[Difference]:
    """Yield the fields in which the source says otherwise, or more."""
    for field, value in row.items():
        declared = item.answers.get(field)
        if same(declared, kinds[field]) != same(value, kinds[field]):
            yield Difference(
                kind="differs",
                field=field,
                declared=None if declared is None else shown(declared),
                found=shown(value),
                disclosure=item.disclosure,
                item=item.nth,
            )


def same(value: Any, kind: Kind) -> Hashable:
    """Return a value so that two are equal if they say the same."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, Mapping):
        return Decimal(value["amount"]), value["currency"]
    if isinstance(value, list | tuple):
        return tuple(sorted(map(folded, value)))
    if kind in ("integer", "number"):
        with suppress(InvalidOperation):
            return Decimal(str(value))
    return folded(str(value))


def folded(text: str) -> str:
    """Return a text without what is only writing: capitals, spaces, wide letters."""
    return " ".join(normalize("NFKC", text).casefold().split())


def said(answers: Row) -> str:
    """Return all answers of an item in words."""
    return "; ".join(f"{field}: {shown(value)}" for field, value in answers.items())


def shown(value: Any) -> str:
    """Return an answer in words."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return f"{value['amount']} {value['currency']}"
    return ", ".join(value) if isinstance(value, list | tuple) else str(value)
