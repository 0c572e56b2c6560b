"""S1-23 over HTTP: nothing is public by default; a release says who, why and which."""

import json
from typing import Any

import pytest

from domain.disclosure import Disclosure, disclosure_stream
from domain.errors import Tampered
from projections.postgres.address import Address
from projections.vault.destruction import destroy
from tests.domain.papers import wedding
from tests.postgres import as_role
from tests.web.office import Caller, Office
from web.public import released

PUBLIC = "/v1/public/disclosures"
WHY = {"to": "public", "reasons": "It shows that the rule on tables works."}


def officer(office: Office) -> Caller:
    return office.caller("records_officer", "wang")


def release(office: Office, report: str, *fields: str, **more: Any) -> Any:
    """Release fields of a report; return the receipt."""
    body = WHY | {"fields": list(fields)} | more
    path = f"/v1/disclosures/{report}/releases"
    response = officer(office).post(path, body)
    assert response.status_code == 201, response.get_json()
    office.projector.catch_up()
    return response.get_json()


def public(office: Office, **query: Any) -> Any:
    """Return what anybody is shown, without a token."""
    response = office.app.test_client().get(PUBLIC, query_string=query)
    assert response.status_code == 200, response.get_json()
    return response.get_json()["rows"]


def test_s1_23_no_field_is_public_by_default(office: Office) -> None:
    office.shen.file()
    office.projector.catch_up()

    assert public(office) == []


def test_s1_23_only_the_released_fields_are_public(office: Office) -> None:
    report = office.shen.file(wedding(location="Lotus Hall", tables=12))
    release(office, report, "tables")

    (shown,) = public(office)

    assert shown["items"] == [{"tables": 12}]
    assert (shown["category"], shown["rule"]) == ("wedding", "wedding")
    text = json.dumps(shown)
    for kept in ("Lotus", "shen", "Shen", report):
        assert kept not in text


def test_s1_23_of_several_items_one_may_be_released_alone(office: Office) -> None:
    report = office.shen.file(wedding(tables=3), wedding(tables=4))
    release(office, report, "items[1].tables")

    (shown,) = public(office)

    assert shown["items"] == [{"tables": 4}]


def test_s1_23_a_release_names_who_why_and_which_fields(office: Office) -> None:
    report = office.shen.file()
    made = release(office, report, "tables", "guests")
    one = f"/v1/releases/{made['id']}"

    shown = office.shen.read(one)
    (event,) = office.shen.read(f"{one}/history")["events"]

    assert (shown["fields"], shown["to"]) == (["tables", "guests"], "public")
    assert shown["reasons"] == WHY["reasons"]
    assert (shown["cited"]["rule"], shown["live"]) == ("handling.publication", True)
    assert event["actor"]["id"] == "wang"


def test_s1_23_a_release_says_why_and_which_fields_or_is_none(office: Office) -> None:
    path = f"/v1/disclosures/{office.shen.file()}/releases"
    fields = {"fields": ["tables"]}

    for body, field in (
        (WHY, "fields"),
        (WHY | {"fields": []}, "fields"),
        (WHY | {"fields": ["colour"]}, "fields"),
        (WHY | fields | {"reasons": " "}, "reasons"),
        (WHY | fields | {"to": "friends"}, "to"),
        (WHY | fields | {"recipient": "the press"}, "recipient"),
        (WHY | fields | {"to": "recipient"}, "recipient"),
    ):
        refused = officer(office).post(path, body)
        assert refused.status_code == 422, body
        assert field in str(refused.get_json()), body


def test_what_is_released_to_somebody_is_not_public(office: Office) -> None:
    report = office.shen.file()
    somebody = {"to": "recipient", "recipient": "the court", "basis": "order 12"}
    release(office, report, "tables", **somebody)

    assert public(office) == []
    (row,) = officer(office).read("/v1/releases")["rows"]
    assert row["recipient"] == {"sealed": "withheld", "class": "confidential"}


def test_s1_23_what_is_withdrawn_is_gone_at_once(office: Office) -> None:
    report = office.shen.file()
    one = f"/v1/releases/{release(office, report, 'tables')['id']}"
    silent = officer(office).post(f"{one}/withdrawal", seen=1)

    officer(office).do(f"{one}/withdrawal", {"reason": "it harms a case"})

    assert (silent.status_code, silent.get_json()["field"]) == (422, "reason")
    assert public(office) == [], "even before the list of releases knows"
    assert officer(office).read(one)["live"] is False


