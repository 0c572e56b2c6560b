"""Lists: what is due, overdue, late, to be reviewed; never beyond one's reach."""

from datetime import date

import pytest

from domain.duties import RaiseObligation
from tests.domain.cast import INSTANT
from tests.domain.papers import wedding
from tests.web.office import Office


@pytest.fixture
def busy(office: Office) -> Office:
    """Three weddings that were reported late, and two that never were."""
    for person in ("shen", "li", "wang"):
        office.caller("declarant", person).file(wedding(event_date="2017-12-20"))
    for person, day in (("shen", 5), ("li", 9)):
        raising = RaiseObligation(
            person=person,
            rulebook=INSTANT,
            rule="wedding",
            key="told by others",
            triggered_on=date(2018, 3, day),
            anchors={"event_date": date(2018, 3, day)},
        )
        office.act(raising)
    office.projector.catch_up()
    return office


def people(rows: list[dict[str, str]]) -> list[str]:
    return [row["person"] for row in rows]


def test_what_is_open_and_past_its_due_date_is_overdue_the_latest_first(
    busy: Office,
) -> None:
    rows = busy.caller("auditor").read("/v1/overdue")["rows"]

    assert [(row["person"], row["due_on"]) for row in rows] == [
        ("shen", "2018-02-26"),
        ("li", "2018-03-02"),
    ]
    assert rows[0]["days_late"] > rows[1]["days_late"] > 3000
    assert (rows[0]["unit"], rows[0]["rank"]) == (
        "college",
        "deputy_department_director",
    )


def test_what_came_late_is_listed_with_the_days(busy: Office) -> None:
    rows = busy.caller("auditor").read("/v1/late", sort="person")["rows"]

    assert people(rows) == ["li", "shen", "wang"]
    assert {row["due_on"] for row in rows} == {"2017-12-13"}
    received = date.fromisoformat(rows[0]["received_on"])
    assert rows[0]["days_late"] == (received - date(2017, 12, 13)).days


def test_s3_04_each_row_shows_rule_version_and_legal_basis(busy: Office) -> None:
    for path in ("/v1/obligations", "/v1/overdue", "/v1/late"):
        for row in busy.caller("auditor").read(path)["rows"]:
            assert (row["rulebook"], row["rule"]) == (INSTANT, "wedding")
            assert row["version"] == 2
            assert row["legal_basis"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, ["li", "li", "shen", "shen", "wang"]),
        ({"stage": "open"}, ["li", "shen"]),
        ({"person": "shen"}, ["shen", "shen"]),
        ({"unit": "training"}, ["li", "li"]),
        ({"unit": "college"}, ["li", "li", "shen", "shen"]),
        ({"due_from": "2018-03-01"}, ["li"]),
        ({"due_to": "2017-12-31"}, ["li", "shen", "wang"]),
        ({"category": "funeral"}, []),
    ],
    ids=str,
)
def test_a_list_is_narrowed_by_what_is_asked(
    busy: Office, query: dict[str, str], expected: list[str]
) -> None:
    rows = busy.caller("auditor").read("/v1/obligations", sort="person", **query)[
        "rows"
    ]

    assert people(rows) == expected


def test_a_list_comes_in_pages_without_gap_or_repetition(busy: Office) -> None:
    for sort in ("due_on", "-due_on", "person"):
        query = {"sort": sort, "limit": "2"}
        pages = [busy.caller("auditor").read("/v1/obligations", **query)]
        while pages[-1]["next"]:
            query["cursor"] = pages[-1]["next"]
            pages.append(busy.caller("auditor").read("/v1/obligations", **query))

        streams = [row["stream"] for page in pages for row in page["rows"]]
        assert (len(pages), len(streams), len(set(streams))) == (3, 5, 5)


def test_a_cursor_that_no_page_gave_is_refused(busy: Office) -> None:
    auditor = busy.caller("auditor")
    page = auditor.read("/v1/obligations", limit=1, sort="person")

    for path, query in (
        ("/v1/obligations", {"cursor": "made-up"}),
        ("/v1/obligations", {"cursor": page["next"], "sort": "due_on"}),
        ("/v1/worklist", {"cursor": page["next"]}),
        ("/v1/people", {"cursor": "WyJudW1iZXIiLCJcdTAwMDAiXQ"}),
    ):
        response = auditor.get(path, **query)
        assert response.status_code == 422, path


