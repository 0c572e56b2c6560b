"""The keeping of records over HTTP: holds, and destruction by two people."""

from datetime import UTC, datetime, timedelta
from typing import Any

from tests.web.office import Caller, Office

LATER = str(datetime.now(UTC).date() + timedelta(days=90))
HOLD = {
    "hold": "H-1",
    "basis": "order 12 of the court",
    "review_on": LATER,
    "reason": "a case is pending",
}
ORDER = {"basis": "decision 7 of the court", "reason": "filed by mistake"}
SHEN = "/v1/people/shen"


def officer(office: Office, who: str = "wang") -> Caller:
    return office.caller("records_officer", who)


def records(office: Office) -> Any:
    return officer(office).read(f"{SHEN}/records")


def test_a_hold_is_placed_seen_and_released_with_reasons(office: Office) -> None:
    placed = officer(office).post(f"{SHEN}/holds", HOLD)
    (seen,) = records(office)["holds"]
    silent = officer(office).post(f"{SHEN}/holds/H-1/release")
    released = officer(office).post(
        f"{SHEN}/holds/H-1/release", {"reason": "the case is closed"}
    )

    assert (placed.status_code, placed.get_json()["id"]) == (200, "H-1")
    assert seen == {"hold": "H-1", "basis": HOLD["basis"], "review_on": LATER}
    assert (silent.status_code, silent.get_json()["field"]) == (422, "reason")
    assert (released.status_code, records(office)["holds"]) == (200, [])


def test_the_reason_of_a_hold_is_in_the_history_and_sealed(office: Office) -> None:
    officer(office).post(f"{SHEN}/holds", HOLD)

    (event,) = officer(office).read(f"{SHEN}/records/history")["events"]

    assert event["topic"] == "records.hold-placed"
    assert event["reason"] == {"sealed": "withheld", "class": "confidential"}


def test_nothing_is_destroyed_under_a_hold(office: Office) -> None:
    officer(office).post(f"{SHEN}/holds", HOLD)

    refused = officer(office).post(f"{SHEN}/destruction", ORDER)

    assert refused.status_code == 409
    assert refused.get_json()["type"] == "urn:probity:problem:wrong-stage"
    assert "hold" in refused.get_json()["rule"]


def test_it_takes_two_people_to_destroy(office: Office) -> None:
    ordered = officer(office).post(f"{SHEN}/destruction", ORDER | {"year": 2016})
    (order,) = records(office)["orders"]
    path = f"{SHEN}/destruction/{order['order']}/confirmation"
    alone = officer(office).post(path)
    second = officer(office, "zhang-2").post(path)

    assert ordered.status_code == 200
    assert (order["ordered_by"], order["year"], order["relative"]) == (
        "wang",
        2016,
        None,
    )
    assert alone.status_code == 403
    assert "two people" in alone.get_json()["rule"]
    assert second.status_code == 200
    (gone,) = records(office)["destroyed"]
    assert (gone["basis"], gone["year"], gone["order"]) == ("order", 2016, 1)
    assert records(office)["orders"] == []


def test_an_order_may_be_declined_and_is_then_over(office: Office) -> None:
    officer(office).post(f"{SHEN}/destruction", ORDER)

    declined = officer(office, "li").post(
        f"{SHEN}/destruction/1/decline", {"reason": "an appeal is possible"}
    )
    again = officer(office, "li").post(f"{SHEN}/destruction/1/confirmation")

    assert (declined.status_code, again.status_code) == (200, 404)
    assert records(office)["orders"] == []


def test_i2_nobody_keeps_the_records_of_themselves(office: Office) -> None:
    for path, body in (("holds", HOLD), ("destruction", ORDER)):
        refused = officer(office, "shen").post(f"{SHEN}/{path}", body)
        assert refused.status_code == 403
        assert "own matter" in refused.get_json()["rule"]


def test_the_version_that_was_read_may_be_demanded(office: Office) -> None:
    officer(office).post(f"{SHEN}/holds", HOLD)
    stale = officer(office).post(f"{SHEN}/holds", HOLD | {"hold": "H-2"}, seen=0)
    known = officer(office).get(f"{SHEN}/records", has='"1"')

    assert (stale.status_code, known.status_code) == (412, 304)


def test_bad_input_is_refused_by_field(office: Office) -> None:
    for path, body, field in (
        ("holds", HOLD | {"review_on": "2001-01-01"}, "review_on"),
        ("holds", HOLD | {"hold": "a/b"}, "hold"),
        ("holds", HOLD | {"basis": " "}, "basis"),
        ("destruction", ORDER | {"year": 9999}, "year"),
        ("destruction", ORDER | {"year": "2016"}, "year"),
        ("destruction", ORDER | {"reason": " "}, "reason"),
    ):
        problem = officer(office).post(f"{SHEN}/{path}", body)
        assert problem.status_code == 422, (path, body)
        assert field in str(problem.get_json()), (path, body)


def test_s1_21_nobody_else_learns_how_records_are_kept(office: Office) -> None:
    officer(office).post(f"{SHEN}/holds", HOLD)

    for caller, status in (
        (office.caller("hr"), 404),
        (office.caller("declarant", "li"), 403),
        (office.shen, 403),
        (office.caller("reviewer", "li"), 403),
    ):
        assert caller.get(f"{SHEN}/records").status_code == status
        assert caller.post(f"{SHEN}/holds", HOLD).status_code == status
    nobody = officer(office).post("/v1/people/nobody/holds", HOLD)
    assert nobody.status_code == 404
