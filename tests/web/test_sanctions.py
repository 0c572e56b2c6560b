"""Sanctions over HTTP: as they stand, what becomes of them, and who sees what."""

from datetime import UTC, datetime
from typing import Any

import pytest
from msgspec.structs import replace

from domain.regime.calendar import add_months
from domain.sanction.facts import ReleaseWithheld
from tests.domain.cast import SHIPPED, law
from tests.domain.sanction.cast import PARTY
from tests.spec import Scenario
from tests.web.casing import Chamber, decision, enact
from tests.web.office import Caller, Office
from tests.web.proceedings import today
from tests.web.sanctioning import CITED, THEN, Happened, demoted, sanctioned

TODAY = datetime.now(UTC).date()
DEMOTED = "li:government:1"
ONE = f"/v1/sanctions/{DEMOTED}"
TASK = {"task": "compensate_pay", "text": "Paid in May."}


@pytest.fixture
def chamber(office: Office) -> Chamber:
    enact(office)
    return Chamber(office)


@pytest.fixture
def register(office: Office) -> Office:
    """Li was demoted in 2020, with all that may follow, and admonished."""
    enact(office)
    sanctioned(office, "li")
    office.projector.catch_up()
    return office


def han(office: Office) -> Caller:
    return office.caller("deciding_authority", "han", "department")


