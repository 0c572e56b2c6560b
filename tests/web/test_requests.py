"""Requests about one's own records, over HTTP: to see them, and to have them right."""

from datetime import UTC, date, datetime

from domain.regime.calendar import add_months
from tests.domain.cast import INSTANT
from tests.web.office import Caller, Office

ASKING = "/v1/people/shen/access-requests"
CORRECTING = "/v1/people/shen/corrections"


def officer(office: Office) -> Caller:
    return office.caller("records_officer", "wang")


def ask(caller: Caller, **more: str) -> str:
    response = caller.post(ASKING, {"rulebook": INSTANT} | more)
    assert response.status_code == 201, response.get_json()
    return f"/v1/access-requests/{response.get_json()['id']}"


def correct(office: Office, **more: str) -> str:
    body = {"disclosure": office.shen.file(), "text": "The hall was the old one."}
    response = office.shen.post(CORRECTING, body | more)
    assert response.status_code == 201, response.get_json()
    return f"/v1/corrections/{response.get_json()['id']}"


def a_month_from_now() -> date:
    return add_months(datetime.now(UTC).date(), 1)


def test_a_request_for_access_has_a_due_date_and_is_answered_once(
    office: Office,
) -> None:
    one = ask(office.shen, text="who has read my file")
    asked = office.shen.read(one)

    officer(office).do(f"{one}/answer", {"outcome": "given"})
    answered = office.shen.read(one)
    again = officer(office).post(f"{one}/answer", {"outcome": "given"}, seen=2)

    assert abs((date.fromisoformat(asked["due_on"]) - a_month_from_now()).days) <= 1
    assert asked["cited"]["rule"] == "handling.subject_access"
    assert (asked["text"], asked["answered"]) == ("who has read my file", False)
    assert (answered["outcome"], answered["answered"]) == ("given", True)
    assert (again.status_code, again.get_json()["title"]) == (
        409,
        "The matter is not at the stage for it",
    )


def test_what_is_withheld_takes_reasons_and_says_where_to_turn(office: Office) -> None:
    one = ask(office.shen)
    silent = officer(office).post(f"{one}/answer", {"outcome": "refused"}, seen=1)
    officer(office).do(
        f"{one}/answer", {"outcome": "partly", "text": "An inquiry is under way."}
    )

    shown = office.shen.read(one)
    assert (silent.status_code, silent.get_json()["field"]) == (422, "text")
    assert shown["answer"] == "An inquiry is under way."
    assert shown["turn_to"].startswith("discipline inspection organ")


def test_a_clerk_asks_on_behalf_and_nobody_else_does(office: Office) -> None:
    one = ask(office.caller("clerk"))
    (event,) = office.shen.read(f"{one}/history")["events"]
    stranger = office.caller("declarant", "li").post(ASKING, {"rulebook": INSTANT})

    assert event["actor"]["on_behalf_of"] == "shen"
    assert stranger.status_code == 404


def test_a_correction_is_granted_by_a_note_and_never_an_edit(office: Office) -> None:
    one = correct(office, field="location")
    decided = officer(office).do(
        f"{one}/decision", {"granted": True, "text": "The bill shows it."}
    )

    shown = office.shen.read(one)
    report = f"/v1/disclosures/{shown['disclosure']}"
    filed, noted = office.shen.read(f"{report}/history")["events"]
    assert decided["version"] == 2
    assert (shown["decided"], shown["granted"], shown["turn_to"]) == (True, True, None)
    assert (filed["topic"], noted["topic"]) == (
        "disclosure.filed",
        "disclosure.annotated",
    )
    assert "The bill shows it." in noted["fact"]["text"]
    assert office.shen.read(report)["items"] == filed["fact"]["items"]


def test_a_correction_that_is_refused_says_why_and_where_to_turn(
    office: Office,
) -> None:
    one = correct(office)
    officer(office).do(f"{one}/decision", {"granted": False, "text": "The bill is new"})

    shown = office.shen.read(one)
    assert (shown["granted"], shown["answer"]) == (False, "The bill is new")
    assert shown["turn_to"]


def test_one_asks_for_the_correction_of_ones_own_reports_alone(office: Office) -> None:
    others = office.caller("declarant", "li").file()
    body = {"disclosure": others, "text": "It was a funeral."}

    refused = office.shen.post(CORRECTING, body)
    unknown = office.shen.post(CORRECTING, body | {"disclosure": "none"})

    assert (refused.status_code, unknown.status_code) == (404, 404)


def test_i2_nobody_answers_their_own_request(office: Office) -> None:
    one = ask(office.shen)
    shen = office.caller("records_officer", "shen")

    refused = shen.post(f"{one}/answer", {"outcome": "given"}, seen=1)

    assert (refused.status_code, "own matter" in refused.get_json()["rule"]) == (
        403,
        True,
    )


def test_s1_21_to_others_a_request_does_not_exist(office: Office) -> None:
    for one in (ask(office.shen), correct(office)):
        for caller in (
            office.caller("declarant", "li"),
            office.caller("hr"),
            office.caller("reviewer", "li"),
        ):
            assert caller.get(one).status_code == 404
            assert caller.get(f"{one}/history").status_code == 404


def test_what_is_asked_is_masked_to_who_may_not_open_it(office: Office) -> None:
    one = ask(office.shen, text="a family matter")

    shown = office.caller("auditor").read(one)

    assert shown["text"] == {"sealed": "withheld", "class": "confidential"}


def test_a_request_sent_twice_is_made_once(office: Office) -> None:
    first, second = (
        office.shen.post(ASKING, {"rulebook": INSTANT}, key="k-1").get_json()
        for _ in range(2)
    )

    assert first == second


def test_bad_input_is_refused_by_field(office: Office) -> None:
    one = ask(office.shen)
    for path, body, field in (
        (ASKING, {}, "rulebook"),
        (ASKING, {"rulebook": "a b"}, "rulebook"),
        (CORRECTING, {"disclosure": "x"}, "text"),
    ):
        refused = office.shen.post(path, body)
        assert refused.status_code == 422
        assert field in refused.get_json()["detail"]
    outcome = officer(office).post(f"{one}/answer", {"outcome": "maybe"}, seen=1)
    assert outcome.status_code == 422
    nobody = office.shen.post(ASKING, {"rulebook": "no-such-book"})
    assert nobody.status_code == 404
