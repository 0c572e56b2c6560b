"""The lists of how records are kept: until when, held, destroyed, taken out."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from domain.record import Actor, Command
from tests.domain.cast import INSTANT
from tests.domain.papers import files, wedding
from tests.web.office import Caller, Office

LATER = str(datetime.now(UTC).date() + timedelta(days=90))
HOLD = {
    "hold": "H-1",
    "basis": "order 12 of the court",
    "review_on": LATER,
    "reason": "a case is pending",
}


def officer(office: Office, unit: str = "") -> Caller:
    return office.caller("records_officer", "wang", unit)


def listed(office: Office, caller: Caller, path: str, **query: Any) -> Any:
    office.projector.catch_up()
    return caller.read(path, **query)["rows"]


def act(office: Office, command: Command[Any], by: str, role: str, year: int) -> None:
    """Let somebody do something in May of a year that is over."""
    office.desk.casework.handle(
        command, by=Actor(id=by, role=role), at=datetime(year, 5, 3, tzinfo=UTC)
    )


@pytest.fixture
def kept(office: Office) -> Office:
    """Shen has reports of 2018 and 2025, Li one of 2018 under a legal hold."""
    for nth, (person, year) in enumerate(
        (("shen", 2018), ("shen", 2025), ("li", 2018))
    ):
        report = files("wedding", wedding(), person=person, disclosure=f"D-{nth}")
        act(office, report, person, "declarant", year)
    officer(office).post("/v1/people/li/holds", HOLD)
    office.projector.catch_up()
    return office


def of(rows: Any, *names: str) -> list[Any]:
    return [tuple(row[name] for name in names) for row in rows]


def test_what_is_to_be_destroyed_is_listed_before_it_is(kept: Office) -> None:
    rows = listed(kept, officer(kept), "/v1/retention")

    assert of(rows, "person", "year", "due_on", "held") == [
        ("li", 2018, "2025-01-01", True),
        ("shen", 2018, "2025-01-01", False),
        ("shen", 2025, "2032-01-01", False),
    ]
    assert {tuple(row["rulebooks"]) for row in rows} == {(INSTANT,)}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"person": "shen"}, [("shen", 2018), ("shen", 2025)]),
        ({"due_by": "2026-01-01"}, [("li", 2018), ("shen", 2018)]),
        ({"due_by": "2026-01-01", "free": "true"}, [("shen", 2018)]),
        ({"unit": "training"}, [("li", 2018)]),
    ],
    ids=str,
)
def test_retention_is_narrowed_by_what_is_asked(
    kept: Office, query: dict[str, str], expected: list[Any]
) -> None:
    rows = listed(kept, officer(kept), "/v1/retention", **query)

    assert of(rows, "person", "year") == expected


def test_holds_are_listed_by_the_day_of_their_review(kept: Office) -> None:
    sooner = HOLD | {
        "hold": "H-0",
        "review_on": str(datetime.now(UTC).date() + timedelta(days=9)),
    }
    officer(kept).post("/v1/people/shen/holds", sooner)
    both = listed(kept, officer(kept), "/v1/holds")
    officer(kept).post("/v1/people/shen/holds/H-0/release", {"reason": "settled"})

    assert of(both, "person", "hold") == [("shen", "H-0"), ("li", "H-1")]
    assert of(listed(kept, officer(kept), "/v1/holds"), "hold") == [("H-1",)]
    settled = listed(kept, officer(kept), "/v1/holds", all="true", person="shen")
    assert of(settled, "hold", "released_by") == [("H-0", "wang")]


def test_orders_and_what_came_of_them_are_listed(kept: Office) -> None:
    order = {"basis": "decision 7", "reason": "filed by mistake"}
    officer(kept).post("/v1/people/shen/destruction", order | {"year": 2018})
    officer(kept).post("/v1/people/shen/destruction", order | {"year": 2025})
    second = kept.caller("records_officer", "second")
    second.post("/v1/people/shen/destruction/1/confirmation")

    rows = listed(kept, officer(kept), "/v1/destructions")
    ordered = listed(kept, officer(kept), "/v1/destructions", stage="ordered")

    assert of(rows, "year", "stage", "settled_by") == [
        (2025, "ordered", None),
        (2018, "destroyed", "second"),
    ]
    assert of(ordered, "year", "ordered_by") == [(2025, "wang")]


def test_broken_glass_is_listed_until_it_is_reviewed(kept: Office) -> None:
    outsider = kept.caller("reviewer", "li", "training")
    why = {"rulebook": INSTANT, "reason": "He is missing."}
    outsider.post("/v1/people/shen/break-glass", why)
    path, auditor = "/v1/break-glass", kept.caller("auditor")

    for caller in (officer(kept), auditor, kept.caller("oversight"), kept.wang):
        (row,) = listed(kept, caller, path)
        assert (row["actor"], row["person"], row["use"]) == ("li", "shen", 1)
    (row,) = listed(kept, kept.wang, path, actor="li", person="shen")
    assert row["reason"] == "He is missing."
    officer(kept).post(
        "/v1/people/shen/break-glass/li/1/review",
        {"justified": True, "text": "He was found."},
    )
    assert listed(kept, auditor, path) == []
    assert of(listed(kept, auditor, path, all="true"), "justified") == [(True,)]


def test_what_left_is_listed_without_saying_of_whom(kept: Office) -> None:
    made = kept.caller("oversight").post("/v1/exports", {"kind": "disclosures"})

    (row,) = listed(kept, kept.caller("auditor"), "/v1/exports", masked="true")
    none = listed(kept, kept.caller("auditor"), "/v1/exports", made_by="somebody")

    assert row["export"] == made.get_json()["export"]
    assert (row["rows"], row["persons"], row["role"]) == (3, 2, "oversight")
    assert none == []
    assert listed(kept, kept.caller("auditor", unit="college"), "/v1/exports") == []


def test_requests_are_listed_by_kind_and_due_date(kept: Office) -> None:
    asked = kept.shen.post("/v1/people/shen/access-requests", {"rulebook": INSTANT})
    kept.shen.post(
        "/v1/people/shen/corrections", {"disclosure": "D-0", "text": "It was in June."}
    )

    for path, kind in (("access-requests", "access"), ("corrections", "correction")):
        for caller in (kept.shen, officer(kept), kept.caller("clerk")):
            (row,) = listed(kept, caller, f"/v1/{path}", stage="open")
            assert (row["kind"], row["person"]) == (kind, "shen")
        assert listed(kept, kept.caller("declarant", "li"), f"/v1/{path}") == []
        early = {"due_before": "2020-01-01"}
        assert listed(kept, officer(kept), f"/v1/{path}", **early) == []
    one = f"/v1/access-requests/{asked.get_json()['id']}"
    officer(kept).do(f"{one}/answer", {"outcome": "given"})
    (row,) = listed(kept, officer(kept), "/v1/access-requests", stage="answered")
    assert (row["outcome"], row["answered_by"]) == ("given", "wang")


@pytest.mark.parametrize("path", ["retention", "holds", "destructions", "break-glass"])
def test_the_lists_are_within_reach_and_come_in_pages(kept: Office, path: str) -> None:
    training = officer(kept, "training")
    rows = listed(kept, training, f"/v1/{path}")
    beyond = training.get(f"/v1/{path}", person="shen")
    made_up = officer(kept).get(f"/v1/{path}", cursor="made-up")

    assert {row["person"] for row in rows} <= {"li"}
    assert beyond.status_code == 404
    assert (made_up.status_code, made_up.get_json()["field"]) == (422, "cursor")
    for caller in (kept.shen, kept.caller("hr"), kept.caller("supervisor", "chief")):
        assert caller.get(f"/v1/{path}").status_code == 403
