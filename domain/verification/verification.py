"""A verification of a covered person, or of a relative: opened, asked, concluded."""

from typing import Self
from uuid import UUID

from msgspec.structs import replace

from domain.conflict import refuse_conflict
from domain.errors import NotAllowed, Unknown, WrongStage
from domain.person import CoveredPerson, person_stream
from domain.record import Command, Decision, Fact, Given, Value, stream_of
from domain.records.words import demand, one_of
from domain.verification.facts import (
    RegisterQueried,
    VerificationConcluded,
    VerificationOpened,
)
from domain.verification.source import SOURCES, Source, source_stream

SCOPE = "only covered persons and relatives they have declared are verified"
OPEN = "a source is asked within an open verification"
BASES = ("random", "promotion", "risk", "complaint", "campaign", "referral")


class Verification(Value):
    opened: VerificationOpened | None = None
    concluded: bool = False

    @property
    def subject(self) -> str | None:
        return self.opened.person if self.opened else None

    def evolve(self, fact: Fact) -> Self:
        match fact:
            case VerificationOpened():
                return replace(self, opened=fact)
            case VerificationConcluded():
                return replace(self, concluded=True)
        return self


def verification_stream(verification: str) -> UUID:
    return stream_of("verification", verification)


# Commands: what someone asks for, and when the rules allow it.


class VerificationCommand(Command[Verification]):
    verification: str

    @property
    def stream(self) -> UUID:
        return verification_stream(self.verification)

    def blank(self) -> Verification:
        return Verification()

    def running(self, state: Verification, given: Given) -> VerificationOpened:
        """Return how it was opened; raise unless it runs and may be run by who asks."""
        opened = state.opened
        if opened is None or state.concluded:
            raise WrongStage(f"{self.verification} is not open", rule=OPEN)
        refuse_outside(given, opened.person, opened.relative)
        refuse_conflict(given, opened.person)
        return opened


class OpenVerification(VerificationCommand):
    """Open it, on one of the grounds there are, and say why; never one's own."""

    person: str
    basis: str
    relative: str | None = None

    def decide(self, state: Verification, given: Given) -> Decision:
        refuse_outside(given, self.person, self.relative)
        refuse_conflict(given, self.person)
        one_of("basis", self.basis, BASES, rule=SCOPE)
        demand("reason", self.reason, what="say why", rule=SCOPE)
        fact = VerificationOpened(
            verification=self.verification,
            person=self.person,
            basis=self.basis,
            relative=self.relative,
        )
        if state.opened is None:
            yield fact
        elif state.opened != fact:
            raise WrongStage(f"{self.verification} is taken", rule=OPEN)


class QueryRegister(VerificationCommand):
    """Ask a declared source; the same one may be asked again."""

    source: str

    def decide(self, state: Verification, given: Given) -> Decision:
        opened = self.running(state, given)
        if given.look(Source(), source_stream(self.source)).declared is None:
            raise NotAllowed(f"{self.source} is no declared source", rule=SOURCES)
        yield RegisterQueried(source=self.source, relative=opened.relative)


class ConcludeVerification(VerificationCommand):
    text: str

    def decide(self, state: Verification, given: Given) -> Decision:
        if state.opened is None:
            raise Unknown("verification", self.verification)
        opened = self.running(state, given)
        demand("text", self.text, what="say what it came to", rule=OPEN)
        yield VerificationConcluded(text=self.text, relative=opened.relative)


def refuse_outside(given: Given, number: str, relative: str | None) -> None:
    """Raise unless the person has a file, and has declared the relative (S2-11)."""
    person = given.look(CoveredPerson(), person_stream(number))
    if not person.number:
        raise NotAllowed(f"{number} is not registered", rule=SCOPE)
    if relative and relative not in [known.relative for known in person.relatives]:
        raise NotAllowed(f"{number} has not declared {relative}", rule=SCOPE)
