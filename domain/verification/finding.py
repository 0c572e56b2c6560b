"""The finding that a verification comes to: made by another than who verified."""

from datetime import date

from domain.conflict import asking, refuse_review
from domain.disclosure import Disclosure, disclosure_stream, filed
from domain.errors import NotAllowed, Unknown, WrongStage
from domain.finding import (
    consequence_of,
    refuse_machine,
    refuse_unfounded,
)
from domain.record import Citation, Decision, Fact, Given
from domain.regime.scrutiny import FindingClass, Mental
from domain.regime.types import Rulebook
from domain.rulebook import Regime, regime_stream
from domain.verification.explaining import ASKED, heard, pending
from domain.verification.facts import (
    DiscrepancyResolved,
    ExplanationRequested,
    RegisterAnswered,
    RegisterQueried,
    ReportsCompared,
    VerificationFinding,
    VerificationOpened,
)
from domain.verification.law import SECTION, cite_part, section
from domain.verification.state import Verification
from domain.verification.verification import VerificationCommand, today

TWO = "who verifies makes no finding: another person weighs what was detected"
# What verifying is; who opens a verification, or draws who does it, does not.
WORK = (
    RegisterQueried,
    RegisterAnswered,
    ReportsCompared,
    ExplanationRequested,
    DiscrepancyResolved,
)


class MakeFinding(VerificationCommand):
    """Find what the person did or left undone, by the law of the day of the conduct.

    The attributes are those of `domain.finding.Finding`. The discrepancies that it
    rests on have been put to the person, and are settled by it; one that rests on none
    is on conduct that was put to them by its name. `rulebook` is whose
    classes and presumptions count, where the verification was opened under none.
    """

    conduct: str
    class_: FindingClass | None
    mental: Mental
    standard: str
    reasons: str
    on_intent: str | None = None
    violation: str | None = None
    presumed: str | None = None
    justification: str | None = None
    disclosures: tuple[str, ...] = ()
    discrepancies: tuple[int, ...] = ()
    conduct_from: date | None = None
    conduct_to: date | None = None
    rulebook: str | None = None

    def decide(self, state: Verification, given: Given) -> Decision:
        opened = self.open(state, given)
        refuse_machine(given)
        refuse_review(given, opened.person)
        refuse_verifier(self, state, given)
        book = self.governing(opened, given)
        unsettled = self.unsettled(state)
        now = today(book, given)
        if not heard(state, self.discrepancies, self.conduct, now):
            raise WrongStage("it was not put to the person", rule=ASKED)
        self.check_reports(given, opened.person)
        finding = self.fact(book, len(state.findings) + 1)
        refuse_unfounded(book, finding)
        yield finding
        for number in unsettled:
            yield DiscrepancyResolved(
                discrepancy=number,
                how="finding",
                text=finding.finding,
                relative=opened.relative,
            )

    def unsettled(self, state: Verification) -> list[int]:
        """Return those of the discrepancies that no finding has settled before."""
        by_finding = [n for n, s in state.resolved.items() if s.how == "finding"]
        new = [number for number in self.discrepancies if number not in by_finding]
        for number in new:
            pending(state, number)
        return new

    def governing(self, opened: VerificationOpened, given: Given) -> Rulebook:
        """Return the version of the first day of the conduct; today's, if older."""
        book, _ = self.law(opened, given, self.rulebook)
        if self.conduct_from is None:
            return book
        regime = given.look(Regime(), regime_stream(book.id))
        then = regime.in_force(self.conduct_from)
        return then if then and then.verification else book

    def check_reports(self, given: Given, person: str) -> None:
        """Raise `Unknown` for a report that is not the person's own."""
        for name in self.disclosures:
            report = given.look(Disclosure(), disclosure_stream(name))
            if filed(report, name).person != person:
                raise Unknown("disclosure", name)

    def fact(self, book: Rulebook, number: int) -> VerificationFinding:
        return VerificationFinding(
            finding=f"verification:{self.verification}:{number}",
            conduct=self.conduct,
            class_=self.class_,
            mental=self.mental,
            standard=self.standard,
            reasons=self.reasons,
            on_intent=self.on_intent,
            violation=self.violation,
            presumed=self.presumed,
            justification=self.justification,
            disclosures=self.disclosures,
            discrepancies=self.discrepancies,
            conduct_from=self.conduct_from,
            conduct_to=self.conduct_to,
            cited=cite_finding(book, self.class_, self.mental),
        )


def cite_finding(
    book: Rulebook, class_: FindingClass | None, mental: Mental
) -> Citation:
    """Cite the class in the rulebook, or its section where it says nothing of it."""
    known = consequence_of(book, class_, mental)
    law = section(book)
    part = f"{SECTION}.{class_}" if known else SECTION
    return cite_part(book, part, known.legal_basis if known else law.legal_basis)


def refuse_verifier(
    command: VerificationCommand, state: Verification, given: Given
) -> None:
    """Raise `NotAllowed` if whoever asks has verified here, or was drawn to."""
    verified = {
        record.actor.id
        for record in given.history(command.stream)
        if isinstance(record.fact, WORK) and not by_finding(record.fact)
    }
    both = asking(given) & {*verified, state.assigned}
    if both:
        raise NotAllowed(f"{min(map(str, both))} has verified it", rule=TWO)


def by_finding(fact: Fact) -> bool:
    """Return whether a finding settled a discrepancy, and not who verifies."""
    return isinstance(fact, DiscrepancyResolved) and fact.how == "finding"
