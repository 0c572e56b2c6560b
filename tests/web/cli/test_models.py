"""Read models are looked after: how far they are, rebuilt, and what they parked."""

import json

import psycopg

from projections.position import SQL
from tests.postgres import admin, as_role
from tests.web.cli.terminal import INSTANT, Terminal

V2 = f"{INSTANT}-v2"


def test_the_lag_is_counted_until_somebody_projects(terminal: Terminal) -> None:
    terminal.publish(V2)
    assert {row["events"] for row in terminal.json("lag")} == {2}
    assert "calendar" in terminal.run("lag")

    terminal.run("project", "--once")

    assert {row["events"] for row in terminal.json("lag")} == {0}


def test_a_read_model_is_built_anew(terminal: Terminal) -> None:
    terminal.publish(V2)

    result = terminal.type("rebuild", "calendar", "--json")

    assert '"events": 2' in result.stdout
    assert "calendar was built anew from 2 events" in result.stderr
    assert "is not one of" in terminal.refused("rebuild", "nix", code=2)


def test_a_rebuild_says_that_nothing_was_changed(terminal: Terminal) -> None:
    terminal.publish(V2)
    terminal.run("project", "--once")

    log, live = terminal.json("rebuild", "registry")["compared"]

    assert (log["against"], log["verdict"]) == ("attested", "unattested")
    assert (live["against"], live["verdict"]) == ("live", "same")


def test_a_rebuild_over_edited_rows_is_told_and_goes_on(terminal: Terminal) -> None:
    terminal.publish(V2)
    terminal.run("project", "--once")
    with admin(terminal.database) as superuser:
        superuser.execute("UPDATE registry.rulebook SET rulebook = 'mine'")

    result = terminal.type("rebuild", "registry", "--json")

    assert result.exit_code == 1
    said = json.loads(result.stdout)
    _, live = said["compared"]
    assert (live["verdict"], said["events"]) == ("different", 2)
    assert [table["table"] for table in live["tables"]] == ["rulebook"]
    assert f"{live['claimed']} stands, {live['rebuilt']} is rebuilt" in result.stderr
    assert "The log is the truth, and the rows it makes are live now" in result.stderr
    assert terminal.type("rebuild", "registry").exit_code == 0


def test_one_rebuild_at_a_time(terminal: Terminal) -> None:
    with as_role(terminal.database, "probity_projector") as connection:
        held(connection, "calendar")

        said = terminal.refused("rebuild", "calendar")

    assert "calendar is being rebuilt by another process" in said


def held(connection: psycopg.Connection, model: str) -> None:
    """Have another process, as it were, rebuild that read model."""
    connection.execute(SQL["try_rebuilding"], {"name": model})


def test_what_is_parked_is_listed_and_tried_again(terminal: Terminal) -> None:
    assert "No event is parked" in terminal.type("parked").stderr
    terminal.publish(V2)
    terminal.run("project", "--once")
    park = "INSERT INTO projection.parked VALUES ('calendar', 1, 'P1', 'why')"
    with as_role(terminal.database, "probity_projector") as connection:
        connection.execute(park)

    (row,) = terminal.json("parked")
    assert (row["model"], row["position"], row["error"]) == ("calendar", 1, "why")
    retried = terminal.type("parked", "--retry")
    assert "calendar: 1 applied, 0 parked still" in retried.stderr
    assert terminal.json("parked") == []
