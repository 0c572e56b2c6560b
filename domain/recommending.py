"""Recommendations: issued, answered by the unit, carried out, or left unanswered."""

from datetime import date
from uuid import UUID

from domain.case.case import Case, case_stream
from domain.case.procedure import Law, last_day, law_under
from domain.conflict import refuse_conflict
from domain.errors import Incomplete, Invalid, NotAllowed, Unknown, WrongStage
from domain.matter import local_day
from domain.proceedings import EnterProceeding, acted
from domain.recommendation import (
    Recommendation,
    RecommendationAccepted,
    RecommendationImplemented,
    RecommendationIssued,
    RecommendationOverdue,
    RecommendationRefused,
    Stage,
    To,
    recommendation_stream,
)
from domain.record import Command, Decision, Given
from domain.records.words import demand, one_of
from domain.rulebook import Regime, regime_stream
from domain.unit import Unit, unit_stream

ADDRESSEES: tuple[To, ...] = ("unit", "appointing_body")
ADDRESSED = "a recommendation says to whom, what, why, and by when it is answered"
REFUSING = "a recommendation is not refused without a reason"
ANOTHER = "who recommends something does not answer it"


class RecommendationCommand(Command[Recommendation]):
    recommendation: str

    @property
    def stream(self) -> UUID:
        return recommendation_stream(self.recommendation)

    def blank(self) -> Recommendation:
        return Recommendation()

    def issued(self, state: Recommendation) -> RecommendationIssued:
        if state.issued is None:
            raise Unknown("recommendation", self.recommendation)
        return state.issued

    def at_stage(self, state: Recommendation, *stages: Stage) -> RecommendationIssued:
        issued = self.issued(state)
        if state.stage not in stages:
            reason = f"{self.recommendation} is {state.stage}"
            raise WrongStage(reason, rule=str(issued.cited))
        return issued

    def answering(self, state: Recommendation, given: Given) -> RecommendationIssued:
        """Return it as issued; raise unless it waits for an answer by who asks."""
        issued = self.at_stage(state, "issued", "overdue")
        refuse_conflict(given, issued.person)
        if given.by.id in acted(given, self.stream):
            raise NotAllowed(f"{given.by.id} recommends it", rule=ANOTHER)
        return issued


class IssueRecommendation(RecommendationCommand):
    """Recommend something about a person to a unit, which answers in time.

    Args:
        person: whom it is about.
        rulebook: whose due process says how soon it is answered.
        to, unit, text, attachments, case: as `RecommendationIssued` has them.
        answer_by: where the rulebook sets no time; else not before that is over.
    """

    person: str
    rulebook: str
    to: To
    unit: str
    text: str
    attachments: tuple[str, ...] = ()
    case: str | None = None
    answer_by: date | None = None

    def decide(self, state: Recommendation, given: Given) -> Decision:
        refuse_conflict(given, self.person)
        law = law_under(given, self.rulebook)
        self.check(given, law)
        fact = RecommendationIssued(
            recommendation=self.recommendation,
            person=self.person,
            to=self.to,
            unit=self.unit,
            text=self.text,
            issued_on=law.today,
            answer_by=self.last_day(law),
            cited=law.cite(),
            attachments=self.attachments,
            case=self.case,
        )
        if state.issued is None:
            yield fact
            yield EnterProceeding(
                person=self.person, kind="recommendation", key=self.recommendation
            )
        elif state.issued != fact:
            raise WrongStage(f"{self.recommendation} is taken", rule=ADDRESSED)

    def check(self, given: Given, law: Law) -> None:
        one_of("to", self.to, ADDRESSEES, rule=law.rule(ADDRESSED))
        demand("text", self.text, what="say what", rule=law.rule(ADDRESSED))
        if not given.look(Unit(), unit_stream(self.unit)).code:
            raise Invalid("unit", f"{self.unit} is no unit", rule=law.rule(ADDRESSED))
        if self.case is None:
            return
        case = given.look(Case(), case_stream(self.case))
        if case.subject != self.person:
            reason = f"there is no such case about {self.person}"
            raise Invalid("case", reason, rule=law.rule(ADDRESSED))

    def last_day(self, law: Law) -> date:
        within = law.process.reply_within
        first = last_day(law.book, law.today, within) if within else None
        day = self.answer_by or first
        if day is None:
            gaps = ["answer_by: the rulebook sets no time, so say by when"]
            rule = law.rule(ADDRESSED)
            raise Incomplete("it is never due", rule=rule, gaps=gaps)
        if day < (first or law.today):
            reason = f"an answer is in time until {first or law.today} at least"
            raise Invalid("answer_by", reason, rule=law.rule(ADDRESSED))
        return day


class AcceptRecommendation(RecommendationCommand):
    """Say, for the unit, that it will be done; late is better than never."""

    text: str | None = None

    def decide(self, state: Recommendation, given: Given) -> Decision:
        issued = self.answering(state, given)
        yield RecommendationAccepted(on=day_of(given, issued), text=self.text)


class RefuseRecommendation(RecommendationCommand):
    """Say, for the unit, that it will not be done, and why."""

    text: str

    def decide(self, state: Recommendation, given: Given) -> Decision:
        issued = self.answering(state, given)
        rule = f"{issued.cited}: {REFUSING}"
        demand("text", self.text, what="say why", rule=rule)
        yield RecommendationRefused(on=day_of(given, issued), text=self.text)


class ImplementRecommendation(RecommendationCommand):
    """Say what was done about a recommendation that was accepted."""

    text: str

    def decide(self, state: Recommendation, given: Given) -> Decision:
        issued = self.at_stage(state, "accepted")
        refuse_conflict(given, issued.person)
        demand("text", self.text, what="say what was done", rule=str(issued.cited))
        yield RecommendationImplemented(on=day_of(given, issued), text=self.text)


class NoteUnanswered(RecommendationCommand):
    """Put on record that its day has passed without an answer."""

    def decide(self, state: Recommendation, given: Given) -> Decision:
        issued = self.issued(state)
        if state.stage == "issued" and issued.answer_by < day_of(given, issued):
            yield RecommendationOverdue(answer_by=issued.answer_by)


def day_of(given: Given, issued: RecommendationIssued) -> date:
    """Return the day that it is where the rulebook holds."""
    regime = given.look(Regime(), regime_stream(issued.cited.rulebook))
    return local_day(regime.version(issued.cited.version), given.at)
