"""Verifying over HTTP: a file from a register, a question, an answer, a finding."""

from base64 import b64encode
from datetime import UTC, datetime
from typing import Any

import pytest

from domain.record import Actor
from domain.records.exclusion import ExcludeReader
from tests.domain.verification.cast import FLAT, HOMES
from tests.web.office import Caller, Office
from tests.web.verified import homes

LAND = {
    "source": "land",
    "name": "Land register",
    "purpose": "Homes that were not declared",
    "legal_basis": "Measures of 2017, Art. 3",
}
MAPPING = """
kind = "extracts"
[extract]
rulebook = "homes"
rule = "home"
key = ["address"]
as_of = "as of"
[extract.fields]
address = "Address"
area = "Area"
"""
PEOPLE = 'kind = "people"\n[person]\nnumber = "n"\nname = "n"\n'
HEAD = "Address,Area,as of\n"
CSV = f"{HEAD}lake road 5,90.0,2026-01-01\n"
STORE = f"{CSV}Lake Road 5 (cellar),10,2026-01-01\n"
FINDING = {
    "conduct": "store",
    "class": "omission",
    "mental": "negligence",
    "standard": "preponderance",
    "reasons": "he took it for a part of the flat",
    "presumed": "parking",
    "justification": "that he forgot it, which excuses nothing",
    "disclosures": ["D-1"],
    "discrepancies": [1],
}


def verifier(office: Office) -> Caller:
    return office.caller("verifier", "wang")


@pytest.fixture(name="one")
def opened(office: Office) -> str:
    """Open a verification of Shen, who has declared a flat; the register is asked."""
    homes(office)
    assert office.caller("records_officer").post("/v1/sources", LAND).status_code == 201
    office.shen.file(FLAT, rulebook=HOMES, rule="home")
    opening = {"person": "shen", "basis": "risk", "reason": "x", "rulebook": HOMES}
    name = verifier(office).post("/v1/verifications", opening).get_json()["id"]
    verifier(office).do(f"/v1/verifications/{name}/queries", {"source": "land"})
    return f"/v1/verifications/{name}"


def file(text: str | bytes = STORE, **more: Any) -> dict[str, Any]:
    content = text.encode() if isinstance(text, str) else text
    sent = {
        "source": "land",
        "name": "land.csv",
        "content": b64encode(content).decode(),
        "mapping": MAPPING,
    }
    return sent | more


def compared(office: Office, one: str, **more: Any) -> Any:
    """Send the extract; return the discrepancies there are."""
    office.projector.catch_up()
    verifier(office).do(f"{one}/extracts", file(**more))
    return verifier(office).read(one)["discrepancies"]


def test_s5_14_an_extract_is_compared_with_what_was_declared(
    office: Office, one: str
) -> None:
    (found,) = compared(office, one)

    assert (found["kind"], found["source"]) == ("not_declared", "land")
    assert found["found"] == "address: Lake Road 5 (cellar); area: 10"
    assert (found["source_as_of"], found["resolved"]) == ("2026-01-01", None)
    assert len(found["sha256"]) == 64
    masked = office.caller("auditor").read(one)["discrepancies"][0]["found"]
    assert masked == {"sealed": "withheld", "class": "restricted"}
    assert len(verifier(office).read(one)["reports"]) == 1


def test_the_same_file_again_records_nothing(office: Office, one: str) -> None:
    compared(office, one)
    before = office.size()

    again = verifier(office).do(f"{one}/extracts", file())

    assert again["position"] is None
    # That the version was read is on record, and nothing else.
    assert office.size() == before + 1


