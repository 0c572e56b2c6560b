"""Boards over HTTP: convened, asked about candidates, told what is certified."""

import json
from hashlib import sha256
from io import BytesIO
from typing import Any

import pytest
from reportlab.pdfgen.canvas import Canvas

from domain.records.reading import PersonalDataRead
from tests.domain.case.proceeding import GOVERNMENT
from tests.domain.cast import SHIPPED, law
from tests.web.candidates import MEETS, candidate, hr, member, selection
from tests.web.office import Caller, Office
from tests.web.proceedings import case, han, today
from web.certificates import checks, printed

BOARD = {
    "rulebook": "cn-selection",
    "ladder": "rank",
    "level": "higher",
    "members": ["chief", "shen"],
    "meets_on": MEETS.isoformat(),
}
CANDIDACY, CERTIFICATE = "/v1/candidacies/B-li:li", "/v1/certificates/B-li:li:1"


@pytest.fixture
def ready(office: Office) -> Office:
    """An office with its law of eligibility, and Li as a candidate, certified."""
    law(today(office), SHIPPED[f"{GOVERNMENT}.toml"])
    selection(office)
    candidate(office, "li")
    office.projector.catch_up()
    return office


def convened(office: Office, **more: Any) -> str:
    response = hr(office).post("/v1/boards", BOARD | more)
    assert response.status_code == 201, response.get_json()
    return str(response.headers["Location"])


def certifier(office: Office) -> Caller:
    return office.caller("certifier", "wang")


def test_hr_convenes_a_board_and_enters_who_is_up_for_promotion(
    office: Office,
) -> None:
    selection(office)
    board = convened(office)

    entered = hr(office).post(f"{board}/candidates", {"person": "li"})
    office.projector.catch_up()

    assert entered.status_code == 201
    assert entered.headers["Location"] == f"/v1/candidacies/{board[11:]}%3Ali"
    shown = hr(office).read(board)
    assert shown["candidates"] == ["li"]
    assert shown["members"] == ["chief", "shen"]
    verification = certifier(office).read(f"/v1/verifications/{board[11:]}:li")
    assert verification["basis"] == "promotion"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"ladder": "cloud"}, "ladder"),
        ({"level": "sideways"}, "level"),
        ({"members": []}, "members"),
        ({"members": ["chief", "chief"]}, "members"),
        ({"meets_on": "2016-12-01"}, "meets_on"),
        ({"occurred_on": "2999-01-01"}, "occurred_on"),
        ({"meets_on": "soon"}, "meets_on"),
        ({"rulebook": "cn-leaving-city"}, "rulebook"),
    ],
)
def test_what_no_board_can_be_is_refused_and_says_where(
    office: Office, changes: dict[str, Any], field: str
) -> None:
    selection(office)
    before = office.size()

    refused = hr(office).post("/v1/boards", BOARD | changes)

    assert refused.status_code == 422
    assert field in str(refused.get_json())
    assert office.size() == before


def test_i7_a_member_is_told_what_is_certified_and_nothing_else(ready: Office) -> None:
    shen = member(ready)

    told = shen.read(CERTIFICATE)
    assert told["result"] == "HELD"
    assert {reason["effect"] for reason in told["reasons"]} == {"holds"}
    assert all(reason["cited"]["legal_basis"] for reason in told["reasons"])
    assert shen.read(CANDIDACY)["certificates"] == ["B-li:li:1"]
    beyond = (
        "/v1/people/li/file",
        "/v1/people/li/history",
        "/v1/verifications/B-li:li",
        "/v1/disclosures?person=li",
    )
    for path in beyond:
        assert shen.get(path).status_code in (403, 404), path


def test_i7_no_stream_is_named_to_a_member_on_screen_or_on_paper(
    ready: Office,
) -> None:
    case(ready, person="li")
    han(ready).do(f"{CANDIDACY}/recheck")
    shen, office = member(ready), certifier(ready)

    told, known = shen.read(CERTIFICATE), office.read(CERTIFICATE)
    assert told["basis"] is None
    assert len(known["basis"]) > 1
    written = json.dumps(known["basis"], sort_keys=True, separators=(",", ":"))
    digest = sha256(written.encode()).hexdigest()
    assert told["basis_sha256"] == known["basis_sha256"] == digest
    assert shen.read(CANDIDACY)["rechecked"]["changed"] is None
    assert office.read(CANDIDACY)["rechecked"]["changed"]
    on_paper = dict(checks(known))
    assert on_paper["Basis, SHA-256"] == digest
    assert not [s for s in known["basis"] if s in str(on_paper)]


