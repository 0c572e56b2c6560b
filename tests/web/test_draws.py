"""Draws over HTTP: made in public, repeated by anybody, verified one by one."""

from typing import Any

import pytest

from domain.verification.drawing import digest_of, drawn
from tests.domain.cast import joins
from tests.web.office import Caller, Office
from tests.web.verified import homes, lot

STAFF = ("chief", "li", "shen", "wang", "zhang")


@pytest.fixture(name="verifier")
def lawful(office: Office) -> Caller:
    homes(office)
    return office.caller("verifier")


def make(caller: Caller, *, key: str | None = None, **more: Any) -> Any:
    response = caller.post("/v1/draws", lot() | more, key=key)
    assert response.status_code == 201, response.get_json()
    return response.get_json()


def test_s5_06_s3_26_a_draw_says_all_that_it_takes_to_repeat_it(
    verifier: Caller,
) -> None:
    made = make(verifier)

    shown = verifier.read(f"/v1/draws/{made['id']}")

    assert shown["population_sha256"] == digest_of(STAFF)
    assert (shown["population_size"], shown["size"]) == (5, 3)
    expected = drawn(shown["method"], shown["seed"], STAFF, 3)
    assert shown["drawn"] == list(expected)
    assert shown["seed_from"] == "lottery of 3 May"


def test_s5_06_each_who_was_drawn_is_verified(office: Office, verifier: Caller) -> None:
    made = make(verifier)

    shown = verifier.read(f"/v1/draws/{made['id']}")
    for person, name in zip(shown["drawn"], shown["verifications"], strict=True):
        one = verifier.read(f"/v1/verifications/{name}")
        assert (one["person"], one["draw"]) == (person, made["id"])
        assert one["cited"]["rulebook"] == "homes"
    office.projector.catch_up()
    (row,) = verifier.read("/v1/draws")["rows"]
    assert (row["draw"], row["size"], row["opened"]) == (made["id"], 3, 3)
    rows = verifier.read("/v1/verifications", draw=made["id"])["rows"]
    assert {row["person"] for row in rows} == set(shown["drawn"])


def test_i9_who_was_shown_who_was_drawn_is_on_record(
    office: Office, verifier: Caller
) -> None:
    made = make(verifier, size=2)
    shown = verifier.read(f"/v1/draws/{made['id']}")
    office.projector.catch_up()

    log = office.caller("auditor").read("/v1/access-log", key=made["id"])["rows"]

    assert {row["person"] for row in log} == set(shown["drawn"])
    assert {(row["what"], row["masked"]) for row in log} == {("verification", True)}


def test_the_same_request_again_draws_nothing_new(
    office: Office, verifier: Caller
) -> None:
    made = make(verifier, key="once")
    before = office.size()

    assert make(verifier, key="once") == made
    assert office.size() == before


def test_s5_06_a_draw_is_repeated_from_the_log_as_it_was_then(
    office: Office, verifier: Caller
) -> None:
    made = make(verifier)
    office.act(*joins("newcomer"))

    again = verifier.read(f"/v1/draws/{made['id']}/repetition")

    assert again["identical"] is True
    assert again["drawn"] == again["recorded"]
    assert again["population_size"] == 5


def test_a_draw_may_be_of_one_unit(office: Office, verifier: Caller) -> None:
    made = make(verifier, unit="college", size=1)
    inside = office.caller("verifier", "wang", unit="college")

    assert verifier.read(f"/v1/draws/{made['id']}")["population_size"] == 3
    assert inside.get(f"/v1/draws/{made['id']}").status_code == 200
    assert inside.get(f"/v1/draws/{made['id']}/repetition").status_code == 200


def test_who_was_given_a_unit_draws_and_sees_draws_there_alone(
    office: Office, verifier: Caller
) -> None:
    part = office.caller("verifier", "li", unit="training")
    all_units = make(verifier)

    assert part.post("/v1/draws", lot()).status_code == 403
    assert part.post("/v1/draws", lot("college")).status_code == 403
    assert part.post("/v1/draws", lot("training")).status_code == 201
    assert part.get(f"/v1/draws/{all_units['id']}").status_code == 403
    office.projector.catch_up()
    assert part.read("/v1/draws")["rows"] == []


BAD: list[tuple[dict[str, Any], int, str]] = [
    ({"seed": ""}, 422, "seed"),
    ({"seed_from": " "}, 422, "seed_from"),
    ({"size": 9}, 422, "from 5 people 9 cannot be drawn"),
    ({"population": "nobody"}, 404, "no population nobody"),
    ({"rulebook": "none"}, 404, "no rulebook in force"),
    ({"rulebook": "cn-leaving-city"}, 422, "says nothing of verification"),
    ({"as_of": "2999-01-01"}, 422, "lies in the future"),
]


def test_what_cannot_be_drawn_is_refused_and_nothing_recorded(
    office: Office, verifier: Caller
) -> None:
    before = office.size()

    for change, status, said in BAD:
        refused = verifier.post("/v1/draws", lot() | change)
        assert refused.status_code == status, change
        assert said in str(refused.get_json())
    assert office.size() == before


def test_a_draw_that_is_not_there_is_not_found(
    office: Office, verifier: Caller
) -> None:
    assert verifier.get("/v1/draws/none").status_code == 404
    assert verifier.get("/v1/draws/none/repetition").status_code == 404
    assert office.shen.get("/v1/draws/none").status_code in (403, 404)
