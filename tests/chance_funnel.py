"""Proceedings made by chance from a seed: from a discrepancy to a quashed sanction."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import UUID

from msgspec.structs import replace

from domain import appeal
from domain.case import facts as case
from domain.case.case import case_stream
from domain.record import Fact
from domain.sanction import facts as sanction
from domain.sanction.sanctions import sanctions_stream
from domain.verification import facts as verification
from domain.verification.state import verification_stream
from tests.domain.golden import bare
from tests.history import History, cite

PEOPLE = ("P1", "P2", "P3")
RANKS = ("clerk", "chief", None)
UNITS = ("HQ", "North")


def fact(of: type[Fact], /, **said: Any) -> Any:
    """Return a fact that says this, and else no more than it must."""
    return replace(bare(of), **said)


Happenings = Sequence[Callable[["Funnel", str], None]]


class Funnel:
    """Adds to a history what may happen next, chosen by a seeded generator."""

    def __init__(self, seed: int, happenings: Happenings = ()) -> None:
        self.happenings = happenings
        self.random = Random(seed)  # noqa: S311  nothing secret is made here
        self.history = History(f"funnel {seed}")
        self.known: dict[str, list[Any]] = {}
        self.since: dict[str, date] = {}
        self.count = 0
        for unit in UNITS:
            self.history.unit(unit)
        for number in PEOPLE:
            self.history.person(number)
            self.history.post(number, "HQ", date(2015, 1, 1), rank="clerk")

    def run(self, steps: int) -> History:
        for _ in range(steps):
            days = self.random.choice((0, 1, 9, 40))
            self.history.on(self.today + timedelta(days=days))
            self.random.choice(self.happenings)(self, self.random.choice(PEOPLE))
        return self.history

    @property
    def today(self) -> date:
        return self.history.now.date()

    def near(self) -> date:
        return self.today + timedelta(days=self.random.randint(-30, 30))

    def add(self, stream: UUID, person: str, *facts: Fact) -> None:
        self.history.subjects[stream] = person
        for one in facts:
            self.history.add(stream, one)

    def new(self, kind: str) -> str:
        self.count += 1
        name = f"{kind}{self.count}"
        self.known.setdefault(kind, []).append(name)
        return name

    def old(self, kind: str) -> str | None:
        names = self.known.get(kind)
        return self.random.choice(names) if names else None

    def career(self, person: str) -> None:
        self.since[person] = max(self.near(), self.since.get(person, date.min))
        rank, unit = self.random.choice(RANKS), self.random.choice(UNITS)
        self.history.promote(person, unit, self.since[person], rank=rank)

    def verify(self, person: str) -> None:
        name = self.new("V")
        opened = fact(
            verification.VerificationOpened,
            verification=name,
            person=person,
            basis=self.random.choice(("random", "promotion")),
        )
        self.add(verification_stream(name), person, opened)

    def look_into(self, person: str) -> None:  # noqa: ARG002  it is somebody's
        name = self.old("V")
        if name is None:
            return
        stream = verification_stream(name)
        said = [r.fact for r in self.history.records if r.originator_id == stream]
        n = sum(isinstance(f, verification.DiscrepancyDetected) for f in said)
        self.count += 1
        found = f"verification:{name}:{self.count}"
        some: list[Fact] = [
            fact(verification.DiscrepancyDetected, discrepancy=n + 1, kind="differs"),
            fact(verification.ExplanationRequested, answer_by=self.near()),
            fact(verification.ExplanationReceived),
            fact(
                verification.DiscrepancyResolved,
                discrepancy=self.random.randint(1, n + 1),
                how=self.random.choice(("explained", "amended", "finding")),
            ),
            fact(
                verification.VerificationFinding,
                finding=found,
                class_=self.random.choice(("omission", "concealment")),
            ),
            fact(verification.VerificationConcluded),
        ]
        subject = self.history.subjects[stream]
        self.add(stream, subject, self.random.choice(some))

    def inquire(self, person: str) -> None:
        name = self.new("C")
        basis = self.random.choice(("verification", "complaint"))
        opened = fact(
            case.PreliminaryInquiryOpened, case=name, person=person, basis=basis
        )
        self.add(case_stream(name), person, opened)

    def go_on_with_case(self, person: str) -> None:  # noqa: ARG002  it is somebody's
        name = self.old("C")
        if name is None:
            return
        stream = case_stream(name)
        self.count += 1
        closing = self.random.choice(("sanction", "withdrawn", "no_sanction"))
        some: list[Fact] = [
            fact(
                case.InvestigationOpened,
                decide_by=self.random.choice((None, self.near())),
            ),
            fact(case.DecisionTimeExtended, decide_by=self.near()),
            fact(case.NoticeOfAllegationsServed),
            fact(
                case.CaseFinding,
                finding=f"case:{name}:{self.count}",
                class_=None,
                violation=self.random.choice((None, "gifts")),
            ),
            fact(case.DecisionMade, closing=closing),
            fact(case.CaseClosed, closing=closing),
            fact(case.CaseReopened),
        ]
        self.add(stream, self.history.subjects[stream], self.random.choice(some))

    def impose(self, person: str) -> None:
        self.count += 1
        name = f"{person}:gov:{self.count}"
        imposed = fact(
            sanction.SanctionImposed,
            sanction=name,
            person=person,
            track="gov",
            decided_on=self.near(),
            terms=self.terms(),
        )
        taken = fact(
            sanction.MeasureTaken,
            measure=f"{person}:gov:m{self.count}",
            person=person,
            kind="talk",
            decided_on=self.near(),
        )
        stream = sanctions_stream(person, "gov")
        if self.random.random() < 0.7:
            self.known.setdefault("S", []).append(name)
            self.add(stream, person, imposed)
        else:
            self.add(stream, person, taken)

    def terms(self) -> sanction.Terms:
        return sanction.Terms(
            kind=self.random.choice(("warning", "demerit")),
            from_on=self.today,
            until_on=None,
            blocks=(),
            basis="single",
            cited=cite("kinds"),
        )

    def change(self, person: str) -> None:  # noqa: ARG002  it is somebody's
        name = self.old("S")
        if name is None:
            return
        some: list[Fact] = [
            fact(sanction.SanctionStayed, sanction=name),
            fact(sanction.StayEnded, sanction=name),
            fact(sanction.SanctionVaried, sanction=name, terms=self.terms()),
            fact(sanction.SanctionQuashed, sanction=name),
            fact(sanction.SanctionReleased, sanction=name),
            fact(sanction.ReleaseWithheld, sanction=name),
            fact(
                sanction.ReparationOrdered,
                sanction=name,
                task="pay",
                due_on=self.near(),
            ),
            fact(sanction.ReparationCompleted, sanction=name, task="pay"),
        ]
        whose = name.partition(":")[0]
        self.add(sanctions_stream(whose, "gov"), whose, self.random.choice(some))

    def lodge(self, person: str) -> None:
        name = self.new("A")
        lodged = fact(
            appeal.AppealLodged,
            appeal=name,
            person=person,
            stage=self.random.choice(("review", "appeal")),
            lodged_on=self.near(),
            decide_by=self.near(),
        )
        self.add(appeal.appeal_stream(name), person, lodged)

    def hear(self, person: str) -> None:  # noqa: ARG002  it is somebody's
        name = self.old("A")
        if name is None:
            return
        stream = appeal.appeal_stream(name)
        outcome = self.random.choice(("upheld", "varied", "quashed", "remitted"))
        some: list[Fact] = [
            fact(appeal.TimeToDecideExtended, decide_by=self.near()),
            fact(appeal.AppealDecided, outcome=outcome),
            fact(appeal.AppealRejectedOutOfTime),
        ]
        self.add(stream, self.history.subjects[stream], self.random.choice(some))
