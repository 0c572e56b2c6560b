"""What a register's ledger begins with, and how it is brought forward by hand."""

from pathlib import Path

import pytest

from projections.ledger.keyfile import read
from projections.ledger.signing import signed_file
from projections.ledger.store import SQL, latest_signed, origin
from tests.history import History
from tests.postgres import admin, as_role
from tests.processes import mode
from tests.web.cli.terminal import Terminal


@pytest.fixture
def files(terminal: Terminal) -> dict[str, Path]:
    """Where the keys of a register are that has none yet."""
    found = {
        "PROBITY_LOG_KEY_FILE": terminal.directory / "keys/ledger.key",
        "PROBITY_RECEIPT_KEY_FILE": terminal.directory / "keys/receipt.key",
        "PROBITY_LOG_SIGNED_FILE": terminal.directory / "keys/ledger.signed",
    }
    terminal.variables |= {name: str(path) for name, path in found.items()}
    return found


def write(terminal: Terminal, count: int) -> None:
    history = History()
    for number in range(count):
        history.unit(f"u{number}")
    with admin(terminal.database) as connection:
        history.write(connection)


def test_init_makes_the_keys_that_sign_and_never_again(
    terminal: Terminal, files: dict[str, Path]
) -> None:
    log, receipts, _ = files.values()

    said = terminal.type("init").stderr
    before = log.read_text(), receipts.read_text()

    assert said.count("A signing key is in") == 2
    assert (mode(log), mode(receipts)) == (0o600, 0o600)
    assert (read(log).ml_dsa is None, read(receipts).ml_dsa is None) == (False, True)
    assert terminal.type("init").stderr == "The register is ready.\n"
    assert (log.read_text(), receipts.read_text()) == before


def test_keys_are_not_replaced_once_there_are_events(
    terminal: Terminal, files: dict[str, Path]
) -> None:
    write(terminal, 1)

    said = terminal.type("init").stderr

    assert "Nothing can be signed yet" in said
    assert not any(path.exists() for path in files.values())
    assert "cannot be read" in terminal.refused("sequence", "--once")


def test_init_names_the_log_before_its_first_event_and_not_after(
    terminal: Terminal,
) -> None:
    said = terminal.type("init", "--origin", "register.example.org/log/").stderr
    assert "The log's tree is named register.example.org/log/e1." in said
    write(terminal, 1)

    same = terminal.type("init", "--origin", "register.example.org/log")

    assert same.exit_code == 0
    assert "is named register.example.org/log/e1, and has events" in terminal.refused(
        "init", "--origin", "another.example.org/log"
    )
    with as_role(terminal.database, "probity_ledger") as connection:
        assert origin(connection).origin == "register.example.org/log/e1"


@pytest.mark.parametrize("name", ["", "/", "two words", "a+b", "a//b", "x" * 201])
def test_a_name_that_could_not_stand_in_a_signature_is_refused(
    terminal: Terminal, name: str
) -> None:
    assert "cannot be named" in terminal.refused("init", "--origin", name)


def test_sequence_once_takes_what_there_is_and_signs_it(terminal: Terminal) -> None:
    terminal.run("init")
    write(terminal, 5)

    said = [terminal.type("sequence", "--once").stderr for _ in range(2)]

    assert said == [f"{n} events were taken into the ledger's tree.\n" for n in (5, 0)]
    with as_role(terminal.database, "probity_ledger") as connection:
        signed = latest_signed(connection, origin(connection).origin)
        assert signed
        assert signed.size == 5
        assert connection.execute(SQL["try_leading"]).fetchone() == (True,)
        assert "at work already" in terminal.refused("sequence", "--once")


def test_the_files_are_in_our_home_where_nobody_says_otherwise(tmp_path: Path) -> None:
    given = {"PROBITY_LOG_SIGNED_FILE": str(tmp_path / "signed")}

    assert signed_file(given) == tmp_path / "signed"
    assert signed_file({}).name == "ledger.signed"
