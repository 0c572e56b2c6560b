"""After the decision on an appeal: it is served, and carried out."""

from collections.abc import Iterator
from datetime import date

from domain.appeal import (
    Appeal,
    AppealDecided,
    AppealDecisionServed,
    AppealLodged,
    DecisionImplemented,
)
from domain.appealing.lodging import AppealCommand
from domain.appealing.stages import last_days, law_of, rule_text
from domain.conflict import refuse_conflict
from domain.errors import Incomplete, Invalid, Unknown, WrongStage
from domain.matter import local_day
from domain.record import Decision, Given
from domain.records.words import demand
from domain.sanction.facts import ReparationCompleted
from domain.sanction.sanctions import Sanctions, stream_of_sanction


class AfterDecision(AppealCommand):
    """Something that is done once an appeal is decided, on a day up to today."""

    def decided(
        self, appeal: Appeal, given: Given, field: str, day: date
    ) -> tuple[AppealLodged, AppealDecided]:
        if appeal.lodged is None:
            raise Unknown("appeal", self.appeal)
        refuse_conflict(given, appeal.lodged.person)
        rule = rule_text(appeal.lodged.cited)
        if appeal.decided is None:
            raise WrongStage(f"{self.appeal} is not decided", rule=rule)
        book, _ = law_of(given, appeal.lodged.cited)
        if not appeal.decided.decided_on <= day <= local_day(book, given.at):
            reason = f"name a day from {appeal.decided.decided_on} to today"
            raise Invalid(field, reason, rule=rule)
        return appeal.lodged, appeal.decided


class ServeAppealDecision(AfterDecision):
    """Tell the person what was decided, and until when they may go on."""

    served_on: date
    how: str

    def decide(self, appeal: Appeal, given: Given) -> Decision:
        lodged, _ = self.decided(appeal, given, "served_on", self.served_on)
        rule = rule_text(lodged.cited)
        demand("how", self.how, what="say how it was served", rule=rule)
        if appeal.served_on == self.served_on:
            return
        if appeal.served_on:
            raise WrongStage(f"it was served on {appeal.served_on}", rule=rule)
        book, stage = law_of(given, lodged.cited)
        yield AppealDecisionServed(
            served_on=self.served_on,
            how=self.how,
            appeal_by=last_days(book, self.served_on, stage.id),
        )


class ImplementDecision(AfterDecision):
    """Say that the decision was carried out, what was to be made good with it."""

    on: date
    text: str

    def decide(self, appeal: Appeal, given: Given) -> Decision:
        lodged, _ = self.decided(appeal, given, "on", self.on)
        rule = rule_text(lodged.cited)
        demand("text", self.text, what="say what was done", rule=rule)
        if appeal.implemented:
            return
        done = tuple(made_good(given, lodged.sanction, rule)) if lodged.sanction else ()
        yield DecisionImplemented(on=self.on, text=self.text, reparations=done)


def made_good(given: Given, sanction: str, rule: str) -> Iterator[str]:
    """Yield what was made good after a sanction; raise `Incomplete` if not all was."""
    stream = stream_of_sanction(sanction)
    tasks = given.look(Sanctions(), stream).known(sanction).tasks
    if tasks:
        gaps = [f"{task.task}: due on {task.due_on}" for task in tasks]
        raise Incomplete("not all has been made good", rule=rule, gaps=gaps)
    for record in given.history(stream):
        match record.fact:
            case ReparationCompleted(sanction=known, task=task) if known == sanction:
                yield task
