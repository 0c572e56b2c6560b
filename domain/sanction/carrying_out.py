"""What an office has to do because of a sanction, or because it was undone."""

from collections.abc import Iterator
from datetime import date
from typing import Literal

from domain.errors import Unknown
from domain.record import Decision, Given
from domain.records.words import demand
from domain.regime.calendar import shift
from domain.regime.types import Rulebook
from domain.sanction.command import SanctionCommand
from domain.sanction.facts import (
    PersonnelChangeCarriedOut,
    PersonnelChangeOrdered,
    ReparationCompleted,
    ReparationOrdered,
    Terms,
)
from domain.sanction.law import cite_part, rule_on, track_of
from domain.sanction.sanctions import Sanctions


def personnel_change(
    book: Rulebook, sanction: str, terms: Terms
) -> Iterator[PersonnelChangeOrdered]:
    """Yield what HR is to carry out because of a sanction, if anything is."""
    change = track_of(book).personnel_change
    if change and terms.kind in change.kinds:
        most, calendar = change.at_most, book.calendar
        yield PersonnelChangeOrdered(
            sanction=sanction,
            due_on=shift(terms.from_on, change.within, calendar),
            at_most=shift(terms.from_on, most, calendar) if most else None,
            cited=cite_part(book, "personnel_change", change.legal_basis),
        )


def reparations(
    book: Rulebook, sanction: str, because: Literal["quashed", "varied"], today: date
) -> Iterator[ReparationOrdered]:
    """Yield what is to be made good where a sanction is quashed or varied (I17)."""
    for task in track_of(book).reparations:
        if because in task.on:
            yield ReparationOrdered(
                sanction=sanction,
                task=task.id,
                due_on=shift(today, task.within, book.calendar),
                cited=cite_part(book, f"reparations.{task.id}", task.legal_basis),
            )


class CompleteReparation(SanctionCommand):
    """Say that a task of reparation was done, and how."""

    task: str
    text: str

    def decide(self, state: Sanctions, given: Given) -> Decision:
        sanction = self.known(state)
        open_tasks = [task.task for task in sanction.tasks]
        if self.task not in open_tasks:
            raise Unknown("open reparation", self.task)
        book = self.law(given, sanction)
        demand("text", self.text, what="say how it was done", rule=rule_on(book))
        yield ReparationCompleted(
            sanction=sanction.id,
            task=self.task,
            on=self.day(given, sanction),
            text=self.text,
        )


class CarryOutPersonnelChange(SanctionCommand):
    """Say that what a sanction takes of HR was carried out, and how."""

    text: str

    def decide(self, state: Sanctions, given: Given) -> Decision:
        sanction = self.known(state)
        if sanction.change is None:
            raise Unknown("personnel change to carry out", sanction.id)
        book = self.law(given, sanction)
        demand("text", self.text, what="say how it was done", rule=rule_on(book))
        yield PersonnelChangeCarriedOut(
            sanction=sanction.id, on=self.day(given, sanction), text=self.text
        )
