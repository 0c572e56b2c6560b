"""The operator sees to the wrapping key: given, shown by name, rotated, retired."""

from pathlib import Path

import pytest

from domain.vault import KeyName
from projections.log import open_log
from projections.postgres.address import connect_as
from projections.vault.keyfile import KeyFile
from projections.vault.keyring import open_vault
from tests.postgres import KEK, admin
from tests.web.cli.terminal import Terminal

NEXT = "bmV4dCBrZXkgb2YgMzIgYnl0ZXMsIG5leHQga2V5ICE="


@pytest.fixture
def path(terminal: Terminal) -> Path:
    """A file of a new register's wrapping key, made by `probity init`."""
    path = terminal.directory / "wrapping-keys"
    terminal.variables |= {"PROBITY_KEK": "", "PROBITY_KEK_FILE": str(path)}
    assert f"The wrapping key is in {path}" in terminal.type("init").stderr
    return path


def seal(terminal: Terminal, path: Path | None, *people: str) -> None:
    """Make keys for these people, as filing does."""
    log = open_log(connect_as(terminal.database.url, "probity_web", name="test"))
    with log.pool:
        vault = open_vault(log, KeyFile(path) if path else None)
        vault.provide([KeyName(person) for person in people])


def test_the_versions_are_listed_by_name_with_what_rests_on_them(
    terminal: Terminal, path: Path
) -> None:
    (fresh,) = terminal.json("keys", "status")
    assert (fresh["at_hand"], fresh["current"]) == (True, False)

    seal(terminal, path, "P1", "P2")

    (row,) = terminal.json("keys", "status")
    assert row["name"] == fresh["name"]
    assert (row["current"], row["keys"], row["subjects"]) == (True, 2, 2)
    said = terminal.run("keys", "status")
    assert row["name"] in said
    assert path.read_text().split()[-1] not in said


def test_a_rotation_and_a_retirement_leave_one_new_version(
    terminal: Terminal, path: Path
) -> None:
    seal(terminal, path, "P1")
    (old,) = KeyFile(path).versions()

    rotated = terminal.type("keys", "rotate", "--json")
    assert "Data keys wrapped anew by kek-" in rotated.stderr
    assert '"rewrapped": 1' in rotated.stdout

    new = terminal.json("keys", "status")[-1]["name"]
    assert KeyFile(path).versions() == [old, new]
    assert terminal.type("keys", "retire", old).exit_code == 1  # nobody said yes
    assert KeyFile(path).versions() == [old, new]
    assert "is forgotten" in terminal.type("keys", "retire", old, "--yes").stderr
    assert KeyFile(path).versions() == [new]
    assert "is in use" in terminal.refused("keys", "retire", new, "--yes")


def test_a_version_from_the_environment_is_taken_and_taken_away_by_hand(
    terminal: Terminal,
) -> None:
    terminal.variables["PROBITY_KEK"] = KEK
    seal(terminal, None, "P1")
    assert "Put a new key behind" in terminal.refused("keys", "rotate")
    terminal.variables["PROBITY_KEK"] = f"{KEK},{NEXT}"
    terminal.run("keys", "rotate")

    old, new = (row["name"] for row in terminal.json("keys", "status"))
    assert "is in use" in terminal.refused("keys", "retire", new, "--yes")
    retired = terminal.type("keys", "retire", old, "--yes")
    assert "Now take it out of PROBITY_KEK" in retired.stderr


def test_a_key_that_was_tampered_with_fails_a_rotation_in_the_end(
    terminal: Terminal, path: Path
) -> None:
    seal(terminal, path, "P1", "P2")
    with admin(terminal.database) as connection:
        connection.execute(
            "UPDATE keys.data_key SET wrapped = 'x' WHERE subject = 'P1'"
        )

    result = terminal.type("keys", "rotate")

    assert result.exit_code == 1
    assert ": 1.\n" in result.stderr
    assert "These data keys are not as they were wrapped" in result.stderr


def test_without_a_wrapping_key_each_command_says_what_to_do(
    terminal: Terminal, path: Path
) -> None:
    seal(terminal, path, "P1")
    path.unlink()

    for command in ("status", "rotate"):
        said = terminal.refused("keys", command)
        assert f"{path} cannot be read: No such file" in said
    again = terminal.type("init")
    assert "Nothing can be sealed yet" in again.stderr
    assert not path.exists()


def test_who_is_not_the_administrator_cannot_rotate(terminal: Terminal) -> None:
    terminal.variables["PROBITY_ADMIN_URL"] = terminal.database.url

    said = terminal.refused("keys", "rotate")

    assert "the database does not allow this" in said


def test_a_register_on_a_server_of_ones_own_is_not_given_a_key_unasked(
    terminal: Terminal,
) -> None:
    home = terminal.directory / "home"
    terminal.variables |= {"PROBITY_KEK": "", "PROBITY_HOME": str(home)}

    said = terminal.type("init").stderr

    assert "Nothing can be sealed yet: no wrapping key is given" in said
    assert "Set PROBITY_KEK_FILE or PROBITY_KEK" in said
    assert not home.exists()
