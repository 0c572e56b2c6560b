"""Exports for oversight: masked by default, unmasked on record and for a purpose."""

import csv
from base64 import b64decode
from hashlib import sha256
from io import StringIO
from typing import Any

import pytest
from werkzeug.test import TestResponse

from domain.records.export import ExportMade
from domain.records.reading import PersonalDataRead
from tests.domain.papers import wedding
from tests.web.office import Caller, Office
from tests.web.traces import facts_after
from web.api import exported
from web.exporting import as_csv, cell

PATH = "/v1/exports"
ALL = {"kind": "disclosures"}
AUDIT = {"unmasked": True, "purpose": "audit"}


@pytest.fixture
def filled(office: Office) -> Office:
    for person in ("shen", "li", "shen"):
        office.caller("declarant", person).file(wedding(location="Lotus Hall"))
    office.projector.catch_up()
    return office


def export(caller: Caller, **more: Any) -> TestResponse:
    response = caller.post(PATH, ALL | more)
    assert response.status_code == 201, response.get_json()
    return response


def test_a_masked_export_names_nobody_and_tells_who_is_the_same(
    filled: Office,
) -> None:
    response = export(filled.caller("oversight"))

    file = response.get_json()
    people = [row["person"] for row in file["rows"]]
    assert (file["masked"], file["purpose"], len(people)) == (True, "oversight", 3)
    assert len(set(people)) == 2
    for secret in ("shen", "Shen", "Lotus", "sealed"):
        assert secret not in response.text
    assert {row["name"] for row in file["rows"]} == {"withheld"}
    assert {row["category"] for row in file["rows"]} == {"wedding"}


def test_pseudonyms_hold_in_one_file_alone(filled: Office) -> None:
    first, second = (
        {row["person"] for row in export(filled.caller("oversight")).get_json()["rows"]}
        for _ in range(2)
    )

    assert first.isdisjoint(second)


def test_no_id_by_which_a_person_can_be_reckoned_leaves_masked(
    filled: Office,
) -> None:
    """The stream of a duty is a digest of its person's number."""
    for kind in ("disclosures", "obligations"):
        for row in export(filled.caller("oversight"), kind=kind).get_json()["rows"]:
            assert row["stream"] == row["event_id"] == "withheld"
            assert row["disclosure"].startswith("x")


def test_an_unmasked_export_takes_the_right_and_a_purpose(filled: Office) -> None:
    auditor, oversight = filled.caller("auditor"), filled.caller("oversight")
    no_right = oversight.post(PATH, ALL | {"unmasked": True, "purpose": "oversight"})
    silent = auditor.post(PATH, ALL | {"unmasked": True})
    trifling = auditor.post(PATH, ALL | {"unmasked": True, "purpose": "promotion"})

    file = export(auditor, **AUDIT).get_json()

    assert no_right.status_code == 403
    assert (silent.status_code, silent.get_json()["field"]) == (422, "purpose")
    assert trifling.status_code == 403
    assert "masked" in trifling.get_json()["rule"]
    assert {row["name"] for row in file["rows"]} == {"Shen", "Li"}
    assert {row["person"] for row in file["rows"]} == {"shen", "li"}


def test_what_left_and_that_it_was_read_is_on_record_first(filled: Office) -> None:
    before = filled.size()
    file = export(filled.caller("auditor"), **AUDIT).get_json()

    made, read = facts_after(filled, before)

    assert isinstance(made, ExportMade)
    assert (made.export, made.rows, made.persons) == (file["export"], 3, ("li", "shen"))
    assert (made.masked, made.purpose) == (False, "audit")
    assert isinstance(read, PersonalDataRead)
    assert (read.what, read.persons, read.masked) == ("export", ("li", "shen"), False)


def test_the_digest_says_which_file_it_was(filled: Office) -> None:
    auditor = filled.caller("auditor")
    response = export(auditor, **AUDIT)

    kept = auditor.read(response.headers["Location"])
    sent = response.headers["Repr-Digest"].removeprefix("sha-256=:").removesuffix(":")
    digest = sha256(response.data)
    assert kept["sha256"] == digest.hexdigest()
    assert b64decode(sent) == digest.digest()
    assert "li" not in str(kept)


def test_an_export_is_within_reach_and_never_of_what_is_kept_from_one(
    filled: Office,
) -> None:
    training = filled.caller("auditor", unit="training")
    within = export(training, **AUDIT).get_json()["rows"]
    beyond = training.post(PATH, ALL | AUDIT | {"filters": {"person": "shen"}})

    assert [row["person"] for row in within] == ["li"]
    assert beyond.status_code == 404


