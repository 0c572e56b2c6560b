"""Breaking the glass over HTTP: in an emergency, for a while, and judged by another."""

from typing import Any

from tests.domain.cast import INSTANT
from tests.web.office import Caller, Office

GLASS = "/v1/people/shen/break-glass"
WHY = {"rulebook": INSTANT, "reason": "He is missing, and may be in danger."}


def outsider(office: Office) -> Caller:
    """Return a reviewer of the training section, who does not reach shen."""
    return office.caller("reviewer", "li", "training")


def reviewed(office: Office, **said: Any) -> Any:
    return office.caller("records_officer", "wang").post(
        f"{GLASS}/li/1/review", {"justified": True, "text": "It was urgent."} | said
    )


def test_the_glass_opens_what_lies_out_of_reach_and_says_so_in_the_log(
    office: Office,
) -> None:
    one = f"/v1/disclosures/{office.shen.file()}"
    before = outsider(office).get(one)

    broken = outsider(office).post(GLASS, WHY)
    after = outsider(office).get(one)

    assert (before.status_code, broken.status_code, after.status_code) == (
        404,
        200,
        200,
    )
    assert broken.get_json()["id"] == "li"
    events = office.desk.log.select_notifications(1, 10_000, topics=["records.read"])
    assert b'"purpose":"emergency"' in events[-1].state


def test_an_emergency_takes_a_reason_and_a_rule_that_knows_of_it(
    office: Office,
) -> None:
    silent = outsider(office).post(GLASS, {"rulebook": INSTANT, "reason": " "})
    lawless = outsider(office).post(GLASS, WHY | {"rulebook": "no-such-book"})
    nobody = outsider(office).post("/v1/people/nobody/break-glass", WHY)

    assert (silent.status_code, silent.get_json()["field"]) == (422, "reason")
    assert lawless.status_code == 404
    assert nobody.status_code == 404


def test_while_it_is_open_nothing_more_is_recorded(office: Office) -> None:
    first = outsider(office).post(GLASS, WHY).get_json()
    again = outsider(office).post(GLASS, WHY).get_json()

    assert (first["version"], again["version"], again["position"]) == (1, 1, None)


def test_another_judges_it_and_without_need_the_access_ends(office: Office) -> None:
    one = f"/v1/disclosures/{office.shen.file()}"
    outsider(office).post(GLASS, WHY)

    judged = reviewed(office, justified=False, text="Nobody was missing.")
    closed = outsider(office).get(one)
    again = outsider(office).post(GLASS, WHY)
    twice = reviewed(office)

    assert judged.status_code == 200
    assert closed.status_code == 404
    assert (again.status_code, twice.status_code) == (403, 409)
    assert "break_glass" in again.get_json()["rule"]


def test_nobody_judges_their_own_use(office: Office) -> None:
    outsider(office).post(GLASS, WHY)

    own = office.caller("records_officer", "li").post(
        f"{GLASS}/li/1/review", {"justified": True, "text": "I had to."}
    )
    unknown = office.caller("oversight").post(
        f"{GLASS}/li/7/review", {"justified": True, "text": "-"}
    )

    assert own.status_code == 403
    assert "judged by another" in own.get_json()["rule"]
    assert unknown.status_code == 404


def test_who_reads_no_files_breaks_no_glass(office: Office) -> None:
    for caller in (office.caller("hr"), office.shen, office.caller("auditor")):
        assert caller.post(GLASS, WHY).status_code in (403, 404)


def test_i2_the_glass_opens_no_matter_of_ones_own_or_of_a_superior(
    office: Office,
) -> None:
    own = outsider(office).post("/v1/people/li/break-glass", WHY)
    superior = outsider(office).post("/v1/people/zhang/break-glass", WHY)

    assert own.status_code == 403
    assert superior.status_code in (403, 404)


def test_bad_input_is_refused_by_field(office: Office) -> None:
    for body in ({}, {"rulebook": 7}, WHY | {"until": "2030-01-01"}):
        assert outsider(office).post(GLASS, body).status_code == 422
    for said in ({"justified": "yes"}, {"text": ""}, {"use": 2}):
        assert reviewed(office, **said).status_code == 422


def test_what_the_glass_opened_stays_an_emergency_whatever_else_is_said(
    office: Office,
) -> None:
    """Else nobody would find it among what is unusual."""
    one = f"/v1/disclosures/{office.shen.file()}"
    caller = outsider(office)
    caller.post(GLASS, WHY)

    sent = {"Authorization": f"Bearer {caller.token}", "Probity-Purpose": "review"}
    assert caller.client.get(one, headers=sent).status_code == 200

    events = office.desk.log.select_notifications(1, 10_000, topics=["records.read"])
    assert b'"purpose":"emergency"' in events[-1].state
