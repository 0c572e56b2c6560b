"""S1-20: all filings can be searched, and none is found that one may not read."""

from typing import Any

import pytest

from tests.domain.cast import INSTANT
from tests.domain.papers import wedding
from tests.web.office import Caller, Office
from tests.web.traces import facts_after

SEARCH = "/v1/disclosures"


@pytest.fixture
def searched(office: Office) -> Office:
    """A wedding to come of Shen and one of Li, and a late one of Zhang, their head."""
    for person, day in (
        ("shen", "2099-05-01"),
        ("li", "2099-05-01"),
        ("zhang", "2017-12-20"),
    ):
        office.caller("declarant", person).file(wedding(event_date=day))
    office.projector.catch_up()
    return office


def found(caller: Caller, **query: Any) -> list[str]:
    return sorted(row["person"] for row in caller.read(SEARCH, **query)["rows"])


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, ["li", "shen", "zhang"]),
        ({"person": "shen"}, ["shen"]),
        ({"unit": "training"}, ["li"]),
        ({"rulebook": INSTANT, "rule": "wedding"}, ["li", "shen", "zhang"]),
        ({"category": "funeral"}, []),
        ({"stage": "filed", "subject": "self"}, ["li", "shen", "zhang"]),
        ({"late": "true"}, ["zhang"]),
        ({"received_to": "2017-01-01"}, []),
        ({"received_from": "2017-01-01"}, ["li", "shen", "zhang"]),
        ({"reviewer": "wang"}, []),
        ({"name": "SHEN"}, ["shen"]),
        ({"name": "She"}, []),
        ({"name": "Shen Li"}, []),
        ({"name": "..."}, []),
    ],
    ids=str,
)
def test_s1_20_filings_are_found_by_what_they_are_and_whose(
    searched: Office, query: dict[str, str], expected: list[str]
) -> None:
    assert found(searched.wang, **query) == expected


def test_s1_20_a_search_never_shows_a_filing_that_one_may_not_read(
    searched: Office,
) -> None:
    for caller, expected in (
        (searched.shen, ["shen"]),
        (searched.caller("auditor", unit="training"), ["li"]),
        (searched.caller("auditor", unit="college"), ["li", "shen", "zhang"]),
        (searched.caller("reviewer", "li"), ["shen"]),
        (searched.caller("investigator", "wang"), []),
    ):
        rows = caller.read(SEARCH)["rows"]
        assert sorted(row["person"] for row in rows) == expected
        for row in rows:
            one = caller.get(f"{SEARCH}/{row['disclosure']}")
            assert one.status_code == 200


def test_s1_20_nor_may_one_ask_for_somebody_out_of_reach(searched: Office) -> None:
    training = searched.caller("auditor", unit="training")

    for caller, query, status in (
        (searched.shen, {"person": "li"}, 404),
        (training, {"person": "shen"}, 404),
        (training, {"unit": "department"}, 403),
        (searched.caller("hr"), {}, 403),
    ):
        assert caller.get(SEARCH, **query).status_code == status


def test_s1_20_a_name_out_of_reach_is_not_found(searched: Office) -> None:
    training = searched.caller("auditor", unit="training")

    assert found(training, name="Shen") == []
    assert found(training, name="Li") == ["li"]
    assert found(searched.shen, name="Li") == []
    assert found(searched.shen, name="Shen") == ["shen"]


def test_s1_21_a_search_hit_is_on_record_with_all_who_were_shown(
    searched: Office,
) -> None:
    before = searched.size()
    searched.wang.read(SEARCH, name="Shen")

    (read,) = facts_after(searched, before)

    assert (read.what, read.reader, read.persons) == ("search", "wang", ("shen",))


def test_names_are_masked_for_who_may_not_open_them(searched: Office) -> None:
    row, *_ = (
        searched.caller("oversight")
        .post("/v1/exports", {"kind": "disclosures", "filters": {"unit": "college"}})
        .get_json()["rows"]
    )

    assert row["name"] == "withheld"


def test_filings_come_in_pages_the_newest_first(searched: Office) -> None:
    pages = [searched.wang.read(SEARCH, limit=2)]
    while pages[-1]["next"]:
        pages.append(searched.wang.read(SEARCH, limit=2, cursor=pages[-1]["next"]))
    made_up = searched.wang.get(SEARCH, cursor="made-up")

    rows = [row["disclosure"] for page in pages for row in page["rows"]]
    assert [len(page["rows"]) for page in pages] == [2, 1]
    assert len(set(rows)) == 3
    assert (made_up.status_code, made_up.get_json()["field"]) == (422, "cursor")


def test_bad_input_is_refused(searched: Office) -> None:
    for query in (
        {"stage": "none"},
        {"received_from": "2017"},
        {"limit": "0"},
        {"late": "perhaps"},
        {"colour": "red"},
        {"person": "a b"},
    ):
        assert searched.wang.get(SEARCH, **query).status_code == 422, query