BAD: list[tuple[dict[str, Any], int, str]] = [
    ({"content": "%%%"}, 422, "it is not base64"),
    (file(f"{HEAD}x,big,2026-01-01\n"), 422, "line 2, Area: expected a number"),
    (file(f"{HEAD}x,1\n"), 422, "line 2, row: it has 2 cells, the header 3"),
    (file(f"{HEAD}x,1,May\n"), 422, "line 2, as of: May is not a day"),
    (file("Address,Area\nx,1\n"), 422, "it has no column as of"),
    (file(HEAD), 422, "say of which one day it is: there is none"),
    (file(""), 422, "content"),
    ({"name": "land.exe"}, 422, "its name ends in none of"),
    ({"mapping": "kind = 'people'"}, 422, "person is missing"),
    ({"mapping": "people"}, 422, "it maps people, not extracts"),
    ({"mapping": PEOPLE}, 422, "it maps people, not extracts"),
    ({"mapping": "/etc/passwd"}, 422, "it is not TOML"),
    ({"mapping": MAPPING.replace("area =", "colour =")}, 422, "extract.fields.col"),
    ({"mapping": MAPPING.replace('"home"', '"boat"')}, 422, "boat is not one of"),
    ({"mapping": MAPPING.replace('"homes"', '"x"')}, 404, "no rulebook in force"),
    ({"source": "weibo"}, 403, "weibo is no declared source"),
    ({"disclosures": ["D-9"]}, 403, "D-9 is not there, or is kept"),
]


def test_what_cannot_be_read_is_named_and_nothing_is_half_done(
    office: Office, one: str
) -> None:
    office.projector.catch_up()
    version = verifier(office).read(one)["version"]
    before = office.size()

    for change, status, said in BAD:
        refused = verifier(office).post(
            f"{one}/extracts", file() | change, seen=version
        )
        assert refused.status_code == status, (change, refused.get_json())
        assert said in str(refused.get_json()), refused.get_json()
    assert office.size() == before


def test_s1_18_a_report_that_is_kept_from_the_verifier_is_not_compared(
    office: Office, one: str
) -> None:
    office.projector.catch_up()
    report = verifier(office).read("/v1/disclosures", person="shen")["rows"][0]
    kept = ExcludeReader(disclosure=report["disclosure"], superior="wang", reason="x")
    office.desk.casework.handle(
        kept, by=Actor(id="office", role="reviewer"), at=datetime.now(UTC)
    )
    office.projector.catch_up()

    refused = verifier(office).post(f"{one}/extracts", file(), seen=3)
    office.caller("verifier").do(f"{one}/extracts", file())

    assert refused.status_code == 403, refused.get_json()
    assert "kept from whoever asks" in refused.get_json()["detail"]
    # Nor do they read elsewhere what was taken from it.
    assert verifier(office).get(one).status_code == 404
    assert verifier(office).get(f"{one}/history").status_code == 404
    office.projector.catch_up()
    assert verifier(office).read("/v1/verifications")["rows"] == []
    assert len(office.caller("verifier").read("/v1/verifications")["rows"]) == 1


def test_reports_on_a_relative_have_to_be_named(office: Office, one: str) -> None:
    wife = {"relative": "wife", "relation": "spouse", "name": "Lin"}
    office.shen.post("/v1/people/shen/relatives", wife)
    opening = {"person": "shen", "basis": "risk", "reason": "x", "relative": "wife"}
    name = verifier(office).post("/v1/verifications", opening).get_json()["id"]
    hers = f"/v1/verifications/{name}"
    verifier(office).do(f"{hers}/queries", {"source": "land"})

    refused = verifier(office).post(f"{hers}/extracts", file(), seen=2)
    verifier(office).do(f"{hers}/extracts", file(disclosures=[]))

    assert refused.status_code == 422, one
    assert refused.get_json()["field"] == "disclosures"
    assert len(verifier(office).read(hers)["discrepancies"]) == 2


def test_a_report_is_checked_against_itself_and_the_one_before(
    office: Office, one: str
) -> None:
    yuan = {"price": "3", "loan": "1", "savings": "1"}
    paid = {n: {"amount": v, "currency": "CNY"} for n, v in yuan.items()}
    name = office.shen.file(FLAT | paid, rulebook=HOMES, rule="home")

    verifier(office).do(f"{one}/checks", {"disclosure": name})

    (found,) = verifier(office).read(one)["discrepancies"]
    assert (found["source"], found["declared"], found["found"]) == (
        "parts",
        "3 CNY",
        "2 CNY",
    )


def asked(office: Office, one: str) -> None:
    compared(office, one)
    question = {"text": "whose cellar is it?", "discrepancies": [1]}
    verifier(office).do(f"{one}/explanation-requests", question)


