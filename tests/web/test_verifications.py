"""Verifications over HTTP: of covered persons alone, by declared sources alone."""

from typing import Any

from tests.domain.cast import INSTANT
from tests.web.office import Caller, Office

LAND = {
    "source": "land-register",
    "name": "Land register of the province",
    "purpose": "Homes that were not declared",
    "legal_basis": "Art. 12 of the provincial regulation",
}
OPENING = {"person": "shen", "basis": "random", "reason": "drawn on 3 May"}
ASK = {"source": "land-register"}


def verifier(office: Office) -> Caller:
    return office.caller("verifier", "wang")


def officer(office: Office) -> Caller:
    return office.caller("records_officer", "wang")


def declared(office: Office) -> Caller:
    """Declare the land register; return the verifier."""
    assert officer(office).post("/v1/sources", LAND).status_code == 201
    return verifier(office)


def opened(caller: Caller, **more: Any) -> str:
    response = caller.post("/v1/verifications", OPENING | more)
    assert response.status_code == 201, response.get_json()
    return f"/v1/verifications/{response.get_json()['id']}"


def test_s2_03_a_source_that_was_not_declared_is_not_asked(office: Office) -> None:
    one = opened(declared(office))

    other = verifier(office).post(f"{one}/queries", {"source": "weibo"}, seen=1)
    asked = verifier(office).post(f"{one}/queries", ASK, seen=1)

    assert (other.status_code, asked.status_code) == (403, 200)
    assert "declared source" in other.get_json()["rule"]
    assert verifier(office).read(one)["asked"] == ["land-register"]


def test_s2_03_a_source_that_was_withdrawn_is_not_asked_any_more(
    office: Office,
) -> None:
    one = opened(declared(office))
    officer(office).do("/v1/sources/land-register/withdrawal")

    refused = verifier(office).post(f"{one}/queries", ASK, seen=1)

    assert refused.status_code == 403
    assert officer(office).get("/v1/sources/land-register").status_code == 404


def test_s2_03_a_source_says_what_it_may_be_asked_for_and_by_what_law(
    office: Office,
) -> None:
    declared(office)

    shown = office.caller("auditor").read("/v1/sources/land-register")
    changed = officer(office).post("/v1/sources", LAND | {"purpose": "Anything"})

    assert {name: shown[name] for name in ("name", "purpose", "legal_basis")} == {
        name: LAND[name] for name in ("name", "purpose", "legal_basis")
    }
    assert changed.status_code == 409


def test_s2_11_who_is_not_registered_is_not_verified(office: Office) -> None:
    refused = verifier(office).post(
        "/v1/verifications", OPENING | {"person": "citizen"}
    )

    assert refused.status_code == 403
    assert "covered persons" in refused.get_json()["rule"]


def test_s2_11_nor_is_a_relative_whom_nobody_declared(office: Office) -> None:
    undeclared = verifier(office).post(
        "/v1/verifications", OPENING | {"relative": "wife"}
    )
    wife = {"relative": "wife", "relation": "spouse", "name": "Lin"}
    office.shen.post("/v1/people/shen/relatives", wife)

    one = opened(verifier(office), relative="wife")

    assert undeclared.status_code == 403
    assert verifier(office).read(one)["relative"] == "wife"


def test_what_it_came_to_is_sealed_and_ends_it(office: Office) -> None:
    one = opened(declared(office))
    ended = verifier(office).post(
        f"{one}/conclusion", {"text": "Two homes, one declared."}, seen=1
    )
    again = verifier(office).post(f"{one}/queries", ASK, seen=2)

    shown = verifier(office).read(one)
    masked = office.caller("auditor").read(one)
    assert (ended.status_code, again.status_code) == (200, 409)
    assert (shown["concluded"], shown["text"]) == (True, "Two homes, one declared.")
    assert masked["text"] == {"sealed": "withheld", "class": "restricted"}


def test_i2_nobody_verifies_themselves(office: Office) -> None:
    own = verifier(office).post("/v1/verifications", OPENING | {"person": "wang"})

    assert own.status_code == 403
    assert "own matter" in own.get_json()["rule"]


def test_s1_21_to_others_and_to_the_person_a_verification_does_not_exist(
    office: Office,
) -> None:
    one = opened(verifier(office))

    for caller in (
        office.shen,
        office.caller("hr"),
        office.caller("reviewer", "li"),
        office.caller("verifier", "shen"),
        office.caller("verifier", "li", "training"),
    ):
        assert caller.get(one).status_code in (403, 404)
        assert caller.get(f"{one}/history").status_code in (403, 404)
    assert office.shen.get(one).status_code == 404


def test_bad_input_is_refused_by_field(office: Office) -> None:
    for body, field in (
        (OPENING | {"basis": "curiosity"}, "basis"),
        (OPENING | {"reason": " "}, "reason"),
        ({"person": "shen"}, "basis"),
        (OPENING | {"person": 7}, "person"),
        (OPENING | {"rulebook": INSTANT}, "rulebook"),
    ):
        refused = verifier(office).post("/v1/verifications", body)
        assert refused.status_code == 422, body
        assert field in str(refused.get_json())


def test_s2_03_declared_sources_are_listed(office: Office) -> None:
    declared(office)
    office.projector.catch_up()
    (listed,) = verifier(office).read("/v1/sources")
    assert listed == LAND
    office.caller("records_officer").do("/v1/sources/land-register/withdrawal")
    office.projector.catch_up()
    assert verifier(office).read("/v1/sources") == []
