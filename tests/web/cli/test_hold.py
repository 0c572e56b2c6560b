"""The embedded server outlives the command that printed its address, for a while."""

import os
import subprocess
import sys

import psycopg

from tests import postgres
from tests.postgres import wait_until_stopped
from tests.processes import programs_of

PRINT = """
import web.cli.hold
from web.cli import main
web.cli.hold.PATIENCE = 2.0
main(["database", "url", "--superuser"])
"""


def test_whoever_was_given_the_address_can_connect_and_stay(major: int) -> None:
    with postgres.home() as directory:
        environ = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
        given = {"PROBITY_HOME": str(directory), **programs_of(major)}
        printed = subprocess.run(
            [sys.executable, "-c", PRINT],
            env=environ | given,
            capture_output=True,
            text=True,
            check=True,
        )

        with psycopg.connect(printed.stdout.strip()) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
        wait_until_stopped(directory / "postgres")
