"""The publisher: nothing leaves the house that too few witnesses have seen."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import structlog
from structlog.testing import capture_logs

from projections.ledger import store
from projections.ledger.publishing.export import Export, checkpoint_of
from projections.ledger.publishing.outlets import Outlets
from projections.ledger.publishing.publisher import Publisher
from projections.ledger.publishing.standing import LATEST
from projections.ledger.standard.policy import Untrusted
from tests.ledger.publishing.office import Office
from tests.ledger.publishing.played import Played, down, honest, policy_of, slow
from tests.postgres import admin
from tests.processes import wait_for

Run = Callable[..., list[Played]]
SOON = timedelta(seconds=1)


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = datetime.now(UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return tmp_path / "site"


@pytest.fixture
def logged() -> Iterator[list[Any]]:
    structlog.reset_defaults()
    with capture_logs() as entries:
        yield entries


def publisher(
    office: Office, witnesses: list[Played], site: Path, clock: Clock
) -> Publisher:
    """Return what publishes with two of these witnesses."""
    outlets = Outlets(policy_of(witnesses, 2), Export(site, entries=True))
    return Publisher(office.connect, outlets, clock=clock)


def shows(site: Path, size: int) -> bool:
    return published(site) == size


def published(site: Path) -> int:
    """Return the size of what the static files show."""
    path = site / "e1" / "checkpoint"
    return checkpoint_of(path.read_text()).size if path.exists() else 0


def test_two_of_three_witnesses_are_enough_and_their_lines_are_kept(
    office: Office, play: Run, site: Path, clock: Clock
) -> None:
    witnesses = play(honest, down, honest)
    office.sign(5)
    publishing = publisher(office, witnesses, site, clock)

    standing = publishing.publish(office.connection)

    note = office.cosigned()
    assert note is not None
    policy = policy_of(witnesses, 2)
    assert policy.check(note, office.public_keys()).size == 5
    assert note.signatures[:2] == office.signed().signatures
    assert [(one.name, one.size, one.trouble) for one in standing.witnesses] == [
        ("w1", 5, None),
        ("w2", 0, "answered with status 503"),
        ("w3", 5, None),
    ]
    assert (site / "e1" / "checkpoint").read_text() == str(note)


def test_with_too_few_witnesses_nothing_is_published_and_intake_goes_on(
    office: Office, play: Run, site: Path, clock: Clock
) -> None:
    witnesses = play(honest, down, down)
    publishing = publisher(office, witnesses, site, clock)

    for _ in range(3):
        office.sign(4)
        publishing.publish(office.connection)

    standing = publishing.publish(office.connection)
    assert office.cosigned() is None
    assert not site.exists()
    assert (standing.entries, standing.sequenced, standing.unpublished) == (12, 12, 12)
    assert standing.signed is not None
    assert standing.signed.size == 12


def test_once_enough_witnesses_are_back_publishing_catches_up(
    office: Office, play: Run, site: Path, clock: Clock
) -> None:
    witnesses = play(honest, honest, down)
    publishing = publisher(office, witnesses, site, clock)
    office.sign(3)
    publishing.publish(office.connection)
    witnesses[1].play = down
    office.sign(4)
    publishing.publish(office.connection)
    office.sign(5)
    publishing.publish(office.connection)
    assert published(site) == 3

    witnesses[2].play = honest
    publishing.publish(office.connection)

    assert published(site) == 12
    # The first was asked about each; the second not since the first one.
    assert [(w.size, len(w.asked)) for w in witnesses] == [(12, 4), (3, 4), (12, 4)]


def test_there_is_alarm_when_an_entry_has_waited_for_ten_minutes(
    office: Office, play: Run, site: Path, clock: Clock, logged: list[Any]
) -> None:
    witnesses = play(honest, down, down)
    publishing = publisher(office, witnesses, site, clock)
    office.sign(3)

    clock.now = office.history.records[0].recorded_at + LATEST
    assert not publishing.publish(office.connection).late(clock.now)
    assert [one for one in logged if one.get("subject") == "publishing"] == []
    clock.now += SOON
    publishing.publish(office.connection)
    publishing.publish(office.connection)

    (alarm,) = [one for one in logged if one.get("subject") == "publishing"]
    assert alarm["log_level"] == "error"
    assert "are not published, the first of them since" in alarm["error"]
    clock.now += LATEST
    publishing.publish(office.connection)
    assert len([one for one in logged if one.get("subject") == "publishing"]) == 2

    witnesses[1].play = honest
    publishing.publish(office.connection)
    assert logged[-1]["event"] == "ledger trouble is over"
    assert logged[-1]["subject"] == "publishing"


def test_a_log_in_which_nothing_happens_is_not_late(
    office: Office, play: Run, site: Path, clock: Clock
) -> None:
    publishing = publisher(office, play(honest, honest, honest), site, clock)
    office.sign(3)
    publishing.publish(office.connection)

    standing = publishing.publish(office.connection)

    assert not standing.late(clock.now + timedelta(days=365))
    assert standing.waiting_since is None


def test_what_is_cosigned_already_is_not_sent_again(
    office: Office, play: Run, site: Path, clock: Clock
) -> None:
    witnesses = play(honest, honest, honest)
    publishing = publisher(office, witnesses, site, clock)
    office.sign(3)

    publishing.publish(office.connection)
    publishing.publish(office.connection)

    assert [len(one.asked) for one in witnesses] == [1, 1, 1]


def test_an_export_that_fails_stops_nothing_else(
    office: Office, play: Run, site: Path, clock: Clock, logged: list[Any]
) -> None:
    publishing = publisher(office, play(honest, honest, down), site, clock)
    site.write_text("a file, where a directory should be")
    office.sign(3)

    publishing.publish(office.connection)

    assert office.cosigned() is not None
    assert [one["subject"] for one in logged] == ["witness w3", "export"]


def test_a_register_without_witnesses_publishes_what_the_log_alone_has_signed(
    office: Office, site: Path
) -> None:
    office.sign(3)

    Publisher(office.connect, Outlets(None, Export(site))).publish(office.connection)

    assert published(site) == 3
    assert (site / "e1" / "checkpoint").read_text() == str(office.signed())


def test_the_quorum_is_counted_over_keys_and_not_over_answers(
    office: Office, play: Run, site: Path, clock: Clock
) -> None:
    witnesses = play(honest, down, down)
    witnesses[1].play = lambda _, asked: honest(witnesses[0], asked)
    office.sign(3)

    publisher(office, witnesses, site, clock).publish(office.connection)

    assert office.cosigned() is None
    with pytest.raises(Untrusted):
        policy_of(witnesses, 2).check(office.signed(), office.public_keys())


def test_the_publisher_runs_beside_the_sequencer_and_ends_when_told(
    office: Office, play: Run, site: Path
) -> None:
    outlets = Outlets(policy_of(play(honest, slow, honest), 2), Export(site))
    publishing = Publisher(office.connect, outlets, every=0.01)
    with running(publishing), running(Publisher(office.connect, outlets, every=0.01)):
        for size in (3, 6, 9):
            office.sign(3)
            wait_for(partial(shows, site, size))

    assert office.cosigned() is not None
    assert store.origin(office.connection).leaves == 9


def test_the_publisher_connects_again_when_the_connection_is_lost(
    office: Office, play: Run, site: Path
) -> None:
    outlets = Outlets(policy_of(play(honest, honest), 2), Export(site))
    publishing = Publisher(office.connect, outlets, every=0.01)
    with running(publishing):
        office.sign(3)
        wait_for(lambda: published(site) == 3)
        cut(office)
        office.connection.close()
        office.connection = office.connect()
        office.sign(3)
        wait_for(lambda: published(site) == 6)


@contextmanager
def running(publishing: Publisher) -> Iterator[None]:
    """Run a publisher in a thread, as the program does."""
    thread = threading.Thread(target=publishing.run)
    thread.start()
    try:
        yield
    finally:
        publishing.stopping.set()
        thread.join()


def cut(office: Office) -> None:
    """Lose all connections of the ledger's programs."""
    with admin(office.database) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