def rows(caller: Caller, path: str, **query: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = caller.read(path, **query)["rows"]
    return found


def test_a_decision_imposes_a_sanction_that_is_shown_with_rule_and_reasons(
    chamber: Chamber,
) -> None:
    chamber.decided()

    shown = chamber.han.read(ONE)
    assert (shown["track"], shown["kind"], shown["status"]) == (
        "government",
        "demerit",
        "running",
    )
    assert shown["until_on"] == add_months(TODAY, 12).isoformat()
    assert shown["determined"][0]["conduct"] == "trip-2020"
    assert shown["text"] == "It weighs."
    assert "Art. 8 (12 months)" in shown["cited"]["legal_basis"]
    assert (shown["reparations"], shown["change"], shown["withheld"]) == (
        [],
        None,
        None,
    )


def test_t3_a_period_outside_of_the_range_is_told_with_field_and_rule(
    chamber: Chamber,
) -> None:
    case = chamber.found()
    asked = decision(case)
    asked["sanctions"][0]["period"] = "18M"

    refused = chamber.try_(chamber.han, f"{case}/decision", asked)
    assert refused.status_code == 422
    assert "18M is not 12M" in refused.get_json()["detail"]
    assert "Art. 15" in str(refused.get_json())
    assert chamber.han.get(ONE).status_code == 404


def test_the_person_sees_their_own_sanction_and_nobody_elses(register: Office) -> None:
    li, other = (register.caller("declarant", who) for who in ("li", "shen"))

    assert li.read(ONE)["kind"] == "demotion"
    assert [row["sanction"] for row in rows(li, "/v1/sanctions")] == [DEMOTED]
    assert other.get(ONE).status_code == 404
    assert rows(other, "/v1/sanctions") == []
    assert other.get("/v1/people/li/sanctions").status_code == 404


def test_the_history_is_of_the_one_sanction(register: Office) -> None:
    events = han(register).read(f"{ONE}/history")["events"]
    assert [event["topic"] for event in events] == [
        "sanction.imposed",
        "sanction.personnel-change-ordered",
        "sanction.reparation-ordered",
    ]


@pytest.mark.parametrize(
    "path",
    [
        "/v1/sanctions/li:government:2",
        "/v1/sanctions/li:government:m1",
        "/v1/sanctions/li:party:1",
        "/v1/sanctions/li",
        "/v1/sanctions/li:government:2/history",
        "/v1/measures/li:government:1",
        "/v1/measures/li:government:m2",
    ],
)
def test_what_there_is_not_is_not_found(register: Office, path: str) -> None:
    assert han(register).get(path).status_code == 404


def test_all_that_stands_against_a_person_is_shown_by_track(register: Office) -> None:
    shown = han(register).read("/v1/people/li/sanctions")

    (track,) = shown["tracks"]
    assert (shown["number"], track["track"]) == ("li", "government")
    assert [each["sanction"] for each in track["sanctions"]] == [DEMOTED]
    assert [each["not_a_sanction"] for each in track["measures"]] == [True]
    assert han(register).read("/v1/people/wang/sanctions")["tracks"] == []


def test_the_register_is_narrowed_by_person_track_status_and_end(
    register: Office,
) -> None:
    asker = han(register)

    def found(**query: Any) -> int:
        return len(rows(asker, "/v1/sanctions", **query))

    assert found() == found(person="li", unit="training") == found(track="government")
    assert found(status="running") == found(until_to="2022-04-20") == 1
    assert found(track="party") == found(status="quashed") == 0
    assert found(until_to="2022-04-19") == found(unit="department", person="wang") == 0


def test_hr_sees_what_is_to_be_done_by_when_and_not_why(register: Office) -> None:
    hr = register.caller("hr")

    (row,) = rows(hr, "/v1/personnel-changes")
    assert (row["person"], row["kind"], row["due_on"]) == (
        "li",
        "demotion",
        "2020-05-20",
    )
    assert not {"text", "case", "cited", "determined"} & set(row)
    assert hr.get(ONE).status_code == 404
    assert hr.get("/v1/sanctions").status_code == 403


def test_hr_says_once_that_it_was_carried_out(register: Office) -> None:
    hr, done = register.caller("hr"), {"text": "Lowered from May on."}

    assert hr.post(f"{ONE}/personnel-change", done).status_code == 200
    register.projector.catch_up()
    assert rows(hr, "/v1/personnel-changes") == []
    (row,) = rows(hr, "/v1/personnel-changes", all=True)
    assert (row["stage"], row["done_on"]) == ("done", TODAY.isoformat())
    assert hr.post(f"{ONE}/personnel-change", done).status_code == 404
    assert hr.post(f"{ONE}/personnel-change", {}).status_code == 422


def test_i17_what_is_to_be_made_good_is_listed_until_it_is_done(
    register: Office,
) -> None:
    asker = han(register)
    (row,) = rows(asker, "/v1/reparations", due_before="2020-06-21")
    assert (row["task"], row["due_on"]) == ("compensate_pay", "2020-06-20")
    assert rows(asker, "/v1/reparations", due_before="2020-06-20") == []

    asker.do(f"{ONE}/reparations", TASK)
    register.projector.catch_up()
    assert rows(asker, "/v1/reparations") == []
    assert asker.read(ONE)["reparations"] == []


def test_what_is_over_is_released_by_hand_and_leaves_the_list(
    register: Office,
) -> None:
    asker = han(register)
    asker.do(f"{ONE}/release", {"reason": "Nothing is against it."})
    register.projector.catch_up()

    assert asker.read(ONE)["status"] == "released"
    assert rows(asker, "/v1/sanctions") == []
    (row,) = rows(asker, "/v1/sanctions", all=True)
    assert row["released_on"] == TODAY.isoformat()


def test_what_runs_is_not_released_and_has_no_rights_to_restore(
    chamber: Chamber,
) -> None:
    chamber.decided()
    han_, seen = chamber.han, chamber.han.read(ONE)["version"]

    early = han_.post(f"{ONE}/release", seen=seen)
    rights = han_.post(f"{ONE}/rights", seen=seen)
    foretold = han_.post(f"{ONE}/rights", {"on": "soon"}, seen=seen)

    assert (early.status_code, rights.status_code) == (409, 409)
    assert "Art. 26" in early.get_json()["rule"]
    assert "no rights to restore" in rights.get_json()["detail"]
    assert foretold.status_code == 422
    assert han_.read(ONE)["version"] == seen


def test_i2_whoever_is_sanctioned_changes_nothing_about_it(register: Office) -> None:
    li = register.caller("deciding_authority", "li", "department")
    assert li.post(f"{ONE}/release", seen=4).status_code == 403


def test_t16_the_person_is_not_told_of_a_case_that_they_may_not_know(
    register: Office,
) -> None:
    withheld = ReleaseWithheld(sanction=DEMOTED, on=TODAY, case="C-9", cited=CITED)
    happened = Happened(sanction=DEMOTED, facts=(withheld,))
    today(register).by("scheduler", "scheduler").given(happened)
    li, han_ = register.caller("declarant", "li"), han(register)

    assert li.read(ONE)["status"] == "withheld"
    assert li.read(ONE)["withheld"]["case"] is None
    assert han_.read(ONE)["withheld"]["case"] == "C-9"
    assert "C-9" not in str(li.read(f"{ONE}/history"))
    assert "C-9" in str(han_.read(f"{ONE}/history"))


def test_pages_follow_one_another(register: Office) -> None:
    for person in ("wang", "shen", "zhang"):
        sanctioned(register, person)
    register.projector.catch_up()
    auditor = register.caller("auditor")

    for path in ("/v1/sanctions", "/v1/measures", "/v1/reparations"):
        first = auditor.read(path, limit=2)
        rest = auditor.read(path, limit=2, cursor=first["next"])
        people = [row["person"] for page in (first, rest) for row in page["rows"]]
        assert sorted(people) == ["li", "shen", "wang", "zhang"]
        assert rest["next"] is None
        assert auditor.get(path, cursor="x").status_code == 422


def test_t8_rights_are_restored_over_http(register: Office) -> None:
    probation = replace(
        demoted("wang:party:1", "wang").terms,
        until_on=None,
        term_until=THEN,
        cited=replace(CITED, rulebook=PARTY, version=1),
        kind="probation",
        period="2Y",
    )
    law(Scenario(register.desk.casework), SHIPPED[f"{PARTY}-v1.toml"])
    fact = replace(demoted("wang:party:1", "wang"), track="party", terms=probation)
    happened = Happened(sanction="wang:party:1", facts=(fact,))
    today(register).by("office", "deciding_authority").given(happened)

    one, asker = "/v1/sanctions/wang:party:1", han(register)
    asker.do(f"{one}/rights", {"on": "2021-02-03"})
    shown = asker.read(one)
    assert (shown["restored_on"], shown["until_on"]) == ("2021-02-03", "2023-02-03")
