"""Giving people a role for a time, and ending it: what someone asks for."""

from datetime import datetime
from uuid import UUID

from domain.access import MANDATED, TABLE, WATCHERS
from domain.conflict import refuse_one
from domain.errors import Invalid, NotAllowed, Unknown, WrongStage
from domain.mandate import (
    Mandate,
    MandateEnded,
    MandateGiven,
    Mandates,
    mandates_stream,
)
from domain.person import CoveredPerson, person_named, person_stream
from domain.record import Command, Decision, Given
from domain.unit import Unit, existing, unit_stream

GIVEN_BY_OTHERS = "nobody gives a mandate to themself"
FOR_A_TIME = "a mandate is one task, with a scope and an end; its rights end with it"
ONE_MANDATE = "what was given stays as it was given; another mandate has another id"


class MandateCommand(Command[Mandates]):
    actor: str
    mandate: str

    @property
    def stream(self) -> UUID:
        return mandates_stream(self.actor)

    def blank(self) -> Mandates:
        return Mandates()


class GiveMandate(MandateCommand):
    """Give somebody a role for a time; giving it again just as it stands is nothing.

    `actor` is the personnel number of whoever has one. Without `begins_at` it begins at
    once. A role that reaches only what it was assigned has to be told what that is.
    """

    role: str
    until: datetime
    basis: str
    begins_at: datetime | None = None
    unit: str | None = None
    persons: tuple[str, ...] = ()
    matters: tuple[str, ...] = ()

    def decide(self, state: Mandates, given: Given) -> Decision:
        if self.actor in (given.by.id, given.by.on_behalf_of):
            raise NotAllowed(f"{self.actor} asks for it", rule=GIVEN_BY_OTHERS)
        known = state.named(self.mandate)
        fact = self.fact(given, known)
        if known is not None and known.given != fact:
            raise WrongStage(f"the id {self.mandate} is taken", rule=ONE_MANDATE)
        if known is None:
            self.check(given)
            yield fact

    def fact(self, given: Given, known: Mandate | None) -> MandateGiven:
        held_by = given.look(CoveredPerson(), person_stream(self.actor))
        begun = known.given.begins_at if known else given.at
        return MandateGiven(
            mandate=self.mandate,
            actor=self.actor,
            role=self.role,
            begins_at=self.begins_at or begun,
            until=self.until,
            basis=self.basis,
            unit=self.unit,
            persons=self.persons,
            matters=self.matters,
            person=held_by.number or None,
        )

    def check(self, given: Given) -> None:
        if self.role not in MANDATED:
            roles = ", ".join(sorted(MANDATED))
            raise Invalid("role", f"it must be one of {roles}", rule=FOR_A_TIME)
        if self.until <= max(given.at, self.begins_at or given.at):
            raise Invalid("until", "it ends before it begins", rule=FOR_A_TIME)
        if not self.basis.strip():
            raise Invalid("basis", "cite by what it is given", rule=FOR_A_TIME)
        if self.role in WATCHERS:
            person_named(given, self.actor)
        self.check_scope(given)

    def check_scope(self, given: Given) -> None:
        if self.unit is not None:
            existing(given.look(Unit(), unit_stream(self.unit)), self.unit)
        for number in self.persons:
            refuse_one(given, self.actor, person_named(given, number))
        named = self.unit or self.persons or self.matters
        if TABLE[self.role].assigned and not named:
            asked = f"say which unit, persons or matters a {self.role} is to reach"
            raise Invalid("unit", asked, rule=FOR_A_TIME)


class EndMandate(MandateCommand):
    """End it before its time, saying why; ending it again records nothing."""

    def decide(self, state: Mandates, given: Given) -> Decision:
        known = state.named(self.mandate)
        if known is None:
            raise Unknown("mandate", self.mandate)
        if not self.reason:
            raise Invalid("reason", "say why", rule=FOR_A_TIME)
        if known.ended_at is None and given.at < known.given.until:
            yield MandateEnded(mandate=self.mandate, ended_at=given.at)
