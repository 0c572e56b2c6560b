"""Replays over HTTP: for auditors, of a stretch of the log or of one decision."""

from typing import Any

import pytest

from domain.records.reading import PersonalDataRead
from domain.rulebook import regime_stream
from projections.postgres.address import Address
from tests.domain.cast import INSTANT
from tests.postgres import admin
from tests.projections.replayed import tamper
from tests.web.office import Office


@pytest.fixture
def filed(office: Office) -> str:
    """Let Shen report a wedding long after it; return the stream of the duty."""
    name = office.shen.file()
    (duty,) = office.shen.read(f"/v1/disclosures/{name}")["obligations"]
    return str(duty)


def test_s2_14_an_auditor_replays_a_stretch_of_the_log(
    office: Office, filed: str
) -> None:
    auditor, size = office.caller("auditor"), office.size()

    found = auditor.read("/v1/replay", limit=5000)
    half = auditor.read("/v1/replay", limit=size // 2)
    rest = auditor.read("/v1/replay", since=half["upto"])
    none = auditor.read("/v1/replay", since=10**6)

    assert found["replayed"] == found["identical"] > 6
    assert (found["different"], found["upto"]) == (0, size)
    assert {n["field"] for n in found["not_replayable"]} >= {"anchors"}
    assert half["replayed"] + rest["replayed"] == found["replayed"]
    assert (none["replayed"], none["differences"]) == (0, [])
    assert filed not in str(found["differences"])


def test_a_changed_decision_is_shown_with_both_values(
    office: Office, filed: str, database: Address
) -> None:
    auditor = office.caller("auditor")
    with admin(database) as writer:
        tamper(writer, "obligation.raised", "due_on", '"2031-01-01"')

    found = auditor.read(f"/v1/replay/{filed}")
    whole = auditor.read("/v1/replay", limit=5000)

    due = next(d for d in found["differences"] if d["field"] == "due_on")
    assert (due["stored"], due["recomputed"]) == ("2031-01-01", "2016-12-13")
    assert due["stream"] == filed
    assert auditor.read(f"/v1/replay/{due['event_id']}")["replayed"] == 1
    assert due in whole["differences"]


def test_i9_who_replays_a_persons_decision_is_on_record(
    office: Office, filed: str
) -> None:
    office.caller("auditor").read(f"/v1/replay/{filed}")

    last = office.desk.casework.recorder.select_notifications(office.size(), 1)
    read = office.desk.casework.mapper.to_domain_event(last[0]).fact  # type: ignore[attr-defined]  # it is ours
    assert isinstance(read, PersonalDataRead)
    assert (read.what, read.persons) == ("history", ("shen",))


def test_only_who_may_replays_and_only_whom_they_reach(
    office: Office, filed: str
) -> None:
    for role, status in (("auditor", 200), ("oversight", 200), ("reviewer", 403)):
        caller = office.caller(role)
        assert caller.get("/v1/replay").status_code == status, role
        assert caller.get(f"/v1/replay/{filed}").status_code == status, role
    part = office.caller("auditor", unit="training")
    assert part.get("/v1/replay").status_code == 403
    hidden = part.get(f"/v1/replay/{filed}")
    assert hidden.status_code == 404
    assert filed in hidden.get_json()["detail"]


def test_what_is_none_is_not_found_and_bad_bounds_are_refused(office: Office) -> None:
    auditor = office.caller("auditor")

    for name in ("nobody", "00000000-0000-0000-0000-000000000000"):
        assert auditor.get(f"/v1/replay/{name}").status_code == 404
    for name, value in (("limit", 10**6), ("limit", 0), ("since", -1)):
        bad: dict[str, Any] = {name: value}
        assert auditor.get("/v1/replay", **bad).status_code == 422


def test_a_law_is_nobodys_and_is_replayed_by_whoever_may(office: Office) -> None:
    found = office.caller("oversight").read(f"/v1/replay/{regime_stream(INSTANT)}")

    assert found["replayed"] == found["identical"] == 3
