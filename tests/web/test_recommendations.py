"""S3-13 over HTTP: a recommendation is addressed, due, answered, and no sanction."""

import pytest

from tests.web.casing import ASKED, Chamber, enact
from tests.web.office import Caller, Office


@pytest.fixture
def chamber(office: Office) -> Chamber:
    enact(office)
    return Chamber(office)


def issued(chamber: Chamber) -> str:
    response = chamber.han.post("/v1/recommendations", ASKED)
    assert response.status_code == 201, response.get_json()
    return f"/v1/recommendations/{response.get_json()['id']}"


def hr(chamber: Chamber) -> Caller:
    return chamber.office.caller("hr", "wang")


def test_it_is_accepted_and_carried_out_and_says_so(chamber: Chamber) -> None:
    one = issued(chamber)
    hr(chamber).do(f"{one}/acceptance", {"text": "We will."})
    hr(chamber).do(f"{one}/implementation", {"text": "He was removed."})

    shown = chamber.han.read(one)
    assert (shown["stage"], shown["answer"], shown["done"]) == (
        "implemented",
        "We will.",
        "He was removed.",
    )
    assert shown["attachments"] == ["his medical records"]
    events = chamber.han.read(f"{one}/history")["events"]
    assert [event["topic"] for event in events][-1] == "recommendation.implemented"


def test_art_61_it_is_refused_with_reasons_alone(chamber: Chamber) -> None:
    one = issued(chamber)

    silent = hr(chamber).post(f"{one}/refusal", {}, seen=1)
    hr(chamber).do(f"{one}/refusal", {"text": "He was ill indeed."})
    twice = hr(chamber).post(f"{one}/acceptance", {}, seen=2)

    assert (silent.status_code, twice.status_code) == (422, 409)
    assert chamber.han.read(one)["answer"] == "He was ill indeed."


def test_it_is_listed_with_the_day_for_its_answer_and_read_by_who_answers(
    chamber: Chamber,
) -> None:
    one = issued(chamber)
    chamber.office.projector.catch_up()

    (row,) = hr(chamber).read("/v1/recommendations", stage="issued")["rows"]
    shown = hr(chamber).read(one)

    assert row["recommendation"] == one.rpartition("/")[2]
    assert (row["to"], row["unit"]) == ("appointing_body", "college")
    assert row["answer_by"] == shown["answer_by"]
    assert shown["text"] == ASKED["text"]


def test_s1_21_to_the_person_and_to_others_there_is_none(chamber: Chamber) -> None:
    one = issued(chamber)

    for caller in (chamber.li, chamber.office.shen, chamber.office.caller("clerk")):
        assert caller.get(one).status_code == 404


def test_bad_input_is_refused_by_field(chamber: Chamber) -> None:
    for more, field in (
        ({"unit": "nowhere"}, "unit"),
        ({"to": "the press"}, "to"),
        ({"case": "C-9"}, "case"),
        ({"answer_by": "2000-01-01"}, "answer_by"),
    ):
        refused = chamber.han.post("/v1/recommendations", ASKED | more)
        assert refused.status_code == 422, more
        assert field in str(refused.get_json())
