"""A report held against itself and against the one before, as the rulebook says."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from domain.regime.scrutiny import Check
from domain.verification.comparing import (
    Difference,
    Item,
    Kinds,
    Report,
    items_of,
    same,
    shown,
)

# What an item should have in the field, in words; None where it has.
Outcome = str | None


def check_report(
    check: Check, report: Report, before: Report | None, kinds: Kinds
) -> tuple[Difference, ...]:
    """Return where the report, or the one *before*, does not agree with the check.

    What is not answered is not checked: whether it must be, the form says. Without a
    report before, nothing can have changed since.
    """
    if check.kind == "unchanged_unless":
        return tuple(unexplained(check, report, before, kinds))
    return tuple(
        difference(check, item, outcome)
        for item in items_of((report,))
        if (outcome := CHECKS[check.kind](check, item)) is not None
    )


def difference(check: Check, item: Item, outcome: str) -> Difference:
    declared = item.answers.get(check.field)
    return Difference(
        kind="check",
        field=check.field,
        declared=None if declared is None else shown(declared),
        found=outcome,
        disclosure=item.disclosure,
        item=item.nth,
    )


def unexplained(
    check: Check, report: Report, before: Report | None, kinds: Kinds
) -> Iterator[Difference]:
    """Yield that the field changed since the report before, and nothing says why."""
    if before is None or any(reasons(check, item) for item in items_of((report,))):
        return
    then, now = values(check, before), values(check, report)
    kind = kinds.get(check.field, "text")
    if Counter(same(v, kind) for v in then) != Counter(same(v, kind) for v in now):
        yield Difference(
            kind="check",
            field=check.field,
            declared="; ".join(map(shown, now)) or None,
            found=f"{before.disclosure}: " + ("; ".join(map(shown, then)) or "nothing"),
            disclosure=report.disclosure,
        )


def reasons(check: Check, item: Item) -> bool:
    return any(item.answers.get(field) is not None for field in check.of)


def values(check: Check, report: Report) -> list[Any]:
    answers = (item.answers.get(check.field) for item in items_of((report,)))
    return [value for value in answers if value is not None]


def adds_up(check: Check, item: Item) -> Outcome:
    """Return what the parts add up to, where the field says otherwise."""
    whole = item.answers.get(check.field)
    parts = [value for f in check.of if (value := item.answers.get(f)) is not None]
    if whole is None or not parts:
        return None
    total = sum((number(part) for part in parts), Decimal(0))
    units = {unit(value) for value in (whole, *parts)}
    if len(units) > 1:
        return f"{' and '.join(sorted(units))} do not add up"
    if total == number(whole):
        return None
    return f"{format(total, 'f')} {unit(whole)}".strip()


def bounded(sign: int, words: str) -> Callable[[Check, Item], Outcome]:
    """Return a check that the field lies on one side of the first of the others."""

    def outside(check: Check, item: Item) -> Outcome:
        pair = both(check, item)
        if pair is None:
            return None
        value, bound = pair
        if unit(value) != unit(bound):
            return f"{shown(bound)}: it cannot be held against {unit(value)}"
        beyond = (number(value) - number(bound)) * sign > 0
        return f"{words} {shown(bound)}" if beyond else None

    return outside


def earlier(check: Check, item: Item) -> Outcome:
    """Return the date that the field's should come before, where it does not."""
    pair = both(check, item)
    if pair is None or pair[0] < pair[1]:
        return None
    return f"before {shown(pair[1])}"


def complete(check: Check, item: Item) -> Outcome:
    """Return which of the others is not answered, where the field is."""
    if item.answers.get(check.field) in (None, False):
        return None
    missing = [field for field in check.of if item.answers.get(field) is None]
    return f"missing: {', '.join(missing)}" if missing else None


def both(check: Check, item: Item) -> tuple[Any, Any] | None:
    """Return the field and the first of the others, where both are answered."""
    value, other = item.answers.get(check.field), item.answers.get(check.of[0])
    return None if value is None or other is None else (value, other)


def number(value: Any) -> Decimal:
    return Decimal(str(value["amount"] if isinstance(value, Mapping) else value))


def unit(value: Any) -> str:
    """Return the currency of an amount; of a mere number, nothing."""
    return value["currency"] if isinstance(value, Mapping) else ""


CHECKS: Mapping[str, Callable[[Check, Item], Outcome]] = {
    "sum": adds_up,
    "at_most": bounded(1, "at most"),
    "at_least": bounded(-1, "at least"),
    "before": earlier,
    "together": complete,
}
