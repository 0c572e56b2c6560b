"""A verification, and the sources it may ask: declared ones, of persons covered."""

from typing import ClassVar, Self
from uuid import UUID

from msgspec.structs import replace

from domain.conflict import refuse_conflict
from domain.errors import NotAllowed, Unknown, WrongStage
from domain.person import CoveredPerson, person_stream
from domain.record import Command, Decision, Fact, Given, Text, Value, stream_of
from domain.records.words import demand, one_of

SOURCES = "only a declared source is asked, for the purpose that was declared"
SCOPE = "only covered persons and relatives they have declared are verified"
OPEN = "a source is asked within an open verification"
BASES = ("random", "promotion", "risk", "complaint", "campaign", "referral")


# Facts: what happened.


class SourceDeclared(Fact):
    """A register outside that may be asked, what for, and by what law."""

    TOPIC: ClassVar = "source.declared"
    source: str
    name: str
    purpose: str
    legal_basis: str


class SourceWithdrawn(Fact):
    TOPIC: ClassVar = "source.withdrawn"


class Verifying(Fact):
    """What is said in a verification of a person, or of a `relative` of theirs."""

    relative: str | None = None

    @property
    def relative_concerned(self) -> str | None:
        return self.relative

    def class_of(self, field: str) -> str:  # noqa: ARG002  it is said of somebody
        return "restricted"


class VerificationOpened(Verifying):
    """What the person, or the relative, has declared is to be checked."""

    TOPIC: ClassVar = "verification.opened"
    verification: str
    person: str
    basis: str


class RegisterQueried(Verifying):
    TOPIC: ClassVar = "verification.register-queried"
    source: str


class VerificationConcluded(Verifying):
    """It is over; the text says what it came to. Findings are made elsewhere."""

    TOPIC: ClassVar = "verification.concluded"
    text: Text


# State: what the facts add up to.


class Source(Value):
    declared: SourceDeclared | None = None

    @property
    def subject(self) -> str | None:
        return None

    def evolve(self, fact: Fact) -> Self:
        match fact:
            case SourceDeclared():
                return replace(self, declared=fact)
            case SourceWithdrawn():
                return replace(self, declared=None)
        return self


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


def source_stream(source: str) -> UUID:
    return stream_of("source", source)


def verification_stream(verification: str) -> UUID:
    return stream_of("verification", verification)


# Commands: what someone asks for, and when the rules allow it.


class SourceCommand(Command[Source]):
    source: str

    @property
    def stream(self) -> UUID:
        return source_stream(self.source)

    def blank(self) -> Source:
        return Source()


class DeclareSource(SourceCommand):
    """Declare a source; another purpose needs it withdrawn and declared anew."""

    name: str
    purpose: str
    legal_basis: str

    def decide(self, source: Source, given: Given) -> Decision:  # noqa: ARG002
        for field in ("name", "purpose", "legal_basis"):
            demand(field, getattr(self, field), what="say it", rule=SOURCES)
        fact = SourceDeclared(
            source=self.source,
            name=self.name,
            purpose=self.purpose,
            legal_basis=self.legal_basis,
        )
        if source.declared is None:
            yield fact
        elif source.declared != fact:
            taken = f"{self.source} was declared otherwise: withdraw it first"
            raise WrongStage(taken, rule=SOURCES)


class WithdrawSource(SourceCommand):
    def decide(self, source: Source, given: Given) -> Decision:  # noqa: ARG002
        if source.declared:
            yield SourceWithdrawn()


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
