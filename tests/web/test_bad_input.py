"""Bad input is answered with 4xx naming field and rule, and records nothing."""

import json
from typing import Any

import pytest

from tests.domain.cast import INSTANT, PERSONAL, V2, rule
from tests.domain.papers import answers, wedding
from tests.web.office import Office
from web.wiring import Settings

WEDDING: dict[str, Any] = {
    "rulebook": INSTANT,
    "rule": "wedding",
    "items": [wedding()],
}
GOOD = json.dumps(WEDDING)
TYPE = "application/json"


def with_item(**changes: Any) -> dict[str, Any]:
    return WEDDING | {"items": [wedding(**changes)]}


NOT_JSON: list[str | bytes] = [
    "",
    "null",
    "[]",
    '"text"',
    "{",
    GOOD[:-1],
    GOOD + "x",
    GOOD.replace('"rule"', '"rule": 1, "rule"'),
    GOOD.replace("12,", "NaN,"),
    GOOD.replace("12,", "-Infinity,"),
    GOOD.replace("12,", "9" * 5000 + ","),
    GOOD.replace("12,", "1e999999,"),
    GOOD.replace("12,", f"1e{'9' * 30},"),
    GOOD.replace("12,", "0." + "1" * 5000 + ","),
    GOOD.replace("Hangzhou", "\\u0000"),
    GOOD.replace("Hangzhou", "\\ud800"),
    GOOD.replace('"location"', '"\\u0000"'),
    GOOD.replace("Hangzhou", "\0"),
    "[" * 100_000,
    '{"rule":' * 5000,
    b"\xff\xfe",
    b"\xef\xbb\xbf" + GOOD.encode(),
    GOOD.encode("utf-16"),
]
NOT_IN_THE_SCHEMA = [
    ({}, "rulebook"),
    (WEDDING | {"rulebook": ""}, "rulebook"),
    (WEDDING | {"rulebook": "a b"}, "rulebook"),
    (WEDDING | {"rulebook": "x" * 201}, "rulebook"),
    (WEDDING | {"rulebook": None}, "rulebook"),
    (WEDDING | {"rulebook": 7}, "rulebook"),
    (WEDDING | {"items": []}, "items"),
    (WEDDING | {"items": {}}, "items"),
    (WEDDING | {"items": ["x"]}, "items.0"),
    (WEDDING | {"items": [wedding()] * 1001}, "items"),
    (WEDDING | {"period": 10000}, "period"),
    (WEDDING | {"period": 2016.5}, "period"),
    (WEDDING | {"period": "2016"}, "period"),
    (WEDDING | {"period": True}, "period"),
    (WEDDING | {"unforeseen": "yes"}, "unforeseen"),
    (WEDDING | {"unforeseen": 1}, "unforeseen"),
    (WEDDING | {"obligation": "mine"}, "obligation"),
    (WEDDING | {"occurred_on": "20161220"}, "occurred_on"),
    (WEDDING | {"occurred_on": "2016-13-01"}, "occurred_on"),
    (WEDDING | {"occurred_on": "0000-01-01"}, "occurred_on"),
    (WEDDING | {"occurred_on": "2999-01-01"}, "occurred_on"),
    (WEDDING | {"actor": "chief"}, "actor"),
    (WEDDING | {"received_on": "2016-12-10"}, "received_on"),
]
NOT_IN_THE_FORM = [
    (with_item(event_date="tomorrow"), "event_date"),
    (with_item(event_date="2016-02-30"), "event_date"),
    (with_item(tables=10**20), "tables"),
    (with_item(tables=1.5), "tables"),
    (with_item(cost=30000), "cost"),
    (with_item(cost={"amount": 30000.5, "currency": "yuan"}), "cost"),
    (with_item(cost={"amount": "1e5", "currency": "CNY"}), "cost"),
    (with_item(cost={"amount": "NaN", "currency": "CNY"}), "cost"),
    (with_item(location=["Hangzhou"]), "location"),
    (with_item(venue="Hangzhou"), "venue"),
    (WEDDING | {"subject": "neighbour"}, "subject"),
    (WEDDING | {"unforeseen": True}, "justification"),
    (WEDDING | {"items": [{"nil": True}]}, "event_date"),
    (WEDDING | {"period": 2016}, "period"),
    (WEDDING | {"rule": "yacht"}, "rule"),
]
NO_ADDRESS = [
    "/v1/disclosures/%00",
    "/v1/people/%00/history",
    "/v1/units/college?after=%00",
    "/v1/units/college?after=-1",
    "/v1/units/college?after=x",
    "/v1/units/college?after=" + "9" * 30,
    "/v1/units/college?before=1",
    "/v1/units/%ff",
    "/v1/units/%ed%a0%80",
    "/v1/units/" + "x" * 5000,
    "/v1/rulebooks/x/versions/" + "9" * 5000,
    "/v1/obligations/not-a-uuid",
    "/v1/nowhere",
    "/v1/units/college/",
]
NO_TOKEN = ["", "Bearer", "Bearer x", "Basic cHJiOng=", "Bearer prb_1_2", "ä"]


