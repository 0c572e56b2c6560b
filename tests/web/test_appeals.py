"""Appeals over HTTP: lodged in time, decided by others, and listed when nobody does."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from tests.domain.case.proceeding import Proceeding
from tests.web.casing import Chamber, enact
from tests.web.office import Caller, Office
from tests.web.proceedings import today
from tests.web.recourse import Lodged, lodged

TODAY = datetime.now(UTC).date()
PROCEDURE = {
    "outcome": "quashed",
    "grounds": ["procedure"],
    "text": "Nobody asked him.",
}


@pytest.fixture
def chamber(office: Office) -> Chamber:
    enact(office)
    return Chamber(office)


def ou(office: Office) -> Caller:
    return office.caller("oversight", "ou")


def mu(office: Office, who: str = "mu") -> Caller:
    return office.caller("appeal_panel", who, "department")


def served(chamber: Chamber) -> str:
    """Return the id of Li's case, in which a demerit was decided and served."""
    case = chamber.decided()
    chamber.han.do(f"{case}/service", {"how": "in_person"})
    return case.rpartition("/")[2]


def asking(case: str, **more: Any) -> dict[str, Any]:
    usual = {"person": "li", "case": case, "stage": "review", "text": "It was not me."}
    return usual | more


def lodge(chamber: Chamber, **more: Any) -> str:
    """Let Li ask for a review; return the path of the appeal."""
    response = chamber.li.post("/v1/appeals", asking(served(chamber), **more))
    assert response.status_code == 201, response.get_json()
    return f"/v1/appeals/{response.get_json()['id']}"


def before_panel(chamber: Chamber) -> str:
    appeal = lodge(chamber)
    named = {"members": ["mu", "ning"], "authority": "supervisory commission"}
    ou(chamber.office).do(f"{appeal}/panel", named)
    return appeal


def test_a_review_is_lodged_heard_decided_served_and_carried_out(
    chamber: Chamber,
) -> None:
    appeal, panel = before_panel(chamber), mu(chamber.office)
    heard = {"held_on": TODAY.isoformat(), "text": "Li was at home."}
    panel.do(f"{appeal}/hearings", heard)
    panel.do(f"{appeal}/stay", {"stayed": True, "text": "It cannot be undone."})
    assert panel.read(appeal)["stayed"] is True
    panel.do(f"{appeal}/decision", PROCEDURE)
    panel.do(f"{appeal}/service", {"how": "by_post"})

    shown = chamber.li.read(appeal)
    assert (shown["decision"]["outcome"], shown["stayed"]) == ("quashed", False)
    assert shown["decision"]["text"] == PROCEDURE["text"]
    assert shown["hearings"][0]["text"] == "Li was at home."
    assert list(shown["appeal_by"]) == ["re_review"]
    assert shown["cited"]["rule"] == "appeals.review"


def test_i17_quashed_it_is_carried_out_when_all_has_been_made_good(
    chamber: Chamber,
) -> None:
    appeal = before_panel(chamber)
    mu(chamber.office).do(f"{appeal}/decision", PROCEDURE)
    done = {"on": TODAY.isoformat(), "text": "All is paid."}

    waiting = chamber.han.post(f"{appeal}/implementation", done, seen=3)
    sanction = "/v1/sanctions/li:government:1"
    tasks = [task["task"] for task in chamber.han.read(sanction)["reparations"]]
    for task in tasks:
        chamber.han.do(f"{sanction}/reparations", {"task": task, "text": "done"})
    chamber.han.do(f"{appeal}/implementation", done)

    assert waiting.status_code == 409
    assert len(waiting.get_json()["gaps"]) == len(tasks) > 0
    assert chamber.li.read(appeal)["implementation"]["reparations"] == tasks


def test_s2_09_who_acted_in_the_case_is_not_named_to_its_panel(
    chamber: Chamber,
) -> None:
    appeal = lodge(chamber)

    for who in ("han", "jia", "luo", "li"):
        named = {"members": ["mu", who], "authority": "commission"}
        refused = ou(chamber.office).post(f"{appeal}/panel", named, seen=1)
        assert refused.status_code == 403
        assert "S2-09" in refused.get_json()["rule"]
    assert ou(chamber.office).read(appeal)["members"] == []


def test_i3_a_heavier_kind_is_refused_with_the_article(chamber: Chamber) -> None:
    appeal = before_panel(chamber)
    heavier = {"outcome": "varied", "grounds": ["law"], "kind": "removal", "text": "x"}

    refused = mu(chamber.office).post(f"{appeal}/decision", heavier, seen=2)

    assert refused.status_code == 403
    assert "heavier" in refused.get_json()["rule"]
    assert mu(chamber.office).read(appeal)["decision"] is None


def test_out_of_time_it_is_told_of_the_last_day_and_of_the_excuse(
    chamber: Chamber,
) -> None:
    past = today(chamber.office).on(TODAY - timedelta(days=90))
    case = served_on(past.now.date(), chamber)

    late = chamber.li.post("/v1/appeals", asking(case))
    hindered = {
        "obstacle_until": (TODAY - timedelta(days=1)).isoformat(),
        "excuse": "in hospital",
    }
    excused = chamber.li.post("/v1/appeals", asking(case, **hindered))

    assert late.status_code == 409
    assert late.get_json()["type"].endswith("out-of-time")
    assert "within 10wd of its end" in late.get_json()["detail"]
    appeal = f"/v1/appeals/{excused.get_json()['id']}"
    shown = chamber.li.read(appeal)
    assert (shown["late"], shown["excused"]) == (True, False)
    decide_lateness(chamber, appeal)


