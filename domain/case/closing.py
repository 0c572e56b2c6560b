"""How a case ends: no case, referred elsewhere, or decided; and how it is reopened."""

from domain.case.case import Case, Stage
from domain.case.deciding import CLOSINGS
from domain.case.evidence import EvidenceAdded
from domain.case.facts import (
    CaseClosed,
    CaseReferredExternally,
    CaseReopened,
    Closing,
    NoCaseFound,
)
from domain.case.opening import begun
from domain.case.procedure import ORDER, CaseCommand, Law, lifted
from domain.errors import Incomplete, WrongStage
from domain.finding import refuse_machine
from domain.record import Decision, Given
from domain.records.words import demand, one_of

ELSEWHERE = "what is for others to judge is referred to them, with a pointer"
ANEW = "a case is taken up again on appeal, or for new evidence that is named"
UNDECIDED: tuple[Stage, ...] = ("inquiry", "investigation", "notice")


class FindNoCase(CaseCommand):
    """Find, as who decides, that there is nothing to it; that closes the case."""

    text: str

    def decide(self, state: Case, given: Given) -> Decision:
        refuse_machine(given)
        law = self.judging(state, given, *UNDECIDED)
        demand("text", self.text, what="say why", rule=law.rule(CLOSINGS))
        yield NoCaseFound(text=self.text)
        yield from closed(state, "withdrawn", law)


class ReferCase(CaseCommand):
    """Refer it elsewhere, with a pointer; an undecided case ends by that (S3-12).

    Args:
        to: the authority, for instance a court.
        reference: its name for the matter.
        text: why.
    """

    to: str
    reference: str
    text: str

    def decide(self, state: Case, given: Given) -> Decision:
        law = self.judging(state, given, *UNDECIDED, "decided")
        for field in ("to", "reference", "text"):
            demand(field, getattr(self, field), what="say it", rule=law.rule(ELSEWHERE))
        yield CaseReferredExternally(
            to=self.to, reference=self.reference, text=self.text
        )
        if state.decision is None:
            yield from closed(state, "referred", law)


class CloseCase(CaseCommand):
    """Close a case that is decided, once the decision has been served."""

    def decide(self, state: Case, given: Given) -> Decision:
        law = self.acting(state, given, "decided")
        if state.served is None or state.decision is None:
            raise WrongStage("the decision was not served yet", rule=law.rule(ORDER))
        yield CaseClosed(closing=state.decision.closing, closed_on=law.today)


class ReopenCase(CaseCommand):
    """Take a case up again, from before the notice; the time to decide begins anew.

    Args:
        text: why.
        appeal: the remitted appeal of whose decision it is part.
        evidence: otherwise, the pieces for which it is, added since it was closed.
    """

    text: str
    appeal: str | None = None
    evidence: tuple[str, ...] = ()

    def decide(self, state: Case, given: Given) -> Decision:
        law = self.acting(state, given, "decided", "closed")
        demand("text", self.text, what="say why", rule=law.rule(ANEW))
        if self.appeal is None:
            self.check_evidence(state, given, law)
        yield CaseReopened(
            text=self.text,
            opened_on=law.today,
            appeal=self.appeal,
            evidence=self.evidence,
        )
        if state.investigation:
            yield begun(tuple(one.conduct for one in state.allegations), law)

    def check_evidence(self, state: Case, given: Given, law: Law) -> None:
        """Raise unless the case is closed, and there is something new to it."""
        rule = law.rule(ANEW)
        if state.stage != "closed":
            raise WrongStage("it is not closed", rule=rule)
        if not self.evidence:
            gaps = ["evidence: say which was added since the case was closed"]
            raise Incomplete("nothing is new", rule=rule, gaps=gaps)
        new = added_since_closed(self, given)
        for piece in self.evidence:
            one_of("evidence", piece, new, rule=rule)


def added_since_closed(command: CaseCommand, given: Given) -> set[str]:
    """Return the evidence that came in after the case was closed for the last time."""
    since: set[str] = set()
    for record in given.history(command.stream):
        if isinstance(record.fact, CaseClosed):
            since = set()
        elif isinstance(record.fact, EvidenceAdded):
            since.add(record.fact.evidence)
    return since


def closed(state: Case, closing: Closing, law: Law) -> Decision:
    """Yield the end of a case that was not decided, and of what it imposed."""
    one_of("closing", closing, law.process.closings, rule=law.rule(CLOSINGS))
    yield from lifted(state, "The case is closed.")
    yield CaseClosed(closing=closing, closed_on=law.today)
