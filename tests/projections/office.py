"""An office whose records are kept, for the read models of them."""

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from domain.record import Fact
from domain.records import custody
from projections.models.paging import Page
from tests.history import History

JUNE = date(2016, 6, 20)
SIX = 'retention = "6Y"\nretention_after_departure = "8Y"'
T = TypeVar("T")


def office() -> History:
    history = History()
    history.on(JUNE)
    history.law(SIX)
    history.unit("HQ")
    history.unit("North", "HQ")
    for number, unit in {"P1": "North", "P2": "HQ"}.items():
        history.person(number)
        history.post(number, unit, date(2010, 1, 1))
    return history


def say(history: History, stream: UUID, *facts: Fact, person: str = "P1") -> None:
    for fact in facts:
        history.add(stream, fact, subject=person, reason="so it is")


def hold(name: str, review_on: date, person: str = "P1") -> custody.LegalHoldPlaced:
    return custody.LegalHoldPlaced(
        person=person, hold=name, basis="art 1", review_on=review_on
    )


def destroyed(on: date, **which: Any) -> custody.SubjectKeyDestroyed:
    fields = {"person": "P1", "basis": "retention", **which}
    return custody.SubjectKeyDestroyed(on=on, **fields)


def every(ask: Callable[[str | None], Page[T]]) -> list[T]:
    page = ask(None)
    rows = list(page.rows)
    while page.next:
        page = ask(page.next)
        rows += page.rows
    return rows
