"""A board on Li: convened, asked, told, and decided, by those whose part it is."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from domain.promotion.board import Candidacy, candidacy_stream
from domain.promotion.certifying import CertifyEligibility
from domain.promotion.convening import ConveneBoard, EnterCandidate
from domain.promotion.facts import Eligibility
from domain.promotion.recommending import DecideCandidate, SealRecommendation
from domain.record import Command
from domain.verification.verification import ConcludeVerification
from tests.domain.case.proceeding import GOVERNMENT, office
from tests.spec import Scenario

SELECTION, VIGILANCE = "cn-selection", "in-vigilance"
BOARD = "B-1"
LI = f"{BOARD}:li"
MEETS = date(2021, 5, 10)


@dataclass
class Sitting:
    """One board, in May 2021; each step is taken by who takes it.

    What the board decides it decides on the day it meets, unless that is over.
    """

    scenario: Scenario
    rulebook: str = SELECTION
    ladder: str = "rank"

    def convened(self, **more: Any) -> Self:
        usual: dict[str, Any] = {
            "board": BOARD,
            "rulebook": self.rulebook,
            "ladder": self.ladder,
            "level": "higher",
            "members": ("chief", "wang"),
            "meets_on": MEETS,
        }
        self.scenario.by("hr", "hr").given(ConveneBoard(**(usual | more)))
        return self

    def entered(self, person: str = "li") -> Self:
        command = EnterCandidate(board=BOARD, person=person)
        self.scenario.by("hr", "hr").given(command)
        return self

    def verified(self) -> Self:
        """Conclude the verification that entering Li has opened."""
        command = ConcludeVerification(verification=LI, text="all is as declared")
        self.scenario.by("vera", "verifier").given(command)
        return self

    def certified(self) -> Self:
        self.by_office(CertifyEligibility(candidacy=LI, position=self.scenario.size()))
        return self

    def by_office(self, command: Command[Any]) -> Scenario:
        return self.scenario.by("han", "deciding_authority").when(command)

    def by_member(self, command: Command[Any]) -> Scenario:
        return self.scenario.by("wang", "board").when(command)

    def decides(self, *, recommended: bool = True, **more: Any) -> Scenario:
        command = DecideCandidate(
            candidacy=LI, recommended=recommended, text="by merit", **more
        )
        return self.met().by_member(command)

    def seals(self, recommended: str = "recommended") -> Scenario:
        command = SealRecommendation(candidacy=LI, recommended=recommended)
        return self.met().by_member(command)

    def met(self) -> Self:
        """Let it be the day on which the board meets, or any later day that it is."""
        self.scenario.on(max(MEETS, self.scenario.now.date()))
        return self

    @property
    def state(self) -> Candidacy:
        return self.scenario.state(Candidacy(), candidacy_stream(LI))

    @property
    def answer(self) -> Eligibility:
        """Return what the last certificate says."""
        certificate = self.state.certificate
        assert certificate
        return certificate.answer


def sitting(rulebook: str = SELECTION, **more: Any) -> Sitting:
    """Return a board that waits to be convened, under a rulebook on eligibility."""
    scenario = office(*{GOVERNMENT, SELECTION, rulebook}).on("2021-05-03")
    return Sitting(scenario, rulebook=rulebook, **more)


def ready() -> Sitting:
    """Return a board with Li on its list, verified."""
    return sitting().convened().entered().verified()
