"""A case brought up to any stage: what tests of all that follows from it begin with.

    case = Proceeding(office(), on="2021-03-10")          # the register, and the day
    case.inquiry().investigation().notice().response()     # each step by who takes it
    case.finding(class_="concealment", mental="intent", on_intent="...")
    case.decision("warning")                               # imposes it; case.sanction
    case.served().closed()

`upto` takes all steps before a stage at once, and `sanctioned` is the whole of it: it
returns the sanction's name. Steps take what differs from the usual by name. `jia` and
`luo` investigate, `han` decides, `li` is the person concerned; `on` lets it be another
day. Whatever is refused raises.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Self

from domain.case.case import Case, Stage, case_stream
from domain.case.closing import CloseCase, ReopenCase
from domain.case.deciding import DecideCase
from domain.case.evidencing import AddEvidence
from domain.case.facts import Allegation
from domain.case.finding import MakeFinding
from domain.case.investigating import AssignInvestigator
from domain.case.notice import NoteSilence, ReceiveResponse, ServeNotice, WaiveResponse
from domain.case.opening import OpenInquiry, OpenInvestigation
from domain.case.serving import AnnounceDecision, ServeDecision
from domain.record import Command
from domain.regime.discipline import DueProcess, Track
from domain.regime.types import Rulebook
from domain.rulebook import Regime, regime_stream
from domain.sanction.facts import Determined, SanctionImposed
from domain.sanction.imposing import Sanctioning
from tests.domain.cast import SHIPPED, V2, law, police
from tests.spec import Scenario

GOVERNMENT = "cn-governmental-sanctions"
INVESTIGATORS, DECIDER = ("jia", "luo"), "han"
BEFORE = timedelta(days=14)  # from the notice to the decision, in `sanctioned`
STAGES = ("inquiry", "investigation", "notice", "response", "finding")


def office(*files: str) -> Scenario:
    """Return the police department under these rulebooks; of none is said, one."""
    return police(*(files or (GOVERNMENT,)))


def under(*changes: tuple[str, str]) -> Scenario:
    """Return the department under that law with some of its words changed."""
    text = SHIPPED[f"{GOVERNMENT}.toml"]
    for old, new in changes:
        assert old in text, f"the law does not say {old}"
        text = text.replace(old, new)
    return law(police(V2), text)


def piece(number: int, case: str = "C-1") -> AddEvidence:
    """Return what adds a document, another one for each number."""
    return AddEvidence(
        case=case,
        kind="document",
        sha256=str(number) * 64,
        size=1,
        media_type="text/plain",
        mark=str(number),
        found_on=date(2021, 3, 1),
        text="In the archive.",
    )


@dataclass
class Proceeding:
    """One case, on one conduct; `on` is the day from which the clock stands."""

    scenario: Scenario
    on: date | str = "2021-03-10"
    case: str = "C-1"
    person: str = "li"
    rulebook: str = GOVERNMENT
    conduct: str = ""
    violation: str = "other_violation"
    from_on: date = date(2020, 12, 1)
    sanction: str = field(default="", init=False)

    def __post_init__(self) -> None:
        self.conduct = self.conduct or f"conduct-{self.case}"
        self.scenario.on(self.on)

    def at(self, day: date | str) -> Self:
        """Let it be this day from here on."""
        self.scenario.on(day)
        return self

    def decider(self, *commands: Command[Any]) -> Self:
        self.scenario.by(DECIDER, "deciding_authority").given(*commands)
        return self

    def investigator(self, *commands: Command[Any]) -> Self:
        self.scenario.by(INVESTIGATORS[0], "investigator").given(*commands)
        return self

    def declarant(self, *commands: Command[Any]) -> Self:
        self.scenario.declarant(self.person).given(*commands)
        return self

    # Stages, each by who takes the step.

    def inquiry(self, **more: Any) -> Self:
        usual = {"person": self.person, "rulebook": self.rulebook}
        usual |= {"basis": "supervision", "reason": "it was heard of"}
        return self.decider(OpenInquiry(case=self.case, **(usual | more)))

    def allegation(self, **more: Any) -> Allegation:
        usual: dict[str, Any] = {"conduct": self.conduct, "violation": self.violation}
        usual |= {"text": "That they did it.", "from_on": self.from_on}
        return Allegation(**(usual | more))

    def investigation(self, *allegations: Allegation) -> Self:
        """Open it, and assign both investigators."""
        alleged = allegations or (self.allegation(),)
        self.decider(OpenInvestigation(case=self.case, allegations=alleged))
        team = [
            AssignInvestigator(case=self.case, investigator=i) for i in INVESTIGATORS
        ]
        return self.decider(*team)

    def notice(self, **more: Any) -> Self:
        """Tell of all allegations, and of the heaviest sanction there is."""
        usual: dict[str, Any] = {
            "allegations": tuple(a.conduct for a in self.state.allegations),
            "evidence": (),
            "text": "You are said to have done it. Answer by letter.",
            "at_most": self.track.kinds[-1].id if self.track.kinds else None,
        }
        return self.investigator(ServeNotice(case=self.case, **(usual | more)))

    def response(self, **more: Any) -> Self:
        usual = {"text": "I did not mean it."}
        return self.declarant(ReceiveResponse(case=self.case, **(usual | more)))

    def waiver(self) -> Self:
        return self.declarant(WaiveResponse(case=self.case))

    def silence(self) -> Self:
        """Let the time for an answer pass, and note that none came."""
        notice = self.state.notice
        assert notice
        self.at(notice.answer_by + timedelta(days=1))
        return self.decider(NoteSilence(case=self.case))

    def finding(self, **more: Any) -> Self:
        usual: dict[str, Any] = {
            "conduct": self.conduct,
            "mental": "negligence",
            "standard": "clear and convincing",
            "reasons": "Two witnesses say so.",
            "justification": "That it was not meant does not excuse it.",
        }
        return self.decider(MakeFinding(case=self.case, **(usual | more)))

    def determined(self, kind: str, **more: Any) -> tuple[Determined, ...]:
        """Return that each finding deserves this kind, in a tier that allows it."""
        return tuple(
            Determined(
                **{
                    "finding": found.finding,
                    "conduct": found.conduct,
                    "violation": found.violation or "",
                    "tier": self.tier(found.violation or "", kind),
                    "kind": kind,
                }
                | more
            )
            for found in self.state.findings
        )

    def sanctioning(self, kind: str, **more: Any) -> Sanctioning:
        usual: dict[str, Any] = {
            "rulebook": self.rulebook,
            "determined": self.determined(kind),
            "text": "It weighs as much.",
        }
        return Sanctioning(**(usual | more))

    def decision(self, kind: str | None = None, **more: Any) -> Self:
        """Decide on all findings: with a sanction of this kind, or with none."""
        usual: dict[str, Any] = {
            "closing": "sanction" if kind else "no_sanction",
            "findings": tuple(found.finding for found in self.state.findings),
            "statements": {n: f"What is said of {n}." for n in self.process.statements},
            "sanctions": (self.sanctioning(kind),) if kind else (),
        }
        before = self.scenario.size()
        self.decider(DecideCase(case=self.case, **(usual | more)))
        facts = [record.fact for record in self.scenario.log()[before:]]
        names = [f.sanction for f in facts if isinstance(f, SanctionImposed)]
        self.sanction = names[0] if names else ""
        return self

    def served(self, how: str = "in_person") -> Self:
        return self.decider(ServeDecision(case=self.case, how=how))

    def announced(self, scope: str = "unit") -> Self:
        return self.decider(AnnounceDecision(case=self.case, scope=scope))

    def closed(self) -> Self:
        return self.decider(CloseCase(case=self.case))

    def reopened(self) -> Self:
        """Add a document to the closed case, and take it up again for that."""
        number = len(self.state.evidence) + 1
        new = (f"{self.case}:{number}",)
        self.investigator(piece(number, self.case))
        return self.decider(ReopenCase(case=self.case, text="A letter.", evidence=new))

    def upto(self, last: str) -> Self:
        """Take the usual steps, up to and with this one of `STAGES`."""
        for step in STAGES[: STAGES.index(last) + 1]:
            getattr(self, step)()
        return self

    # What is asked of it.

    @property
    def state(self) -> Case:
        return self.scenario.state(Case(), case_stream(self.case))

    @property
    def stage(self) -> Stage:
        return self.state.stage

    @property
    def book(self) -> Rulebook:
        """Return the edition in force on the day that it is."""
        regime = self.scenario.state(Regime(), regime_stream(self.rulebook))
        found = regime.in_force(self.scenario.now.date())
        assert found, f"{self.rulebook} is not in force on {self.scenario.now.date()}"
        return found

    @property
    def track(self) -> Track:
        assert self.book.track
        return self.book.track

    @property
    def process(self) -> DueProcess:
        assert self.book.due_process
        return self.book.due_process

    def tier(self, violation: str, kind: str) -> str:
        rows = (v.tiers for v in self.track.violations if v.id == violation)
        tiers = next(rows, {})
        return next(
            (name for name, kinds in tiers.items() if kind in kinds), "ordinary"
        )


def sanctioned(scenario: Scenario, kind: str, day: date | str, **more: Any) -> str:
    """Sanction somebody on a day, after all that comes before; return its name.

    *more* is what differs in the case, as `Proceeding` takes it.
    """
    day = date.fromisoformat(day) if isinstance(day, str) else day
    case = Proceeding(scenario, on=day - BEFORE, **more)
    case.inquiry().investigation().notice().waiver()
    return case.at(day).finding().decision(kind).sanction
