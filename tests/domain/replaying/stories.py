"""Stories with much to compute in them: what was owed, late, extended, deficient."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

from domain.amending import AmendDisclosure, WithdrawDisclosure
from domain.approval import DecideApproval
from domain.campaign import LaunchCampaign
from domain.duties import (
    DecideExtension,
    MarkOverdue,
    RaiseObligation,
    RequestExtension,
    SendReminder,
)
from domain.errors import Invalid, Refused, Unknown
from domain.obligation import Obligation
from domain.personnel import ChangePosition, Retire
from domain.record import Command
from domain.records.access_request import RequestAccess
from domain.records.break_glass import BreakGlass
from domain.records.correction import RequestCorrection
from domain.regime.deadline import remind_on
from domain.review import NoteDeficiency
from tests.domain.cast import (
    CARDS,
    DISCLOSURES,
    INSTANT,
    LEAVING,
    PERSONAL,
    V1,
    V2,
    book,
    joins,
    police,
    rule,
)
from tests.domain.leave import EPIDEMIC, asks, report
from tests.domain.papers import answers, files, paper, trip, wedding
from tests.spec import Scenario

LAW = (V1, V2, PERSONAL, LEAVING, CARDS, DISCLOSURES)
PEOPLE = ("shen", "zhang", "li", "wang", "abel", "tan")
WEDDING, NEW_YEAR = "2016-12-20", date(2017, 1, 1)


def wedding_late() -> Scenario:
    """Shen tells on the 20th of a wedding that was to be told by the 13th."""
    late = files("wedding", wedding(location=None))
    return police(*LAW).on(WEDDING).declarant("shen").given(late)


def much_computed() -> Scenario:
    """Let about one of everything happen that is computed and needs no proceedings."""
    told = wedding_late().given(
        AmendDisclosure(disclosure="D-1", items=(wedding(),)),
        RequestAccess(request="R-1", person="shen", rulebook=INSTANT),
        RequestCorrection(
            request="C-1", person="shen", disclosure="D-1", text="not so"
        ),
    )
    note = NoteDeficiency(disclosure="D-1", fields=("cost",), text="whose?")
    glass = BreakGlass(actor="eve", person="shen", rulebook=INSTANT, reason="fire")
    told.by("wang", "certifier").given(note).by("eve", "reviewer").given(glass)
    yearly = owed("tan", 2017)
    told.clerk().given(*joins("tan", rank="county"), yearly, reminder(yearly, 2017)).on(
        "2017-03-01"
    )
    told.given(MarkOverdue(obligation=yearly.stream, today=told.now.date()))
    keyed = paper(
        "vehicle", disclosure="D-3", content_known=False, received_on=NEW_YEAR
    )
    extended(told.clerk("shen").given(keyed).on("2017-04-20"))
    leave_used(told)
    return told.clerk().given(campaign("cards"))


def extended(scenario: Scenario) -> Scenario:
    """Let Abel, whom another law binds, put off his yearly report."""
    yearly = owed("abel", 2017, DISCLOSURES)
    scenario.clerk().given(*joins("abel", employer_type="us-executive"))
    until = date(2017, 6, 1)
    asked = RequestExtension(obligation=yearly.stream, until=until, reason="abroad")
    granted = DecideExtension(obligation=yearly.stream, granted=True)
    scenario.clerk().given(yearly).declarant("abel").given(asked)
    return scenario.by("wang", "certifier").given(granted)


def leave_used(scenario: Scenario) -> Scenario:
    """Let Shen leave the city for longer than he had leave to, and tell of it."""
    scenario.on("2020-04-20").clerk().given(EPIDEMIC).declarant("shen").given(asks())
    scenario.by("wang", "reviewer").given(DecideApproval(approval="A-1", granted=True))
    away = report(disclosure="D-2", to="2020-05-05")
    return scenario.on("2020-05-06").declarant("shen").given(away)


def owed(person: str, year: int, rulebook: str = PERSONAL) -> RaiseObligation:
    return RaiseObligation(
        person=person,
        rulebook=rulebook,
        rule="annual",
        key=str(year),
        triggered_on=date(year, 1, 2),
        year=year,
    )


def reminder(yearly: RaiseObligation, year: int) -> SendReminder:
    annual = rule(PERSONAL, "annual")
    planned = remind_on(annual, book(PERSONAL), date(year, 1, 31))
    return SendReminder(obligation=yearly.stream, planned_on=planned[0])


def campaign(name: str) -> LaunchCampaign:
    return LaunchCampaign(
        campaign=name,
        name="Cards",
        rulebook=CARDS,
        rule="membership_cards",
        launched_on=date(2020, 4, 20),
    )


class Life:
    """Adds to a register what people and the clock may do, chosen by a seed."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)  # noqa: S311  nothing secret is made here
        self.scenario = police(*LAW).on(date(2016, 11, 1))
        self.scenario.given(EPIDEMIC, *joins("abel", employer_type="us-executive"))
        self.scenario.given(*joins("tan", rank="county"))
        self.reports: list[str] = []
        self.duties: list[RaiseObligation] = []

    def live(self, steps: int) -> Scenario:
        """Go on for so many steps; what the rules refuse leaves no trace."""
        for _ in range(steps):
            days = self.random.choice((0, 0, 1, 5, 20))
            self.scenario.on(self.scenario.now.date() + timedelta(days=days))
            for by, command in self.step(self.random.choice(PEOPLE)):
                self.scenario.who = by.who
                self.attempt(command)
        return self.scenario

    def attempt(self, command: Command[Any]) -> None:
        try:
            self.scenario.given(command)
        except (Refused, Invalid, Unknown):
            return

    def step(self, person: str) -> Iterator[tuple[Scenario, Command[Any]]]:
        """Yield what somebody asks next, with who that is."""
        acts = [self.file, self.file, self.key, self.amend, self.serve, self.owe]
        acts += [self.strike, self.strike, self.review, self.ask]
        return self.random.choice(acts)(person)

    @property
    def today(self) -> date:
        return self.scenario.now.date()

    def near(self) -> date:
        return self.today + timedelta(days=self.random.randint(-20, 30))

    def told(self) -> tuple[dict[str, Any], ...]:
        day = self.near().isoformat()
        cost = self.random.choice(({}, {"cost": None}))
        some = [wedding(event_date=day, **cost), wedding(event_date=day)]
        return tuple(some[: self.random.choice((1, 1, 2))])

    def next_report(self) -> str:
        self.reports.append(f"D-{len(self.reports) + 10}")
        return self.reports[-1]

    def file(self, person: str) -> Iterator[tuple[Scenario, Command[Any]]]:
        claims = {"unforeseen": True, "justification": "it came suddenly"}
        more = claims if self.random.random() < 0.3 else {}
        name = self.next_report()
        filed = files("wedding", *self.told(), disclosure=name, person=person, **more)
        yield self.scenario.declarant(person), filed

    def key(self, person: str) -> Iterator[tuple[Scenario, Command[Any]]]:
        day = self.today - timedelta(days=self.random.randint(0, 30))
        filed = answers(rule(V2, "vehicle"), day.isoformat())
        name = self.next_report()
        keyed = paper("vehicle", filed, disclosure=name, person=person, received_on=day)
        yield self.scenario.clerk(person), keyed

    def amend(self, person: str) -> Iterator[tuple[Scenario, Command[Any]]]:
        for name in self.random.sample(self.reports, min(2, len(self.reports))):
            self.scenario.declarant(person)
            if self.random.random() < 0.8:
                yield self.scenario, AmendDisclosure(disclosure=name, items=self.told())
            else:
                withdrawn = WithdrawDisclosure(disclosure=name, reason="a mistake")
                yield self.scenario, withdrawn

    def serve(self, person: str) -> Iterator[tuple[Scenario, Command[Any]]]:
        rank = self.random.choice(("officer", "county", "department_director"))
        moved = ChangePosition(
            number=person,
            post="post",
            unit=self.random.choice(("college", "training")),
            title="Officer",
            from_on=self.near(),
            rank=rank,
            employer_type="us-executive" if person == "abel" else "agency",
        )
        retired = Retire(number=person, on=self.near())
        rare = self.random.random() < 0.1
        yield self.scenario.by("hr", "hr"), retired if rare else moved

    def owe(self, person: str) -> Iterator[tuple[Scenario, Command[Any]]]:
        rulebook = DISCLOSURES if person == "abel" else PERSONAL
        yearly = owed(person, self.today.year, rulebook)
        self.duties.append(yearly)
        yield self.scenario.by("scheduler", "scheduler"), yearly
        until = yearly.triggered_on + timedelta(days=self.random.randint(30, 250))
        asked = RequestExtension(
            obligation=yearly.stream, until=until, in_writing=True, reason="ill"
        )
        yield self.scenario.declarant(person), asked
        granted = DecideExtension(obligation=yearly.stream, granted=True)
        yield self.scenario.by("office", "certifier"), granted

    def strike(self, person: str) -> Iterator[tuple[Scenario, Command[Any]]]:  # noqa: ARG002  it strikes for all
        machine = self.scenario.by("scheduler", "scheduler")
        for duty in self.duties:
            yield machine, MarkOverdue(obligation=duty.stream, today=self.today)
            found = self.scenario.state(Obligation(), duty.stream)
            law = duty.rulebook
            days = (
                remind_on(rule(law, "annual"), book(law), found.due_on)
                if found.stage == "open"
                else ()
            )
            for day in days:
                yield machine, SendReminder(obligation=duty.stream, planned_on=day)

    def review(self, person: str) -> Iterator[tuple[Scenario, Command[Any]]]:  # noqa: ARG002  an office does
        office = self.scenario.by("office", "certifier")
        for name in self.reports[-2:]:
            yield (
                office,
                NoteDeficiency(disclosure=name, fields=("tables",), text="how many?"),
            )

    def ask(self, person: str) -> Iterator[tuple[Scenario, Command[Any]]]:
        number = len(self.reports) + self.random.randint(0, 999)
        declarant = self.scenario.declarant(person)
        leave = asks(
            approval=f"A-{number}",
            person=person,
            contents=trip(**{"from": self.near().isoformat()}),
        )
        yield declarant, leave
        seen = RequestAccess(request=f"R-{number}", person=person, rulebook=INSTANT)
        yield declarant, seen
        yield self.scenario.clerk(), campaign(f"cards-{number}")
