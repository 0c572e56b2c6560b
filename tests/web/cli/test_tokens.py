"""Tokens are created, listed without their secrets, and revoked."""

from tests.web.cli.terminal import Terminal


def test_a_token_is_printed_once(terminal: Terminal) -> None:
    result = terminal.type("token", "create", "auditor", "--label", "audit office")

    assert result.stdout.startswith("prb_")
    assert "nobody can read it again" in result.stderr
    listed = terminal.run("token", "list")
    assert "audit office" in listed
    assert result.stdout.strip() not in listed


def test_a_token_says_what_it_is_good_for(terminal: Terminal) -> None:
    created = terminal.json(
        "token",
        "create",
        "reviewer",
        *("--label", "Ann", "--person", "P1", "--unit", "traffic", "--days", "1"),
    )
    (listed,) = terminal.json("token", "list")

    assert created["token"].startswith(f"prb_{listed['id']}_")
    for name in ("role", "person", "unit", "label"):
        assert created[name] == listed[name]


def test_a_token_is_revoked_by_its_id_or_by_itself(terminal: Terminal) -> None:
    first, second = (
        terminal.run("token", "create", "hr", "--label", "desk").strip() for _ in "12"
    )

    ended = terminal.json("token", "revoke", first)
    assert ended["revoked_at"]
    terminal.run("token", "revoke", second.split("_")[1])
    assert all(one["revoked_at"] for one in terminal.json("token", "list"))
    assert "there is no token" in terminal.refused("token", "revoke", "000000000000")


def test_a_token_that_makes_no_sense_is_refused(terminal: Terminal) -> None:
    said = terminal.refused("token", "create", "declarant", "--label", "x")
    assert "person: say whose personnel number" in said
    said = terminal.refused("token", "create", "king", "--label", "x", code=2)
    assert "is not one of" in said
    assert "There are no tokens" in terminal.type("token", "list").stderr
