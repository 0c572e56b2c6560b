"""Holds over HTTP: S2-10, a document is not issued before the tax is paid."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from domain.holding.placing import PlaceHold
from tests.domain.cast import SHIPPED, law
from tests.web.office import Caller, Office
from tests.web.proceedings import today
from tests.web.recourse import DEBT, SELECTION

TODAY = datetime.now(UTC).date()
REVIEW = TODAY + timedelta(days=60)
ISSUE = {"type": "document", "target": "deed-17"}
CLEARANCE = "/v1/people/li/clearances"


@pytest.fixture
def office(office: Office) -> Office:
    law(today(office), SHIPPED[f"{SELECTION}.toml"])
    return office


def body(**more: Any) -> dict[str, Any]:
    return DEBT | {"person": "li", "review_on": REVIEW.isoformat()} | more


def held(office: Office, *without: str, **more: Any) -> str:
    """Hold Li's deed; return the path of the hold."""
    asked = {n: said for n, said in body(**more).items() if n not in without}
    response = office.wang.post("/v1/action-holds", asked)
    assert response.status_code == 201, response.get_json()
    return f"/v1/action-holds/{response.get_json()['id']}"


def chief(office: Office) -> Caller:
    return office.caller("deciding_authority", "han", "department")


def hr(office: Office) -> Caller:
    return office.caller("hr")


def test_s2_10_a_held_document_is_refused_with_all_that_is_why(office: Office) -> None:
    held(office)

    refused = hr(office).post(CLEARANCE, ISSUE)

    said = refused.get_json()
    assert refused.status_code == 409
    for word in ("tax_debt", DEBT["text"], DEBT["release"], REVIEW.isoformat()):
        assert word in said["detail"]
    assert "holds.document" in said["rule"]


def test_i9_who_is_told_why_it_is_held_has_read_it(office: Office) -> None:
    held(office)
    hr(office).post(CLEARANCE, ISSUE)
    office.projector.catch_up()

    reads = office.caller("auditor").read("/v1/access-log", person="li")["rows"]
    assert ("hold", "the hr") in {(row["what"], row["reader"]) for row in reads}


def test_s2_10_once_the_debt_is_paid_and_the_hold_lifted_it_is_issued(
    office: Office,
) -> None:
    hold = held(office)
    office.wang.do(f"{hold}/lift", {"text": "Paid on Monday."})

    assert hr(office).post(CLEARANCE, ISSUE).status_code == 200
    assert office.wang.read(hold)["lifted_on"] == TODAY.isoformat()


def test_two_people_let_one_action_past_a_hold_once(office: Office) -> None:
    hold = held(office)
    asked = {"target": "deed-17", "text": "A child is ill abroad."}
    office.wang.do(f"{hold}/overrides", asked)
    (proposed,) = office.wang.read(hold)["proposed"]
    agreement = f"{hold}/overrides/{proposed['override']}/agreement"

    alone = office.wang.post(agreement, {"text": "x"}, seen=2)
    chief(office).do(agreement, {"text": "It cannot wait."})
    shown = office.wang.read(hold)
    done, again = (hr(office).post(CLEARANCE, ISSUE) for _ in range(2))

    assert alone.status_code == 403
    assert [each["target"] for each in shown["overridden"]] == ["deed-17"]
    assert (done.status_code, again.status_code) == (200, 409)


def test_i8_a_hold_is_shown_with_reason_release_and_review_to_the_person(
    office: Office,
) -> None:
    hold = held(office)
    office.wang.do(f"{hold}/notice", {})
    later = (REVIEW + timedelta(days=10)).isoformat()
    office.wang.do(f"{hold}/reviews", {"review_on": later, "text": "Not paid yet."})

    shown = office.caller("declarant", "li").read(hold)
    assert (shown["text"], shown["release"]) == (DEBT["text"], DEBT["release"])
    assert (shown["review_on"], shown["notified_on"], shown["overdue"]) == (
        later,
        TODAY.isoformat(),
        False,
    )
    assert shown["cited"]["rule"] == "holds.document"


