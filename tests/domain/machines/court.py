"""Whoever asks for cases, sanctions and appeals, lawful or not, step by step."""

from datetime import date
from functools import cache
from typing import Any

from domain.appealing.deciding import DecideAppeal
from domain.appealing.lodging import LodgeAppeal
from domain.appealing.panel import ConstitutePanel
from domain.case.case import Case, case_stream
from domain.case.deciding import DecideCase
from domain.case.facts import Allegation
from domain.case.finding import MakeFinding
from domain.case.investigating import AssignInvestigator
from domain.case.notice import ServeNotice, WaiveResponse
from domain.case.opening import OpenInquiry, OpenInvestigation
from domain.case.serving import AnnounceDecision, ServeDecision
from domain.personnel import DeclareRelative
from domain.sanction.facts import Determined, SanctionImposed
from domain.sanction.imposing import Sanctioning
from tests.domain.cast import PERSONAL, SHIPPED, law, police
from tests.domain.machines.told import LAW
from tests.domain.machines.trial import Asking
from tests.memory import MemoryLog, in_memory
from tests.spec import Scenario

GOVERNMENT, PARTY = "cn-governmental-sanctions", "cn-party-discipline"
FIRST_DAY = date(2023, 6, 1)
# A second edition, milder to some and harder to others, so that both can bind.
SECOND = (
    SHIPPED[f"{GOVERNMENT}.toml"]
    .replace("version = 1", "version = 2")
    .replace("effective_from = 2020-07-01", "effective_from = 2024-01-01")
    .replace('id = "warning"\nlabel', 'id = "light"\nlabel')
    .replace('period = "6M"', 'period = "9M"', 1)
    .replace('period = "12M"', 'period = "8M"', 1)
    .replace('id = "light"\nlabel', 'id = "warning"\nlabel')
)
KINDS = {
    GOVERNMENT: ("warning", "demerit", "major_demerit", "demotion", "dismissal"),
    PARTY: ("warning", "serious_warning", "removal", "expulsion"),
}
TIERS = {
    "warning": "ordinary",
    "demerit": "ordinary",
    "major_demerit": "ordinary",
    "serious_warning": "ordinary",
    "demotion": "relatively_serious",
    "removal": "relatively_serious",
    "dismissal": "serious",
    "expulsion": "serious",
}
# Of two of one kind; what no edition allows is refused, which is as good.
PERIODS = {"warning": "9M", "demerit": "12M", "major_demerit": "30M", "demotion": "48M"}


@cache
def prepared() -> MemoryLog:
    """Return a log with the cast, in which Wang is Li's sister, and the law."""
    texts = [SHIPPED[f"{GOVERNMENT}.toml"], SECOND, *LAW]
    scenario = law(police(PERSONAL), *texts).by("registry", "hr")
    sister = DeclareRelative(
        number="li", relative="wang", relation="sister", related_number="wang"
    )
    kept: MemoryLog = scenario.given(sister).app.kept  # type: ignore[assignment]  # it was made so
    return kept


class Court(Asking):
    """Takes cases through their steps; each is asked for, whatever came before."""

    def __init__(self) -> None:
        super().__init__(Scenario(in_memory(prepared().copy())).on(FIRST_DAY))
        self.cases: dict[str, tuple[str, str]] = {}
        self.appeals = 0

    @property
    def today(self) -> date:
        return self.scenario.now.date()

    def appeals_to(
        self, member: str, fact: SanctionImposed, outcome: Any, **more: Any
    ) -> None:
        """Lodge an appeal, have a panel constituted, and have it decided at once."""
        self.appeals += 1
        name, person = f"A-{self.appeals}", fact.person
        lodged = LodgeAppeal(
            appeal=name, person=person, case=fact.case, stage="review", text="No."
        )
        panel = ConstitutePanel(appeal=name, members=(member,), authority="p")
        decided = DecideAppeal(
            appeal=name, outcome=outcome, text="Why.", pronounced=True, **more
        )
        self.all_asked(person, "declarant", lodged)
        self.all_asked("ou", "oversight", panel)
        self.all_asked(member, "appeal_panel", decided)

    def begins(self, person: str, rulebook: str) -> str:
        case = f"C-{len(self.cases)}"
        self.cases[case] = person, rulebook
        return case

    def opens(
        self, who: str, case: str, conducts: tuple[str, ...], begun: date
    ) -> None:
        person, rulebook = self.cases[case]
        alleged = tuple(
            Allegation(
                conduct=name, violation="other_violation", text="It.", from_on=begun
            )
            for name in conducts
        )
        self.all_asked(
            who,
            "deciding_authority",
            OpenInquiry(
                case=case,
                person=person,
                rulebook=rulebook,
                basis="complaint",
                reason="heard of",
            ),
            OpenInvestigation(case=case, allegations=alleged),
            AssignInvestigator(case=case, investigator="jia"),
            AssignInvestigator(case=case, investigator="luo"),
        )

    def waives(self, case: str) -> None:
        person, _ = self.cases[case]
        self.asks(person, "declarant", WaiveResponse(case=case))

    def serves(self, case: str, conducts: tuple[str, ...]) -> None:
        heaviest = KINDS[self.cases[case][1]][-1]
        notice = ServeNotice(
            case=case, allegations=conducts, evidence=(), text="It.", at_most=heaviest
        )
        self.all_asked("jia", "investigator", notice)

    def finds(self, who: str, case: str, conduct: str, more: dict[str, Any]) -> None:
        usual: dict[str, Any] = {
            "mental": "negligence",
            "standard": "clear",
            "reasons": "Two witnesses.",
            "justification": "Not excused.",
            "rulebook": PERSONAL if more else None,
        }
        finding = MakeFinding(case=case, conduct=conduct, **(usual | more))
        self.all_asked(who, "deciding_authority", finding)

    def decides(self, who: str, case: str, kind: str) -> None:
        rulebook = self.cases[case][1]
        state = self.scenario.state(Case(), case_stream(case))
        findings = state.findings
        period = PERIODS.get(kind) if len(findings) > 1 else None
        asked = Sanctioning(
            rulebook=rulebook,
            determined=tuple(
                Determined(
                    finding=each.finding,
                    conduct=each.conduct,
                    violation=str(each.violation),
                    tier=TIERS[kind],
                    kind=kind,
                )
                for each in findings
            ),
            period=period if rulebook == GOVERNMENT else None,
            text="It weighs as much.",
        )
        names = ("person_unit_post", "facts_and_evidence", "kind_and_basis")
        stated = (*names, "review_routes", "authority_and_date")
        more = ("seal",) if rulebook == GOVERNMENT else ()
        decision = DecideCase(
            case=case,
            closing="sanction",
            findings=tuple(each.finding for each in findings),
            statements=dict.fromkeys((*stated, *more), "It is said."),
            sanctions=(asked,),
        )
        served = ServeDecision(case=case, how="in_person")
        told = AnnounceDecision(case=case, scope="unit")
        self.all_asked(who, "deciding_authority", decision, served, told)
