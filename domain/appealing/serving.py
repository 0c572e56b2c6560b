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
    """Something that is done once an appeal is decided."""

    def decided(
        self, appeal: Appeal, given: Given
    ) -> tuple[AppealLodged, AppealDecided, date]:
        """Return how it was lodged and decided, and which day it is there."""
        if appeal.lodged is None:
            raise Unknown("appeal", self.appeal)
        refuse_conflict(given, appeal.lodged.person)
        rule = rule_text(appeal.lodged.cited)
        if appeal.decided is None:
            raise WrongStage(f"{self.appeal} is not decided", rule=rule)
        book, _ = law_of(given, appeal.lodged.cited)
        return appeal.lodged, appeal.decided, local_day(book, given.at)


class ServeAppealDecision(AfterDecision):
    """Tell the person what was decided, and until when they may go on.

    It is served on the day on which that is put on record: time runs against nobody
    before they were told. Who names the day (`served_on`) can name no other.
    """

    how: str
    served_on: date | None = None

    def decide(self, appeal: Appeal, given: Given) -> Decision:
        lodged, _, today = self.decided(appeal, given)
        rule = rule_text(lodged.cited)
        demand("how", self.how, what="say how it was served", rule=rule)
        day = self.served_on or today
        if appeal.served_on == day:
            return
        if appeal.served_on:
            raise WrongStage(f"it was served on {appeal.served_on}", rule=rule)
        if day != today:
            raise Invalid("served_on", f"it is served today, {today}", rule=rule)
        book, stage = law_of(given, lodged.cited)
        yield AppealDecisionServed(
            served_on=today,
            how=self.how,
            appeal_by=last_days(book, today, stage.id),
        )


class ImplementDecision(AfterDecision):
    """Say that the decision was carried out, what was to be made good with it.

    `on` is a day up to today.
    """

    on: date
    text: str

    def decide(self, appeal: Appeal, given: Given) -> Decision:
        lodged, decided, today = self.decided(appeal, given)
        rule = rule_text(lodged.cited)
        if not decided.decided_on <= self.on <= today:
            reason = f"name a day from {decided.decided_on} to today"
            raise Invalid("on", reason, rule=rule)
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
