"""A replay of the log in the database: found, gone on with, and the same again."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from uuid import uuid4

import pytest

from domain.errors import Unknown
from projections.log import PostgresLog
from projections.postgres.address import Address
from projections.replaying import keeping, reading
from projections.replaying.going import (
    replay_all,
    replay_one,
    replay_some,
    suppose,
)
from projections.replaying.keeping import Question
from projections.replaying.reading import Reading
from tests.domain.cast import SHIPPED, V1
from tests.domain.replaying.stories import Life, much_computed
from tests.postgres import environ
from tests.processes import REPOSITORY
from tests.projections.kinds import Connection
from tests.projections.replayed import stored, tamper

# A run that is killed when it has come so far, in the midst of keeping its place.
KILLED = """
import os, signal, sys
import psycopg
from projections.postgres.address import connect_as
from projections.replaying import reading
from projections.replaying.going import replay_all
reading.PAGE = 20
where = connect_as(os.environ["DATABASE_URL"], "probity_web", name="test")
def progress(done, total):
    if done >= int(sys.argv[1]):
        os.kill(os.getpid(), signal.SIGKILL)
with psycopg.connect(where, autocommit=True) as connection:
    replay_all(connection, every=0.0, progress=progress)
"""


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PROBITY_HOME", str(tmp_path))
    monkeypatch.setattr(reading, "PAGE", 20)
    return tmp_path


def test_s2_14_every_decision_in_the_database_comes_out_the_same(
    log: PostgresLog, web: Connection
) -> None:
    size = stored(log, much_computed())
    shown: list[tuple[int, int]] = []

    found, start = replay_all(web, progress=lambda *done: shown.append(done))

    assert (found.position, start) == (size, 0)
    assert found.differences == []
    assert found.identical == found.replayed > 20
    assert shown[0] == (0, size)
    assert shown[-1] == (size, size)


def test_a_due_date_that_was_changed_is_found_with_both_values(
    log: PostgresLog, web: Connection, writer: Connection
) -> None:
    stored(log, much_computed())
    position = tamper(writer, "campaign.launched", "due_on", '"2031-01-01"')

    found, _ = replay_all(web)

    (difference,) = found.differences
    assert (difference.position, difference.field) == (position, "due_on")
    assert difference.stored == "2031-01-01"
    assert difference.recomputed != difference.stored
    assert (found.different, found.identical) == (1, found.replayed - 1)
    assert difference.rule.startswith("cn-membership-card-campaign v1")


def test_what_nobody_can_read_is_a_difference_too(
    log: PostgresLog, web: Connection, writer: Connection
) -> None:
    stored(log, much_computed())
    position = tamper(writer, "campaign.launched", "due_on", '"never"')

    found, _ = replay_all(web)

    (difference,) = found.differences
    assert (difference.position, difference.stored) == (position, "unreadable")
    assert "campaign.launched" in str(difference.recomputed)


@pytest.mark.parametrize("at", [20, 60])
def test_a_run_that_was_killed_goes_on_and_comes_to_the_same(
    database: Address,
    log: PostgresLog,
    web: Connection,
    writer: Connection,
    home: Path,
    at: int,
) -> None:
    stored(log, Life(3).live(60))
    tamper(writer, "disclosure.filed", "review_due_on", '"2031-01-01"')
    whole, _ = replay_all(web)

    given = environ(database) | {"PROBITY_HOME": str(home)}
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, str(at)],
        env=os.environ | given | {"PYTHONPATH": str(REPOSITORY)},
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL
    again, start = replay_all(web)

    assert start > 0
    assert again == whole
    assert whole.different == 1
    assert list((home / keeping.FOLDER).iterdir()) == []


def test_what_was_kept_of_another_log_is_not_gone_on_with(
    log: PostgresLog, web: Connection, home: Path
) -> None:
    stored(log, much_computed())
    origin, _ = Reading(web).head()
    half, _ = replay_all(web)
    half.position = 20
    question = Question(origin=origin, since=0)
    other = keeping.Kept(question=question, upto=20, outcome=half, event=uuid4())
    keeping.keep(other)

    _, start = replay_all(web)

    assert start == 0
    keeping.place(question).write_text("not JSON")
    assert keeping.found(question) is None
    assert (home / keeping.FOLDER).stat().st_mode & 0o077 == 0


def test_a_run_may_be_begun_afresh(log: PostgresLog, web: Connection) -> None:
    stored(log, much_computed())
    origin, size = Reading(web).head()
    event = Reading(web).id_at(20)
    assert event is not None
    half = replay_some(web, 0, 20)
    question = Question(origin=origin, since=0)
    keeping.keep(keeping.Kept(question=question, upto=size, outcome=half, event=event))

    _, start = replay_all(web, afresh=True)

    assert start == 0


def test_only_what_stands_behind_a_position_is_replayed(
    log: PostgresLog, web: Connection
) -> None:
    size = stored(log, much_computed())
    whole, _ = replay_all(web)
    half = size // 2

    after, start = replay_all(web, since=half)
    before = replay_some(web, 0, half)
    nothing = replay_some(web, size, 10)

    assert start == half
    assert before.replayed + after.replayed == whole.replayed
    assert (after.differences, after.position) == ([], size)
    assert (nothing.replayed, nothing.position) == (0, size)


def test_one_decision_or_one_stream_is_replayed_by_its_id(
    log: PostgresLog, web: Connection, writer: Connection
) -> None:
    stored(log, much_computed())
    position = tamper(writer, "obligation.fulfilled-late", "days_late", "9")
    ((_, record),) = [
        pair for page in Reading(web).pages(position - 1, position) for pair in page[1]
    ]

    event = replay_one(web, record.event_id)
    stream = replay_one(web, record.originator_id)

    assert (event.replayed, event.different) == (1, 1)
    assert [(d.stored, d.recomputed) for d in event.differences] == [(9, 7)]
    assert (stream.replayed, stream.different) == (2, 1)
    with pytest.raises(Unknown):
        replay_one(web, uuid4())


def test_a_rulebook_is_supposed_and_nothing_recorded(
    log: PostgresLog, web: Connection
) -> None:
    size = stored(log, much_computed())
    done: list[int] = []

    found = suppose(
        web,
        SHIPPED[f"{V1}.toml"].replace('offset = "-7d"', 'offset = "-9d"'),
        progress=lambda at, _: done.append(at),
    )

    assert found.differences
    assert done[-1] == size == Reading(web).head()[1]
