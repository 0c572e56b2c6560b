"""What is said of a failure in the open: what kind, and where; nothing it quotes."""

import smtplib
import subprocess
import sys

import psycopg
import pytest
from eventsourcing.persistence import OperationalError
from psycopg_pool import PoolTimeout

from domain.errors import (
    Incomplete,
    Invalid,
    NotAllowed,
    Tampered,
    Unknown,
    UnreadableEvent,
    VaultClosed,
    WrongStage,
)
from projections.discretion import told, trace
from projections.postgres.address import Address
from projections.postgres.errors import NotInitialised
from tests.postgres import admin

QUOTED = "Li Si of 5 Canal Street"
REFUSED = smtplib.SMTPRecipientsRefused({QUOTED: (550, f"5.1.1 {QUOTED}".encode())})


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (WrongStage(f"{QUOTED} filed", rule="Act 5"), "WrongStage: Act 5"),
        (NotAllowed(QUOTED, rule="Act 6"), "NotAllowed: Act 6"),
        (Incomplete(QUOTED, rule="Act 7", gaps=[QUOTED]), "Incomplete: Act 7"),
        (Invalid("amount", QUOTED, rule="Act 8"), "Invalid: field amount; Act 8"),
        (Invalid("amount", QUOTED), "Invalid: field amount"),
        (Unknown("person", QUOTED), "Unknown: there is no such person"),
        (
            UnreadableEvent("e", topic="a.b", position="7", reason=QUOTED),
            "UnreadableEvent: topic a.b",
        ),
        (REFUSED, "SMTPRecipientsRefused: SMTP 550 5.1.1"),
        (
            smtplib.SMTPDataError(554, f"no {QUOTED}".encode()),
            "SMTPDataError: SMTP 554",
        ),
        (
            smtplib.SMTPDataError(451, "4.3.0 later"),
            "SMTPDataError: SMTP 451 4.3.0",
        ),
        (smtplib.SMTPSenderRefused(501, b"5.1.7", QUOTED), "SMTP 501 5.1.7"),
        (smtplib.SMTPServerDisconnected(QUOTED), "SMTPServerDisconnected"),
        (ConnectionResetError(104, "Connection reset"), "Connection reset"),
        (psycopg.OperationalError("the server hung up"), "the server hung up"),
        (psycopg.DataError(QUOTED), "DataError"),
        (PoolTimeout("no connection after 5 s"), "no connection after 5 s"),
        (VaultClosed("no wrapping key"), "VaultClosed: no wrapping key"),
        (NotInitialised("run probity init"), "NotInitialised: run probity init"),
        (KeyError(QUOTED), "KeyError"),
    ],
    ids=lambda value: value if isinstance(value, str) else type(value).__name__,
)
def test_it_names_kind_and_rule_and_field_and_no_contents(
    error: Exception, words: str
) -> None:
    assert words in told(error)
    assert QUOTED not in told(error)


def test_what_is_tampered_with_is_named(  # its text names a place, and no contents
) -> None:
    assert "field of stream" in told(Tampered("field of stream"))


def fail(secret: str) -> None:
    raise ValueError(secret)


def test_an_unexpected_error_is_told_by_the_line_that_raised_it() -> None:
    with pytest.raises(ValueError, match=QUOTED) as failure:
        fail(QUOTED)

    said = told(failure.value)
    assert said.startswith("ValueError: at tests.projections.test_discretion:")
    assert said.endswith(" in fail")


def test_a_trace_has_each_cause_and_what_none_of_them_quotes() -> None:
    def wrap() -> None:
        try:
            fail(QUOTED)
        except ValueError as error:
            raise LookupError(QUOTED) from error

    with pytest.raises(LookupError) as failure:
        wrap()

    said = trace(failure.value)
    assert said.index("LookupError") < said.index("because of") < said.index("in fail")
    assert QUOTED not in said


def test_of_the_librarys_error_the_databases_own_is_told() -> None:
    error = OperationalError(QUOTED)
    error.__cause__ = psycopg.OperationalError("the server hung up")

    assert told(error) == "OperationalError: the server hung up"


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("SELECT %s::text::integer", "InvalidTextRepresentation: 22P02"),
        ("SELECT %s::text FROM nowhere", 'relation "nowhere" does not exist'),
        (
            "INSERT INTO work.follower (name) VALUES (%s)",
            "NotNullViolation: 23502 null value in column",
        ),
    ],
)
def test_the_database_is_quoted_where_it_quotes_no_value(
    database: Address, statement: str, words: str
) -> None:
    with admin(database) as connection, pytest.raises(psycopg.Error) as failure:
        connection.execute(statement.encode(), (QUOTED,))

    assert words in told(failure.value)
    assert QUOTED not in told(failure.value)


def test_a_crash_leaves_no_contents_in_its_report() -> None:
    program = (
        "import sys; from projections.discretion import crash\n"
        "sys.excepthook = crash\n"
        "raise ValueError(sys.argv[1])"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program, QUOTED],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (ended.returncode, ended.stderr.splitlines()[0][:11]) == (1, "ValueError:")
    assert QUOTED not in ended.stderr
