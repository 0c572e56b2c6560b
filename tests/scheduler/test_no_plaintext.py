"""What people declared, and are called, is nowhere in the clear but in their mail."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from signal import SIGTERM
from uuid import uuid4

import pytest
from psycopg.sql import SQL, Identifier

from domain.duties import MarkOverdue, RecordJustification
from domain.errors import Incomplete, Invalid, Unknown
from domain.filing import FileDisclosure
from domain.obligation import obligation_stream
from domain.personnel import DeclareRelative
from domain.record import Actor
from projections import work
from projections.runs import Cursor
from scheduler.jobs import HOUR, Job
from scheduler.leader import Turn
from scheduler.office import Office, named
from tests.postgres import admin, environ
from tests.scheduler.postman import Postman, serving
from tests.scheduler.register import Register, noon, rule, rulebook
from tests.scheduler.test_killed import projecting
from tests.scheduler.waiting import until

NAME, RELATIVE = "Quintilla Canary", "金丝雀 Canary-Spouse"
ADDRESS = "canary.address@example.org"
CONTENTS, REASON = "canary contents: a house at 5 Canal Street", "canary reason"
EXCUSE, JUSTIFIED = "canary excuse", "canary justification"
CANARIES = (NAME, RELATIVE, ADDRESS, CONTENTS, REASON, EXCUSE, JUSTIFIED)
NOON = noon("2024-01-17")
TABLES = """
SELECT n.nspname, c.relname FROM pg_class AS c
JOIN pg_namespace AS n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'm', 'p')
  AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
"""
DUE = 'due = {{ anchor = "appointment_date", offset = "{days}d" }}\nreminders = ["-7d"]'
REPORTS = (
    rule("baseline", "appointment", DUE.format(days=7)),
    rule("other", "appointment", DUE.format(days=9)),
)


def everything(register: Register) -> str:
    """Return all rows of all tables as text, as a dump of the database has them."""
    with admin(register.database) as connection:
        tables = connection.execute(TABLES).fetchall()
        assert {"log", "work", "personnel_file"} <= {schema for schema, _ in tables}
        rows = SQL("SELECT t::text FROM {}.{} AS t")
        return "\n".join(
            row
            for schema, table in tables
            for (row,) in connection.execute(
                rows.format(Identifier(schema), Identifier(table))
            )
        )


def found(text: str, words: tuple[str, ...] = CANARIES) -> list[str]:
    """Return the words that stand in the text, as they are or as bytes are dumped."""
    return [word for word in words if word in text or word.encode().hex() in text]


def declare(register: Register) -> None:
    """Let somebody with a telling name declare things, and owe a report from today."""
    now = datetime.now(UTC)
    register.publish(now, rulebook(*REPORTS))
    register.employ(now, "p1", name=NAME, email=ADDRESS, from_on=now.date())
    register.settle(now)
    reports = FileDisclosure(
        disclosure="d1",
        person="p1",
        rulebook="ethics",
        rule="other",
        obligation=obligation_stream("p1", "ethics", "other", "post of p1"),
        items=({"matters": CONTENTS},),
        justification=JUSTIFIED,
        reason=REASON,
    )
    owed = obligation_stream("p1", "ethics", "baseline", "post of p1")
    spouse = DeclareRelative(number="p1", relative="s", relation="wife", name=RELATIVE)
    excuse = RecordJustification(obligation=owed, text=EXCUSE, reason=REASON)
    declarant = Actor(id="p1", role="declarant")
    register.act(now, spouse, reports, excuse, by=declarant)


def refusing() -> Iterator[str]:
    """Refuse what comes, repeating whose it is and all that a clerk could have said."""
    for code in ("550 5.1.1", "451"):
        yield f"{code} {' '.join(word for word in CANARIES if word.isascii())}"


def refused(register: Register) -> bool:
    return bool(register.rows("SELECT FROM work.outbox WHERE last_error IS NOT NULL"))


def delivered(register: Register) -> bool:
    """Return whether all mail has left; what waits after a failure is due at once."""
    with admin(register.database) as connection:
        connection.execute("UPDATE work.outbox SET next_attempt_at = written_at")
    states = register.rows("SELECT kind, state FROM work.outbox")
    kinds = {mail["kind"] for mail in states if mail["state"] == "delivered"}
    return kinds == {"notice", "reminder"}


@contextmanager
def working(
    register: Register, postman: Postman, log: Path
) -> Iterator[Callable[[], bool]]:
    """Let the program work and write its log; yield what says that it still does."""
    settings = {
        "PROBITY_SMTP_URL": postman.url,
        "PROBITY_MAIL_FROM": "office@example.org",
    }
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "scheduler"],
            env=environ(register.database) | settings,
            stdout=output,
            stderr=output,
        )

    def running() -> bool:
        assert process.poll() is None, log.read_text()
        return True

    try:
        yield running
    finally:
        process.send_signal(SIGTERM)
        process.wait()


def test_s1_21_it_is_neither_in_any_table_nor_in_the_log_of_the_program(
    register: Register, tmp_path: Path
) -> None:
    declare(register)
    log = tmp_path / "log"
    with projecting(register), serving() as postman:
        postman.to_recipients = refusing()
        with working(register, postman, log) as running:
            until(lambda: running() and refused(register), "a mail is refused")
            dumps = [everything(register)]
            until(lambda: running() and delivered(register), "the mail is delivered")
    register.project()
    dumps.append(everything(register))

    said = log.read_text()
    assert "mail did not leave" in said
    assert found(said) == []
    for dump in dumps:
        assert found(dump) == []
        assert found(dump, ("Headquarters", "The baseline report")) != []
    assert {mail["To"] for mail in postman.taken} == {ADDRESS}
    assert all(f"Dear {NAME}," in mail.get_content() for mail in postman.taken)
    with register.office.connection() as connection:
        assert work.parked(connection) == []


ODD = (
    Incomplete(EXCUSE, rule="Act 1", gaps=[CONTENTS]),
    Invalid("amount", CONTENTS),
    Unknown("person", NAME),
    ValueError(CONTENTS),
)


@pytest.mark.parametrize("error", ODD, ids=lambda error: type(error).__name__)
def test_what_is_set_aside_says_why_but_not_what_was_said(
    register: Register, capsys: pytest.CaptureFixture[str], error: Exception
) -> None:
    register.office.set_aside("reactions", "event at position 7", error, now=NOON)

    ((kind,),) = [
        row.values() for row in register.rows("SELECT error FROM work.parked")
    ]
    assert kind.startswith(type(error).__name__)
    assert found(everything(register)) == []
    said = capsys.readouterr().out
    assert "set aside" in said
    assert found(said) == []


def test_a_command_is_named_without_the_reason_that_was_given_for_it() -> None:
    command = MarkOverdue(obligation=uuid4(), today=NOON.date(), reason=REASON)

    assert "MarkOverdue" in named(command)
    assert found(named(command)) == []


@pytest.mark.parametrize("error", ODD, ids=lambda error: type(error).__name__)
def test_a_job_that_fails_leaves_its_trace_but_not_what_it_had_in_hand(
    register: Register, capsys: pytest.CaptureFixture[str], error: Exception
) -> None:
    def failing(_: Office, __: datetime, cursor: Cursor | None) -> Iterator[Cursor]:
        in_hand = {"name": NAME, "contents": CONTENTS}
        if in_hand:
            raise error
        yield cursor or {}

    Turn(register.office, Job("failing", failing, HOUR), lambda: True)()

    said = capsys.readouterr().out
    assert "a job failed" in said
    assert "in failing" in said
    assert found(said) == []