@pytest.mark.parametrize(
    ("kind", "name", "value"),
    [
        ("disclosures", "person", "shen"),
        ("disclosures", "name", "Shen"),
        ("obligations", "person", "shen"),
        ("access_log", "reader", "shen"),
        ("access_log", "key", "shen"),
    ],
)
def test_masked_data_is_of_nobody_by_name(
    filled: Office, kind: str, name: str, value: str
) -> None:
    """Pseudonyms hide nothing where whoever asks says whose rows they want."""
    wanted = {"kind": kind, "filters": {name: value}}
    masked = filled.caller("oversight").post(PATH, wanted)
    unmasked = filled.caller("auditor").post(PATH, wanted | AUDIT)

    assert (masked.status_code, unmasked.status_code) == (422, 201)
    assert masked.get_json()["field"] == f"filters.{name}"


def test_filters_are_those_of_the_list(filled: Office) -> None:
    oversight = filled.caller("oversight")
    narrowed = export(oversight, filters={"unit": "training"}).get_json()["rows"]
    open_ones = export(oversight, kind="obligations", filters={"stage": "open"})

    assert len(narrowed) == 1
    assert open_ones.get_json()["rows"] == []
    for filters in ({"stage": "odd"}, {"colour": "red"}, {"limit": "5"}):
        refused = oversight.post(PATH, ALL | {"filters": filters})
        assert refused.status_code == 422
        assert f"filters.{next(iter(filters))}" in refused.get_json()["detail"]


def test_the_access_log_is_exported_with_pseudonyms_for_readers_too(
    filled: Office,
) -> None:
    record = filled.caller("auditor", "wang")
    record.read("/v1/people/shen/file")
    filled.projector.catch_up()
    wanted = {"kind": "access_log", "filters": {"what": "file"}}

    (masked,) = export(filled.caller("oversight"), **wanted).get_json()["rows"]
    (named,) = export(filled.caller("auditor"), **wanted, **AUDIT).get_json()["rows"]

    assert (named["reader"], named["person"], named["name"]) == ("wang", "shen", "Shen")
    assert (masked["role"], masked["name"]) == ("auditor", "withheld")
    assert {masked["reader"], masked["person"]}.isdisjoint({"wang", "shen"})


def test_what_is_more_than_a_file_holds_is_refused(
    filled: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exported, "MOST", 2)

    refused = filled.caller("oversight").post(PATH, ALL)

    assert (refused.status_code, refused.get_json()["field"]) == (422, "filters")


def test_as_a_table_it_has_the_same_columns_and_rows(filled: Office) -> None:
    response = export(filled.caller("auditor"), format="csv", **AUDIT)

    rows = list(csv.DictReader(StringIO(response.text)))
    assert response.content_type.startswith("text/csv")
    assert response.headers["Content-Disposition"].endswith('.csv"')
    assert sorted(row["name"] for row in rows) == ["Li", "Shen", "Shen"]
    assert {row["received_on"][:2] for row in rows} == {"20"}


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "\t=1", "\rx", "\uff1d1", "\u3000=1"],
)
def test_no_cell_of_a_table_is_a_formula(text: str) -> None:
    table = as_csv(["name"], [{"name": text}]).decode()

    (row,) = csv.DictReader(StringIO(table, newline=""))
    assert row["name"] == f"'{text}"


def test_cells_keep_what_is_no_formula() -> None:
    for value, written in (
        (None, ""),
        (-3, "-3"),
        (True, "true"),
        (["a", "b"], '["a","b"]'),
        ("2017-12-20", "2017-12-20"),
        ('a "b", c', 'a "b", c'),
    ):
        assert cell(value) == written


def test_an_export_is_no_retry_of_another(filled: Office) -> None:
    refused = filled.caller("oversight").post(PATH, ALL, key="k-1")

    assert refused.status_code == 400


def test_bad_input_is_refused(filled: Office) -> None:
    auditor = filled.caller("auditor")
    for body in (
        {},
        {"kind": "secrets"},
        ALL | {"format": "xlsx"},
        ALL | {"unmasked": "yes"},
        ALL | {"purpose": "curiosity"},
        ALL | {"filters": {"person": 7}},
        ALL | AUDIT | {"reason": "words about several"},
    ):
        assert auditor.post(PATH, body).status_code == 422, body


def test_who_may_not_export_does_not(filled: Office) -> None:
    for caller in (filled.shen, filled.wang, filled.caller("hr")):
        assert caller.post(PATH, ALL).status_code == 403
        assert caller.get(f"{PATH}/none").status_code in (403, 404)
