"""What the cast hands in: filings, with every field of the form answered."""

from collections.abc import Mapping
from typing import Any

from domain.filing import FileDisclosure, RecordPaper
from domain.regime.types import Field, Rule
from tests.domain.cast import INSTANT

YUAN = {"amount": "30000", "currency": "CNY"}
DAY = "2016-12-20"
ANSWERS: Mapping[str, Any] = {
    "text": "as it was",
    "integer": 12,
    "number": "88.5",
    "amount": YUAN,
    "boolean": False,
    "list": ["one", "two"],
}
WEDDING: dict[str, Any] = {
    "event_date": DAY,
    "location": "Hangzhou",
    "tables": 12,
    "cost": YUAN,
}
TRIP = {
    "reason": "family visit",
    "destination": "Chengdu",
    "from": "2020-05-01",
    "to": "2020-05-04",
    "contact": "139 0000 0000",
}


def answer(field: Field, day: str) -> Any:
    return field.choices[0] if field.choices else {**ANSWERS, "date": day}[field.kind]


def answers(rule: Rule, day: str = DAY, **changes: Any) -> dict[str, Any]:
    """Return the whole form filled in; a change to None leaves the field blank."""
    return {field.name: answer(field, day) for field in rule.form or ()} | changes


def wedding(**changes: Any) -> dict[str, Any]:
    """Return the wedding of 20 December 2016: to be reported by the 13th."""
    return WEDDING | changes


def trip(**changes: Any) -> dict[str, Any]:
    """Return a trip from 1 to 4 May 2020."""
    return TRIP | changes


def files(rule_id: str, *items: Mapping[str, Any], **more: Any) -> FileDisclosure:
    """File a report: Shen's, number D-1, under the instant-report regime."""
    return FileDisclosure(rule=rule_id, items=items, **(USUAL | more))


def paper(rule_id: str, *items: Mapping[str, Any], **more: Any) -> RecordPaper:
    """Key a report on paper; as `files`."""
    return RecordPaper(rule=rule_id, items=items, **(USUAL | more))


USUAL: dict[str, Any] = {"disclosure": "D-1", "person": "shen", "rulebook": INSTANT}
