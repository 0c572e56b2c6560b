"""A verification of a covered person, or of a relative: opened, asked, concluded."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from msgspec.structs import replace

from domain.conflict import conflict_of, refuse_conflict, refuse_review
from domain.errors import Incomplete, NotAllowed, Unknown, WrongStage
from domain.matter import local_day
from domain.person import CoveredPerson, person_named, person_stream
from domain.proceedings import EnterProceeding
from domain.record import Citation, Command, Decision, Given
from domain.records.words import demand, one_of
from domain.regime.scrutiny import Verifying
from domain.regime.types import Rulebook
from domain.verification.draw import Draw, draw_stream
from domain.verification.facts import (
    RegisterQueried,
    SampleDrawn,
    VerificationConcluded,
    VerificationOpened,
)
from domain.verification.law import SECTION, cite_part, law_of, law_on
from domain.verification.source import SOURCES, Source, source_stream
from domain.verification.state import Verification, verification_stream

__all__ = ["Verification", "verification_stream"]

SCOPE = "only covered persons and relatives they have declared are verified"
OPEN = "a source is asked within an open verification"
ASSIGNED = "whoever was drawn to verify does, and nobody else"
UNDER = "a verification says under which rulebook somebody must explain"
SETTLED = "a discrepancy is a machine's fact: what it means, somebody says"
BASES = ("random", "promotion", "risk", "complaint", "campaign", "referral")


class VerificationCommand(Command[Verification]):
    verification: str

    @property
    def stream(self) -> UUID:
        return verification_stream(self.verification)

    def blank(self) -> Verification:
        return Verification()

    def open(self, state: Verification, given: Given) -> VerificationOpened:
        """Return how it was opened; raise unless it runs, about somebody covered."""
        opened = state.opened
        if opened is None or state.concluded:
            raise WrongStage(f"{self.verification} is not open", rule=OPEN)
        refuse_outside(given, opened.person, opened.relative)
        return opened

    def running(self, state: Verification, given: Given) -> VerificationOpened:
        """Return how it was opened; raise unless it runs and may be run by who asks."""
        opened = self.open(state, given)
        refuse_review(given, opened.person)
        if state.assigned not in (None, given.by.id):
            reason = f"{given.by.id} was not drawn to verify"
            raise NotAllowed(reason, rule=ASSIGNED)
        return opened

    def law(
        self, opened: VerificationOpened, given: Given, rulebook: str | None
    ) -> tuple[Rulebook, Verifying]:
        """Return the law of the *rulebook* today, or else what it was opened under."""
        if rulebook is None and opened.cited:
            return law_of(given, opened.cited)
        named = demand("rulebook", rulebook, what="say under which", rule=UNDER)
        return law_on(given, named, given.at.date())


def today(book: Rulebook, given: Given) -> date:
    return local_day(book, given.at)


class OpenVerification(VerificationCommand):
    """Open it, on one of the grounds there are, and say why; never one's own.

    `draw` is the draw that the person was drawn in, `board` the board for which it is
    done, and `source` where a complaint or a referral came from. `rulebook` is whose
    law of verification it goes by.
    """

    person: str
    basis: str
    relative: str | None = None
    draw: str | None = None
    board: str | None = None
    source: str | None = None
    rulebook: str | None = None

    def decide(self, state: Verification, given: Given) -> Decision:
        refuse_outside(given, self.person, self.relative)
        sample = self.sample(given)
        self.refuse_near(given, sample)
        one_of("basis", self.basis, BASES, rule=SCOPE)
        demand("reason", self.reason, what="say why", rule=SCOPE)
        fact = VerificationOpened(
            verification=self.verification,
            person=self.person,
            basis=self.basis,
            relative=self.relative,
            draw=self.draw,
            board=self.board,
            source=self.source,
            cited=self.cited(given, sample),
        )
        if state.opened is None:
            yield fact
            yield EnterProceeding(
                person=self.person, kind="verification", key=self.verification
            )
        elif replace(state.opened, cited=None) != replace(fact, cited=None):
            raise WrongStage(f"{self.verification} is taken", rule=OPEN)

    def sample(self, given: Given) -> SampleDrawn | None:
        """Return the draw that is named; raise unless the person was drawn in it."""
        if self.draw is None:
            return None
        sample = given.look(Draw(), draw_stream(self.draw)).sample
        if sample is None or self.person not in sample.drawn or self.basis != "random":
            raise NotAllowed(f"{self.person} was not drawn in {self.draw}", rule=SCOPE)
        return sample

    def refuse_near(self, given: Given, sample: SampleDrawn | None) -> None:
        """Raise if whoever asks is near the person, and it is theirs to choose.

        Whoever was drawn is verified, whoever made the draw. The office that enters
        candidates enters those above it too, though neither itself nor relatives.
        """
        near = conflict_of(given, given.by.id, person_named(given, self.person))
        enters = self.board is not None and given.by.role == "hr"
        if not (sample or (enters and near in (None, "superior"))):
            refuse_conflict(given, self.person)

    def cited(self, given: Given, sample: SampleDrawn | None) -> Citation | None:
        if sample:
            return sample.cited
        if self.rulebook is None:
            return None
        book, law = law_on(given, self.rulebook, given.at.date())
        return cite_part(book, SECTION, law.legal_basis)


def openings(sample: SampleDrawn) -> Iterator[OpenVerification]:
    """Yield what opens the verification of each who was drawn; again, nothing new."""
    for nth, person in enumerate(sample.drawn, 1):
        yield OpenVerification(
            verification=f"{sample.draw}-{nth}",
            person=person,
            basis="random",
            draw=sample.draw,
            reason=f"drawn in {sample.draw}",
        )


class QueryRegister(VerificationCommand):
    """Ask a declared source; the same one may be asked again."""

    source: str

    def decide(self, state: Verification, given: Given) -> Decision:
        opened = self.running(state, given)
        declared(given, self.source)
        yield RegisterQueried(source=self.source, relative=opened.relative)


def declared(given: Given, source: str) -> None:
    """Raise unless the source is declared now."""
    if given.look(Source(), source_stream(source)).declared is None:
        raise NotAllowed(f"{source} is no declared source", rule=SOURCES)


class ConcludeVerification(VerificationCommand):
    """End it, once it is settled what every discrepancy means."""

    text: str

    def decide(self, state: Verification, given: Given) -> Decision:
        if state.opened is None:
            raise Unknown("verification", self.verification)
        opened = self.running(state, given)
        demand("text", self.text, what="say what it came to", rule=OPEN)
        gaps = [f"discrepancy {known.discrepancy}" for known in state.unresolved]
        if gaps:
            reason = "what was detected is explained or found on"
            raise Incomplete(reason, rule=SETTLED, gaps=gaps)
        yield VerificationConcluded(text=self.text, relative=opened.relative)


def refuse_outside(given: Given, number: str, relative: str | None) -> None:
    """Raise unless the person has a file, and has declared the relative (S2-11)."""
    person = given.look(CoveredPerson(), person_stream(number))
    if not person.number:
        raise NotAllowed(f"{number} is not registered", rule=SCOPE)
    if relative and relative not in [known.relative for known in person.relatives]:
        raise NotAllowed(f"{number} has not declared {relative}", rule=SCOPE)
