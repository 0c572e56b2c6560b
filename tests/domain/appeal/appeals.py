"""An appeal brought up to any stage, against a decision that was made and served.

    matter = Matter()                  # Li has a major demerit, served on 10 March 2021
    matter.lodged().constituted()      # asked for a review; a panel is there
    matter.decides("quashed", ...)     # returns the scenario, after `when`

`mu` and `ning` sit on panels, `ou` says who does; they have no file. Han decided the
case, `jia` and `luo` investigated.
"""

from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any, Self

from domain.appeal import Appeal, appeal_stream
from domain.appealing.deciding import DecideAppeal
from domain.appealing.lodging import LodgeAppeal
from domain.appealing.panel import ConstitutePanel
from domain.appealing.serving import ServeAppealDecision
from domain.record import Command
from domain.sanction.sanctions import Sanction, Sanctions, stream_of_sanction
from tests.domain.case.proceeding import GOVERNMENT, Proceeding
from tests.domain.cast import SHIPPED, law, police
from tests.memory import MemoryLog, in_memory
from tests.spec import Scenario

SERVED = date(2021, 3, 10)
CASE, FIRST, SECOND = "C-1", "A-1", "A-2"
MORE = """
[[appeals]]
id = "direct"
to = "independent"
within = "30d"
decide_within = "60d"
extended_by = "30d"
excuse_within = "10wd"
legal_basis = [{ cite = "Civil Servants Law, Art. 95 and 96" }]
[appeals.grounds]
quashed = ["procedure"]
varied = ["inappropriate"]

[[appeals]]
id = "suspensive"
to = "independent"
within = "30d"
decide_within = "60d"
stays = true
legal_basis = [{ cite = "a law of ours" }]

[[appeals]]
id = "last"
to = "independent"
after = ["re_review", "direct"]
within = "15d"
decide_within = "60d"
legal_basis = [{ cite = "Civil Servants Law, Art. 95" }]
"""
WEIGHED = {"outcome": "upheld", "text": "The facts bear it.", "grounds": ()}


@cache
def decided(kind: str | None, announced: str = "") -> MemoryLog:
    """Return a log in which Li's case was decided, served and perhaps announced."""
    scenario = law(police(), SHIPPED[f"{GOVERNMENT}.toml"] + MORE)
    case = Proceeding(scenario, on=SERVED).inquiry().investigation().notice().waiver()
    case.finding().decision(kind).served()
    if announced:
        case.announced(announced)
    kept: MemoryLog = scenario.app.kept  # type: ignore[assignment]  # it was made so
    return kept


@dataclass
class Matter:
    """A decision to appeal against; `kind` is Li's sanction, if there is one."""

    kind: str | None = "major_demerit"
    announced: str = ""
    scenario: Scenario = field(init=False)

    def __post_init__(self) -> None:
        copy = decided(self.kind, self.announced).copy()
        self.scenario = Scenario(in_memory(copy)).on(SERVED)

    @property
    def sanction(self) -> str:
        return "li:government:1"

    def on(self, day: date | str) -> Self:
        self.scenario.on(day)
        return self

    def li(self) -> Scenario:
        return self.scenario.declarant("li")

    def oversight(self, who: str = "ou") -> Scenario:
        return self.scenario.by(who, "oversight")

    def panel(self, who: str = "mu") -> Scenario:
        return self.scenario.by(who, "appeal_panel")

    def lodged(self, stage: str = "review", **more: Any) -> Self:
        self.li().given(lodge(stage, **more))
        return self

    def constituted(self, appeal: str = FIRST, *members: str) -> Self:
        sits = members or ("mu", "ning")
        self.oversight().given(panel_of(*sits, appeal=appeal))
        return self

    def does(self, *commands: Command[Any]) -> Self:
        """Let a member of the panel carry these out."""
        self.panel().given(*commands)
        return self

    def decides(self, outcome: str, **more: Any) -> Scenario:
        return self.panel(more.pop("who", "mu")).when(decide(outcome, **more))

    def reviewed(self, outcome: str = "upheld", **more: Any) -> Self:
        """Have the review decided and served, today."""
        self.lodged().constituted().does(decide(outcome, **more))
        return self.does(ServeAppealDecision(appeal=FIRST, served_on=self.day, how="x"))

    @property
    def day(self) -> date:
        return self.scenario.now.date()

    def state(self, appeal: str = FIRST) -> Appeal:
        return self.scenario.state(Appeal(), appeal_stream(appeal))

    def known(self) -> Sanction:
        stream = stream_of_sanction(self.sanction)
        return self.scenario.state(Sanctions(), stream).known(self.sanction)


def lodge(stage: str = "review", **more: Any) -> LodgeAppeal:
    usual = {"appeal": FIRST, "person": "li", "case": CASE, "text": "It was not me."}
    return LodgeAppeal(stage=stage, **(usual | more))


def panel_of(*members: str, appeal: str = FIRST, **more: Any) -> ConstitutePanel:
    usual: dict[str, Any] = {"authority": "provincial commission"}
    return ConstitutePanel(appeal=appeal, members=members, **(usual | more))


def decide(outcome: str, **more: Any) -> DecideAppeal:
    return DecideAppeal(**({"appeal": FIRST} | WEIGHED | {"outcome": outcome} | more))