def test_i7_who_sits_on_another_board_learns_of_no_candidate(ready: Office) -> None:
    wang = ready.caller("board", "wang", unit="department")

    assert wang.get(CERTIFICATE).status_code == 404
    assert wang.get(CANDIDACY).status_code == 404
    assert wang.read("/v1/boards/B-li")["candidates"] == []


@pytest.mark.parametrize(
    ("path", "what"), [(CERTIFICATE, "certificate"), ("/v1/boards/B-li", "candidacy")]
)
def test_i9_reading_who_is_a_candidate_of_what_is_on_record(
    ready: Office, path: str, what: str
) -> None:
    before = ready.size()

    member(ready).read(path)

    casework = ready.desk.casework
    (stored,) = casework.recorder.select_notifications(before + 1, 10)
    record: Any = casework.mapper.to_domain_event(stored)
    fact = record.fact
    assert isinstance(fact, PersonalDataRead)
    assert (fact.persons, fact.what, fact.purpose) == (("li",), what, "promotion")


def test_i9_a_board_without_candidates_tells_of_nobody(office: Office) -> None:
    selection(office)
    board = convened(office)
    before = office.size()

    assert hr(office).read(board)["candidates"] == []
    assert office.size() == before


def test_a_certificate_carries_the_leaf_by_which_it_is_proved(ready: Office) -> None:
    told = member(ready).read(CERTIFICATE)
    row = ready.desk.log.fetch("select_position", (told["reasons"][0]["events"][0],))

    assert len(told["digest"]) == 64
    assert told["position"] < ready.size()
    assert row


def test_it_is_printed_with_its_reasons_and_its_leaf(ready: Office) -> None:
    told = member(ready).read(CERTIFICATE)
    response = member(ready).get(f"{CERTIFICATE}/document")

    assert response.status_code == 200
    assert response.mimetype == "application/pdf"
    assert response.data.startswith(b"%PDF-")
    assert printed(told) == printed(told)
    assert len(response.data) > len(empty_page())


def empty_page() -> bytes:
    file = BytesIO()
    page = Canvas(file)
    page.showPage()
    page.save()
    return file.getvalue()


def test_a_certificate_that_was_never_issued_is_not_found(ready: Office) -> None:
    assert member(ready).get("/v1/certificates/B-li:li:9").status_code == 404
    assert member(ready).get("/v1/certificates/B-li").status_code == 404


def test_the_board_decides_once_the_verification_is_over(ready: Office) -> None:
    decision = {"recommended": True, "text": "by merit"}
    version = member(ready).read(CANDIDACY)["version"]
    held = member(ready).post(f"{CANDIDACY}/decision", decision, seen=version)
    assert held.status_code == 403
    assert "HELD" in held.get_json()["detail"]

    verifier = ready.caller("verifier", "vera")
    verifier.do("/v1/verifications/B-li:li/conclusion", {"text": "as declared"})
    certifier(ready).do(f"{CANDIDACY}/certificates")
    member(ready).do(f"{CANDIDACY}/decision", decision)

    told = member(ready).read(CANDIDACY)
    assert told["certificates"] == ["B-li:li:1", "B-li:li:2"]
    assert told["decision"]["recommended"]
    hr(ready).do("/v1/boards/B-li/conclusion")
    assert hr(ready).read("/v1/boards/B-li")["decided"]


def test_s1_13_what_was_certified_before_a_case_is_stale(ready: Office) -> None:
    case(ready, person="li")
    before = ready.size()

    refused = member(ready).post(
        f"{CANDIDACY}/decision", {"recommended": False, "text": "no"}, seen=2
    )

    assert refused.status_code == 409
    assert "new one" in refused.get_json()["detail"]
    assert ready.size() == before
    again = han(ready).do(f"{CANDIDACY}/recheck")
    assert again["version"] == 3
    assert not member(ready).read(CANDIDACY)["rechecked"]["same"]


def test_nothing_is_sealed_where_the_law_knows_no_sealed_cover(ready: Office) -> None:
    refused = member(ready).post(
        f"{CANDIDACY}/sealing", {"recommended": "recommended"}, seen=2
    )
    opened = certifier(ready).post(f"{CANDIDACY}/unsealing", {}, seen=2)

    assert (refused.status_code, opened.status_code) == (403, 409)
