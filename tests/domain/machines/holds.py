"""Holds of one person, placed, reviewed and lifted by whoever asks (I8)."""

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from domain.hold import HoldLifted, HoldNotified, HoldPlaced, HoldReviewed
from domain.holding.clearing import ClearAction
from domain.holding.placing import LiftHold, NotifyHold, PlaceHold, ReviewHold
from domain.record import Recorded
from domain.regime.calendar import add_months
from tests.domain.machines.trial import Asking, demand
from tests.domain.vectors.world import SELECTION, Office

WORDS = st.sampled_from(("a tax debt of 2019", "when it is paid", "", "   "))
DAYS = st.sampled_from((-1, 0, 1, 30, 92, 93, 200))
BASES = ("tax_debt", "court_order", "dislike", "")
MOST_MONTHS = 3


class Holding(RuleBasedStateMachine):
    """An office holds what it wants to, for whatever reason it has."""

    @initialize()
    def begin(self) -> None:
        self.scenario = Office().scenario.on("2021-03-01")
        self.register = Asking(self.scenario)
        self.seen = len(self.register.records)

    @rule(days=st.sampled_from((1, 40, 120)))
    def time_passes(self, days: int) -> None:
        self.scenario.now += timedelta(days=days)

    @rule(basis=st.sampled_from(BASES), text=WORDS, release=WORDS, days=DAYS)
    def somebody_is_held(self, basis: str, text: str, release: str, days: int) -> None:
        place = PlaceHold(
            person="li",
            rulebook=SELECTION,
            type="document",
            basis=basis,
            text=text,
            release=release,
            review_on=self.today + timedelta(days=days),
        )
        if self.register.asks("han", "deciding_authority", place):
            self.told()

    def told(self) -> None:
        """Do what the scheduler does of every hold: tell the person at once."""
        placed = [fact for fact in self.facts() if isinstance(fact, HoldPlaced)]
        command = NotifyHold(hold=placed[-1].hold)
        self.register.asks("scheduler", "scheduler", command)

    @rule(nth=st.integers(1, 3), text=WORDS, days=DAYS)
    def a_hold_is_reviewed(self, nth: int, text: str, days: int) -> None:
        review = ReviewHold(
            hold=f"li:{nth}", review_on=self.today + timedelta(days=days), text=text
        )
        self.register.asks("han", "deciding_authority", review)

    @rule(nth=st.integers(1, 3), text=WORDS)
    def a_hold_is_lifted(self, nth: int, text: str) -> None:
        lift = LiftHold(hold=f"li:{nth}", text=text)
        self.register.asks("han", "deciding_authority", lift)

    @rule()
    def the_document_is_asked_for(self) -> None:
        """Ask for it: whoever is refused is told the reason and the day of review."""
        command = ClearAction(person="li", type="document", target="deed-7")
        self.scenario.by("hr", "hr").when(command)
        held = self.held()
        demand("I8", bool(self.scenario.failure) == bool(held), f"held by {held}")
        for fact, review_on in list(held.items())[:1]:
            said = str(self.scenario.failure)
            complete = fact.text in said and fact.release in said
            demand("I8", complete and str(review_on) in said, f"refused: {said}")

    @invariant()
    def i8_a_hold_has_a_reason_a_notice_and_a_day_of_review(self) -> None:
        self.register.news()
        for record in self.register.records[self.seen :]:
            self.look_at(record)
        self.seen = len(self.register.records)
        told = {f.hold for f in self.facts() if isinstance(f, HoldNotified)}
        for fact in self.held():
            demand("I8", fact.hold in told, f"nobody was told of {fact.hold}")

    def look_at(self, record: Recorded[Any]) -> None:
        fact, day = record.fact, record.recorded_at.date()
        if isinstance(fact, HoldPlaced):
            reason = fact.text.strip() and fact.release.strip()
            known = fact.basis in BASES[:2]
            demand("I8", reason and known and fact.cited, f"no reason: {fact}")
        if isinstance(fact, HoldPlaced | HoldReviewed):
            soon = day < fact.review_on <= add_months(day, MOST_MONTHS)
            demand("I8", soon and fact.text.strip(), f"no review in time: {fact}")

    def held(self) -> dict[HoldPlaced, date]:
        """Return the holds that stand, each with the day on which it is reviewed."""
        found: dict[str, HoldPlaced] = {}
        days: dict[str, date] = {}
        for fact in self.facts():
            if isinstance(fact, HoldPlaced):
                found[fact.hold] = fact
            if isinstance(fact, HoldPlaced | HoldReviewed):
                days[fact.hold] = fact.review_on
            if isinstance(fact, HoldLifted):
                found.pop(fact.hold)
        return {fact: days[name] for name, fact in found.items()}

    def facts(self) -> list[Any]:
        self.register.news()
        return [record.fact for record in self.register.records]

    @property
    def today(self) -> date:
        return self.scenario.now.date()
