"""A decision is served, announced within a scope, and reputation restored in it."""

from domain.appeal import Appeal, appeal_stream
from domain.case.case import Case
from domain.case.facts import (
    DecisionAnnounced,
    DecisionServed,
    ReputationRestored,
)
from domain.case.procedure import ORDER, CaseCommand, Law, last_day, law_of
from domain.conflict import refuse_conflict
from domain.errors import WrongStage
from domain.person import CoveredPerson, person_stream
from domain.proceedings import proceedings_of
from domain.record import Decision, Given
from domain.records.words import demand, one_of
from domain.sanction.sanctions import Sanctions, sanctions_stream

HOW = ("in_person", "by_post", "electronically", "through_unit", "by_publication")
SERVED = "a decision is served on the person and the unit, and says where to turn"
SCOPE = "a decision is announced within a scope that the rulebook knows"
RESTORED = "what proved unfounded is made known where the accusation was"


class ServeDecision(CaseCommand):
    """Serve the decision today; from now on the time for appeals runs."""

    how: str

    def decide(self, state: Case, given: Given) -> Decision:
        law = self.acting(state, given, "decided")
        one_of("how", self.how, HOW, rule=law.rule(SERVED))
        if state.served:
            return
        yield DecisionServed(
            served_on=law.today,
            how=self.how,
            appeal_by={
                stage.id: last_day(law.book, law.today, stage.within)
                for stage in law.book.appeals
                if not stage.after
            },
            unit=unit_of(given, self.opened(state).person, law),
        )


class AnnounceDecision(CaseCommand):
    """Make a served decision known, within one of the rulebook's scopes."""

    scope: str

    def decide(self, state: Case, given: Given) -> Decision:
        law = self.acting(state, given, "decided", "closed")
        one_of("scope", self.scope, law.process.announce, rule=law.rule(SCOPE))
        if state.served is None:
            raise WrongStage("it was not served yet", rule=law.rule(ORDER))
        if self.scope not in state.announced:
            yield DecisionAnnounced(scope=self.scope, announced_on=law.today)


class RestoreReputation(CaseCommand):
    """Make known that it was unfounded: wherever it was announced, if it was."""

    scope: str
    text: str

    def decide(self, state: Case, given: Given) -> Decision:
        person = self.opened(state).person
        refuse_conflict(given, person)
        law = law_of(given, self.opened(state))
        rule = law.rule(RESTORED)
        demand("text", self.text, what="say what is made known", rule=rule)
        if not (state.no_case or quashed(given, self.case, person, law)):
            reason = f"nothing of {self.case} proved unfounded"
            raise WrongStage(reason, rule=rule)
        scopes = state.announced or law.process.announce
        one_of("scope", self.scope, scopes, rule=rule)
        if self.scope not in state.restored:
            yield ReputationRestored(scope=self.scope, text=self.text)


def unit_of(given: Given, person: str, law: Law) -> str | None:
    """Return the unit in which the person stands today."""
    post = given.look(CoveredPerson(), person_stream(person)).post_on(law.today)
    return post.unit if post else None


def quashed(given: Given, case: str, person: str, law: Law) -> bool:
    """Return whether a sanction of this case was quashed, or its decision was."""
    stream = sanctions_stream(person, law.track.id)
    appeals = (
        given.look(Appeal(), appeal_stream(name))
        for name in proceedings_of(given, person).of("appeal")
    )
    return any(
        known.imposed.case == case and known.status == "quashed"
        for known in given.look(Sanctions(), stream).sanctions
    ) or any(
        known.lodged
        and known.lodged.case == case
        and known.decided.outcome == "quashed"
        for known in appeals
        if known.decided
    )
