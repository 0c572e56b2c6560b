"""The parts of a rulebook in words, for those who compare rulebooks."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from domain.record import Value
from domain.regime.basis import LegalBasis
from domain.regime.duration import Duration
from domain.regime.types import (
    Approval,
    Condition,
    Due,
    Extension,
    Fallback,
    Field,
    FollowUp,
    Limit,
    Population,
    Review,
)

UNITS = {
    "d": "day",
    "wd": "working day",
    "M": "month",
    "Y": "year",
    "h": "hour",
}


def words(value: object) -> str:
    """Return what a value of a rulebook says."""
    if value is None or value in ((), ""):
        return "none"
    for kind, said in PLAIN.items():
        if isinstance(value, kind):
            return said(value)
    return PARTS.get(type(value), parts)(value)


def duration(by: Duration) -> str:
    unit = UNITS[by.unit]
    count = abs(by.amount)
    return f"{count} {unit}" + ("" if count == 1 else "s")


def due(value: Due) -> str:
    """Return a due date as a sentence would say it."""
    if value.earliest or value.latest:
        which = "earliest" if value.earliest else "latest"
        branches = " and ".join(map(due, value.earliest or value.latest))
        return f"the {which} of {branches}"
    if value.yearly:
        return f"every year on {value.yearly} (month-day)"
    if value.on:
        return f"on {value.on}"
    return anchored(value)


def from_due(value: Duration | tuple[Duration, ...] | None) -> str:
    """Return when something happens that counts from the due date."""
    if isinstance(value, Duration):
        return reckoned(value, "the due date")
    return "; ".join(map(from_due, value or ())) or "none"


def anchored(value: Due) -> str:
    return reckoned(value.offset or Duration("0d"), str(value.anchor))


def reckoned(by: Duration, anchor: str) -> str:
    """Return on which day it is, counted from another."""
    if by.amount == 0:
        return f"on {anchor}"
    side = "before" if by.amount < 0 else "after"
    return f"{duration(by)} {side} {anchor}"


def field(value: Field) -> str:
    needed = "required" if value.required else "optional"
    choices = f" of {'/'.join(value.choices)}" if value.choices else ""
    named = f'"{value.label}", ' if value.label else ""
    kept = f", {value.class_}" if value.class_ else ""
    return f"{named}{value.kind}{choices}, {needed}{kept}"


def limit(value: Limit) -> str:
    unit = f" {value.currency}" if value.currency else ""
    cited = f" ({value.cite})" if value.cite else ""
    return f"{value.field} at most {value.max}{unit}{cited}"


def approval(value: Approval) -> str:
    if not value.required:
        return "no leave is asked"
    within = f" within {duration(value.decide_within)}" if value.decide_within else ""
    return f"leave of the {value.approver}{within}"


def review(value: Review) -> str:
    cure = f", cure in {duration(value.cure_within)}" if value.cure_within else ""
    stages = " then ".join(value.stages)
    return f"by {stages} within {duration(value.within)}{cure}"


def extension(value: Extension) -> str:
    above = value.written_above
    written = f", above {duration(above)} in writing" if above else ""
    return f"up to {duration(value.cap)} in all{written}"


def condition(value: Condition) -> str:
    return f"{value.field} is {words(value.equals)} under rule {value.rule}"


def basis(value: LegalBasis) -> str:
    return value.cite + (" (verified)" if value.verified else "")


def population(value: Population) -> str:
    """Return whom a population means; nothing but the status counts for `any`."""
    said = [
        f"{name.replace('_', ' ')}: {words(getattr(value, name))}"
        for name in value.__struct_fields__
        if name != "any" and getattr(value, name)
    ]
    return "; ".join(said) or "everyone"


def parts(value: Value) -> str:
    """Return the fields of a value that say something, by their names."""
    said = {name: getattr(value, name) for name in value.__struct_fields__}
    return ", ".join(f"{k.strip('_')}: {words(v)}" for k, v in said.items() if v)


# The more specific kind first: a duration is a text, and yes or no a number.
PLAIN: dict[type, Callable[[Any], str]] = {
    Duration: duration,
    bool: lambda value: "yes" if value else "no",
    str: str,
    int: str,
    Decimal: str,
    date: str,
    Mapping: lambda value: ", ".join(f"{k}: {words(v)}" for k, v in value.items()),
    Sequence: lambda value: "; ".join(map(words, value)),
}
PARTS: dict[type, Callable[[Any], str]] = {
    Due: due,
    Field: field,
    Limit: limit,
    Approval: approval,
    Review: review,
    Extension: extension,
    Condition: condition,
    LegalBasis: basis,
    Population: population,
    Fallback: lambda value: f"{due(value.due)}, with {value.requires}",
    FollowUp: lambda value: value.rule,
}
