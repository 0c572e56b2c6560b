"""An office under all the shipped law: who is sanctioned in it, and who may rise.

    office = Office()
    office.sanctions("warning", on="2021-03-10")      # a whole case, to its decision
    office.asked("2021-09-09").result                 # as an office asks that day
    office.asked("2021-04-15", known="2021-04-15")    # as it was known at the end of it

Li is the person concerned unless somebody else is named; `jia` and `luo` investigate,
`han` decides, `ou` says who sits on panels, `mu` and `ning` do.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from typing import Any, Self

from domain.appealing.deciding import DecideAppeal
from domain.appealing.lodging import LodgeAppeal
from domain.appealing.panel import ConstitutePanel
from domain.promotion.eligibility import ask
from domain.promotion.facts import Eligibility, Question
from domain.record import Command
from domain.sanction.imposing import Sanctioning
from domain.sanction.sanctions import Sanction, Sanctions, stream_of_sanction
from domain.verification.verification import ConcludeVerification, OpenVerification
from domain.view import View
from tests.domain.case.proceeding import BEFORE, GOVERNMENT, Proceeding
from tests.domain.cast import PERSONAL, joins, police
from tests.memory import MemoryLog, in_memory
from tests.spec import Scenario

SELECTION, PARTY = "cn-selection", "cn-party-discipline"
HANDLING = "cn-organisational-handling"
LAW = (GOVERNMENT, *(f"{PARTY}-v{n}" for n in (1, 2, 3)), HANDLING, SELECTION, PERSONAL)


def day(text: str | date) -> date:
    return date.fromisoformat(str(text))


@cache
def founded() -> MemoryLog:
    kept: MemoryLog = police(*LAW).app.kept  # type: ignore[assignment]  # it was made so
    return kept


@dataclass
class Office:
    """The register of the police department, under the law of selection as well."""

    scenario: Scenario = field(
        default_factory=lambda: Scenario(in_memory(founded().copy()))
    )
    cases: int = 0

    # What is decided.

    def case(self, on: str | date, **more: Any) -> Proceeding:
        """Return a case that begins on a day, with a name of its own."""
        self.cases += 1
        name = more.pop("case", f"C-{self.cases}")
        return Proceeding(self.scenario, on=day(on), case=name, **more)

    def heard(self, *kinds: str, on: str | date, **more: Any) -> Proceeding:
        """Return a case with a finding for each of these kinds, to be decided."""
        conduct = more.pop("conduct", None)
        case = self.case(day(on) - BEFORE, **more)
        names = [conduct or f"{case.conduct}-{n}" for n, _ in enumerate(kinds)]
        case.inquiry().investigation(*(case.allegation(conduct=n) for n in names))
        case.notice().waiver().at(day(on))
        for name in names:
            case.finding(conduct=name)
        return case

    def asking(self, case: Proceeding, *kinds: str, **chosen: Any) -> Sanctioning:
        """Return that each finding of the case deserves one of the kinds, in order."""
        ones = [
            one for n, kind in enumerate(kinds) for one in [case.determined(kind)[n]]
        ]
        usual = {"rulebook": case.rulebook, "text": "It weighs as much."}
        return Sanctioning(determined=tuple(ones), **(usual | chosen))

    def sanctions(self, *kinds: str, on: str | date, **more: Any) -> str:
        """Sanction what deserves these kinds, decided together; return the name."""
        names = ("kind", "period", "term")
        chosen = {name: more.pop(name) for name in names if name in more}
        case = self.heard(*kinds, on=on, **more)
        case.decision(kinds[0], sanctions=(self.asking(case, *kinds, **chosen),))
        case.served()
        return case.sanction

    def refused(self, *kinds: str, on: str | date, **more: Any) -> Scenario:
        """Return the scenario in which the same decision was asked for, and failed."""
        size = self.scenario.size()
        try:
            self.sanctions(*kinds, on=on, **more)
        except Exception as failure:  # noqa: BLE001  `then_refused` looks at it
            self.scenario.failure, self.scenario.news = failure, []
        decided = [r.fact for r in self.scenario.log()[size:]]
        assert not [fact for fact in decided if fact.TOPIC.startswith("sanction.")]
        assert not [fact for fact in decided if fact.TOPIC == "case.decision-made"]
        return self.scenario

    def reviewed(
        self, case: str, outcome: str, *, lodged: str, on: str, **more: Any
    ) -> Self:
        """Let a panel decide on the review of a case; *more* is of its decision."""
        appeal = f"A-{case}"
        self.scenario.on(lodged).declarant("li").given(
            LodgeAppeal(
                appeal=appeal, person="li", case=case, stage="review", text="No."
            )
        )
        self.scenario.by("ou", "oversight").given(
            ConstitutePanel(appeal=appeal, members=("mu", "ning"), authority="panel")
        )
        usual = {"text": "The facts do not bear it.", "outcome": outcome}
        self.scenario.on(on).by("mu", "appeal_panel").given(
            DecideAppeal(appeal=appeal, **(usual | more))
        )
        return self

    def verified(self, on: str | date, person: str = "li") -> Self:
        """Verify what somebody declared, for a promotion, as everybody's is."""
        name = f"V-{person}-{on}"
        opened = OpenVerification(
            verification=name,
            person=person,
            basis="promotion",
            rulebook=PERSONAL,
            reason="a candidate",
        )
        self.scenario.on(on).by("vera", "verifier").given(
            opened, ConcludeVerification(verification=name, text="All is as declared.")
        )
        return self

    def does(self, who: str, role: str, *commands: Command[Any]) -> Self:
        self.scenario.by(who, role).given(*commands)
        return self

    # What is known of it.

    def sanction(self, name: str) -> Sanction:
        state = self.scenario.state(Sanctions(), stream_of_sanction(name))
        return state.known(name)

    def asked(
        self, as_of: str | date, *, known: str | None = None, **more: Any
    ) -> Eligibility:
        """Return whether somebody may rise as of a day, by all that was known then."""
        usual = {
            "person": "li",
            "rulebook": SELECTION,
            "purpose": "promotion",
            "ladder": "post",
            "level": "higher",
        }
        question = Question(as_of=day(as_of), **(usual | more))
        answer, _ = ask(self.given(known), question)
        return answer

    def given(self, known: str | None) -> Any:
        """Return the log as it was at the end of a day; None: as it is."""
        log = self.scenario.log()
        if known is not None:
            end = day(known) + timedelta(days=1)
            log = [record for record in log if record.recorded_at.date() < end]
        return View(lambda streams: [r for r in log if r.originator_id in streams])

    def bars(self, as_of: str | date, **more: Any) -> list[str]:
        """Return what bars, by code."""
        reasons = self.asked(as_of, **more).reasons
        return [reason.code for reason in reasons if reason.effect == "bars"]


def abroad(file: str, **post: Any) -> Office:
    """Return an office under one foreign rulebook, in which Ada holds a post."""
    office = Office(police(file).on("2020-01-01").clerk())
    office.scenario.given(*joins("ada", **post))
    return office


def asked_abroad(office: Office, file: str, as_of: str) -> Eligibility:
    """Return whether Ada may rise in grade as of a day, under a foreign rulebook."""
    return office.asked(as_of, person="ada", rulebook=file, ladder="grade")
