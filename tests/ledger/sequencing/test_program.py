"""`python -m projections.ledger`: it begins and ends in good order, or says why not."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from projections.ledger.keyfile import log_key_file, read
from projections.ledger.signing import Keys
from projections.ledger.store import latest_signed, origin
from projections.postgres.address import Address
from tests.history import History
from tests.ledger.sequencing.trees import Connection, leaves, more, signed
from tests.postgres import environ
from tests.processes import LONG, wait_for

PROGRAM = [sys.executable, "-m", "projections.ledger"]


@contextmanager
def running(database: Address) -> Iterator["subprocess.Popen[bytes]"]:
    with subprocess.Popen(PROGRAM, env=environ(database)) as process:
        try:
            yield process
        finally:
            process.kill()


def refused(**given: str) -> str:
    """Start it with this environment; it must end at once, and say why."""
    done = subprocess.run(
        PROGRAM, env=given, capture_output=True, text=True, check=False, timeout=LONG
    )
    assert done.returncode == 2
    assert done.stderr.startswith("probity: ")
    assert "Traceback" not in done.stderr
    return done.stderr


def test_it_sequences_and_signs_until_it_is_told_to_end(
    database: Address, writer: Connection, history: History
) -> None:
    seeds = read(log_key_file())
    assert seeds.ml_dsa
    with running(database) as process:
        more(history, writer, 300)
        wait_for(lambda: latest_signed(writer, origin(writer).origin))
        process.send_signal(signal.SIGTERM)

        assert process.wait(LONG) == 0

    last = signed(writer, Keys(seeds.ed25519, seeds.ml_dsa))[-1]
    assert last.size <= len(leaves(writer))
    assert writer.execute("SELECT count(*) FROM ledger.tile").fetchone() != (0,)


def test_without_the_logs_keys_it_does_not_begin(
    database: Address, tmp_path: Path
) -> None:
    away = {"PROBITY_LOG_KEY_FILE": str(tmp_path / "none")}

    assert "none cannot be read" in refused(**environ(database) | away)


def test_with_a_policy_that_is_none_it_does_not_begin(
    database: Address, tmp_path: Path
) -> None:
    policy = tmp_path / "policy"
    policy.write_text("nonsense\n")

    said = refused(**environ(database) | {"PROBITY_LEDGER_POLICY": str(policy)})

    assert "PROBITY_LEDGER_POLICY" in said


def test_without_a_server_it_does_not_begin() -> None:
    away = "postgresql://nobody@127.0.0.1:1/none"

    assert "connection" in refused(**os.environ | {"DATABASE_URL": away})
