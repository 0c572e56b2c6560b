"""Mandates, each a role for a time, with a scope and an end: facts and state."""

from collections.abc import Iterator
from datetime import datetime
from typing import ClassVar, Self
from uuid import UUID

from msgspec.structs import replace

from domain.access import WATCHERS, Grant
from domain.record import Fact, Given, Value, stream_of

# Facts: what happened.


class MandateGiven(Fact):
    """Somebody may act as `role` from `begins_at` up to, not including, `until`.

    It reaches `unit` and those below it, and of these only `persons` and `matters`,
    where any are named. `basis` cites by what it was given; `person` is the actor's
    number, if they have a file.
    """

    TOPIC: ClassVar = "mandate.given"
    mandate: str
    actor: str
    role: str
    begins_at: datetime
    until: datetime
    basis: str
    unit: str | None = None
    persons: tuple[str, ...] = ()
    matters: tuple[str, ...] = ()
    person: str | None = None


class MandateEnded(Fact):
    TOPIC: ClassVar = "mandate.ended"
    mandate: str
    ended_at: datetime


# State: what the facts add up to.


class Mandate(Value):
    given: MandateGiven
    ended_at: datetime | None = None

    def holds(self, at: datetime) -> bool:
        """Return whether it gives anything at this time."""
        ended = self.ended_at is not None and self.ended_at <= at
        return self.given.begins_at <= at < self.given.until and not ended


class Mandates(Value):
    """All that one actor was ever given."""

    given: tuple[Mandate, ...] = ()

    @property
    def subject(self) -> str | None:
        return None

    def evolve(self, fact: Fact) -> Self:
        match fact:
            case MandateGiven():
                return replace(self, given=(*self.given, Mandate(given=fact)))
            case MandateEnded():
                return replace(self, given=tuple(self._ended(fact)))
        return self

    def _ended(self, fact: MandateEnded) -> Iterator[Mandate]:
        for one in self.given:
            ends = one.given.mandate == fact.mandate
            yield replace(one, ended_at=fact.ended_at) if ends else one

    def named(self, mandate: str) -> Mandate | None:
        return next((m for m in self.given if m.given.mandate == mandate), None)


def mandates_stream(actor: str) -> UUID:
    return stream_of("mandates", actor)


def grants_of(state: Mandates, at: datetime) -> tuple[Grant, ...]:
    """Return what an actor's mandates grant at this time, in the order of giving."""
    return tuple(grant_of(one.given) for one in state.given if one.holds(at))


def grant_of(given: MandateGiven) -> Grant:
    return Grant(
        actor=given.actor,
        role=given.role,
        unit=given.unit,
        person=given.person,
        expires_at=given.until,
        persons=given.persons,
        matters=given.matters,
        mandate=given.mandate,
        basis=given.basis,
    )


def watches(given: Given, number: str) -> bool:
    """Return whether the person is now of the integrity office's own staff."""
    held = grants_of(given.look(Mandates(), mandates_stream(number)), given.at)
    return any(grant.role in WATCHERS for grant in held)
