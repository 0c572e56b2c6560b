"""Findings of a case: made by who decides, on what was alleged and answered."""

from uuid import UUID

from domain.case.case import Case, case_stream
from domain.case.facts import Allegation, CaseFinding
from domain.case.hearing import refuse_unheard
from domain.case.names import plain
from domain.case.notice import TOLD, refuse_unanswered, served
from domain.case.procedure import CaseCommand, Law
from domain.errors import Invalid, WrongStage
from domain.finding import Finding, refuse_machine, refuse_unfounded
from domain.record import Citation, Decision, Given
from domain.records.words import demand, one_of
from domain.regime.scrutiny import FindingClass, Mental
from domain.regime.types import Rulebook
from domain.rulebook import Regime, regime_stream
from domain.verification.law import SECTION, cite_part
from domain.verification.state import verification_stream

WEIGHED = "the defence is weighed: what of it holds, and what does not"
ONCE = "what was done is found once, in one class, for each notice and answer"
LEADERS = "a finding on who led others lists the findings on those others"


class MakeFinding(CaseCommand):
    """Find what the person did; the law says what each class and element takes.

    Args:
        conduct: which of the conducts in the notice; the violation is the alleged one.
        mental, standard, reasons: as `domain.finding.Finding` has them.
        class_: the class of non-compliance; None: a violation of another kind.
        rulebook: whose presumptions and classes count; left out, the case's own.
        justification: what of the defence was considered; demanded where there is one.
        supervises: the findings on subordinates, of a finding on who led them (S3-17).
    """

    conduct: str
    mental: Mental
    standard: str
    reasons: str
    class_: FindingClass | None = None
    rulebook: str | None = None
    presumed: str | None = None
    on_intent: str | None = None
    justification: str | None = None
    disclosures: tuple[str, ...] = ()
    supervises: tuple[str, ...] = ()

    def decide(self, state: Case, given: Given) -> Decision:
        refuse_machine(given)
        law = self.judging(state, given, "notice")
        refuse_unanswered(state, law)
        refuse_unheard(state, law)
        allegation = self.noticed(state, law)
        self.refuse_again(state, law)
        if state.response:
            what = "say what of the defence holds, and what does not"
            demand(
                "justification", self.justification, what=what, rule=law.rule(WEIGHED)
            )
        for name in self.supervises:
            self.check_subordinate(state, given, name, law)
        book = self.classes(given, law)
        fact = self.fact(state, allegation, self.cite(book, allegation, law))
        refuse_unfounded(book, fact)
        yield fact

    def noticed(self, state: Case, law: Law) -> Allegation:
        told = served(state).allegations
        known = {a.conduct: a for a in state.allegations if a.conduct in told}
        one_of("conduct", self.conduct, known, rule=law.rule(TOLD))
        return known[self.conduct]

    def refuse_again(self, state: Case, law: Law) -> None:
        """Raise if the conduct was found: no class gives way to a heavier one."""
        for known in state.findings:
            if plain(known.conduct) == plain(self.conduct):
                reason = f"{self.conduct} is found already, as {known.finding}"
                raise WrongStage(reason, rule=law.rule(ONCE))

    def classes(self, given: Given, law: Law) -> Rulebook:
        """Return the rulebook whose classes of finding and presumptions count."""
        if self.rulebook is None:
            return law.book
        regime = given.look(Regime(), regime_stream(self.rulebook))
        book = regime.in_force(law.today)
        if book is None:
            reason = f"{self.rulebook} is not in force on {law.today}"
            raise Invalid("rulebook", reason, rule=law.rule(TOLD))
        return book

    def cite(self, book: Rulebook, allegation: Allegation, law: Law) -> Citation:
        """Cite where the class stands, if one was found, or else the violation."""
        if self.rulebook:
            return cite_part(book, f"{SECTION}.consequences")
        rows = {each.id: each for each in law.track.violations}
        row = rows.get(allegation.violation)
        return (
            law.cite(f"track.violations.{row.id}", row.legal_basis)
            if row
            else law.cite()
        )

    def fact(self, state: Case, allegation: Allegation, cited: Citation) -> CaseFinding:
        listed = (time.disclosure for time in allegation.occurrences)
        reports = (*self.disclosures, *filter(None, listed))
        return CaseFinding(
            finding=f"case:{self.case}:{state.found + 1}",
            conduct=self.conduct,
            violation=allegation.violation,
            class_=self.class_,
            mental=self.mental,
            standard=self.standard,
            reasons=self.reasons,
            cited=cited,
            presumed=self.presumed,
            on_intent=self.on_intent,
            justification=self.justification,
            disclosures=tuple(dict.fromkeys(reports)),
            supervises=self.supervises,
            conduct_from=allegation.from_on,
            conduct_to=allegation.to_on or allegation.from_on,
        )

    def check_subordinate(self, state: Case, given: Given, name: str, law: Law) -> None:
        """Raise unless it is a finding that was made, on somebody else (S3-17)."""
        stream = stream_of_finding(name)
        about = {
            record.subject
            for record in (given.history(stream) if stream else ())
            if isinstance(record.fact, Finding) and record.fact.finding == name
        }
        if not about - {state.subject}:
            reason = f"{name} is no finding on somebody else"
            raise Invalid("supervises", reason, rule=law.rule(LEADERS))


def stream_of_finding(name: str) -> UUID | None:
    """Return where a finding stands by its name, "case:ID:1"; None: nowhere."""
    kind, _, rest = name.partition(":")
    streams = {"case": case_stream, "verification": verification_stream}
    key = rest.rpartition(":")[0]
    return streams[kind](key) if kind in streams and key else None
