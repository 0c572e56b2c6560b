"""The demonstration, as a newcomer sees it: loaded once, shown, and served."""

import subprocess
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from itertools import pairwise
from pathlib import Path

import pytest

from domain.casework import Casework
from domain.disclosure import disclosure_stream
from domain.errors import WrongStage
from domain.filing import FileDisclosure
from domain.rulebook import RegimeCommand
from projections.log import open_log
from projections.postgres.address import Address, connect_as
from projections.vault.keyring import open_vault
from tests.postgres import admin, environ
from tests.web.cli.terminal import Terminal
from tests.web.cli.test_running import answers, free_port, running, wait_until
from web.cli.demo import ROLES_OF_PEOPLE
from web.cli.supervisor import python
from web.demo.calendar import Year
from web.demo.play import play, written
from web.demo.stage import find

TODAY = datetime.now(UTC).date()
DAYS = [date(2024, 2, 29), date(2025, 1, 31), date(2025, 2, 1)]
PARTS = (
    "== Overdue ==",
    "== The file of ",
    "== A report amended late ==",
    "disclosure.certification-withdrawn",
    "disclosure.amended",
    "obligation.fulfilled-late",
    "== What the promotion board is told ==",
    "live_sanction:warning",
    "== Tokens ==",
)


@pytest.fixture
def terminal(
    database: Address, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Terminal:
    monkeypatch.chdir(tmp_path)
    return Terminal(database, tmp_path)


@pytest.fixture
def casework(database: Address) -> Iterator[Casework]:
    log = open_log(connect_as(database.url, "probity_web", name="test"), size=2)
    with log.pool:
        yield Casework(log, open_vault(log))


def moment(day: date) -> datetime:
    return datetime.combine(day, time(9), tzinfo=UTC)


def test_a_newcomer_sees_the_main_job_run(database: Address) -> None:
    shown = subprocess.run(
        python("web.cli", "demo", "--check"),
        env=environ(database),
        capture_output=True,
        text=True,
        check=True,
    )

    places = [shown.stdout.index(part) for part in PARTS]
    assert all(before < after for before, after in pairwise(places))
    assert "is loaded: 200 people in 12 units" in shown.stderr
    for role in ("declarant", "clerk", "reviewer", "certifier", "auditor", "admin"):
        assert f"\n{role} " in shown.stdout


def test_a_second_time_nothing_is_loaded_and_the_tokens_are_new(
    terminal: Terminal,
) -> None:
    first = terminal.run("demo", "--check").splitlines()[-1].split()[-1]
    size = events_but_reads(terminal)

    again = terminal.type("demo", "--check")

    assert again.exit_code == 0
    assert "is here already, and was not loaded again" in again.stderr
    assert events_but_reads(terminal) == size
    good = [one for one in terminal.json("token", "list") if not one["revoked_at"]]
    assert sorted(one["role"] for one in good) == sorted(ROLES_OF_PEOPLE)
    assert first.split("_")[1] not in {one["id"] for one in good}


def events_but_reads(terminal: Terminal) -> int:
    with admin(terminal.database) as connection:
        (count,) = connection.execute(
            "SELECT count(*) FROM log.probity_events WHERE topic <> 'records.read'"
        ).fetchone() or (0,)
    return int(count)


def test_what_was_loaded_is_served(database: Address) -> None:
    port = free_port()
    with running(database, "demo", "--port", str(port)) as served:
        wait_until(lambda: answers(port))
        served.terminate()

        assert served.wait(60) == 0


def test_a_register_that_holds_other_data_is_left_alone(terminal: Terminal) -> None:
    people = terminal.file("people.csv", "number,name\nP1,Ann\n")
    terminal.run("import", "people", people)

    said = terminal.refused("demo", "--check")

    assert "this register holds other data: name an empty one" in said
    assert terminal.json("lag")[0]["events"] == 1


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_the_year_can_be_played_on_any_day(casework: Casework, today: date) -> None:
    script, amended = written(Year.before(today))

    play(casework, script.steps, lambda _: None)

    assert casework.history(disclosure_stream(amended))
    assert len({step.day for step in script.steps}) > 150
    assert all(step.day < today for step in script.steps)


def test_it_is_the_same_year_every_time() -> None:
    first, again = (written(Year.before(date(2025, 6, 1)))[0] for _ in "12")

    assert first.steps == again.steps


def test_a_load_that_broke_off_goes_on_where_it_ended(casework: Casework) -> None:
    steps = written(Year.before(TODAY))[0].steps
    play(casework, steps[:700], lambda _: None)
    size = casework.recorder.max_notification_id()

    story = find(casework, Year.before(date(2020, 1, 1)))
    play(casework, story.script.steps[:700], lambda _: None)

    assert not story.played
    assert story.script.steps == steps
    assert casework.recorder.max_notification_id() == size


def test_an_old_attempt_left_half_way_is_not_guessed_at(casework: Casework) -> None:
    step = written(Year.before(TODAY))[0].steps[0]
    casework.handle(step.command, by=step.by, at=datetime.now(UTC))

    with pytest.raises(WrongStage, match="an old attempt was left half-way"):
        find(casework, Year.before(TODAY))


def test_a_load_of_long_ago_is_known_by_its_last_report(casework: Casework) -> None:
    year = Year.before(TODAY)
    script, _ = written(year)
    law = [s for s in script.steps[650:] if isinstance(s.command, RegimeCommand)]
    last = [s for s in script.steps if isinstance(s.command, FileDisclosure)][-1]
    for step in (*script.steps[:650], *law, last):
        casework.handle(step.command, by=step.by, at=moment(step.day))

    assert find(casework, year).played
