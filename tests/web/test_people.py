"""People and units over HTTP: the office records, and reach goes with it."""

import pytest

from tests.domain.cast import INSTANT
from tests.web.office import Office

POST = {
    "post": "clerk",
    "unit": "training",
    "title": "Clerk",
    "from_on": "2020-01-01",
    "rank": "officer",
}


def test_a_person_is_registered_with_a_post_and_leaves_it(office: Office) -> None:
    hr = office.caller("hr")
    new = {"number": "p-1", "name": "Qian", "email": "qian@example.org"}
    made = hr.post("/v1/people", new | {"born_on": "1980-02-29"})
    one = made.headers["Location"]
    change = {"unit": "college", "title": "Head", "from_on": "2021-01-01"}

    for path, body in (
        ("/positions", POST),
        ("/positions/clerk/change", change),
        ("/positions/clerk/vacation", {"on": "2022-01-01"}),
        ("/identity", {"name": "Qian Qian"}),
        ("/departure", {"on": "2022-01-01"}),
        ("/retirement", {"on": "2023-01-01"}),
    ):
        assert hr.post(one + path, body).status_code == 200, path

    assert (made.status_code, one) == (201, "/v1/people/p-1")
    events = office.caller("auditor").read(f"{one}/history")["events"]
    assert [event["topic"] for event in events] == [
        "person.registered",
        "person.position-assumed",
        "person.position-changed",
        "person.position-vacated",
        "person.identity-corrected",
        "person.service-ended",
        "person.retired",
    ]


def test_who_is_registered_twice_under_one_name_is_one_person(office: Office) -> None:
    hr = office.caller("hr")
    new = {"number": "p-1", "name": "Qian"}

    first, again = hr.post("/v1/people", new), hr.post("/v1/people", new)
    other = hr.post("/v1/people", new | {"name": "Sun"})

    assert (first.status_code, again.status_code, other.status_code) == (201, 201, 409)
    assert again.get_json()["position"] is None
    assert again.headers["ETag"] == '"1"'


def test_relatives_and_notices_are_recorded_with_the_person(office: Office) -> None:
    rules = {"rulebook": INSTANT, "version": 2}
    spouse = {"relative": "wife", "relation": "spouse", "name": "Wu"}

    for caller, path, body in (
        (office.shen, "/relatives", spouse),
        (office.shen, "/relatives/wife/removal", {}),
        (office.caller("clerk"), "/notices", rules),
        (office.shen, "/acknowledgements", rules),
    ):
        assert caller.post(f"/v1/people/shen{path}", body).status_code == 200, path
    unpublished = office.caller("clerk").post(
        "/v1/people/shen/notices", rules | {"version": 9}
    )
    assert unpublished.status_code == 404


def test_hr_of_one_unit_records_nothing_outside_it(office: Office) -> None:
    college = office.caller("hr", unit="college")

    inside = college.post("/v1/people/li/positions", POST | {"post": "second"})
    outside = college.post("/v1/people/chief/positions", POST)
    away = college.post(
        "/v1/people/li/positions", POST | {"post": "third", "unit": "department"}
    )

    statuses = (inside.status_code, outside.status_code, away.status_code)
    assert statuses == (200, 404, 403)


def test_units_are_entered_moved_and_headed(office: Office) -> None:
    admin = office.caller("admin")
    made = admin.post(
        "/v1/units", {"code": "port", "name": "Port", "parent": "college"}
    )
    one = made.headers["Location"]
    admin.do(f"{one}/parent", {"parent": "department"})
    admin.do(f"{one}/head", {"head": "li"})
    admin.do(f"{one}/head", {"head": None})

    shown = office.shen.read(one)
    assert {
        "name": "Port",
        "parent": "department",
        "head": None,
    }.items() <= shown.items()
    circle = admin.post("/v1/units/department/parent", {"parent": "training"})
    assert (circle.status_code, circle.get_json()["title"]) == (
        409,
        "The matter is not at the stage for it",
    )
    assert len(office.shen.read(f"{one}/history")["events"]) == 4


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/v1/units", {"code": "x", "name": "X", "parent": "training"}, 201),
        ("/v1/units", {"code": "x", "name": "X"}, 403),
        ("/v1/units/training/head", {"head": "li"}, 200),
        ("/v1/units/department/head", {"head": "li"}, 403),
        ("/v1/units/training/parent", {"parent": None}, 403),
    ],
)
def test_who_is_limited_to_a_unit_changes_only_what_is_below(
    office: Office, path: str, body: dict[str, str], status: int
) -> None:
    admin = office.caller("admin", unit="college")

    assert admin.post(path, body).status_code == status
