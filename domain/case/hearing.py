"""The hearing: where the rulebook always has one, or the person wants it."""

from datetime import date

from domain.case.case import Case
from domain.case.facts import HearingHeld
from domain.case.notice import served
from domain.case.procedure import CaseCommand, Law
from domain.errors import Invalid, WrongStage
from domain.record import Decision, Given
from domain.records.words import demand

HEARD = "whoever wants to be heard is heard, before anything is found or decided"


class HoldHearing(CaseCommand):
    """Put on record that the person was heard, by who decides, and what was said."""

    held_on: date
    text: str

    def decide(self, state: Case, given: Given) -> Decision:
        law = self.judging(state, given, "notice")
        rule = law.rule(HEARD)
        if law.process.hearing == "never":
            raise WrongStage("there are no hearings", rule=rule)
        demand("text", self.text, what="say what was said", rule=rule)
        first = served(state).served_on
        if not first <= self.held_on <= law.today:
            reason = f"it was held between the notice, {first}, and today"
            raise Invalid("held_on", reason, rule=rule)
        yield HearingHeld(held_on=self.held_on, text=self.text)


def refuse_unheard(state: Case, law: Law) -> None:
    """Raise where a hearing is due that was not held."""
    due = law.process.hearing == "always" or (
        law.process.hearing == "on_request" and state.hearing_wanted
    )
    if due and state.heard is None:
        raise WrongStage("the person has to be heard first", rule=law.rule(HEARD))
