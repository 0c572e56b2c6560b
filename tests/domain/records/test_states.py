"""The states of the records: they take in what is theirs, and refuse nothing."""

from typing import Any

import pytest

from domain.facts import FACTS
from domain.record import Fact, State
from domain.records.access_request import AccessRequest, access_request_stream
from domain.records.break_glass import Glass, glass_stream
from domain.records.correction import Correction, correction_stream
from domain.records.custody import Custody, records_stream
from domain.records.exclusion import Exclusions
from domain.records.export import Export, export_stream
from domain.records.reading import Reading, reading_stream
from domain.records.release import Release, release_stream
from domain.verification.source import Source, source_stream
from tests.domain.golden import bare, full

STATES: dict[str, tuple[Any, set[str]]] = {
    "access request": (
        AccessRequest(),
        {"records.access-requested", "records.access-answered"},
    ),
    "correction": (
        Correction(),
        {"records.correction-requested", "records.correction-decided"},
    ),
    "custody": (
        Custody(),
        {
            "records.hold-placed",
            "records.destruction-ordered",
            "records.retention-reached",
            "records.key-destroyed",
        },
    ),
    "exclusions": (
        Exclusions(),
        {"disclosure.filed", "disclosure.paper-recorded", "disclosure.reader-excluded"},
    ),
    "export": (Export(), {"records.export-made"}),
    "glass": (Glass(), {"records.glass-broken"}),
    "reading": (Reading(), {"records.read"}),
    "release": (Release(), {"records.release-decided"}),
    "source": (Source(), {"source.declared"}),
}


def happened(fact: type[Fact]) -> tuple[Fact, Fact]:
    return full(fact), bare(fact)


@pytest.mark.parametrize("kind", STATES)
def test_no_state_refuses_a_fact_and_none_takes_in_anothers(kind: str) -> None:
    blank, own = STATES[kind]
    taken = {
        fact.TOPIC
        for fact in FACTS
        for each in happened(fact)
        if blank.evolve(each) != blank
    }
    assert taken == own


@pytest.mark.parametrize("kind", STATES)
def test_a_state_is_never_changed_in_place(kind: str) -> None:
    blank: State = STATES[kind][0]
    before = repr(blank)
    for fact in FACTS:
        for each in happened(fact):
            blank.evolve(each).evolve(each)

    assert repr(blank) == before


def test_before_anything_has_happened_a_stream_is_about_nobody() -> None:
    assert {state.subject for state, _ in STATES.values()} == {None}


ADDRESSES = {
    access_request_stream("Q-1"): "ef284e86-d6f9-538d-bd2e-de5c39ea1faf",
    correction_stream("Q-1"): "53203eb0-d992-5094-9c56-7a1eaf7433ec",
    export_stream("E-1"): "8310d16b-bf26-504f-a629-3b934e8623ca",
    glass_stream("anna", "shen"): "c20efcc0-2da5-5a0c-8d3f-6fd7e969e457",
    reading_stream("r-1"): "4f2114a4-cc1c-5b3e-a211-500e7cce51e2",
    records_stream("shen"): "f0023edf-85be-5566-a348-e40598cd2478",
    release_stream("R-1"): "6fbc2034-d8d4-531b-a442-0942ff54acd5",
    source_stream("land"): "2240a691-e8c8-5296-8b8c-b1263eeac052",
}


def test_a_stream_keeps_its_address_for_ever() -> None:
    """What was stored under another address would be lost from sight."""
    assert {str(stream): known for stream, known in ADDRESSES.items()} == {
        known: known for known in ADDRESSES.values()
    }
