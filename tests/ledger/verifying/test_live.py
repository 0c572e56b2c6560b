"""`probity verify` and `probity ledger dump`, of a register clean and then bent."""

import json
import subprocess
from pathlib import Path

import pytest

from projections.postgres import binaries
from projections.postgres.address import Address
from projections.vault.destruction import destroy
from tests.chance import PEOPLE, chance_history
from tests.history import History
from tests.ledger.verifying.conftest import Auditor
from tests.ledger.verifying.house import GUARDED, House
from tests.postgres import admin, as_role
from tests.projections.vault import vault_of
from tests.web.cli.terminal import Terminal

STEPS = 300
EVENTS = 200  # at least: some steps come to nothing
LIE = "UPDATE log.probity_events SET topic = 'x' WHERE notification_id = 7"
ROW_LIE = "UPDATE calendar.obligation SET category = 'another'"


@pytest.fixture
def terminal(database: Address, tmp_path: Path) -> Terminal:
    return Terminal(database, tmp_path)


@pytest.fixture
def house(database: Address, auditor: Auditor, terminal: Terminal) -> House:
    """A register of which much is sealed, with the keys in the database."""
    house = House(database)
    with admin(database):
        house.write(chance_history(5, STEPS, vault_of(database, "probity_web")))
    auditor.trust(house.policy)
    terminal.variables["PROBITY_LEDGER_POLICY"] = auditor.trusted[1]
    return house


def bend(house: House, statement: str) -> None:
    """Do it for good."""
    with admin(house.database) as connection:
        for table in GUARDED:
            connection.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER".encode())
        connection.execute(statement.encode())


def test_a_clean_register_is_fine(house: House, terminal: Terminal) -> None:
    result = terminal.type("verify")

    assert result.exit_code == 0
    assert f"{house.origin}: " in result.stdout
    assert result.stdout.endswith("Fine: nothing differs from what was proven.\n")
    counts = terminal.json("verify")["counts"][house.origin]
    assert counts["anchored"] == counts["leaves"] > EVENTS


def test_a_bent_register_is_not(house: House, terminal: Terminal) -> None:
    bend(house, LIE)

    result = terminal.type("verify", "--json")

    assert result.exit_code == 1
    assert "the trigger append_only_rows on log.probity_events" in result.stdout
    (found,) = json.loads(result.stdout)["differences"]
    assert (found["kind"], found["index"], found["leaf_too"]) == ("edited", 6, False)
    assert "TAMPERED  edited" in terminal.type("verify").stdout


def test_what_nothing_anchors_cannot_be_checked(
    database: Address, auditor: Auditor, terminal: Terminal
) -> None:
    history = History()
    history.unit("u")
    with admin(database) as connection:
        history.write(connection)
    policy = auditor.file("none", "quorum none\n")

    result = terminal.type("verify", "--policy", str(policy))

    assert result.exit_code == 2
    assert "no checkpoint that the policy accepts" in result.stdout
    assert "No policy names a witness" in result.stdout


def test_a_policy_that_is_none_cannot_be_checked_by(
    house: House, terminal: Terminal, auditor: Auditor
) -> None:
    del house
    result = terminal.type("verify", "--policy", str(auditor.file("bad", "quorum\n")))

    assert result.exit_code == 2
    assert "UNCHECKED" in result.stdout


def test_a_database_that_is_out_of_reach_cannot_be_checked(terminal: Terminal) -> None:
    terminal.variables["DATABASE_URL"] = "postgresql://nobody@localhost:1/none"

    result = terminal.type("verify")

    assert result.exit_code == 2
    assert "UNCHECKED  the database is out of reach" in result.stdout


def test_a_checkpoint_from_outside_shows_that_the_end_was_cut(
    house: House, terminal: Terminal, auditor: Auditor
) -> None:
    note = auditor.file("note", house.witness())
    for table in ("cosigned", "signed", "checkpoint", "tile"):
        bend(house, f"DELETE FROM ledger.{table}")  # noqa: S608  our own names
    bend(house, "DELETE FROM log.probity_events WHERE notification_id > 150")
    bend(house, "UPDATE log.head SET size = 150")
    house.witness()
    assert terminal.type("verify").exit_code == 0

    result = terminal.type("verify", "--json", "--checkpoint", str(note))

    said = json.loads(result.stdout)
    assert result.exit_code == 1
    assert [(one["kind"], one["index"]) for one in said["differences"]] == [
        ("truncated", 150)
    ]


def test_a_dump_is_checked_elsewhere_and_so_is_one_of_pg_dump(
    house: House, terminal: Terminal, auditor: Auditor, major: int
) -> None:
    ours, theirs = auditor.home / "ours.sql", auditor.home / "theirs.sql"
    assert terminal.json("ledger", "dump", str(ours))["events"] > EVENTS
    programs = binaries.installed(major)
    assert programs is not None
    pg_dump = [programs.program("pg_dump"), house.database.admin_url]
    with theirs.open("wb") as file:
        subprocess.run(pg_dump, stdout=file, check=True)

    assert auditor.check(ours).said["counts"] == auditor.check(theirs).said["counts"]
    assert (auditor.check(ours).code, auditor.check(theirs).code) == (0, 0)
    assert ours.stat().st_mode & 0o777 == 0o600

    bend(house, LIE)
    terminal.run("ledger", "dump", str(ours))
    assert auditor.check(ours).said["differences"][0]["index"] == 6


def test_destroyed_keys_and_rebuilt_models_change_nothing(
    house: House, terminal: Terminal, auditor: Auditor, database: Address
) -> None:
    with as_role(database, "probity_scheduler") as connection:
        assert sum(destroy(connection, number) for number in PEOPLE[:4]) > 0
    for model in ("calendar", "records"):
        terminal.run("rebuild", model)

    assert terminal.type("verify").exit_code == 0
    with house.bent() as connection:
        dumped = house.dump(connection, auditor.home / "dump.sql")
    assert auditor.check(dumped).code == 0


def test_rows_of_a_read_model_that_were_edited_are_found(
    house: House, terminal: Terminal
) -> None:
    del house
    terminal.run("project", "--once")
    assert terminal.type("verify", "--projections").exit_code == 0
    with admin(terminal.database) as connection:
        assert connection.execute(ROW_LIE).rowcount

    result = terminal.type("verify", "--projections", "--json")

    said = json.loads(result.stdout)
    assert result.exit_code == 1
    assert {one["kind"] for one in said["differences"]} == {"projection"}
    assert "calendar" in said["differences"][0]["text"]


def test_the_rows_of_read_models_are_dumped_on_request(
    house: House, terminal: Terminal, auditor: Auditor
) -> None:
    del house
    terminal.run("project", "--once")
    path = auditor.home / "all.sql"

    terminal.run("ledger", "dump", str(path), "--models")

    assert "COPY calendar.obligation (" in path.read_text()
    assert auditor.check(path).code == 0
