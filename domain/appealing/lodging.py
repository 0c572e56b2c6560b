"""Lodging an appeal: by whom, against what, in which stage, and by when."""

from datetime import date
from uuid import UUID

from domain.appeal import Appeal, AppealLodged, StayDecided, appeal_stream
from domain.appealing.against import (
    appeals_against,
    counted_from,
    decided_case,
    decided_under,
    only_sanction,
    refuse_unknown,
)
from domain.appealing.stages import (
    cite_stage,
    decide_by,
    excused_until,
    find_stage,
    last_day,
    rule_text,
)
from domain.case.case import Case, case_stream
from domain.errors import Invalid, NotAllowed, OutOfTime, WrongStage
from domain.matter import local_day
from domain.proceedings import EnterProceeding
from domain.record import Citation, Command, Decision, Given
from domain.records.words import demand
from domain.regime.discipline import AppealStage
from domain.regime.types import Rulebook
from domain.sanction.staying import StaySanction

OWN_APPEAL = (
    "an appeal is the person's: a clerk lodges it for them, nobody against them"
)
ONE_APPEAL = "an appeal has one id, and is lodged once"


class AppealCommand(Command[Appeal]):
    appeal: str

    @property
    def stream(self) -> UUID:
        return appeal_stream(self.appeal)

    def blank(self) -> Appeal:
        return Appeal()


class LodgeAppeal(AppealCommand):
    """Ask that a decision be looked at again; lodging it again records nothing.

    Attributes:
        person: whom the decision is about: they lodge it, or a clerk for them.
        case: the case that was decided.
        stage: which way, by the rulebook's name for it.
        sanction: the sanction appealed against; it need not be named where the decision
            imposed one on the track of the case, or none.
        text: what is asked for, and why.
        received_on: when paper was received, which a clerk says; else it is today.
        representative: who lodges it in the person's stead.
        obstacle_until, excuse: of one that comes late, until when something that nobody
            could help stood in the way of it, and what.
    """

    person: str
    case: str
    stage: str
    text: str
    sanction: str | None = None
    received_on: date | None = None
    representative: str | None = None
    obstacle_until: date | None = None
    excuse: str | None = None

    def reads(self) -> tuple[UUID, ...]:
        return (self.stream, case_stream(self.case))

    def decide(self, appeal: Appeal, given: Given) -> Decision:
        self.refuse_others(given)
        if appeal.lodged:
            self.refuse_another(appeal.lodged)
            return
        case, decision = decided_case(given, self.case, self.person)
        book = decided_under(given, decision)
        sanction = self.against(given, book)
        stage = find_stage(book, self.stage)
        fact = self.fact(given, case, book, stage, sanction)
        yield fact
        yield EnterProceeding(person=self.person, kind="appeal", key=self.appeal)
        if stage.stays and sanction:
            yield StayDecided(stayed=True, text=rule_text(fact.cited))
            yield StaySanction(sanction=sanction, appeal=self.appeal)

    def against(self, given: Given, book: Rulebook) -> str | None:
        if self.sanction is None:
            return only_sanction(given, book, self.person, self.case)
        refuse_unknown(given, self.case, self.sanction, book)
        return self.sanction

    def refuse_others(self, given: Given) -> None:
        by = given.by
        for_whom = {"declarant": by.id, "clerk": by.on_behalf_of}
        if for_whom.get(by.role) != self.person:
            reason = f"{by.id} may not appeal for {self.person}"
            raise NotAllowed(reason, rule=OWN_APPEAL)
        if self.received_on and (by.role != "clerk" or by.id == self.person):
            raise NotAllowed(f"{by.id} may not say when it came", rule=OWN_APPEAL)

    def refuse_another(self, known: AppealLodged) -> None:
        mine = (self.person, self.case, self.stage, self.text)
        if mine != (known.person, known.case, known.stage, known.text):
            raise WrongStage(f"the id {self.appeal} is taken", rule=ONE_APPEAL)

    def fact(
        self,
        given: Given,
        case: Case,
        book: Rulebook,
        stage: AppealStage,
        sanction: str | None,
    ) -> AppealLodged:
        citation = cite_stage(book, stage)
        demand("text", self.text, what="say what is asked for", rule=str(citation))
        number = case.decisions
        chain = tuple(appeals_against(given, self.person, self.case, number, sanction))
        served_on, told, before = counted_from(case, chain, stage, citation)
        lodged_on = self.lodged_on(book, given, served_on, citation)
        due_on = told.get(stage.id) or last_day(book, stage, served_on)
        late = lodged_on > due_on
        if late:
            self.refuse_late(book, stage, lodged_on, due_on, citation)
        return AppealLodged(
            appeal=self.appeal,
            person=self.person,
            case=self.case,
            stage=stage.id,
            to=stage.to,
            lodged_on=lodged_on,
            due_on=due_on,
            decide_by=decide_by(book, stage, lodged_on),
            text=self.text,
            cited=citation,
            sanction=sanction,
            before=before,
            decision=number,
            representative=self.representative,
            obstacle_until=self.obstacle_until if late else None,
            excuse=self.excuse if late else None,
        )

    def lodged_on(
        self, book: Rulebook, given: Given, served_on: date, citation: Citation
    ) -> date:
        """Return the day of receipt, which counts."""
        today = local_day(book, given.at)
        day = self.received_on or today
        if not served_on <= day <= today:
            reason = f"name a day from its service on {served_on} to today"
            raise Invalid("received_on", reason, rule=str(citation))
        return day

    def refuse_late(
        self,
        book: Rulebook,
        stage: AppealStage,
        lodged_on: date,
        due_on: date,
        citation: Citation,
    ) -> None:
        """Raise unless what hindered it may excuse it; the panel decides whether so."""
        rule, missed = rule_text(citation), f"the last day was {due_on}"
        if stage.excuse_within is None:
            raise OutOfTime(f"{missed}, and no excuse is known", rule=rule)
        if self.obstacle_until is None:
            excuse = (
                f"if something nobody could help stood in the way, say what and until"
                f" when: within {stage.excuse_within} of its end that excuses it"
            )
            raise OutOfTime(f"{missed}; {excuse}", rule=rule)
        if self.obstacle_until > lodged_on:
            raise Invalid("obstacle_until", "it has not ended yet", rule=rule)
        demand("excuse", self.excuse, what="say what stood in the way", rule=rule)
        until = excused_until(book, stage.excuse_within, self.obstacle_until)
        if lodged_on > until:
            reason = f"{missed}, and what hindered it excuses it until {until}"
            raise OutOfTime(reason, rule=rule)
