"""Boards in an office that is reached over HTTP, and candidates of them."""

from datetime import UTC, datetime

from domain.promotion.certifying import CertifyEligibility
from domain.promotion.convening import ConveneBoard, EnterCandidate
from tests.domain.cast import SHIPPED, law
from tests.web.office import Caller, Office
from tests.web.proceedings import today

SELECTION = "cn-selection"
MEETS = datetime.now(UTC).date()
# Whose superior or relative Shen is not, so that Shen can sit on their boards.
STRANGERS = ("mei", "gao", "li")


def selection(office: Office) -> None:
    """Publish the law of eligibility."""
    law(today(office), SHIPPED[f"{SELECTION}.toml"])


def candidate(office: Office, person: str) -> str:
    """Let somebody be the candidate of a board of their own, certified once."""
    board = f"B-{person}"
    members = ("chief", "shen") if person in STRANGERS else ("chief",)
    convene = ConveneBoard(
        board=board,
        rulebook=SELECTION,
        ladder="rank",
        level="higher",
        members=members,
        meets_on=MEETS,
    )
    scenario = today(office).by("hr", "hr")
    scenario.given(convene, EnterCandidate(board=board, person=person))
    certify = CertifyEligibility(candidacy=f"{board}:{person}", position=office.size())
    scenario.by("office", "certifier").given(certify)
    return f"{board}:{person}"


def member(office: Office) -> Caller:
    """Return Shen, who sits on boards and was given the college."""
    return office.caller("board", "shen", unit="college")


def hr(office: Office) -> Caller:
    return office.caller("hr")
