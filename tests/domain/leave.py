"""Leave to leave the city in an epidemic: what Shen asks, and what he reports after."""

from datetime import date
from typing import Any

from domain.approval import DecideApproval, RequestApproval
from domain.filing import FileDisclosure
from domain.rulebook import ActivatePeriod
from tests.domain.cast import LEAVING, V1, V2, police
from tests.domain.papers import files, trip
from tests.spec import Scenario

EPIDEMIC = ActivatePeriod(
    rulebook=LEAVING, rule="leave_city", period="epidemic", from_on=date(2020, 2, 1)
)
GRANT = DecideApproval(approval="A-1", granted=True, conditions="be reachable")


def asks(**changes: Any) -> RequestApproval:
    usual = {"approval": "A-1", "person": "shen", "rulebook": LEAVING}
    return RequestApproval(
        **(usual | {"rule": "leave_city", "contents": trip()} | changes)
    )


def epidemic() -> Scenario:
    scenario = police(LEAVING, V1, V2).given(EPIDEMIC).on("2020-04-20")
    return scenario.declarant("shen")


def asked() -> Scenario:
    return epidemic().given(asks())


def granted() -> Scenario:
    return asked().reviewer("zhang").given(GRANT).declarant("shen").on("2020-05-05")


def report(*, disclosure: str = "D-1", **changes: Any) -> FileDisclosure:
    return files(
        "leave_city",
        trip(**changes),
        rulebook=LEAVING,
        approval="A-1",
        disclosure=disclosure,
    )