def test_s1_21_of_a_hold_that_one_was_not_told_of_one_is_shown_nothing(
    office: Office,
) -> None:
    held(office)
    told = held(office, target="deed-18")
    untold = "/v1/action-holds/li:1"
    override = {"target": "deed-17", "text": "A child is ill abroad."}
    office.wang.do(f"{untold}/overrides", override)
    chief(office).do(f"{untold}/overrides/li:1:1/agreement", {"text": "Agreed."})
    assert hr(office).post(CLEARANCE, ISSUE).status_code == 200
    office.wang.do(f"{told}/notice", {})
    office.projector.catch_up()
    li = office.caller("declarant", "li")

    assert (li.get(untold).status_code, li.get(f"{untold}/history").status_code) == (
        404,
        404,
    )
    rows = li.read("/v1/action-holds", person="li")["rows"]
    assert [row["hold"] for row in rows] == ["li:2"]
    own = [e for e in history_of(li) if e["kind"] == "holds"]
    assert [e["fact"]["hold"] for e in own] == ["li:2", "li:2"]
    assert "hold.overridden" in {e["topic"] for e in history_of(office.wang)}

    office.wang.do(f"{untold}/notice", {})
    assert li.read(untold)["text"] == DEBT["text"]
    assert "hold.action-cleared" in {e["topic"] for e in history_of(li)}


def history_of(caller: Caller) -> Any:
    return caller.read("/v1/history/person/li")["entries"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": ""},
        {"text": " "},
        {"release": None},
        {"review_on": TODAY.isoformat()},
        {"review_on": "2099-01-01"},
        {"basis": "envy"},
        {"type": "speech"},
        {"target": ""},
        {"rank": 7},
    ],
)
def test_s5_20_without_reason_or_an_end_it_is_refused_by_field(
    office: Office, wrong: dict[str, Any]
) -> None:
    before = office.size()
    refused = office.wang.post("/v1/action-holds", body(**wrong))

    assert refused.status_code == 422
    assert next(iter(wrong)) in str(refused.get_json())
    assert office.size() == before


def test_what_is_not_there_is_not_there(office: Office) -> None:
    held(office)

    for key in ("li:7", "li", "wang:1"):
        assert office.wang.get(f"/v1/action-holds/{key}").status_code == 404
        assert office.wang.get(f"/v1/action-holds/{key}/history").status_code == 404
        lift = office.wang.post(f"/v1/action-holds/{key}/lift", {"text": "x"}, seen=1)
        assert lift.status_code == 404
    assert office.wang.post("/v1/action-holds", body(rulebook="x")).status_code == 404
    assert (
        office.wang.post("/v1/action-holds", body(person="nobody")).status_code == 404
    )


def test_a_holds_history_is_its_own_and_i9_sealed_for_who_may_not_read_it(
    office: Office,
) -> None:
    first, second = held(office), held(office, target="deed-18")
    office.wang.do(f"{second}/notice", {})

    events = office.wang.read(f"{first}/history")["events"]
    masked = office.caller("auditor").read(first)

    assert [event["topic"] for event in events] == ["hold.placed"]
    assert masked["text"] == {"sealed": "withheld", "class": "restricted"}


def rows(caller: Caller, **query: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = caller.read("/v1/action-holds", **query)["rows"]
    return found


def test_i8_what_nobody_reviewed_in_time_is_listed_and_still_holds(
    office: Office,
) -> None:
    day = TODAY - timedelta(days=80)
    past = PlaceHold(person="li", review_on=TODAY - timedelta(days=1), **DEBT)
    today(office).on(day).by("wang", "certifier").given(past)
    held(office)
    office.projector.catch_up()

    (row,) = rows(office.wang, overdue="true")
    assert (row["hold"], row["basis"], row["overdue"]) == ("li:1", "tax_debt", True)
    assert office.wang.read("/v1/action-holds/li:1")["overdue"] is True
    assert [r["hold"] for r in rows(office.wang)] == ["li:1", "li:2"]
    assert hr(office).post(CLEARANCE, ISSUE).status_code == 409


def test_what_was_lifted_is_listed_where_that_is_asked_for(office: Office) -> None:
    hold = held(office)
    office.wang.do(f"{hold}/lift", {"text": "Paid."})
    office.projector.catch_up()

    assert rows(office.wang) == []
    assert [r["lifted_on"] for r in rows(office.wang, all="true", person="li")] == [
        TODAY.isoformat()
    ]


def test_the_list_narrows_by_type_and_unit_and_comes_in_pages(office: Office) -> None:
    held(office)
    held(office, "target", type="exit", basis="court_order")
    office.projector.catch_up()

    first = office.wang.read("/v1/action-holds", limit=1)
    second = office.wang.read("/v1/action-holds", limit=1, cursor=first["next"])
    assert [r["hold"] for r in first["rows"] + second["rows"]] == ["li:1", "li:2"]
    assert [r["hold"] for r in rows(office.wang, type="exit")] == ["li:2"]
    assert len(rows(office.wang, unit="training")) == len(["li:1", "li:2"])
    assert office.wang.get("/v1/action-holds", type="speech").status_code == 422
    assert office.wang.get("/v1/action-holds", cursor="x").status_code == 422
