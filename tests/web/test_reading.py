"""What an answer tells: opened for whoever may, once that is on record (S1-21, I9)."""

from typing import Any

import pytest
from werkzeug.test import TestResponse

from domain.records.reading import PersonalDataRead
from projections.postgres.address import Address
from projections.vault.destruction import destroy
from tests.domain.papers import wedding
from tests.postgres import admin, as_role
from tests.web.office import Caller, Office

WITHHELD = {"sealed": "withheld", "class": "confidential"}


def reads(office: Office) -> list[PersonalDataRead]:
    """Return what is on record as read, in order."""
    casework = office.desk.casework
    page = casework.recorder.select_notifications(1, 10_000, topics=["records.read"])
    return [casework.mapper.to_domain_event(event).fact for event in page]  # type: ignore[attr-defined]


def asking(caller: Caller, path: str, **headers: str) -> TestResponse:
    sent = {"Authorization": f"Bearer {caller.token}"} | headers
    return caller.client.get(path, headers=sent)


def filed(office: Office, **more: Any) -> str:
    return f"/v1/disclosures/{office.shen.file(wedding(), **more)}"


def forget_keys(database: Address) -> None:
    """Destroy Shen's keys as the scheduler does."""
    with as_role(database, "probity_scheduler") as connection:
        destroy(connection, "shen")


def test_s1_21_what_a_reviewer_reads_is_on_record_with_who_what_and_why(
    office: Office,
) -> None:
    path = filed(office)

    office.caller("reviewer", "li").read(path)

    (read,) = reads(office)
    assert (read.reader, read.role, read.purpose) == ("li", "reviewer", "review")
    assert (read.what, read.persons) == ("disclosure", ("shen",))
    assert read.key == path.rpartition("/")[2]
    assert read.classes == ("confidential",)
    assert "reviewer" in read.authority
    assert (read.own, read.masked) == (False, False)


def test_i9_ones_own_reading_is_on_record_as_ones_own(office: Office) -> None:
    office.shen.read(filed(office))

    (read,) = reads(office)
    assert read.own
    assert read.purpose == "own"


def test_a_page_of_a_list_is_one_read_that_names_everybody_on_it(
    office: Office,
) -> None:
    filed(office)
    office.projector.catch_up()

    rows = office.caller("reviewer", "li").read("/v1/people")["rows"]

    (read,) = reads(office)
    assert read.what == "directory"
    assert read.persons == tuple(sorted(row["number"] for row in rows))
    assert all(isinstance(row["name"], str) for row in rows)


def test_what_nobody_read_is_not_on_record(office: Office) -> None:
    path = filed(office)
    office.shen.get("/v1/units/college")
    office.caller("declarant", "li").get(path)
    office.caller("hr").get(path)

    assert reads(office) == []


def test_who_has_this_version_already_reads_nothing_new(office: Office) -> None:
    path = filed(office)
    version = office.shen.read(path)["version"]

    assert office.shen.get(path, has=f'"{version}"').status_code == 304
    assert len(reads(office)) == 1


