"""How far the scheduler's work has come: runs of jobs, a place in the log, sweeps."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
from psycopg import Connection
from psycopg.rows import class_row
from psycopg.types.json import Jsonb

from projections.statements import Statements

SQL = Statements(Path(__file__).with_name("runs.sql"))

Cursor = Mapping[str, Any]
"""A place to go on from, in a form that JSON can hold."""


class Unfinished(NamedTuple):
    """A run of a job that was begun, and how far it came."""

    due_at: datetime
    cursor: Cursor | None


@dataclass(frozen=True)
class Sweep:
    """One duty to be laid on a whole population, in the order of the directory.

    A calendar duty is of a `year`; that of a campaign, whose name is the `key`, is of
    none. It begins when the read model has seen the event at `waits_for`; `cursor` is
    the place in the directory behind whoever was gone through.
    """

    rulebook: str
    rule: str
    key: str
    year: int | None
    triggered_on: date
    due_on: date
    anchors: Mapping[str, date]
    waits_for: int | None = None
    cursor: str | None = None

    def __post_init__(self) -> None:
        dates = msgspec.convert(self.anchors, Mapping[str, date])
        object.__setattr__(self, "anchors", dates)

    @property
    def name(self) -> dict[str, Any]:
        return {"rulebook": self.rulebook, "rule": self.rule, "key": self.key}


def claim_run(
    connection: Connection, job: str, due_at: datetime, now: datetime
) -> bool:
    """Return whether the run that was due then is ours: True once in all time."""
    asked = {"job": job, "due_at": due_at, "now": now}
    return connection.execute(SQL["claim_run"], asked).rowcount > 0


def unfinished(connection: Connection, job: str) -> Sequence[Unfinished]:
    """Return the runs of a job that were begun and not ended, the oldest first."""
    rows = connection.execute(SQL["read_unfinished"], {"job": job}).fetchall()
    return [Unfinished(*row) for row in rows]


def keep_cursor(
    connection: Connection, job: str, due_at: datetime, cursor: Cursor
) -> None:
    """Remember how far a run has come."""
    place = {"job": job, "due_at": due_at, "cursor": Jsonb(cursor)}
    connection.execute(SQL["keep_cursor"], place)


def finish_run(
    connection: Connection, job: str, due_at: datetime, now: datetime
) -> None:
    connection.execute(SQL["finish_run"], {"job": job, "due_at": due_at, "now": now})


def last_finished(connection: Connection, job: str) -> datetime | None:
    """Return when the latest run that was ended had been due, or None."""
    row = connection.execute(SQL["read_last_finished"], {"job": job}).fetchone()
    return row[0] if row else None


def position(connection: Connection, name: str) -> int:
    """Return the position of the last event that this follower has dealt with."""
    row = connection.execute(SQL["read_position"], {"name": name}).fetchone()
    return row[0] if row else 0


def move_position(connection: Connection, name: str, *, old: int, new: int) -> bool:
    """Move on in the log; return False, having done nothing, if another moved first."""
    step = {"name": name, "old": old, "new": new}
    return connection.execute(SQL["move_position"], step).rowcount > 0


def rulebooks(connection: Connection) -> list[str]:
    """Return the rulebooks published before the place that the follower has reached."""
    return [name for (name,) in connection.execute(SQL["list_rulebooks"])]


def add_rulebook(connection: Connection, rulebook: str, now: datetime) -> None:
    connection.execute(SQL["add_rulebook"], {"rulebook": rulebook, "now": now})


def open_sweep(connection: Connection, sweep: Sweep, now: datetime) -> bool:
    """Have a population gone through; return False where that was asked before."""
    dates = Jsonb({name: day.isoformat() for name, day in sweep.anchors.items()})
    row = {
        **sweep.name,
        "year": sweep.year,
        "triggered_on": sweep.triggered_on,
        "due_on": sweep.due_on,
        "anchors": dates,
        "opened_at": now,
    }
    return connection.execute(SQL["open_sweep"], row).rowcount > 0


def unfinished_sweeps(connection: Connection) -> Sequence[Sweep]:
    with connection.cursor(row_factory=class_row(Sweep)) as cursor:
        return cursor.execute(SQL["list_unfinished_sweeps"]).fetchall()


def running_sweeps(connection: Connection, since: date) -> Sequence[Sweep]:
    """Return those, ended or not, whose duty falls due on *since* or later."""
    with connection.cursor(row_factory=class_row(Sweep)) as cursor:
        return cursor.execute(SQL["list_running_sweeps"], {"since": since}).fetchall()


def await_position(connection: Connection, sweep: Sweep, head: int) -> int:
    """Let a sweep begin when all that the log holds now is known; return that position.

    What was said first holds, whoever asks again.
    """
    asked = {**sweep.name, "head": head}
    row = connection.execute(SQL["await_position"], asked).fetchone()
    return row[0] if row else head


def keep_sweep(
    connection: Connection,
    sweep: Sweep,
    *,
    old: str | None,
    new: str | None,
    now: datetime,
) -> bool:
    """Remember how far it has come: to its end, where *new* is None.

    Return False, having done nothing, if another has taken it further.
    """
    place = {**sweep.name, "old": old, "new": new, "now": now}
    return connection.execute(SQL["keep_sweep"], place).rowcount > 0


def reopen_sweeps(connection: Connection, job: str) -> None:
    """Have everybody gone through once more, if a sweep has set somebody aside."""
    connection.execute(SQL["reopen_sweeps"], {"job": job})


def park(
    connection: Connection,
    job: str,
    item: str,
    error: str,
    *,
    now: datetime,
    position: int | None = None,
) -> None:
    """Set aside what was refused, for a person to look at; *position*: its event's.

    `item` and `error` may quote nothing that anybody declared: they stay in the clear.
    """
    row = {"job": job, "item": item, "error": error, "now": now}
    connection.execute(SQL["park_item"], {**row, "position": position})


def parked_positions(connection: Connection, job: str) -> list[int]:
    """Return where the events stand of which something was set aside."""
    return [at for (at,) in connection.execute(SQL["list_positions"], {"job": job})]


def release(
    connection: Connection, job: str, before: datetime, position: int | None = None
) -> None:
    """Take back what was tried last before then, and so went well since."""
    row = {"job": job, "before": before, "position": position}
    connection.execute(SQL["release_parked"], row)
