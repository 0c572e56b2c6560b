"""Poison: an event that cannot be taken is parked, and nobody else has to wait."""

import threading
from datetime import date
from typing import Any

import psycopg
import pytest

from domain.errors import UnreadableEvent
from domain.facts import TOPICS
from domain.obligation import JustificationRecorded
from domain.person import IdentityCorrected, person_stream
from projections.follow import Follower
from projections.models import MODELS, live_models
from projections.models.calendar import Which, duties
from projections.models.personnel_file import file, people
from projections.parked import list_parked, retry_parked
from projections.position import lag, wait_for
from projections.postgres.address import Address
from projections.projector import Projector
from tests.history import History
from tests.postgres import as_role
from tests.processes import LONG
from tests.projections.kinds import Connection, Tell
from tests.projections.vault import IndexVault
from tests.rows import all_rows, rebuilt_rows

JUNE = date(2016, 6, 20)
NAMES = sorted(model.name for model in MODELS)
OLD = "person.renamed@1"


def office() -> History:
    history = History()
    history.unit("HQ")
    for number in ("P1", "P2"):
        history.person(number)
        history.post(number, "HQ", date(2010, 1, 1), rank="clerk")
    return history


def rename(history: History, number: str, name: str) -> None:
    history.add(person_stream(number), IdentityCorrected(name=name))


def names(reader: Connection) -> list[str]:
    return [str(person.name) for person in people(reader, JUNE).rows]


@pytest.fixture
def parked(tell: Tell) -> History:
    """Somebody is renamed in words that nobody knows, then in plain words."""
    history = office()
    rename(history, "P1", "Ash")
    history.garble(topic=OLD)
    for number in ("P1", "P2"):
        rename(history, number, "Birch")
    return tell(history)


