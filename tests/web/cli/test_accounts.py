"""Accounts are added, locked, and given passwords and identities."""

import os
import pty
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from tests.postgres import environ
from tests.web.cli.terminal import Terminal

HOME = Path(__file__).parents[3]

PASSWORD = "correct horse battery staple"  # noqa: S105  of nobody
IDENTITY = ("--issuer", "https://id.example", "--subject", "248289761001")


def test_an_account_is_added_and_says_as_whom_it_acts(terminal: Terminal) -> None:
    added = terminal.json("accounts", "add", "Li.Na", "--person", "P7")
    terminal.run("accounts", "add", "desk")

    assert (added["name"], added["actor"]) == ("li.na", "P7")
    listed = terminal.json("accounts", "list")
    assert [one["actor"] for one in listed] == ["account:desk", "P7"]
    assert "account:desk" in terminal.run("accounts", "list")


def test_a_name_or_a_person_that_is_taken_is_refused(terminal: Terminal) -> None:
    terminal.run("accounts", "add", "li", "--person", "P7")

    assert "there is an account li" in terminal.refused("accounts", "add", "LI")
    said = terminal.refused("accounts", "add", "li2", "--person", "P7")
    assert "P7 has an account already" in said
    for name in ("", "with space", "x" * 101):
        assert "visible characters" in terminal.refused("accounts", "add", name)


def test_a_password_comes_from_standard_input_and_is_shown_nowhere(
    terminal: Terminal,
) -> None:
    terminal.run("accounts", "add", "li")

    result = terminal.type("accounts", "set-password", "li", says=PASSWORD + "\n")

    assert result.exit_code == 0, result.output
    assert PASSWORD not in result.output
    (listed,) = terminal.json("accounts", "list")
    assert listed["password_set_at"]
    assert "argon2" not in str(listed)


def test_a_password_that_is_too_short_is_refused_and_not_repeated(
    terminal: Terminal,
) -> None:
    terminal.run("accounts", "add", "li")

    result = terminal.type("accounts", "set-password", "li", says="too short\n")

    assert result.exit_code == 1
    assert "15 to 1024 characters" in result.stderr
    assert "too short" not in result.stderr


def test_at_a_terminal_a_password_is_asked_for_twice_and_not_shown(
    terminal: Terminal,
) -> None:
    terminal.run("accounts", "add", "li")
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "web.cli", "accounts", "set-password", "li"]

    with subprocess.Popen(
        command,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
        env=environ(terminal.database),
        cwd=HOME,
    ) as program:
        os.close(theirs)
        seen = answered(ours)

    assert program.returncode == 0, seen
    assert "The password is set" in seen
    assert PASSWORD not in seen


def answered(terminal: int) -> str:
    """Type the password each time it is asked for; return all that was shown."""
    seen, asked = "", 0
    with suppress(OSError):  # as Linux tells that the other end is closed
        while part := os.read(terminal, 1000):
            seen += part.decode()
            if seen.count(":") > asked and seen.rstrip().endswith(":"):
                asked = seen.count(":")
                os.write(terminal, f"{PASSWORD}\n".encode())
    os.close(terminal)
    return seen


def test_an_account_is_locked_and_unlocked(terminal: Terminal) -> None:
    terminal.run("accounts", "add", "li")

    locked = terminal.json("accounts", "lock", "li")
    assert locked["locked_at"]
    assert locked["locked_by"].startswith("cli:")
    assert terminal.json("accounts", "unlock", "li")["locked_at"] is None


def test_an_identity_is_bound_to_one_account_and_unbound(terminal: Terminal) -> None:
    terminal.run("accounts", "add", "li")
    terminal.run("accounts", "add", "wang")

    assert terminal.json("accounts", "bind-oidc", "li", *IDENTITY)["identities"] == 1
    assert terminal.json("accounts", "bind-oidc", "li", *IDENTITY)["identities"] == 1
    said = terminal.refused("accounts", "bind-oidc", "wang", *IDENTITY)
    assert "bound to another account" in said
    said = terminal.refused("accounts", "unbind-oidc", "wang", *IDENTITY)
    assert "there is no identity of that account" in said
    unbound = terminal.json("accounts", "unbind-oidc", "li", *IDENTITY)
    assert unbound["identities"] == 0
    assert terminal.json("accounts", "bind-oidc", "wang", *IDENTITY)["identities"] == 1
    nothing = ("--issuer", "https://id.example", "--subject", " ")
    said = terminal.refused("accounts", "bind-oidc", "li", *nothing)
    assert "an issuer and a subject" in said


@pytest.mark.parametrize(
    "words",
    [
        ("lock", "nobody"),
        ("unlock", "nobody"),
        ("set-password", "nobody"),
        ("bind-oidc", "nobody", *IDENTITY),
        ("unbind-oidc", "nobody", *IDENTITY),
    ],
    ids=lambda words: words[0],
)
def test_what_is_no_account_is_said_to_be_none(
    terminal: Terminal, words: tuple[str, ...]
) -> None:
    assert "there is no" in terminal.refused("accounts", *words)


def test_a_setting_that_makes_no_sense_is_told_before_the_server_starts(
    terminal: Terminal,
) -> None:
    terminal.variables["PROBITY_PROXIES"] = "many"

    said = terminal.refused("web", "--bind", "127.0.0.1:1")

    assert "PROBITY_PROXIES: 'many' is not a whole number above 0" in said