def test_a_body_that_is_not_strictly_json_is_refused(
    office: Office, subtests: pytest.Subtests
) -> None:
    before = office.size()

    for text in NOT_JSON:
        with subtests.test(repr(text)[:100]):
            answer = office.shen.post("/v1/disclosures", data=text, content_type=TYPE)
            assert answer.status_code in (400, 422)
            assert answer.content_type == "application/problem+json"
            assert answer.get_json()["detail"]
    assert office.size() == before


def test_a_field_that_does_not_fit_the_schema_is_named(
    office: Office, subtests: pytest.Subtests
) -> None:
    before = office.size()

    for body, field in NOT_IN_THE_SCHEMA:
        with subtests.test(field, body=str(body)[-60:]):
            answer = office.shen.post("/v1/disclosures", body)
            assert answer.status_code == 422
            assert field in [fault["field"] for fault in answer.get_json()["errors"]]
    assert office.size() == before


def test_an_answer_that_does_not_fit_the_form_is_named_with_the_rule(
    office: Office, subtests: pytest.Subtests
) -> None:
    before = office.size()

    for body, field in NOT_IN_THE_FORM:
        with subtests.test(field, body=str(body)[-60:]):
            answer = office.shen.post("/v1/disclosures", body)
            problem = answer.get_json()
            assert (answer.status_code, problem["field"]) == (422, field)
            assert problem["detail"]
    assert office.size() == before


def test_a_number_may_be_written_as_json_allows(office: Office) -> None:
    nil = {"rulebook": PERSONAL, "rule": "annual", "items": [{"nil": True}]}
    text = json.dumps(nil | {"period": 2026}).replace("2026", "2026.0")

    response = office.shen.post("/v1/disclosures", data=text, content_type=TYPE)

    assert response.status_code == 201, response.get_json()


def test_the_first_and_the_last_day_of_the_calendar_are_no_failure(
    office: Office,
) -> None:
    for rule_id in ("wedding", "funeral", "vehicle"):
        for day in ("0001-01-01", "9999-12-31"):
            item = answers(rule(V2, rule_id), day)
            body = WEDDING | {"rule": rule_id, "items": [item]}
            assert office.shen.post("/v1/disclosures", body).status_code in (201, 422)


def test_an_amount_in_digits_is_never_made_a_float(office: Office) -> None:
    price = {"amount": "0.1", "currency": "CNY"}
    text = json.dumps(with_item(cost=price)).replace('"0.1"', "0.10000000000000001")

    response = office.shen.post("/v1/disclosures", data=text, content_type=TYPE)

    assert response.status_code == 422
    assert "6 after the point" in response.get_json()["detail"]


def test_a_body_of_another_type_is_not_taken(office: Office) -> None:
    for kind in ("text/plain", "application/xml", None):
        answer = office.shen.post("/v1/disclosures", data=GOOD, content_type=kind)

        assert answer.status_code == 415


def test_a_body_that_is_too_long_is_not_read(office: Office) -> None:
    text = "x" * (Settings().body_limit + 1)

    response = office.shen.post("/v1/disclosures", data=text, content_type=TYPE)

    assert response.status_code == 413


def test_another_method_is_refused_and_the_right_ones_are_named(
    office: Office,
) -> None:
    response = office.shen.client.put("/v1/disclosures/x")

    assert response.status_code == 405
    assert response.headers["Allow"] == "GET, HEAD, OPTIONS"


def test_an_address_that_makes_no_sense_is_4xx(
    office: Office, subtests: pytest.Subtests
) -> None:
    for path in NO_ADDRESS:
        with subtests.test(path[:60]):
            answer = office.caller("auditor").get(path)
            assert 400 <= answer.status_code < 500
            assert answer.content_type == "application/problem+json"


def test_what_is_no_token_is_asked_for_one(office: Office) -> None:
    client = office.app.test_client()

    for header in NO_TOKEN:
        answer = client.get("/v1/units/x", headers={"Authorization": header})
        assert answer.status_code == 401, header
