"""What somebody has who asks for all that is kept of them."""

import json

from tests.domain.cast import INSTANT
from tests.domain.papers import wedding
from tests.web.office import Office
from tests.web.traces import facts_after

EXPORT = "/v1/people/shen/export"


def settle(office: Office) -> str:
    """Let Shen have a report, which Wang has read, and a request; return the report."""
    report = office.shen.file(wedding(location="Lotus Hall"))
    office.wang.read(f"/v1/disclosures/{report}")
    office.shen.post(
        "/v1/people/shen/relatives",
        {"relative": "wife", "relation": "spouse", "name": "Lin"},
    )
    office.shen.post("/v1/people/shen/access-requests", {"rulebook": INSTANT})
    office.projector.catch_up()
    return report


def test_one_has_all_that_is_kept_of_one_in_the_clear(office: Office) -> None:
    report = settle(office)

    export = office.shen.read(EXPORT)

    text = json.dumps(export)
    for said in ("Lotus Hall", "Lin", "Shen"):
        assert said in text
    assert '"sealed"' not in text
    assert {entry["kind"] for entry in export["file"]["entries"]} >= {
        "identity",
        "post",
        "relative",
        "disclosure",
        "obligation",
    }
    topics = {event["topic"] for one in export["histories"] for event in one["events"]}
    assert topics >= {"person.registered", "disclosure.filed", "obligation.raised"}
    assert [row["kind"] for row in export["requests"]] == ["access"]
    assert [(row["reader"], row["key"]) for row in export["access_log"]] == [
        ("wang", report)
    ]


def test_s1_21_that_somebody_exports_it_is_on_record_first(office: Office) -> None:
    settle(office)
    before = office.size()

    office.caller("records_officer", "wang").read(EXPORT)

    (read,) = facts_after(office, before)
    assert (read.what, read.key, read.persons, read.masked) == (
        "export",
        "shen",
        ("shen",),
        True,
    )


def test_to_others_it_is_masked_as_their_role_has_it(office: Office) -> None:
    settle(office)

    text = json.dumps(office.caller("auditor").read(EXPORT))

    for secret in ("Lotus", "Lin", "Shen"):
        assert secret not in text
    assert '"withheld"' in text


def test_s1_21_nobody_else_has_it(office: Office) -> None:
    for caller in (
        office.caller("declarant", "li"),
        office.caller("hr"),
        office.wang,
        office.caller("auditor", unit="training"),
    ):
        assert caller.get(EXPORT).status_code in (403, 404)
    assert office.shen.get("/v1/people/nobody/export").status_code == 404


def test_of_what_one_is_kept_from_there_is_nothing_in_it(office: Office) -> None:
    report = settle(office)
    office.wang.do(
        f"/v1/disclosures/{report}/exclusions",
        {"superior": "zhang", "reason": "the report names him"},
    )
    office.projector.catch_up()

    chief = json.dumps(office.caller("auditor", "chief").read(EXPORT))
    auditor = json.dumps(office.caller("auditor").read(EXPORT))

    assert report not in chief
    assert report in auditor
