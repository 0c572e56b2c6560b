"""Histories over HTTP: all that happened, to those who may read it, on record."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest

from domain.records.reading import PersonalDataRead
from tests.domain.case.proceeding import Proceeding
from tests.web.evidence.pictures import photo
from tests.web.office import Caller, Office
from tests.web.proceedings import case, discipline, han, jia

CASE, PERSON = "/v1/history/case/C-1", "/v1/history/person/li"


@pytest.fixture(name="proceeding")
def with_a_case(office: Office) -> Proceeding:
    discipline(office)
    return case(office)


def topics(history: Any) -> list[str]:
    return [entry["topic"] for entry in history["entries"]]


def declarant(office: Office) -> Caller:
    return office.caller("declarant", "li")


def reads(office: Office) -> Iterator[PersonalDataRead]:
    recorder = office.desk.casework.recorder
    for stored in recorder.select_notifications(None, 10_000):
        record: Any = office.desk.casework.mapper.to_domain_event(stored)
        if isinstance(record.fact, PersonalDataRead):
            yield record.fact


def test_the_history_of_a_case_tells_who_did_what_by_what_rule(
    office: Office, proceeding: Proceeding
) -> None:
    proceeding.notice()

    history = han(office).read(CASE)

    assert (history["kind"], history["key"], history["person"]) == ("case", "C-1", "li")
    assert history["left_out"] == []
    first, last = history["entries"][0], history["entries"][-1]
    assert first["topic"] == "case.inquiry-opened"
    assert first["actor"] == {
        "id": "han",
        "role": "deciding_authority",
        "on_behalf_of": None,
    }
    assert first["reason"] == "it was heard of"
    assert first["cited"]["rulebook"] == "cn-governmental-sanctions"
    assert last["topic"] == "case.notice-served"
    assert last["fact"]["text"].startswith("You are said")
    assert last["because_of"] is None
    assert {c["field"] for c in last["changes"]} >= {"notice", "told"}


def test_it_links_what_caused_what(office: Office, proceeding: Proceeding) -> None:
    proceeding.notice().response().finding().decision("warning")

    entries = han(office).read(CASE)["entries"]

    places = {entry["position"]: entry for entry in entries}
    (imposed,) = [e for e in entries if e["topic"] == "sanction.imposed"]
    cause = places[imposed["because_of"]]
    assert imposed["position"] in cause["led_to"]
    assert str(imposed["causation_id"]) == cause["event_id"]
    assert imposed["kind"] == "track"


def test_all_that_is_about_a_person_stands_in_one_history(
    office: Office, proceeding: Proceeding
) -> None:
    proceeding.notice().response().finding().decision("warning")
    office.caller("declarant", "li").file()
    office.projector.catch_up()

    history = office.wang.read(PERSON)

    kinds = {entry["kind"] for entry in history["entries"]}
    assert kinds >= {"person", "disclosure", "case", "track", "proceedings"}
    positions = [entry["position"] for entry in history["entries"]]
    assert positions == sorted(positions)


def test_the_history_of_a_report_has_the_duties_it_meets(office: Office) -> None:
    name = office.shen.file()

    history = office.shen.read(f"/v1/history/disclosure/{name}")

    assert {e["kind"] for e in history["entries"]} == {"disclosure", "obligation"}
    filed = history["entries"][0]
    assert filed["led_to"]
    assert filed["fact"]["items"][0]["location"] == "Hangzhou"


def test_the_history_of_a_sanction_has_its_case(
    office: Office, proceeding: Proceeding
) -> None:
    proceeding.notice().response().finding().decision("warning")

    history = han(office).read(f"/v1/history/sanction/{proceeding.sanction}")

    assert topics(history)[0] == "case.inquiry-opened"
    assert "sanction.imposed" in topics(history)
    assert han(office).get("/v1/history/sanction/li:government:9").status_code == 404
    assert han(office).get("/v1/history/sanction/x").status_code == 404


def test_it_shows_what_is_asked_for(office: Office, proceeding: Proceeding) -> None:
    proceeding.notice()
    today = proceeding.scenario.now.date().isoformat()
    asks = han(office).read

    assert set(topics(asks(CASE, actor="jia"))) == {"case.notice-served"}
    assert topics(asks(CASE, topic="case.notice-served")) == ["case.notice-served"]
    assert topics(asks(CASE, topic="case")) == topics(asks(CASE))
    assert topics(asks(CASE, **{"from": today, "to": today})) == topics(asks(CASE))
    assert topics(asks(CASE, to="2020-01-01")) == []
    assert topics(asks(CASE, rule="cn-governmental-sanctions")) == topics(asks(CASE))
    assert topics(asks(CASE, rule="another")) == []
    assert han(office).get(CASE, colour="red").status_code == 422
    assert han(office).get(CASE, format="html").status_code == 422


def test_as_text_it_can_be_read_and_as_pdf_printed(
    office: Office, proceeding: Proceeding
) -> None:
    proceeding.notice()

    text = han(office).get(CASE, format="text")
    assert text.mimetype == "text/plain"
    assert "case.notice-served  (jia, investigator)" in text.text
    assert "* told: False -> True" in text.text
    paper = han(office).get(CASE, format="pdf")
    assert paper.mimetype == "application/pdf"
    assert BytesIO(paper.data).read(5) == b"%PDF-"
    sent = {"Authorization": f"Bearer {han(office).token}", "Accept": "text/plain"}
    assert han(office).client.get(CASE, headers=sent).text == text.text
    sent["Accept"] = "image/png"
    assert han(office).client.get(CASE, headers=sent).status_code == 406


@pytest.mark.usefixtures("proceeding")
def test_i9_it_is_read_once_on_record(office: Office) -> None:
    before = office.size()

    han(office).read(CASE)

    (read,) = reads(office)
    assert office.size() == before + 1
    assert (read.reader, read.what, read.key) == ("han", "case", "C-1")
    assert (read.persons, read.classes) == (("li",), ("restricted",))


def test_what_a_role_may_not_open_is_withheld(
    office: Office, proceeding: Proceeding
) -> None:
    proceeding.notice()

    shown = office.caller("auditor").read(CASE)["entries"][-1]

    assert shown["fact"]["text"] == {"sealed": "withheld", "class": "restricted"}


def test_what_a_role_may_not_read_is_left_out(
    office: Office, proceeding: Proceeding
) -> None:
    proceeding.notice()
    office.projector.catch_up()
    reviewer = office.caller("reviewer", "wang")

    history = reviewer.read(PERSON)

    assert "case" in history["left_out"]
    assert {e["kind"] for e in history["entries"]} == {"person", "proceedings"} - {
        "proceedings"
    }
    assert reviewer.get(CASE).status_code in (403, 404)


def test_a_case_that_one_was_not_told_of_is_not_in_ones_own_history(
    office: Office, proceeding: Proceeding
) -> None:
    jia(office).post(
        "/v1/cases/C-1/evidence",
        data={
            "file": (BytesIO(photo()), "x"),
            "kind": "photo",
            "found_on": "2021-03-09",
            "text": "handed in",
        },
    )
    office.projector.catch_up()
    li = declarant(office)

    assert {e["kind"] for e in li.read(PERSON)["entries"]} == {"person"}
    assert li.get(CASE).status_code == 404

    proceeding.notice()
    assert "case.notice-served" in topics(li.read(CASE))
    assert "case.evidence-added" not in topics(li.read(CASE))
    assert "case.inquiry-opened" not in topics(li.read(CASE))
    assert not any(entry["changes"] for entry in li.read(CASE)["entries"])
    assert {"case", "proceedings"} <= {e["kind"] for e in li.read(PERSON)["entries"]}


def test_there_is_no_history_of_what_there_is_not(office: Office) -> None:
    office.projector.catch_up()

    for name in ("case/C-9", "disclosure/D-9", "person/nobody", "sanction/a:b:1"):
        assert office.wang.get(f"/v1/history/{name}").status_code == 404