def test_s2_11_to_the_person_it_exists_when_they_are_asked(
    office: Office, one: str
) -> None:
    compared(office, one)
    assert office.shen.get(f"{one}/explanation").status_code == 404
    office.projector.catch_up()
    assert office.shen.read("/v1/explanations")["rows"] == []

    asked(office, one)

    office.projector.catch_up()
    (row,) = office.shen.read("/v1/explanations")["rows"]
    assert one.endswith(row["verification"])
    wanted = office.shen.read(f"{one}/explanation")
    assert wanted["requests"][0]["text"] == "whose cellar is it?"
    assert wanted["discrepancies"][0]["found"].startswith("address: Lake Road 5 (")
    assert office.shen.get(one).status_code == 404
    assert office.caller("declarant", "li").get(f"{one}/explanation").status_code == 404


def test_s3_14_another_person_finds_what_was_explained_and_it_ends(
    office: Office, one: str
) -> None:
    asked(office, one)
    said = office.shen.post(f"{one}/explanation", {"text": "I forgot the cellar"})
    assert said.status_code == 200, said.get_json()
    name = verifier(office).read(one)["reports"][0]
    found = FINDING | {"disclosures": [name]}

    alone = office.caller("verifier", "wang").post(f"{one}/findings", found, seen=1)
    office.caller("certifier", "chief").do(f"{one}/findings", found)
    verifier(office).do(f"{one}/conclusion", {"text": "One store was left out."})

    assert alone.status_code == 403
    shown = verifier(office).read(one)
    assert shown["explanations"][0]["text"] == "I forgot the cellar"
    assert shown["findings"][0]["class_"] == "omission"
    assert shown["discrepancies"][0]["resolved"] == "finding"
    assert (shown["concluded"], shown["text"]) == (True, "One store was left out.")


def test_t19_i5_concealment_without_reasons_on_intent_is_refused(
    office: Office, one: str
) -> None:
    asked(office, one)
    office.shen.post(f"{one}/explanation", {"text": "a friend paid for it"})
    hid = FINDING | {"class": "concealment", "mental": "intent", "disclosures": []}
    certifier = office.caller("certifier", "chief")
    version = certifier.read(one)["version"]

    refused = certifier.post(f"{one}/findings", hid, seen=version)
    certifier.do(f"{one}/findings", hid | {"on_intent": "it was paid by a contractor"})

    assert (refused.status_code, refused.get_json()["field"]) == (422, "on_intent")


def test_s1_13_what_was_explained_is_settled_without_a_finding(
    office: Office, one: str
) -> None:
    asked(office, one)
    settled = {"how": "explained", "text": "it is the landlord's"}
    early = verifier(office).post(f"{one}/discrepancies/1/resolution", settled, seen=7)
    office.shen.post(f"{one}/explanation", {"text": "it is the landlord's"})

    verifier(office).do(f"{one}/discrepancies/1/resolution", settled)

    assert early.status_code in (409, 412)
    shown = verifier(office).read(one)["discrepancies"][0]
    assert (shown["resolved"], shown["because"]) == ("explained", settled["text"])


def test_s2_14_the_verifier_is_drawn_from_those_who_may(
    office: Office, one: str
) -> None:
    lot = {"pool": ["li", "wang", "shen"], "seed": "x", "seed_from": "lottery"}
    office.caller("certifier", "wang").do(f"{one}/verifier", lot)

    assert verifier(office).read(one)["verifier"] in ("li", "wang")


def test_verifications_are_listed_as_far_as_they_have_come(
    office: Office, one: str
) -> None:
    asked(office, one)
    office.projector.catch_up()

    (row,) = verifier(office).read("/v1/verifications", unresolved="true")["rows"]
    none = verifier(office).read("/v1/verifications", basis="promotion")["rows"]
    assert (row["person"], row["name"], row["basis"]) == ("shen", "Shen", "risk")
    assert (row["discrepancies"], row["unresolved"]) == (1, 1)
    assert (row["sources"], row["concluded"]) == (["land"], False)
    assert row["answer_by"] is not None
    assert none == []
