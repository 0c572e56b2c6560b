"""Eligibility over HTTP: of one or of many, as of a day, as known at a position."""

from datetime import date

import pytest

from domain.records.reading import PersonalDataRead
from domain.sanction.facts import SanctionQuashed
from tests.domain.cast import law
from tests.domain.promotion.cast import LAW, REQUIRES
from tests.past import GOVERNMENT
from tests.web.office import Caller, Office
from tests.web.proceedings import case, discipline, today
from tests.web.sanctioning import Happened, sanctioned

SHEN = "/v1/people/shen/eligibility"
ASKED = {"rulebook": "plain", "as_of": "2021-04-01"}
NAME = "shen:government:1"


@pytest.fixture
def certifier(office: Office) -> Caller:
    """Somebody who asks of everybody, under a law that is in force."""
    discipline(office)
    law(today(office), LAW + REQUIRES)
    return office.wang


def settled(office: Office) -> int:
    """Let the read models come to the end of the log; return its position."""
    office.projector.catch_up()
    return office.size()


def demoted(office: Office) -> int:
    """Let Shen have been demoted until 20 April 2022."""
    sanctioned(office, "shen")
    return settled(office)


def test_one_is_asked_about_with_every_reason(
    office: Office, certifier: Caller
) -> None:
    position = demoted(office)

    found = certifier.read(SHEN, **ASKED)

    assert (found["position"], found["unknown"]) == (position, [])
    assert (found["ladder"], found["level"]) == ("post", "higher")
    (shen,) = found["candidates"]
    assert (shen["person"], shen["name"]) == ("shen", "Shen")
    assert (shen["result"], shen["until"]) == ("NOT_ELIGIBLE", "2022-04-20")
    reason = next(r for r in shen["reasons"] if r["source"] == "sanction")
    assert (reason["key"], reason["code"]) == (NAME, "live_sanction:demotion")
    assert (reason["effect"], len(reason["events"])) == ("bars", 1)
    assert reason["cited"]["rulebook"] == GOVERNMENT
    assert not any("score" in field for field in (*found, *shen, *reason))


def test_a_list_is_answered_in_its_order_and_who_is_out_of_reach_is_unknown(
    office: Office, certifier: Caller
) -> None:
    demoted(office)
    persons = {"persons": ["li", "nobody", "shen"]}

    found = certifier.post("/v1/eligibility", {**ASKED, **persons})

    assert found.status_code == 200
    told = found.get_json()
    results = {row["person"]: row["result"] for row in told["candidates"]}
    assert results == {"li": "ELIGIBLE", "shen": "NOT_ELIGIBLE"}
    assert (list(results), told["unknown"]) == (["li", "shen"], ["nobody"])
    narrow = office.caller("certifier", "gao", unit="training")
    none = narrow.post("/v1/eligibility", {**ASKED, "persons": ["chief"]})
    assert none.status_code == 404


def test_t10_what_was_known_then_is_still_told(
    office: Office, certifier: Caller
) -> None:
    before = demoted(office)
    fact = SanctionQuashed(
        sanction=NAME, on=date(2021, 6, 1), grounds=(), appeal="A", text="why"
    )
    happened = Happened(sanction=NAME, facts=(fact,))
    today(office).by("office", "deciding_authority").given(happened)
    settled(office)

    now = certifier.read(SHEN, **ASKED)["candidates"][0]
    then = certifier.read(SHEN, **ASKED, known_at=before)["candidates"][0]
    assert [r["code"] for r in now["reasons"]] == []
    assert (now["result"], then["result"]) == ("ELIGIBLE", "NOT_ELIGIBLE")


def test_a_declarant_does_not_learn_of_a_case_before_its_notice(
    office: Office, certifier: Caller
) -> None:
    proceeding = case(office, person="shen")
    settled(office)
    assert certifier.read(SHEN, rulebook="plain")["candidates"][0]["result"] == "HELD"
    mine = office.shen.read(SHEN, rulebook="plain")["candidates"][0]
    assert (mine["result"], mine["reasons"]) == ("ELIGIBLE", [])

    proceeding.notice()
    settled(office)
    mine = office.shen.read(SHEN, rulebook="plain")["candidates"][0]
    assert [r["code"] for r in mine["reasons"]] == ["open_case"]
    others = office.shen.get("/v1/people/li/eligibility", rulebook="plain")
    assert others.status_code == 404


def test_i9_that_it_was_asked_is_on_record_with_whom_it_was_about(
    office: Office, certifier: Caller
) -> None:
    settled(office)
    certifier.post("/v1/eligibility", {**ASKED, "persons": ["li", "shen"]})
    certifier.read(SHEN, **ASKED)

    *_, listed, one = [record.fact for record in today(office).log()]
    assert isinstance(listed, PersonalDataRead)
    assert (listed.reader, listed.persons) == ("wang", ("li", "shen"))
    assert (one.persons, one.what) == (("shen",), "eligibility")


WRONG: dict[tuple[str, str], int] = {
    ("rulebook", "none"): 404,
    ("rulebook", GOVERNMENT): 422,
    ("purpose", "glory"): 422,
    ("level", "top"): 422,
    ("ladder", "rope"): 422,
    ("as_of", "1999-01-01"): 409,
    ("as_of", "yesterday"): 422,
    ("known_at", "99999999"): 422,
    ("known_at", "noon"): 422,
}


def test_what_cannot_be_asked_is_refused_with_its_field(
    office: Office, certifier: Caller
) -> None:
    before = settled(office)

    for (field, value), status in WRONG.items():
        wrong = {**ASKED, field: value}
        for answer in (
            certifier.get(SHEN, **wrong),
            certifier.post("/v1/eligibility", {**wrong, "persons": ["shen"]}),
        ):
            told = answer.get_json()
            assert answer.status_code == status, told
            assert status != 422 or field in str(told), told
    nobody = certifier.post("/v1/eligibility", {**ASKED, "persons": []})
    assert (nobody.status_code, office.size()) == (422, before)


def test_known_at_is_text_in_json_and_anything_else_is_refused_with_its_field(
    office: Office, certifier: Caller
) -> None:
    position = settled(office)
    body = {**ASKED, "persons": ["shen"]}

    wrong: tuple[object, ...] = (0, 7, True, 1.5, [], {}, "", "7.0")
    for value in wrong:
        answer = certifier.post("/v1/eligibility", {**body, "known_at": value})
        assert answer.status_code == 422, value
        assert "known_at" in str(answer.get_json()), value
    asked = certifier.post("/v1/eligibility", {**body, "known_at": str(position)})
    assert asked.get_json()["position"] == position
