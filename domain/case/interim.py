"""Interim measures: imposed while a case is open, for a time, and lifted."""

from datetime import date

from domain.case.case import Case
from domain.case.facts import InterimMeasureImposed, InterimMeasureLifted
from domain.case.procedure import CaseCommand, Law
from domain.errors import Invalid, OutOfTime, Unknown, WrongStage
from domain.record import Decision, Given
from domain.records.words import demand, one_of
from domain.regime.calendar import shift
from domain.regime.discipline import Interim

INTERIM = "an interim measure lasts no longer than it may, and than the case is open"


class ImposeInterimMeasure(CaseCommand):
    """Impose one of the rulebook's measures, from today, and say why.

    `until_on` is the day from which it holds no more; its greatest length counts from
    when it was first imposed in this case, so that lifting it adds nothing.
    """

    measure: str
    text: str
    until_on: date | None = None

    def decide(self, state: Case, given: Given) -> Decision:
        law = self.judging(state, given, "investigation", "notice")
        known = {measure.id: measure for measure in law.process.interim}
        one_of("measure", self.measure, known, rule=law.rule(INTERIM))
        demand("text", self.text, what="say why", rule=law.rule(INTERIM))
        if any(running.measure == self.measure for running in state.interim):
            reason = f"{self.measure} was imposed already: lift it first"
            raise WrongStage(reason, rule=law.rule(INTERIM))
        measure = known[self.measure]
        self.check_length(state, law, measure)
        yield InterimMeasureImposed(
            measure=self.measure,
            from_on=law.today,
            until_on=self.until_on,
            blocks=measure.blocks,
            text=self.text,
            cited=law.cite(f"due_process.interim.{measure.id}", measure.legal_basis),
        )

    def check_length(self, state: Case, law: Law, measure: Interim) -> None:
        rule = law.rule(INTERIM)
        if self.until_on and self.until_on <= law.today:
            raise Invalid("until_on", "it must come after today", rule=rule)
        if measure.at_most is None:
            return
        first = state.interim_since.get(self.measure, law.today)
        end = shift(first, measure.at_most, law.book.calendar)
        if end <= law.today:
            raise OutOfTime(f"{self.measure} could last until {end}", rule=rule)
        if self.until_on is None or self.until_on > end:
            reason = f"it may last until {end}, and no longer"
            raise Invalid("until_on", reason, rule=rule)


class LiftInterimMeasure(CaseCommand):
    measure: str
    text: str

    def decide(self, state: Case, given: Given) -> Decision:
        law = self.acting(state, given, "investigation", "notice")
        demand("text", self.text, what="say why", rule=law.rule(INTERIM))
        if self.measure not in {running.measure for running in state.interim}:
            raise Unknown("interim measure", self.measure)
        yield InterimMeasureLifted(measure=self.measure, text=self.text)
