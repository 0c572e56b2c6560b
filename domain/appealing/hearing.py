"""While an appeal is pending: its stay, its hearings, and the time it may take."""

from datetime import date

from domain.appeal import (
    Appeal,
    AppealEscalated,
    AppealHeard,
    StayDecided,
    TimeToDecideExtended,
)
from domain.appealing.lodging import AppealCommand
from domain.appealing.panel import admitted, before_panel
from domain.appealing.stages import law_of, longest, rule_text
from domain.errors import Invalid, OutOfTime, WrongStage
from domain.matter import local_day
from domain.record import Decision, Given
from domain.records.words import demand
from domain.sanction.staying import EndStay, StaySanction


class DecideStay(AppealCommand):
    """Stay the sanction while the appeal is pending, or let it run; say why.

    Nothing stays it by default (2020 Law Art. 55-56): who does not ask has none.
    """

    stayed: bool
    text: str

    def decide(self, appeal: Appeal, given: Given) -> Decision:
        lodged = before_panel(given, appeal, self.appeal)
        rule = rule_text(lodged.cited)
        demand("text", self.text, what="say why", rule=rule)
        if lodged.sanction is None:
            raise WrongStage("there is no sanction to stay", rule=rule)
        if appeal.stayed == self.stayed:
            return
        yield StayDecided(stayed=self.stayed, text=self.text)
        command = StaySanction if self.stayed else EndStay
        yield command(sanction=lodged.sanction, appeal=self.appeal)


class HoldAppealHearing(AppealCommand):
    """Put on record what was said when the person, or somebody else, was heard."""

    held_on: date
    text: str

    def decide(self, appeal: Appeal, given: Given) -> Decision:
        lodged = admitted(given, appeal, self.appeal)
        rule = rule_text(lodged.cited)
        demand("text", self.text, what="say what was heard", rule=rule)
        book, _ = law_of(given, lodged.cited)
        if not lodged.lodged_on <= self.held_on <= local_day(book, given.at):
            reason = f"name a day from {lodged.lodged_on} to today"
            raise Invalid("held_on", reason, rule=rule)
        yield AppealHeard(held_on=self.held_on, text=self.text)


class ExtendTime(AppealCommand):
    """Take longer to decide, as far as the rulebook lets the panel; say why."""

    decide_by: date
    text: str

    def decide(self, appeal: Appeal, given: Given) -> Decision:
        lodged = admitted(given, appeal, self.appeal)
        rule = rule_text(lodged.cited)
        demand("text", self.text, what="say why it takes longer", rule=rule)
        book, stage = law_of(given, lodged.cited)
        most, now = longest(book, stage, lodged.decide_by), appeal.decide_by
        if most is None:
            raise WrongStage(f"the time for {stage.id} is not extended", rule=rule)
        if now is None or now < local_day(book, given.at):
            raise OutOfTime(f"its time ended on {now}", rule=rule)
        if not now < self.decide_by <= most:
            reason = f"name a day after {now}, up to {most}"
            raise Invalid("decide_by", reason, rule=rule)
        yield TimeToDecideExtended(decide_by=self.decide_by, text=self.text)


class EscalateAppeal(AppealCommand):
    """Tell the oversight body of an appeal that was not decided in time (S2-13).

    A machine asks: it records nothing where there is nothing to tell, or it was told.
    """

    def decide(self, appeal: Appeal, given: Given) -> Decision:
        if appeal.lodged is None or appeal.decide_by is None or not appeal.pending:
            return
        book, _ = law_of(given, appeal.lodged.cited)
        today = local_day(book, given.at)
        if appeal.decide_by < today and appeal.escalated != appeal.decide_by:
            yield AppealEscalated(decide_by=appeal.decide_by, on=today)
