"""Writes the register of sanctions, and of what is to be done because of them."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from domain.record import Fact
from domain.sanction.facts import (
    MeasureTaken,
    PersonnelChangeCarriedOut,
    PersonnelChangeOrdered,
    ReleaseWithheld,
    ReparationCompleted,
    ReparationOrdered,
    RightsRestored,
    SanctionImposed,
    SanctionPeriodRecomputed,
    SanctionQuashed,
    SanctionReleased,
    SanctionStayed,
    SanctionVaried,
    StayEnded,
    Terms,
)
from projections.models.model import Event, Part, ReadModel
from projections.models.one_by_one import OneByOne, Say
from projections.models.roster import GUARDS, ROSTER, roster
from projections.models.row_security import Guard

CHANGE = "personnel_change"


def named(event: Event) -> dict[str, Any]:
    return {"sanction": event.fact.sanction, "event_id": event.record.event_id}


def terms(event: Event) -> dict[str, Any]:
    found: Terms = event.fact.terms
    return {
        **named(event),
        "kind": found.kind,
        "until_on": found.until_on,
        "term_until": found.term_until,
        "for_ever": found.for_ever,
        "blocks": list(found.blocks),
    }


def imposed(event: Event) -> dict[str, Any]:
    fact = event.fact
    return {
        **terms(event),
        "stream": event.stream,
        "person": fact.person,
        "track": fact.track,
        "case": fact.case,
        "decided_on": fact.decided_on,
        "rulebook": fact.terms.cited.rulebook,
        "version": fact.terms.cited.version,
    }


def now(status: str) -> Say:
    def row(event: Event) -> dict[str, Any]:
        released_on = event.fact.on if status == "released" else None
        return {**named(event), "status": status, "released_on": released_on}

    return Say("change_status", row)


def reparation(event: Event) -> dict[str, Any]:
    fact = event.fact
    due = {"task": fact.task, "due_on": fact.due_on, "at_most": None}
    return {**named(event), **due}


def change(event: Event) -> dict[str, Any]:
    fact = event.fact
    due = {"task": CHANGE, "due_on": fact.due_on, "at_most": fact.at_most}
    return {**named(event), **due}


def completed(event: Event) -> dict[str, Any]:
    return {**named(event), "task": event.fact.task, "on": event.fact.on}


def carried_out(event: Event) -> dict[str, Any]:
    return {**named(event), "task": CHANGE, "on": event.fact.on}


def measure(event: Event) -> dict[str, Any]:
    fact = event.fact
    return {
        "measure": fact.measure,
        "person": fact.person,
        "track": fact.track,
        "kind": fact.kind,
        "case": fact.case,
        "decided_on": fact.decided_on,
        "until_on": fact.until_on,
        "blocks": list(fact.blocks),
        "event_id": event.record.event_id,
    }


NEW_TERMS = Say("change_terms", terms)
NO_CHANGE = Say("drop_change", named)
SAYS: Mapping[type[Fact], Sequence[Say]] = {
    SanctionImposed: (Say("add_sanction", imposed),),
    SanctionPeriodRecomputed: (NEW_TERMS,),
    RightsRestored: (NEW_TERMS,),
    SanctionVaried: (NEW_TERMS, NO_CHANGE),
    SanctionStayed: (now("stayed"),),
    StayEnded: (now("running"),),
    SanctionReleased: (now("released"),),
    ReleaseWithheld: (now("withheld"),),
    SanctionQuashed: (now("quashed"), NO_CHANGE),
    ReparationOrdered: (Say("order_task", reparation),),
    ReparationCompleted: (Say("end_task", completed),),
    PersonnelChangeOrdered: (Say("order_task", change),),
    PersonnelChangeCarriedOut: (Say("end_task", carried_out),),
    MeasureTaken: (Say("add_measure", measure),),
}


class SanctionRegister(ReadModel):
    name: ClassVar = "sanctions"
    sources: ClassVar = (*ROSTER, "sanctions.sql", "sanctions_fold.py", "one_by_one.py")
    guards: ClassVar = {
        **GUARDS,
        "sanction": Guard(),
        "task": Guard(),
        "measure": Guard(),
    }

    def build(self) -> Sequence[Part]:
        said = OneByOne(self.statements("sanctions.sql"), SAYS)
        return (*roster(self), said)