def test_s1_21_a_list_shows_nothing_beyond_the_reach_of_the_token(busy: Office) -> None:
    for caller, expected in (
        (busy.caller("declarant", "shen"), ["shen", "shen"]),
        (busy.caller("auditor", unit="training"), ["li", "li"]),
        (busy.caller("auditor", unit="college"), ["li", "li", "shen", "shen"]),
    ):
        rows = caller.read("/v1/obligations", sort="person")["rows"]
        assert people(rows) == expected


@pytest.mark.parametrize(
    ("role", "unit", "query", "status"),
    [
        ("declarant", "", {"person": "li"}, 404),
        ("auditor", "training", {"person": "shen"}, 404),
        ("auditor", "training", {"unit": "department"}, 403),
        ("auditor", "college", {"unit": "training"}, 200),
        ("hr", "", {}, 403),
    ],
    ids=str,
)
def test_s1_21_nobody_asks_a_list_beyond_their_reach(
    busy: Office, role: str, unit: str, query: dict[str, str], status: int
) -> None:
    person = "shen" if role == "declarant" else None

    response = busy.caller(role, person, unit).get("/v1/obligations", **query)

    assert response.status_code == status


def test_the_worklist_shows_what_waits_and_for_whom(busy: Office) -> None:
    (first, *_) = busy.wang.read("/v1/worklist", person="shen")["rows"]
    busy.wang.do(
        f"/v1/disclosures/{first['disclosure']}/reviewer", {"reviewer": "wang"}
    )
    done = busy.wang.do(
        f"/v1/disclosures/{first['disclosure']}/annotations", {"text": "-"}
    )
    busy.projector.catch_up()

    mine = busy.wang.read("/v1/worklist", reviewer="wang", after=done["position"])
    nobodys = busy.wang.read("/v1/worklist", unassigned="true")
    assert people(mine["rows"]) == ["shen"]
    assert people(nobodys["rows"]) == ["li"], "and never the reader's own"
    assert busy.wang.read("/v1/worklist", due_before="2020-01-01")["rows"] == []


def test_the_directory_lists_people_where_they_stand_today(busy: Office) -> None:
    hr = busy.caller("hr")

    everybody = [row["number"] for row in hr.read("/v1/people")["rows"]]
    (shen,) = hr.read("/v1/people", name="Shen")["rows"]
    below = [row["number"] for row in hr.read("/v1/people", unit="college")["rows"]]

    assert everybody == ["chief", "li", "shen", "wang", "zhang"]
    assert (shen["unit_name"], shen["status"]) == ("Police College", "serving")
    assert below == ["li", "shen", "zhang"]


def test_what_is_nobodys_in_particular_is_listed_for_all(busy: Office) -> None:
    units = busy.shen.read("/v1/units")
    rulebooks = busy.shen.read("/v1/rulebooks")

    assert [unit["code"] for unit in units] == ["college", "department", "training"]
    (instant,) = [book for book in rulebooks if book["rulebook"] == INSTANT]
    assert [version["published"] for version in instant["versions"]] == [True, True]
    assert busy.shen.read("/v1/campaigns") == []


def test_a_read_waits_for_what_the_caller_has_written(office: Office) -> None:
    body = {"rulebook": INSTANT, "rule": "wedding", "items": [wedding()]}
    position = office.shen.post("/v1/disclosures", body).get_json()["position"]
    path = "/v1/obligations"

    behind = office.shen.get(path, after=position)
    office.projector.catch_up()
    fresh = office.shen.get(path, after=position)
    never = office.shen.get(path, after=position + 1000)

    assert (behind.status_code, behind.headers["Retry-After"]) == (503, "1")
    assert (fresh.status_code, len(fresh.get_json()["rows"])) == (200, 1)
    assert (never.status_code, never.get_json()["field"]) == (422, "after")