def test_the_read_is_stored_before_the_answer_leaves(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So where it cannot be stored there is no answer."""
    path = filed(office)
    monkeypatch.setattr(office.desk.log, "append", broken)

    answer = office.shen.get(path)

    assert answer.status_code == 500
    assert "Hangzhou" not in answer.text


def broken(*_: object) -> int:
    raise RuntimeError("the disk is full")


def test_an_auditor_sees_that_something_is_there_and_not_what(office: Office) -> None:
    shown = office.caller("auditor").read(filed(office))

    assert shown["category"] == "wedding"
    assert shown["items"][0]["location"] == WITHHELD
    (read,) = reads(office)
    assert read.masked


def test_an_auditor_with_a_purpose_sees_it_and_that_is_on_record(
    office: Office,
) -> None:
    path = filed(office)
    why = {"Probity-Purpose": "audit", "Probity-Reason": "sample 12 of 2017"}

    shown = asking(office.caller("auditor"), path, **why).get_json()

    assert shown["items"][0]["location"] == "Hangzhou"
    (read,) = reads(office)
    assert (read.purpose, read.masked) == ("audit", False)


def test_a_purpose_that_needs_no_contents_opens_none(office: Office) -> None:
    path = filed(office)

    shown = asking(office.caller("auditor"), path, **{"Probity-Purpose": "promotion"})

    seal = shown.get_json()["items"][0]["location"]
    assert seal == {"sealed": "withheld", "class": "confidential"}


def test_a_purpose_opens_nothing_to_a_role_that_may_not_unmask(office: Office) -> None:
    path = filed(office, subject="child", relative="R-1")
    clerk = office.caller("clerk")

    shown = asking(clerk, path, **{"Probity-Purpose": "audit"}).get_json()

    seal = shown["items"][0]["location"]
    assert seal == {"sealed": "withheld", "class": "restricted"}


def test_s1_05_what_is_about_a_relative_is_read_by_fewer(office: Office) -> None:
    own, sons = filed(office), filed(office, subject="child", relative="R-1")
    clerk, reviewer = office.caller("clerk"), office.caller("reviewer", "li")

    assert clerk.read(own)["items"][0]["location"] == "Hangzhou"
    assert clerk.read(sons)["items"][0]["location"]["class"] == "restricted"
    assert reviewer.read(sons)["items"][0]["location"] == "Hangzhou"


@pytest.mark.parametrize(
    ("headers", "field"),
    [
        ({"Probity-Purpose": "curiosity"}, "Probity-Purpose"),
        ({"Probity-Purpose": ""}, None),
    ],
)
def test_a_purpose_is_one_of_those_there_are(
    office: Office, headers: dict[str, str], field: str | None
) -> None:
    answer = asking(office.shen, filed(office), **headers)

    assert answer.status_code == (422 if field else 200)
    assert answer.get_json().get("field") == field


def test_words_on_the_purpose_go_with_one_person_only(office: Office) -> None:
    filed(office)
    office.projector.catch_up()
    words = {"Probity-Purpose": "review", "Probity-Reason": "about Shen and Li"}

    refused = asking(office.caller("reviewer", "li"), "/v1/people", **words)

    assert (refused.status_code, refused.get_json()["field"]) == (422, "reason")


def test_what_was_destroyed_is_shown_as_such_and_the_rest_goes_on(
    office: Office, database: Address
) -> None:
    path = filed(office)
    office.projector.catch_up()
    forget_keys(database)

    shown = office.shen.read(path)
    file = office.shen.read("/v1/people/shen/file")["file"]

    assert shown["items"][0]["location"]["sealed"] == "destroyed"
    assert (shown["category"], shown["stage"]) == ("wedding", "filed")
    identity = next(e for e in file["entries"] if e["kind"] == "identity")
    assert identity["data"]["name"] == {"sealed": "destroyed", "class": "identity"}


def test_a_tampered_value_is_an_error_that_says_so_and_shows_nothing(
    office: Office, database: Address
) -> None:
    path = filed(office)
    with admin(database) as connection:
        connection.execute(
            "ALTER TABLE log.probity_events DISABLE TRIGGER append_only_rows"
        )
        connection.execute(
            "UPDATE log.probity_events SET state = convert_to(regexp_replace("
            "convert_from(state, 'UTF8'), '(items.0.location:....)....', '\\1AAAA'),"
            " 'UTF8') WHERE topic = 'disclosure.filed'"
        )

    answer = office.shen.get(path)

    assert answer.status_code == 500
    assert answer.get_json()["type"].endswith("tampered")
    assert "Have the log verified" in answer.get_json()["detail"]
    assert "Hangzhou" not in answer.text


def test_a_value_that_was_moved_into_anothers_file_opens_for_nobody(
    office: Office, database: Address
) -> None:
    office.shen.file(wedding())
    office.caller("declarant", "li").file(wedding(location="Ningbo"))
    office.projector.catch_up()
    with admin(database) as connection:
        connection.execute(
            "UPDATE personnel_file.entry AS mine SET data = others.data"
            " FROM personnel_file.entry AS others"
            " WHERE mine.person = 'shen' AND others.person = 'li'"
            " AND mine.kind = 'disclosure' AND others.kind = 'disclosure'"
        )

    answer = office.shen.get("/v1/people/shen/file")

    assert answer.status_code == 500
    assert "Ningbo" not in answer.text


def test_the_reason_of_a_read_may_be_in_any_script(office: Office) -> None:
    path, auditor = filed(office), office.caller("auditor")
    audit = {"Probity-Purpose": "audit"}
    # As HTTP carries UTF-8; a client may send Latin-1 as well.
    sent = ("抽查第十二号".encode().decode("latin-1"), "Überprüfung")

    for why in sent:
        asking(auditor, path, **audit, **{"Probity-Reason": why})
    office.projector.catch_up()

    rows = asking(auditor, "/v1/access-log", **audit).get_json()["rows"]
    assert [row["reason"] for row in rows] == ["Überprüfung", "抽查第十二号"]


def test_the_document_says_that_a_read_has_a_purpose_and_how_to_state_it(
    office: Office,
) -> None:
    document = office.app.test_client().get("/openapi.json").get_json()

    def headers(path: str) -> set[str]:
        parts = document["paths"][path]["get"].get("parameters", [])
        named = [part["$ref"].rpartition("/")[2] for part in parts if "$ref" in part]
        return {document["components"]["parameters"][name]["name"] for name in named}

    both = {"Probity-Purpose", "Probity-Reason"}
    for path in ("/v1/disclosures/{disclosure}", "/v1/worklist", "/v1/break-glass"):
        assert headers(path) == both, path
    for path in ("/v1/units", "/v1/statistics", "/v1/public/disclosures"):
        assert not headers(path), path