def decide_lateness(chamber: Chamber, appeal: str) -> None:
    named = {"members": ["mu"], "authority": "supervisory commission"}
    ou(chamber.office).do(f"{appeal}/panel", named)
    panel = mu(chamber.office)
    early = panel.post(f"{appeal}/decision", PROCEDURE, seen=2)
    panel.do(f"{appeal}/excuse", {"text": "He was in hospital."})
    again = panel.post(f"{appeal}/rejection", {"text": "x"}, seen=3)
    assert (early.status_code, again.status_code) == (409, 409)
    assert panel.read(appeal)["excused"] is True


def served_on(day: date, chamber: Chamber) -> str:
    case = Proceeding(today(chamber.office), on=day, case="C-old", conduct="trip")
    case.inquiry().investigation().notice().waiver().finding()
    case.decision("demerit").served()
    return "C-old"


def test_bad_input_is_refused_by_field_and_leaves_no_trace(chamber: Chamber) -> None:
    case, before = served(chamber), chamber.office.size()
    for body, field in (
        (asking(case, stage="court"), "stage"),
        (asking(case, text=""), "text"),
        (asking(case, received_on="yesterday"), "received_on"),
        (asking(case, outcome="quashed"), "outcome"),
    ):
        refused = chamber.li.post("/v1/appeals", body)
        assert refused.status_code == 422, body
        assert field in str(refused.get_json())
    unknown = chamber.li.post("/v1/appeals", asking("C-9"))
    assert unknown.status_code == 404
    named = chamber.li.post("/v1/appeals", asking(case, sanction="li"))
    assert named.status_code == 404
    assert chamber.office.size() == before


def test_s1_21_to_others_an_appeal_does_not_exist(chamber: Chamber) -> None:
    appeal, office = lodge(chamber), chamber.office

    for caller in (office.caller("hr"), office.caller("clerk"), office.wang):
        known = caller is office.wang
        assert (caller.get(appeal).status_code == 200) is known
    assert office.shen.get(appeal).status_code == 404
    assert office.shen.post("/v1/appeals", asking("C-1")).status_code == 404


def listed(caller: Caller, **query: Any) -> list[str]:
    return [row["appeal"] for row in caller.read("/v1/appeals", **query)["rows"]]


def overdue(office: Office) -> None:
    """Let two appeals be pending, and one of them for too long."""
    enact(office)
    scenario = today(office)
    for person, by in (("li", TODAY - timedelta(days=1)), ("wang", TODAY)):
        fact = lodged(person, f"A-{person}", decide_by=by, case="C")
        scenario.declarant(person).given(Lodged(fact=fact))
    office.projector.catch_up()


def test_s2_13_what_nobody_decided_in_time_is_listed_for_oversight(
    office: Office,
) -> None:
    overdue(office)

    assert listed(ou(office)) == ["A-li", "A-wang"]
    (row,) = ou(office).read("/v1/appeals", overdue="true")["rows"]
    assert (row["appeal"], row["overdue"], row["state"]) == ("A-li", True, "pending")
    assert listed(ou(office), stage="direct") == []


def test_a_panel_finds_what_it_is_to_decide_and_a_person_their_own(
    office: Office,
) -> None:
    overdue(office)
    named = {"members": ["mu"], "authority": "supervisory commission"}
    ou(office).do("/v1/appeals/A-wang/panel", named)
    office.projector.catch_up()

    assert listed(mu(office), member="mu") == ["A-wang"]
    assert listed(office.caller("declarant", "li")) == ["A-li"]
    assert listed(office.caller("appeal_panel", "mu")) == []


def test_the_list_comes_in_pages_and_refuses_another_cursor(office: Office) -> None:
    overdue(office)

    first = ou(office).read("/v1/appeals", limit=1)
    second = ou(office).read("/v1/appeals", limit=1, cursor=first["next"])

    assert [r["appeal"] for r in second["rows"]] == ["A-wang"]
    assert second["next"] is None
    assert ou(office).get("/v1/appeals", cursor="x").status_code == 422


def test_what_becomes_of_an_appeal_is_in_the_list(chamber: Chamber) -> None:
    appeal = before_panel(chamber)
    panel, office = mu(chamber.office), chamber.office
    longer = {"decide_by": TODAY.isoformat(), "text": "x"}
    assert panel.post(f"{appeal}/extensions", longer, seen=2).status_code == 409
    panel.do(f"{appeal}/decision", PROCEDURE | {"pronounced": True})
    office.projector.catch_up()

    assert listed(ou(office)) == []
    (row,) = ou(office).read("/v1/appeals", all="true", person="li")["rows"]
    assert (row["state"], row["outcome"]) == ("decided", "quashed")
    assert row["served_on"] == TODAY.isoformat()
    assert (row["authority"]["sealed"], row["members"]) == ("withheld", ["mu", "ning"])
    (own,) = panel.read("/v1/appeals", all="true", person="li")["rows"]
    assert own["authority"] == "supervisory commission"
