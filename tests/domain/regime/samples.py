"""Rulebooks to test with: the shipped ones, and the smallest that is complete."""

from functools import cache
from typing import Any

import msgspec
import pytest

from domain.errors import Invalid
from domain.regime.parse import parse
from domain.regime.types import Due, Rule, Rulebook, WorkCalendar
from domain.rulebooks import shipped

SMALLEST = """\
id = "small"
version = 1
effective_from = 2020-01-01
labels = { en = "Small" }
ranks = ["low", "middle", "high"]

[populations]
all_staff = { any = true }

[[rules]]
id = "gift"
category = "gift"
label = "Gift"
trigger = "event_occurred"
mode = "prior_approval"
population = "all_staff"
due = { anchor = "given_on", offset = "7d" }
form = [
  { name = "given_on", kind = "date" },
  { name = "value", kind = "integer" },
]
recipient = "integrity office"
approval = { required = true, approver = "head of unit" }
review = { within = "30d" }
classes = { default = "confidential" }
covers_sub_units = true
legal_basis = [{ cite = "s 1", verified = true }]
"""
SECOND = """
[[rules]]
id = "second"
category = "second"
trigger = "follow_up"
"""
SHIPPED = shipped()


@cache
def book(name: str) -> Rulebook:
    """Return the shipped rulebook from the file *name*, without its ending."""
    return parse(SHIPPED[f"{name}.toml"], source=name)


def rule(name: str, rule_id: str) -> Rule:
    return next(rule for rule in book(name).rules if rule.id == rule_id)


def rulebook(**parts: Any) -> Rulebook:
    """Return a rulebook that says no more than *parts*, in the words of its text."""
    head = {"id": "small", "version": 1, "effective_from": "2020-01-01"}
    return msgspec.convert(
        head | parts, Rulebook, dec_hook=lambda kind, text: kind(text)
    )


def one_rule(**parts: Any) -> Rule:
    """Return a rule that says no more than *parts*, in the words of its text."""
    head = {"id": "gift", "category": "gift", "trigger": "event_occurred"}
    return msgspec.convert(head | parts, Rule, dec_hook=lambda kind, text: kind(text))


def due(**parts: Any) -> Due:
    return msgspec.convert(parts, Due, dec_hook=lambda kind, text: kind(text))


def calendar(**parts: Any) -> WorkCalendar:
    return msgspec.convert(parts, WorkCalendar)


def with_rule(*lines: str) -> str:
    """Return the smallest book with these lines of its rule written otherwise."""
    text = SMALLEST
    for line in lines:
        key = line.split(" =")[0]
        kept = [old for old in text.splitlines() if not old.startswith(f"{key} =")]
        text = "\n".join([*kept, line])
    return text


def reason(text: str) -> str:
    """Return why *text* is refused as a rulebook."""
    with pytest.raises(Invalid) as found:
        parse(text)
    return found.value.reason
