"""The decision of a case, with the sanctions and measures that it decides."""

from collections.abc import Mapping

from domain.case.anew import refuse_heavier_anew
from domain.case.case import Case
from domain.case.facts import CaseFinding, Closing, DecisionMade
from domain.case.hearing import refuse_unheard
from domain.case.notice import (
    NO_HEAVIER,
    heavier,
    refuse_before_notice_ran,
    refuse_unanswered,
    served,
)
from domain.case.procedure import CaseCommand, Law, lifted
from domain.errors import Incomplete, Invalid, NotAllowed
from domain.finding import refuse_machine
from domain.record import Decision, Given
from domain.records.words import one_of
from domain.sanction.imposing import ImposeSanction, Sanctioning
from domain.sanction.measuring import Measuring, TakeMeasure
from domain.sanction.merging import executed

STATED = "a decision states all that the rulebook says"
FOUND = "a decision rests on findings, and a sanction is decided where one is imposed"
CLOSINGS = "a case ends in one of the ways that the rulebook knows"
OWN_TRACK = "a case decides on its own track: another track has its own due process"
ALL_IN_ONE = (
    "what is decided together is one sanction, however many violations it is for"
)
DECIDED: tuple[Closing, ...] = ("sanction", "no_sanction")


class DecideCase(CaseCommand):
    """Decide a case, by somebody who did not investigate it, once all was said.

    Args:
        closing: "sanction", or "no_sanction"; what is withdrawn or referred is closed
            otherwise.
        findings: those it rests on, made since the notice.
        statements: what the rulebook demands that it says, by its names for them.
        sanctions: what is imposed, one at most, for all that is determined; not
            heavier than the person was told it may be.
        measures: what is taken that is no sanction.
    """

    closing: Closing
    findings: tuple[str, ...]
    statements: Mapping[str, str]
    sanctions: tuple[Sanctioning, ...] = ()
    measures: tuple[Measuring, ...] = ()

    def decide(self, state: Case, given: Given) -> Decision:
        refuse_machine(given)
        law = self.judging(state, given, "notice")
        refuse_unanswered(state, law)
        refuse_unheard(state, law)
        refuse_before_notice_ran(state, law)
        self.check_closing(law)
        self.check_findings(state, law)
        self.check_statements(law)
        person = self.opened(state).person
        for asked in self.sanctions:
            self.check_sanction(state, asked, law)
            refuse_heavier_anew(self, given, person, law, asked)
        yield DecisionMade(
            closing=self.closing,
            decided_on=law.today,
            findings=self.findings,
            statements=dict(self.statements),
            cited=law.cite(),
        )
        yield from lifted(state, "The case is decided.")
        yield from self.consequences(person)

    def consequences(self, person: str) -> Decision:
        for asked in self.sanctions:
            yield ImposeSanction(
                person=person, case=self.case, asked=asked, reason=self.reason
            )
        for measure in self.measures:
            yield TakeMeasure(
                person=person, case=self.case, asked=measure, reason=self.reason
            )

    def check_closing(self, law: Law) -> None:
        allowed = [each for each in DECIDED if each in law.process.closings]
        one_of("closing", self.closing, allowed, rule=law.rule(CLOSINGS))
        if bool(self.sanctions) != (self.closing == "sanction"):
            reason = f"{self.closing} with {len(self.sanctions)} sanctions"
            raise Invalid("sanctions", reason, rule=law.rule(FOUND))
        if len(self.sanctions) > 1:
            reason = "determine each violation in one of them"
            raise Invalid("sanctions", reason, rule=law.rule(ALL_IN_ONE))

    def check_findings(self, state: Case, law: Law) -> None:
        if not self.findings:
            gaps = ["findings: say on which it rests"]
            raise Incomplete("it rests on nothing", rule=law.rule(FOUND), gaps=gaps)
        known = found_in(state)
        for name in self.findings:
            one_of("findings", name, known, rule=law.rule(FOUND))

    def check_statements(self, law: Law) -> None:
        wanted = law.process.statements
        for name in self.statements:
            one_of("statements", name, wanted, rule=law.rule(STATED))
        missing = [
            f"statements.{name}: say it"
            for name in wanted
            if not self.statements.get(name, "").strip()
        ]
        if missing:
            reason = "the decision is incomplete"
            raise Incomplete(reason, rule=law.rule(STATED), gaps=missing)

    def check_sanction(self, state: Case, asked: Sanctioning, law: Law) -> None:
        """Raise where it rests on no finding of this decision, or is too heavy."""
        if asked.rulebook != law.book.id:
            reason = f"{asked.rulebook} is not the rulebook of {self.case}"
            raise Invalid("sanctions", reason, rule=law.rule(OWN_TRACK))
        told = served(state).at_most
        for one in asked.determined:
            one_of("sanctions", one.finding, self.findings, rule=law.rule(FOUND))
        for kind in comes_to(asked, law):
            if heavier(law, kind, told):
                reason = f"{kind}: the person was told of {told} at most"
                raise NotAllowed(reason, rule=law.rule(NO_HEAVIER))


def comes_to(asked: Sanctioning, law: Law) -> tuple[str, ...]:
    """Return each kind that is determined, and the one that all of them come to."""
    kinds = tuple(one.kind for one in asked.determined)
    return (*kinds, executed(law.book, kinds).kind.id) if kinds else ()


def found_in(state: Case) -> dict[str, CaseFinding]:
    """Return the findings that count, by their names."""
    return {finding.finding: finding for finding in state.findings}
