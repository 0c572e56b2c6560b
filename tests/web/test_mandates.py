"""Mandates over HTTP: given by others, with a scope and an end, and shown with care."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.web.office import Caller, Office

HERE = "/v1/mandates"
SOON = (datetime.now(UTC) + timedelta(days=30)).isoformat()
TASK = {
    "actor": "wang",
    "role": "campaign_team",
    "unit": "college",
    "until": SOON,
    "basis": "Order 4 of 2024",
}


def given(caller: Caller, **more: Any) -> str:
    """Have a mandate given, and return where it is; None leaves something out."""
    body = {key: value for key, value in (TASK | more).items() if value is not None}
    made = caller.post(HERE, body)
    assert made.status_code == 201, made.get_json()
    return str(made.headers["Location"])


def test_a_mandate_is_given_shown_and_ended_with_a_reason(office: Office) -> None:
    admin = office.caller("admin")
    one = given(admin, persons=["shen"])

    shown = admin.read(one)
    ended = admin.post(f"{one}/end", {"reason": "the task is done"})
    after = admin.read(one)

    assert one == f"{HERE}/wang/{shown['mandate']}"
    assert {**TASK, "until": shown["until"], "persons": ["shen"]}.items() <= (
        shown.items()
    )
    assert (shown["person"], shown["holds"], shown["ended_at"]) == ("wang", True, None)
    assert (ended.status_code, after["holds"]) == (200, False)
    assert after["ended_at"] is not None
    all_of_them = office.caller("auditor").read(f"{HERE}/wang")
    assert (all_of_them["version"], all_of_them["mandates"]) == (2, [after])


def test_the_same_request_gives_one_mandate(office: Office) -> None:
    admin = office.caller("admin")

    first, again = (admin.post(HERE, TASK, key="k-1") for _ in range(2))

    assert first.get_json() == again.get_json()
    assert len(admin.read(f"{HERE}/wang")["mandates"]) == 1


def test_nobody_gives_a_mandate_to_themself(office: Office) -> None:
    response = office.caller("admin", "wang").post(HERE, TASK)

    assert response.status_code == 403
    assert response.get_json()["rule"] == "nobody gives a mandate to themself"


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"role": "declarant"}, 422),
        ({"until": "2020-01-01T00:00:00+00:00"}, 422),
        ({"until": "2099-01-01"}, 422),
        ({"until": "2099-01-01T00:00:00"}, 422),
        ({"persons": []}, 422),
        ({"persons": ["nobody"]}, 404),
        ({"actor": "nobody"}, 404),
        ({"unit": "nowhere"}, 404),
        ({"basis": ""}, 422),
    ],
    ids=str,
)
def test_what_cannot_be_given_is_refused(
    office: Office, wrong: dict[str, Any], status: int
) -> None:
    response = office.caller("admin").post(HERE, TASK | wrong)

    assert response.status_code == status
    assert office.caller("admin").get(f"{HERE}/wang").status_code == 404


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({}, 201),
        ({"unit": "training", "persons": ["li"]}, 201),
        ({"unit": "department"}, 403),
        ({"unit": None, "persons": ["li"]}, 403),
        ({"persons": ["chief"]}, 404),
    ],
    ids=str,
)
def test_who_is_limited_to_a_unit_gives_none_beyond_it(
    office: Office, wrong: dict[str, Any], status: int
) -> None:
    body = {k: v for k, v in (TASK | wrong).items() if v is not None}

    response = office.caller("admin", unit="college").post(HERE, body)

    assert response.status_code == status, response.get_json()


def test_who_is_limited_to_a_unit_sees_and_ends_none_beyond_it(office: Office) -> None:
    admin, college = office.caller("admin"), office.caller("admin", unit="college")
    below, beyond = given(admin), given(admin, unit="department")
    everywhere = given(admin, role="auditor", unit=None)

    assert len(college.read(f"{HERE}/wang")["mandates"]) == 1
    assert college.read(below)["unit"] == "college"
    for path in (beyond, everywhere):
        assert college.get(path).status_code == 404
        ended = college.post(f"{path}/end", {"reason": "no"})
        assert ended.status_code == 404
    assert admin.read(beyond)["holds"]


def test_nobody_learns_of_a_mandate_over_themself(office: Office) -> None:
    one = given(office.caller("admin"), role="verifier", unit=None, persons=["shen"])
    shen = office.caller("auditor", "shen")

    assert shen.get(one).status_code == 404
    assert shen.read(f"{HERE}/wang")["mandates"] == []
    assert office.caller("auditor", "li").read(one)["persons"] == ["shen"]


def test_there_is_no_mandate_where_none_was_given(office: Office) -> None:
    admin = office.caller("admin")
    given(admin)

    for path in (f"{HERE}/li", f"{HERE}/wang/none", f"{HERE}/li/none"):
        assert admin.get(path).status_code == 404
