"""Refuses a database that would lose or reorder events, or let them be edited."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg.rows import class_row

from projections.postgres.binaries import OLDEST
from projections.postgres.errors import NotInitialised, UnsafeSetting

ASK = Path(__file__).with_name("safety.sql").read_text()
GUARDS = ("append_only_rows", "append_only_table")
FUNCTIONS = "POSTGRES_ENABLE_DB_FUNCTIONS"
NO = {"", "0", "n", "no", "f", "false", "off"}

# A server setting, the value that is refused, and what it does to events.
HARMFUL = (
    ("fsync", "off", "a crash of the machine can damage the log beyond repair"),
    ("full_page_writes", "off", "a crash of the machine can leave half-written pages"),
    ("synchronous_commit", "off", "a crash loses events that were acknowledged"),
    ("session_replication_role", "replica", "events can be edited, no trigger fires"),
)


@dataclass(frozen=True)
class Report:
    """What a server says about itself; the columns of safety.sql."""

    major: int
    encoding: str
    standby: bool
    fsync: str
    full_page_writes: str
    synchronous_commit: str
    session_replication_role: str
    initialised: bool
    guards: list[str]


def refuse_unsafe(connection: psycopg.Connection, environ: Mapping[str, str]) -> None:
    """Pass where events are safe; else refuse, naming all that is wrong at once.

    Args:
        connection: to the database, as any role.
        environ: the environment of the process that is about to start.

    Raises:
        UnsafeSetting: what is wrong, what it does to events, and what to do.
        NotInitialised: all is well, but the log is not there yet.
    """
    with (
        connection.transaction(),
        connection.cursor(row_factory=class_row(Report)) as c,
    ):
        # Where the database has no encoding, text would come as bytes.
        c.execute("SET LOCAL client_encoding TO 'UTF8'")
        report = c.execute(ASK).fetchone()
    assert report is not None  # noqa: S101  a SELECT without FROM
    judge(report, environ)


def judge(report: Report, environ: Mapping[str, str]) -> None:
    """Refuse what a server reports of itself; see `refuse_unsafe`."""
    problems = [*_environment(environ), *_server(report), *_settings(report)]
    if report.initialised:
        problems += _guards(report)
    if problems:
        raise UnsafeSetting("\n".join(problems))
    if not report.initialised:
        raise NotInitialised("the log is not in this database yet: run `probity init`")


def _environment(environ: Mapping[str, str]) -> Iterator[str]:
    for name, value in environ.items():
        ours = name == FUNCTIONS or name.endswith(f"_{FUNCTIONS}")
        if ours and value.strip().lower() not in NO:
            yield (
                f"{name} is {value}: the library's insert function takes no lock, so"
                " that readers step over events which are committed late, and it writes"
                " into another application's table. Unset it."
            )


def _server(report: Report) -> Iterator[str]:
    if report.major < OLDEST:
        yield (
            f"the server is PostgreSQL {report.major}: the log is written and tested"
            f" for {OLDEST} and later. Upgrade the server."
        )
    if report.encoding != "UTF8":
        yield (
            f"the database's encoding is {report.encoding}: it cannot hold every name"
            " that is filed. Create one with ENCODING 'UTF8' and give that."
        )
    if report.standby:
        yield (
            "the server is a standby: it takes no events, and may lack the latest, on"
            " which decisions rest. Give the primary's address."
        )


def _settings(report: Report) -> Iterator[str]:
    for name, refused, harm in HARMFUL:
        if getattr(report, name) == refused:
            yield (
                f"{name} is {refused}: {harm}. Set it back (RESET in the role, the"
                " database and postgresql.conf), and reload the server."
            )


def _guards(report: Report) -> Iterator[str]:
    for missing in sorted(set(GUARDS) - set(report.guards)):
        yield (
            f"the trigger {missing} on log.probity_events is missing or disabled: past"
            " events can be edited. Find out who did that and check the log against a"
            " backup; then `probity init` makes it anew, or ALTER TABLE"
            f" log.probity_events ENABLE ALWAYS TRIGGER {missing}."
        )
