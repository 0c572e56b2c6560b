"""`python -m scheduler` says what keeps it from working, and ends when told to."""

import os
import subprocess
import sys
from pathlib import Path
from signal import SIGINT, SIGTERM, Signals

import pytest

from projections.postgres.address import Address
from tests.postgres import Server, environ
from tests.scheduler.register import Register
from tests.scheduler.waiting import until

PROGRAM = [sys.executable, "-m", "scheduler"]
LEADS = """
SELECT a.pid FROM pg_locks JOIN pg_stat_activity AS a USING (pid)
WHERE locktype = 'advisory' AND granted AND a.application_name = 'probity scheduler'
"""


def refused(environment: dict[str, str]) -> str:
    """Return what it says when it does not start."""
    ended = subprocess.run(
        PROGRAM, env=environment, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 2
    return ended.stderr


def test_a_bad_setting_is_named(database: Address) -> None:
    said = refused(environ(database) | {"PROBITY_SMTP_URL": "nowhere"})

    assert said.startswith("probity: PROBITY_MAIL_FROM: ")


def test_a_database_that_is_not_initialised_is_refused(server: Server) -> None:
    empty = Address(server.cluster.url(), server.cluster.url())

    assert "probity init" in refused(environ(empty))


def test_a_database_that_is_away_is_refused(database: Address) -> None:
    away = "postgresql://probity@127.0.0.1:1/probity"

    assert "connection" in refused(environ(database) | {"DATABASE_URL": away})


def test_without_the_wrapping_key_it_does_not_start(
    database: Address, tmp_path: Path
) -> None:
    keyless = environ(database) | {"PROBITY_HOME": str(tmp_path)}
    del keyless["PROBITY_KEK"]

    assert "no wrapping key is given" in refused(keyless)


@pytest.mark.parametrize("end", [SIGTERM, SIGINT])
def test_it_leads_says_once_that_mail_waits_and_ends_when_told(
    register: Register, tmp_path: Path, end: Signals
) -> None:
    log = tmp_path / "log"
    with log.open("w") as output:
        process = subprocess.Popen(
            PROGRAM, env=environ(register.database), stdout=output, stderr=output
        )
    try:
        until(lambda: register.rows(LEADS), "it leads")
    finally:
        process.send_signal(end)

    assert process.wait() == os.EX_OK
    assert log.read_text().count("PROBITY_SMTP_URL is not set") == 1
