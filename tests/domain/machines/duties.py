"""Versions of a rulebook, drafted and published or not, and what they demand."""

from datetime import date, timedelta
from itertools import count

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from domain.duties import RaiseObligation
from domain.obligation import ObligationRaised
from domain.rulebook import DraftRulebook, PublishRulebook
from tests.domain.cast import joins, register
from tests.domain.machines.trial import Asking, demand
from tests.domain.regime.samples import SMALLEST

YEARS = st.integers(2020, 2026)


class Duties(RuleBasedStateMachine):
    """Stewards draft and publish, and things happen that the versions speak of."""

    @initialize()
    def begin(self) -> None:
        self.scenario = register().on("2026-06-01").given(*joins("li"))
        self.register = Asking(self.scenario)
        self.drafts: dict[int, int] = {}
        self.published: dict[int, int] = {}
        self.keys = count()

    @rule(published=st.sampled_from((True, True, False)), later=st.integers(1, 2))
    def a_version_comes(self, *, published: bool, later: int) -> None:
        """Draft the next version; publish it, or leave it a draft."""
        version = len(self.drafts) + 1
        year = max(self.drafts.values(), default=2018) + later
        text = SMALLEST.replace("version = 1", f"version = {version}").replace(
            "2020-01-01", f"{year}-01-01"
        )
        self.drafts[version] = year
        draft = DraftRulebook(rulebook="small", text=text)
        self.register.asks("author", "steward", draft)
        publication = PublishRulebook(rulebook="small", version=version)
        if published and self.register.asks("publisher", "steward", publication):
            self.published[version] = year

    @rule(year=YEARS, days=st.integers(0, 364))
    def somebody_is_given_something(self, year: int, days: int) -> None:
        day = date(year, 1, 1) + timedelta(days=days)
        duty = RaiseObligation(
            person="li",
            rulebook="small",
            rule="gift",
            key=f"K-{next(self.keys)}",
            triggered_on=day,
            anchors={"given_on": day},
        )
        self.register.asks("scheduler", "scheduler", duty)

    @invariant()
    def a_duty_stands_under_the_published_version_of_its_day(self) -> None:
        for record in self.register.news():
            if not isinstance(fact := record.fact, ObligationRaised):
                continue
            version, day = fact.cited.version, fact.triggered_on
            why = f"a duty of {day} under version {version} of {self.published}"
            demand("I18", version in self.published, why)
            begun = {n: y for n, y in self.published.items() if y <= day.year}
            right = begun and version == max(begun, key=lambda n: begun[n])
            demand("I14", right, why)
