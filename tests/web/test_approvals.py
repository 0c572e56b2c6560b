"""Leave asked before acting, over HTTP: one matter, one approval."""

from typing import Any

import pytest

from tests.domain.cast import LEAVING
from tests.domain.papers import trip
from tests.web.office import Office


@pytest.fixture
def lockdown(office: Office) -> Office:
    """A special period in which nobody leaves the city without leave."""
    period = {"rule": "leave_city", "period": "spring", "from_on": "2020-01-01"}
    steward = office.caller("rulebook_steward")
    steward.do(f"/v1/rulebooks/{LEAVING}/periods", period)
    return office


def asked(office: Office, person: str = "shen", **changes: Any) -> str:
    body = {"rulebook": LEAVING, "rule": "leave_city", "contents": trip(**changes)}
    response = office.caller("declarant", person).post("/v1/approvals", body)
    assert response.status_code == 201, response.get_json()
    return str(response.headers["Location"])


def test_s3_03_a_trip_with_leave_stays_open_until_the_report_that_follows(
    lockdown: Office,
) -> None:
    one = asked(lockdown)
    lockdown.wang.do(f"{one}/endorsement")
    lockdown.wang.do(f"{one}/decision", {"granted": True, "conditions": "wear a mask"})
    lockdown.projector.catch_up()
    (duty,) = lockdown.shen.read("/v1/obligations", stage="open")["rows"]
    approval = one.rpartition("/")[2]
    report = {"rulebook": LEAVING, "rule": "leave_city", "approval": approval}

    filed = lockdown.shen.post("/v1/disclosures", report | {"items": [trip()]})

    assert filed.status_code == 201, filed.get_json()
    assert lockdown.shen.read(one)["stage"] == "completed"
    closed = lockdown.shen.read(f"/v1/obligations/{duty['stream']}")
    assert (closed["stage"], closed["fulfilled_by"]) == (
        "fulfilled",
        filed.get_json()["id"],
    )


def test_s3_24_leave_that_was_used_is_no_leave_for_a_second_trip(
    lockdown: Office,
) -> None:
    one = asked(lockdown)
    lockdown.wang.do(f"{one}/decision", {"granted": True})
    approval = one.rpartition("/")[2]
    report: dict[str, Any] = {"rulebook": LEAVING, "rule": "leave_city"}
    report |= {"approval": approval, "items": [trip()]}

    first = lockdown.shen.post("/v1/disclosures", report)
    second = lockdown.shen.post("/v1/disclosures", report)

    assert (first.status_code, second.status_code) == (201, 409)
    assert second.get_json()["rule"] == "one matter, one approval"


@pytest.mark.parametrize("blank", ["destination", "reason", "contact"])
def test_s3_07_a_request_without_destination_or_reason_is_incomplete(
    lockdown: Office, blank: str
) -> None:
    body = {"rulebook": LEAVING, "rule": "leave_city", "contents": trip(**{blank: " "})}

    response = lockdown.shen.post("/v1/approvals", body)

    problem = response.get_json()
    assert (response.status_code, len(problem["gaps"])) == (409, 1)
    assert problem["gaps"][0].startswith(f"{blank}: ")
    assert problem["rule"] == f"{LEAVING} v1, rule leave_city"


def test_s3_09_the_head_cannot_approve_their_own_request(lockdown: Office) -> None:
    one = asked(lockdown, "zhang")
    zhang = lockdown.caller("reviewer", "zhang")

    for act, body in (("decision", {"granted": True}), ("endorsement", {})):
        refused = zhang.post(f"{one}/{act}", body, seen=1)
        assert refused.status_code == 403
        assert refused.get_json()["type"] == "urn:probity:problem:not-allowed"
    assert lockdown.wang.read(one)["addressed_to"] == "department"


def test_a_denial_says_why_and_granted_leave_can_be_taken_back(
    lockdown: Office,
) -> None:
    denied, granted = asked(lockdown), asked(lockdown)

    silent = lockdown.wang.post(f"{denied}/decision", {"granted": False}, seen=1)
    why = {"granted": False, "reason": "the city is closed"}
    lockdown.wang.do(f"{denied}/decision", why)
    lockdown.wang.do(f"{granted}/decision", {"granted": True})
    lockdown.wang.do(f"{granted}/revocation", {"reason": "a new outbreak"})

    assert (silent.status_code, silent.get_json()["field"]) == (422, "reason")
    assert lockdown.shen.read(denied)["stage"] == "denied"
    assert lockdown.shen.read(granted)["stage"] == "revoked"
    history = lockdown.shen.read(f"{granted}/history")["events"]
    assert history[-1]["reason"] == "a new outbreak"


def test_leave_is_asked_for_oneself_or_by_a_clerk_for_another(
    lockdown: Office,
) -> None:
    body = {"rulebook": LEAVING, "rule": "leave_city", "contents": trip()}
    clerk = lockdown.caller("clerk")

    made = clerk.post("/v1/approvals", body | {"person": "shen"})

    assert lockdown.shen.read(made.headers["Location"])["person"] == "shen"
    assert clerk.post("/v1/approvals", body).status_code == 422
    other = lockdown.shen.post("/v1/approvals", body | {"person": "li"})
    assert other.status_code == 404
