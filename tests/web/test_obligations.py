"""Duties over HTTP: extensions, excuses, and what the office decides of them."""

from datetime import date
from uuid import UUID

import pytest

from domain.duties import MarkOverdue, RaiseObligation
from domain.personnel import AssumePosition, RegisterPerson
from tests.domain.cast import DISCLOSURES
from tests.web.office import Caller, Office
from web.api.sight import today

YEAR = today().year + 1
WHY = {"reason": "abroad on duty"}


@pytest.fixture
def duty(office: Office) -> str:
    """The duty of Sam, who is not of the police, to report by next 15 May."""
    raising = RaiseObligation(
        person="sam",
        rulebook=DISCLOSURES,
        rule="annual",
        key=str(YEAR),
        triggered_on=today(),
        year=YEAR,
    )
    office.act(
        RegisterPerson(number="sam", name="Sam"),
        AssumePosition(
            number="sam",
            post="post",
            unit="college",
            title="Attaché",
            from_on=date(2015, 1, 1),
            employer_type="us-executive",
        ),
        raising,
    )
    return f"/v1/obligations/{raising.stream}"


@pytest.fixture
def sam(office: Office) -> Caller:
    return office.caller("declarant", "sam")


def test_more_time_is_asked_with_reasons_and_granted_or_denied(
    office: Office, duty: str, sam: Caller
) -> None:
    june = {"until": f"{YEAR}-06-14"}
    silent = sam.post(f"{duty}/extension-requests", june, seen=1)
    sam.do(f"{duty}/extension-requests", june | WHY)
    office.wang.do(f"{duty}/extension-decision", {"granted": False} | WHY)
    sam.do(f"{duty}/extension-requests", june | WHY)
    office.wang.do(f"{duty}/extension-decision", {"granted": True})

    assert (silent.status_code, silent.get_json()["field"]) == (422, "reason")
    shown = sam.read(duty)
    assert (shown["first_due_on"], shown["due_on"]) == (
        f"{YEAR}-05-15",
        f"{YEAR}-06-14",
    )


def test_more_time_than_the_rule_allows_is_refused_with_the_rule(
    duty: str, sam: Caller
) -> None:
    never = {"until": f"{YEAR}-12-31", "in_writing": True}

    response = sam.post(f"{duty}/extension-requests", never | WHY, seen=1)

    problem = response.get_json()
    assert (response.status_code, problem["rule"]) == (
        409,
        f"{DISCLOSURES} v1, rule annual",
    )
    assert "90d" in problem["detail"]


def test_a_failure_is_held_against_somebody_after_their_excuse_was_considered(
    office: Office, duty: str, sam: Caller
) -> None:
    notice = {"noncompliance": "late", "reason": "no word in a year"}
    early = office.wang.post(f"{duty}/delinquency-notice", notice, seen=1)
    stream = UUID(duty.rpartition("/")[2])
    overdue = MarkOverdue(obligation=stream, today=date(YEAR + 1, 1, 1))
    office.act(overdue)
    sam.do(f"{duty}/justification", {"text": "I was in hospital"})
    office.wang.do(f"{duty}/delinquency-notice", notice)

    assert early.status_code == 409
    told = sam.read(f"{duty}/history")["events"][-1]
    assert told["topic"] == "obligation.delinquency-notice-issued"
    assert told["fact"]["justification"] == "I was in hospital"


@pytest.mark.parametrize(
    ("act", "stage"), [("waiver", "waived"), ("cancellation", "cancelled")]
)
def test_a_certifier_may_let_somebody_off_saying_why(
    office: Office, duty: str, sam: Caller, act: str, stage: str
) -> None:
    silent = office.wang.post(f"{duty}/{act}", seen=1)
    office.wang.do(f"{duty}/{act}", WHY)
    again = office.wang.post(f"{duty}/{act}", WHY, seen=2)

    assert (silent.status_code, again.status_code) == (422, 409)
    assert sam.read(duty)["stage"] == stage