def test_a_report_that_is_withdrawn_is_not_public_any_more(office: Office) -> None:
    report = office.shen.file()
    release(office, report, "tables")

    office.shen.do(f"/v1/disclosures/{report}/withdrawal", {"reason": "filed twice"})

    assert public(office) == []


def test_s1_23_what_is_said_after_the_decision_was_not_decided_on(
    office: Office,
) -> None:
    report = office.shen.file(wedding(tables=12))
    release(office, report, "tables")

    office.shen.do(
        f"/v1/disclosures/{report}/amendments",
        {"items": [wedding(tables=9), wedding(tables=3)]},
    )

    (shown,) = public(office)
    assert shown["items"] == [{"tables": 12}]
    assert shown["amended_since"]
    release(office, report, "tables")
    again = [one["items"] for one in public(office)]
    assert [{"tables": 9}, {"tables": 3}] in again


def test_s1_23_what_has_no_key_any_more_is_not_public_any_more(
    office: Office, database: Address
) -> None:
    report = office.shen.file(wedding(location="Lotus Hall"))
    release(office, report, "location")
    assert public(office)[0]["items"] == [{"location": "Lotus Hall"}]

    with as_role(database, "probity_scheduler") as connection:
        destroy(connection, "shen")

    assert public(office) == []


def test_what_was_sealed_for_another_place_is_not_made_public(office: Office) -> None:
    report = office.shen.file(wedding(location="Lotus Hall"))
    filed = office.desk.casework.look(Disclosure(), disclosure_stream(report))
    (item,) = filed.items

    assert list(released(disclosure_stream(report), [item], ["location"])) == [
        {"location": item["location"]}
    ]
    for stream, name in (("other", "location"), (report, "gifts")):
        moved = {name: item["location"]}
        with pytest.raises(Tampered):
            list(released(disclosure_stream(stream), [moved], [name]))


def test_the_public_list_comes_in_pages_of_what_is_public(office: Office) -> None:
    somebody = {"to": "recipient", "recipient": "the court", "basis": "order 12"}
    for nth in range(5):
        report = office.shen.file(wedding(tables=nth + 1))
        release(office, report, "tables", **(somebody if nth % 2 else {}))
    client = office.app.test_client()
    pages = [client.get(PUBLIC, query_string={"limit": 1}).get_json()]
    while pages[-1]["next"]:
        query = {"limit": 1, "cursor": pages[-1]["next"]}
        pages.append(client.get(PUBLIC, query_string=query).get_json())

    tables = [row["items"][0]["tables"] for page in pages for row in page["rows"]]
    assert sorted(tables) == [1, 3, 5]


def test_the_public_is_told_what_is_wrong_and_nothing_else(office: Office) -> None:
    client = office.app.test_client()

    for query in ({"cursor": "made-up"}, {"limit": 0}, {"person": "shen"}):
        refused = client.get(PUBLIC, query_string=query)
        assert refused.status_code == 422
        assert refused.content_type == "application/problem+json"
    assert client.post(PUBLIC).status_code == 405


def test_the_public_leaves_no_trace_in_the_access_log(office: Office) -> None:
    release(office, office.shen.file(), "tables")
    before = office.size()

    public(office)

    assert office.size() == before


def test_i2_nobody_releases_what_they_declared_themselves(office: Office) -> None:
    shen = office.caller("records_officer", "shen")
    path = f"/v1/disclosures/{office.shen.file()}/releases"

    refused = shen.post(path, WHY | {"fields": ["tables"]})

    assert refused.status_code == 403
    assert "own matter" in refused.get_json()["rule"]


def test_s1_21_who_may_not_know_of_a_report_releases_nothing_of_it(
    office: Office,
) -> None:
    path = f"/v1/disclosures/{office.shen.file()}/releases"
    body = WHY | {"fields": ["tables"]}

    for caller, statuses in (
        (office.caller("hr"), {404}),
        (office.caller("records_officer", "wang", "training"), {404}),
        (office.wang, {403}),
        (office.shen, {403}),
    ):
        assert caller.post(path, body).status_code in statuses


def test_releases_are_listed_within_reach(office: Office) -> None:
    report = office.shen.file()
    made = release(office, report, "tables")
    officer(office).do(f"/v1/releases/{made['id']}/withdrawal", {"reason": "harm"})
    office.projector.catch_up()

    for caller, query, count in (
        (office.shen, {"all": "true"}, 1),
        (office.shen, {}, 0),
        (office.caller("declarant", "li"), {"all": "true"}, 0),
        (officer(office), {"disclosure": report, "all": "true"}, 1),
        (officer(office), {"disclosure": "other", "all": "true"}, 0),
    ):
        assert len(caller.read("/v1/releases", **query)["rows"]) == count
