"""The decision on an appeal, and what follows from it at once."""

from collections.abc import Iterator
from typing import Any

from domain.appeal import Appeal, AppealDecided, AppealLodged, Outcome
from domain.appealing.lodging import AppealCommand
from domain.appealing.panel import admitted
from domain.appealing.stages import last_days, law_of, rule_text
from domain.appealing.weight import refuse_heavier
from domain.case.case import Case, case_stream
from domain.case.closing import ReopenCase
from domain.case.serving import RestoreReputation
from domain.errors import Incomplete, Invalid
from domain.matter import local_day
from domain.proceedings import proceedings_of
from domain.record import Command, Decision, Given
from domain.records.words import demand, one_of
from domain.regime.discipline import AppealStage
from domain.regime.types import Rulebook
from domain.sanction.law import track_of
from domain.sanction.sanctions import (
    Sanction,
    Sanctions,
    sanctions_stream,
    stream_of_sanction,
)
from domain.sanction.staying import EndStay
from domain.sanction.varying import QuashSanction, VarySanction

OUTCOMES = ("upheld", "varied", "quashed", "remitted")
UNDOING = ("quashed", "remitted")


class DecideAppeal(AppealCommand):
    """Decide an appeal, on grounds that the rulebook knows; a member of the panel asks.

    Attributes:
        outcome: upheld, varied, quashed, or remitted to whoever decided.
        grounds: why not upheld, by the rulebook's names.
        text: the reasons.
        kind, period, term: what it is varied to; what is not said stays as it is.
        pronounced: whether the person was there, and so it is served.
    """

    outcome: Outcome
    text: str
    grounds: tuple[str, ...] = ()
    kind: str | None = None
    period: str | None = None
    term: str | None = None
    pronounced: bool = False

    def decide(self, appeal: Appeal, given: Given) -> Decision:
        lodged = admitted(given, appeal, self.appeal)
        book, stage = law_of(given, lodged.cited)
        rule = rule_text(lodged.cited)
        demand("text", self.text, what="give the reasons", rule=rule)
        one_of("outcome", self.outcome, OUTCOMES, rule=rule)
        self.refuse_groundless(stage, rule)
        self.refuse_other_terms(rule)
        yield self.fact(given, book, lodged)
        before = sanctions_of(given, lodged)
        if appeal.stayed and lodged.sanction:
            yield EndStay(sanction=lodged.sanction, appeal=self.appeal)
        yield from self.following(given, lodged, rule)
        refuse_heavier(given, before, sanctions_of(given, lodged), rule)

    def refuse_groundless(self, stage: AppealStage, rule: str) -> None:
        """Raise unless the grounds are those which the rulebook has for the outcome."""
        if self.outcome == "upheld":
            if self.grounds:
                raise Invalid("grounds", "to uphold takes none", rule=rule)
            return
        if not self.grounds:
            gaps = ["grounds: say on which"]
            raise Incomplete("it takes grounds", rule=rule, gaps=gaps)
        if stage.grounds:
            one_of("outcome", self.outcome, {"upheld", *stage.grounds}, rule=rule)
            for ground in self.grounds:
                one_of("grounds", ground, stage.grounds[self.outcome], rule=rule)

    def refuse_other_terms(self, rule: str) -> None:
        """Raise unless it is said to what it is varied, where it is, and else not."""
        said = self.kind or self.period or self.term
        if self.outcome == "varied" and not said:
            raise Invalid("kind", "say to what it is varied", rule=rule)
        if self.outcome != "varied" and said:
            raise Invalid("kind", f"{self.outcome} leaves it as it was", rule=rule)

    def fact(self, given: Given, book: Rulebook, lodged: AppealLodged) -> AppealDecided:
        today = local_day(book, given.at)
        told = last_days(book, today, lodged.stage) if self.pronounced else {}
        falls = self.outcome in UNDOING
        return AppealDecided(
            outcome=self.outcome,
            decided_on=today,
            grounds=self.grounds,
            text=self.text,
            cited=lodged.cited,
            served_on=today if self.pronounced else None,
            appeal_by=told,
            undone=tuple(falling(given, book, lodged)) if falls else (),
        )

    def following(
        self, given: Given, lodged: AppealLodged, rule: str
    ) -> Iterator[Command[Any]]:
        if self.outcome == "varied":
            yield self.varying(lodged, rule)
        if self.outcome in UNDOING and lodged.sanction:
            yield QuashSanction(
                sanction=lodged.sanction,
                appeal=self.appeal,
                grounds=self.grounds,
                text=self.text,
            )
        if self.outcome == "quashed":
            yield from self.restoring(given, lodged)
        if self.outcome == "remitted":
            yield ReopenCase(case=lodged.case, appeal=self.appeal, text=self.text)

    def varying(self, lodged: AppealLodged, rule: str) -> VarySanction:
        if lodged.sanction is None:
            reason = "there is no sanction to vary: quash it, or remit it"
            raise Invalid("outcome", reason, rule=rule)
        return VarySanction(
            sanction=lodged.sanction,
            appeal=self.appeal,
            grounds=self.grounds,
            kind=self.kind,
            period=self.period,
            term=self.term,
            text=self.text,
        )

    def restoring(self, given: Given, lodged: AppealLodged) -> Iterator[Command[Any]]:
        """Restore reputation wherever the decision had been made known (Art. 60)."""
        case = given.look(Case(), case_stream(lodged.case))
        for scope in case.announced:
            yield RestoreReputation(case=lodged.case, scope=scope, text=self.text)


def falling(given: Given, book: Rulebook, lodged: AppealLodged) -> Iterator[str]:
    """Yield the findings and the measures that fall with a decision, on every track.

    Of one that imposed a sanction the findings fall with that, and so in its record.
    """
    case = given.look(Case(), case_stream(lodged.case))
    found = case.decision.findings if case.decision else ()
    yield from found if lodged.sanction is None else ()
    entered = proceedings_of(given, lodged.person).of("track")
    for track in dict.fromkeys((track_of(book).id, *entered)):
        known = given.look(Sanctions(), sanctions_stream(lodged.person, track))
        for each in known.measures:
            if each.case == lodged.case or {*each.findings} & {*found}:
                yield each.measure


def sanctions_of(given: Given, lodged: AppealLodged) -> tuple[Sanction, ...]:
    """Return all sanctions of the person on the track that it is about, as they are."""
    if lodged.sanction is None:
        return ()
    stream = stream_of_sanction(lodged.sanction)
    return given.look(Sanctions(), stream).sanctions