@pytest.fixture
def upgraded(monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that knows the old topic, and how to read it."""

    def upcast(fields: dict[str, Any]) -> dict[str, Any]:
        return fields | {"name": fields["name"].upper()}

    newer = {OLD: (IdentityCorrected.TOPIC, upcast)}
    monkeypatch.setattr(TOPICS, "upcasters", newer)


def test_what_cannot_be_read_is_parked_in_every_model_with_its_reason(
    parked: History, reader: Connection
) -> None:
    rows = [row for row in list_parked(reader) if row.position == 6]

    assert [row.model for row in rows] == NAMES
    assert {row.subject for row in rows} == {"P1"}
    assert all(f"at position 6, topic {OLD}" in row.error for row in rows)
    assert {found.position for found in lag(reader, NAMES)} == {parked.position}


@pytest.mark.usefixtures("parked")
def test_others_go_on_and_later_events_of_the_same_person_wait(
    reader: Connection,
) -> None:
    assert names(reader) == ["Person P1", "Birch"]
    waiting = [row for row in list_parked(reader) if row.position == 7]
    # The registry takes nothing about people: there nothing has to wait.
    assert [row.model for row in waiting] == [n for n in NAMES if n != "registry"]
    assert {row.error for row in waiting} == {
        "an earlier event with the same subject is parked"
    }


@pytest.mark.usefixtures("parked", "upgraded")
def test_a_newer_program_takes_them_in_their_order_through_its_upcasters(
    reader: Connection, keeper: Connection, vault: IndexVault
) -> None:
    for model in live_models(vault):
        applied, left = retry_parked(keeper, model)
        assert (applied, left) == ((1, 0) if model.name == "registry" else (2, 0))

    assert names(reader) == ["Birch", "Birch"]
    assert list_parked(reader) == []
    assert all_rows(keeper) == rebuilt_rows(keeper, vault)
    (identity,) = file(reader, "P1", known_at=6).of("identity")
    assert identity.data["name"] == "ASH"


@pytest.mark.usefixtures("parked")
def test_what_still_cannot_be_taken_is_parked_again(
    reader: Connection, keeper: Connection, vault: IndexVault
) -> None:
    before = [(row.model, row.position) for row in list_parked(reader)]

    for model in live_models(vault):
        applied, left = retry_parked(keeper, model)
        assert applied == 0
        assert left == (1 if model.name == "registry" else 2)

    assert [(row.model, row.position) for row in list_parked(reader)] == before


@pytest.mark.usefixtures("parked", "upgraded")
def test_a_projector_tries_parked_events_again_when_it_starts(
    database: Address, reader: Connection, vault: IndexVault
) -> None:
    stopping = threading.Event()
    follower = Follower(
        lambda: as_role(database, "probity_projector"), live_models(vault), stopping
    )
    thread = threading.Thread(target=follower.run)
    thread.start()
    while list_parked(reader):
        pass
    stopping.set()
    thread.join(LONG)

    assert names(reader) == ["Birch", "Birch"]


@pytest.mark.usefixtures("parked")
def test_a_rebuilt_model_parks_the_same_events(
    reader: Connection, keeper: Connection, vault: IndexVault
) -> None:
    before = [(row.model, row.position, row.subject) for row in list_parked(reader)]
    rows = all_rows(keeper)

    assert rebuilt_rows(keeper, vault) == rows

    found = [(row.model, row.position, row.subject) for row in list_parked(reader)]
    assert found == before


def test_what_one_model_cannot_store_is_parked_in_that_model_alone(
    tell: Tell, reader: Connection
) -> None:
    history = office()
    first, second = (history.oblige(number, "1", JUNE) for number in ("P1", "P2"))
    history.fulfil(first, "D1", JUNE, late=10**12)
    history.fulfil(second, "D2", JUNE)
    history.add(first, JustificationRecorded(text="was ill"))
    history.add(second, JustificationRecorded(text="was ill"))
    tell(history)

    found = [(row.model, row.position, row.subject) for row in list_parked(reader)]

    assert found == [("calendar", 8, "P1"), ("calendar", 10, "P1")]
    (done,) = duties(reader, JUNE, Which(stage="fulfilled")).rows
    assert (done.person, done.justification) == ("P2", "was ill")
    assert wait_for(reader, history.position, timeout=0, names=NAMES)


def test_a_text_that_postgresql_cannot_hold_is_parked(
    tell: Tell, reader: Connection
) -> None:
    history = office()
    stream = history.oblige("P1", "1", JUNE)
    history.add(stream, JustificationRecorded(text="was\0ill"))
    tell(history)

    found = [(row.model, row.position) for row in list_parked(reader)]

    assert found == [("calendar", 7), ("personnel_file", 7)]


def test_an_event_without_a_readable_subject_holds_up_its_stream(
    tell: Tell, reader: Connection
) -> None:
    history = office()
    stream = history.oblige("P1", "1", JUNE)
    history.garble(state=b"no JSON")
    history.fulfil(stream, "D1", JUNE)
    history.oblige("P2", "1", JUNE)
    tell(history)

    found = [
        (row.position, row.subject)
        for row in list_parked(reader)
        if row.model == "calendar"
    ]

    assert found == [(6, str(stream)), (7, "P1")]
    (other,) = duties(reader, JUNE).rows
    assert other.person == "P2"


def test_the_subject_of_an_unreadable_event_is_that_of_its_stream(
    tell: Tell, reader: Connection
) -> None:
    history = office()
    rename(history, "P1", "Ash")
    history.garble(state=b"no JSON")
    tell(history)

    assert {row.subject for row in list_parked(reader)} == {"P1"}


def test_a_fault_of_the_server_parks_nothing(
    writer: Connection, projector: Projector, reader: Connection
) -> None:
    office().write(writer)
    writer.execute("ALTER TABLE worklist.person RENAME TO mislaid")

    with pytest.raises(psycopg.errors.UndefinedTable):
        projector.step()

    assert list_parked(reader) == []
    writer.execute("ALTER TABLE worklist.mislaid RENAME TO person")
    assert projector.step() == 5


def test_nor_does_it_park_what_comes_behind_a_parked_event(
    parked: History, writer: Connection, projector: Projector, reader: Connection
) -> None:
    before = list_parked(reader)
    rename(parked, "P1", "Elm")
    rename(parked, "P2", "Elm")
    parked.write(writer)
    writer.execute("ALTER TABLE calendar.person RENAME TO mislaid")

    with pytest.raises(psycopg.errors.UndefinedTable):
        projector.step()

    assert list_parked(reader) == before


def test_parked_events_are_listed_from_behind_one_on(
    parked: History, reader: Connection
) -> None:
    first, second, *_ = list_parked(reader)

    (page,) = list_parked(reader, after=(first.model, first.position), limit=1)

    assert page == second
    assert parked.position == 8


def test_an_unreadable_event_says_what_and_where() -> None:
    error = UnreadableEvent("in the log", topic="x", position="6", reason="unknown")

    assert str(error) == "event in the log at position 6, topic x: unknown"


def test_why_an_event_was_parked_quotes_nothing_of_what_it_says(
    tell: Tell, reader: Connection
) -> None:
    history = office()
    stream = history.oblige("P1", "1", JUNE)
    history.add(stream, JustificationRecorded(text="canary\0"))
    tell(history)

    errors = {row.error for row in list_parked(reader)}

    assert errors == {"UntranslatableCharacter: 22P05"}
