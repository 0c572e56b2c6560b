"""The register is made, found and refused by commands that say what to do."""

import psycopg
import pytest

from projections.postgres.address import Address
from tests.postgres import Server, admin
from tests.web.cli.terminal import Terminal
from web.cli import COMMANDS


def test_init_may_be_run_again(terminal: Terminal) -> None:
    assert terminal.type("init").stderr == "The register is ready.\n"
    assert terminal.run("init") == ""


def test_database_url_prints_how_to_reach_it(terminal: Terminal) -> None:
    assert terminal.run("database", "url").strip() == terminal.database.url
    admin_url = terminal.run("database", "url", "--superuser").strip()
    assert admin_url == terminal.database.admin_url
    assert terminal.json("database", "url") == {"url": terminal.database.url}


def test_a_register_that_is_not_there_yet_is_asked_to_be_made(
    terminal: Terminal, server: Server
) -> None:
    with psycopg.connect(server.cluster.url(), autocommit=True) as connection:
        connection.execute("CREATE DATABASE bare ENCODING 'UTF8' TEMPLATE template0")
        connection.execute("GRANT CONNECT ON DATABASE bare TO probity")
    url = terminal.database.url.rpartition("/")[0] + "/bare"
    terminal.variables["DATABASE_URL"] = url

    assert "run `probity init`" in terminal.refused("overdue")
    server.drop(Address(url, url))


def test_a_database_that_would_lose_events_is_refused(terminal: Terminal) -> None:
    terminal.variables["PROBITY_POSTGRES_ENABLE_DB_FUNCTIONS"] = "y"

    for command in ("serve", "web", "project", "schedule", "sequence", "late"):
        said = terminal.refused(command)
        assert "readers step over events" in said


def test_a_server_that_is_away_is_said_to_be_away(terminal: Terminal) -> None:
    terminal.variables["DATABASE_URL"] = "postgresql://nobody@127.0.0.1:1/none"

    assert "the database is out of reach" in terminal.refused("late")


def test_rights_that_are_missing_are_said_to_be_missing(terminal: Terminal) -> None:
    with admin(terminal.database) as connection:
        connection.execute(
            "REVOKE ALL ON ALL TABLES IN SCHEMA calendar FROM probity_web"
        )

    assert "run `probity init` again" in terminal.refused("overdue")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_says_what_it_does(terminal: Terminal, command: str) -> None:
    assert "Usage: " in terminal.run(command, "--help")
    assert command in terminal.run("--help")


def test_wrong_usage_is_told_apart_by_its_exit_code(terminal: Terminal) -> None:
    assert "No such command" in terminal.refused("nonsense", code=2)
    assert "No such option" in terminal.refused("late", "--nonsense", code=2)
    assert "does not exist" in terminal.refused("import", "people", "no.csv", code=2)
