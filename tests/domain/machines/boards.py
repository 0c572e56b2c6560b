"""Boards on people of whom much is known, and what the boards are told (I7)."""

from datetime import date, timedelta
from itertools import product
from typing import Any

import msgspec
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from domain import access
from domain.access import Grant, Target
from domain.holding.placing import PlaceHold
from domain.promotion.certifying import CertifyEligibility, RecheckEligibility
from domain.promotion.convening import ConveneBoard, EnterCandidate
from domain.promotion.recommending import DecideCandidate
from domain.verification.verification import ConcludeVerification
from tests.domain.machines.trial import Asking, demand
from tests.domain.vectors.world import SELECTION, Office

UNTOLD = "unheard-of"
TOLD = ("promotion.", "board.", "candidacy.")
# What a board may do and see: its list, its certificates, its decision; and the law.
ITS_OWN = {"board.read", "certificate.read", "candidacy.decide"}
LAW = {"unit.read", "rulebook.read", "campaign.read"}
ACTIONS = sorted(access.ACTIONS)
REVIEWED = timedelta(days=30)


class Boards(RuleBasedStateMachine):
    """Li is sanctioned, held, verified and a candidate; a board asks for all of it."""

    @initialize()
    def begin(self) -> None:
        self.office = Office()
        self.register = Asking(self.office.scenario.on("2021-03-01"))
        self.boards = 0

    @rule(kind=st.sampled_from(("warning", "demotion", None)))
    def a_case_is_heard(self, kind: str | None) -> None:
        case = self.office.case(self.today)
        case.inquiry(reason=UNTOLD)
        case.investigation(case.allegation(text=UNTOLD)).notice(text=UNTOLD)
        if kind:
            case.waiver().finding(reasons=UNTOLD).decision(kind).served()

    @rule()
    def somebody_holds_a_promotion(self) -> None:
        place = PlaceHold(
            person="li",
            rulebook=SELECTION,
            type="promotion",
            basis="investigation",
            text=UNTOLD,
            release=UNTOLD,
            review_on=self.today + REVIEWED,
        )
        self.register.asks("han", "deciding_authority", place)

    @rule(verified=st.booleans(), recommended=st.booleans())
    def a_board_meets(self, *, verified: bool, recommended: bool) -> None:
        self.boards += 1
        board = f"B-{self.boards}"
        name = f"{board}:li"
        convened = ConveneBoard(
            board=board,
            rulebook=SELECTION,
            ladder="rank",
            level="higher",
            members=("shen", "wang"),
            meets_on=self.today,
        )
        self.register.all_asked(
            "hr", "hr", convened, EnterCandidate(board=board, person="li")
        )
        if verified:
            done = ConcludeVerification(verification=name, text=UNTOLD)
            self.register.asks("vera", "verifier", done)
        certified = CertifyEligibility(
            candidacy=name, position=self.office.scenario.size()
        )
        again = RecheckEligibility(candidacy=name)
        self.register.all_asked("han", "deciding_authority", certified, again)
        decided = DecideCandidate(candidacy=name, recommended=recommended, text="So.")
        self.register.asks("wang", "board", decided)

    @rule(
        unit=st.sampled_from((None, "college", "department")),
        persons=st.sampled_from(((), ("li",))),
    )
    def a_board_asks(self, unit: str | None, persons: tuple[str, ...]) -> None:
        """Let a member try all there is, within whatever the board was given."""
        grant = Grant(
            actor="wang", role="board", person="wang", unit=unit, persons=persons
        )
        target = Target(person="li", units=("training", "college", "department"))
        for action, whom in product(ACTIONS, (None, target)):
            may = access.decide(grant, action, whom, at=self.office.scenario.now)
            mine = action in ITS_OWN | LAW
            demand("I7", mine or not may.allowed, f"a board may {action}")

    @invariant()
    def i7_a_board_is_told_nothing_but_certificates(self) -> None:
        for record in self.register.news():
            if record.fact.TOPIC.startswith(TOLD):
                written = msgspec.json.encode(record.fact).decode()
                demand("I7", UNTOLD not in written, f"the board reads {written}")

    @property
    def today(self) -> date:
        return self.office.scenario.now.date()


def leaking(asked: Any) -> Any:
    """Return how the log is asked by somebody who tells the board too much."""

    def ask(*given: Any) -> Any:
        answer, basis = asked(*given)
        told = [msgspec.structs.replace(r, code=UNTOLD) for r in answer.reasons]
        return msgspec.structs.replace(answer, reasons=tuple(told)), basis

    return ask
