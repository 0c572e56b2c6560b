"""Questions to the register of sanctions: which there are, and what is to be done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal, NamedTuple
from uuid import UUID

from psycopg import Connection

from projections.models.asking import Said, answers
from projections.models.paging import FIRST_DAY, LIMIT, MOST, Page, page, place, size
from projections.statements import Statements

SQL = Statements(Path(__file__).with_name("sanctions_questions.sql"))
MODEL = "sanctions"
BY_DECISION, BY_DUE, BY_END = "decided_on", "due_on", "until_on"
Status = Literal["running", "stayed", "withheld", "released", "quashed"]


@dataclass(frozen=True, slots=True)
class SanctionEntry:
    """A sanction in the register; the order of the fields is that of the SQL."""

    sanction: str
    person: str
    name: Said
    track: str
    kind: str
    case: str
    decided_on: date
    until_on: date | None
    term_until: date | None
    for_ever: bool
    blocks: list[str]
    rulebook: str
    version: int
    status: Status
    released_on: date | None
    event_id: UUID


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be done because of a sanction, by when, and not why.

    `task` is the rulebook's name for what is made good, or a change that HR carries
    out; `at_most` is the day to which that can be put off. What was not done when the
    sanction was undone is dropped. The order of the fields is that of the SQL.
    """

    sanction: str
    task: str
    person: str
    name: Said
    track: str
    kind: str
    due_on: date
    at_most: date | None
    stage: Literal["open", "done", "dropped"]
    done_on: date | None


@dataclass(frozen=True, slots=True)
class MeasureEntry:
    """A measure: not a sanction; the order of the fields is that of the SQL."""

    measure: str
    person: str
    name: Said
    track: str
    kind: str
    case: str | None
    decided_on: date
    until_on: date | None
    blocks: list[str]
    event_id: UUID
    not_a_sanction: Literal[True] = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Which:
    """Which of them: every condition that is given must hold.

    Attributes:
        unit: the unit in which the person stands, with all units below it.
        until_to: the period ends on this day, or before.
        due_before: to be done before this day.
        all: those too that are over, undone, or done.
    """

    person: str | None = None
    unit: str | None = None
    track: str | None = None
    status: Status | None = None
    until_to: date | None = None
    due_before: date | None = None
    all: bool = False


LIVE = Which()


class Release(NamedTuple):
    """A sanction whose period seems to be over."""

    until_on: date
    sanction: str


def sanctions(
    connection: Connection[Any],
    today: date,
    which: Which = LIVE,
    *,
    after: str | None = None,
    limit: int = LIMIT,
) -> Page[SanctionEntry]:
    """Return a page of sanctions, by the day of their decision.

    Args:
        connection: as probity_web or probity_scheduler.
        today: the day on which people stand in their units.
        which: which sanctions; without a status or `all`, those that are live.
        after: the `next` of the page before.
        limit: how many to a page.

    Raises:
        Invalid: `after` or `limit` is not what it should be.
    """
    whole = which.all or which.status is not None
    values = asked(which, today, BY_DECISION, after, limit) | {"all": whole}
    rows = answers(connection, SQL["list_sanctions"], values, SanctionEntry)
    return page(rows, limit, BY_DECISION, lambda r: (r.decided_on, r.sanction))


def measures(
    connection: Connection[Any],
    today: date,
    which: Which = LIVE,
    *,
    after: str | None = None,
    limit: int = LIMIT,
) -> Page[MeasureEntry]:
    """Return a page of measures, by the day of their decision; see `sanctions`."""
    values = asked(which, today, BY_DECISION, after, limit)
    rows = answers(connection, SQL["list_measures"], values, MeasureEntry)
    return page(rows, limit, BY_DECISION, lambda r: (r.decided_on, r.measure))


def tasks(
    connection: Connection[Any],
    today: date,
    which: Which = LIVE,
    *,
    of_hr: bool,
    after: str | None = None,
    limit: int = LIMIT,
) -> Page[Task]:
    """Return a page of what is to be done, by when; see `sanctions`.

    `of_hr` says whether it is what HR carries out, or what is made good.
    """
    start = (FIRST_DAY, "", "")
    behind = place(after, BY_DUE, tuple[date, str, str], start)
    named = zip(("after_day", "after_name", "after_task"), behind, strict=True)
    values = conditions(which) | dict(named) | {"today": today, "of_hr": of_hr}
    values["limit"] = size(limit)
    rows = answers(connection, SQL["list_tasks"], values, Task)
    return page(rows, limit, BY_DUE, lambda r: (r.due_on, r.sanction, r.task))


def to_release(
    connection: Connection[Any],
    day: date,
    *,
    after: str | None = None,
    limit: int = MOST,
) -> Page[Release]:
    """Return a page of what is live though its period ends on *day*, or before."""
    values = {"day": day, **behind(BY_END, after), "limit": size(limit)}
    rows: Sequence[Release] = answers(
        connection, SQL["list_to_release"], values, Release
    )
    return page(rows, limit, BY_END, tuple)


def asked(
    which: Which, today: date, order: str, after: str | None, limit: int
) -> dict[str, Any]:
    paging = {**behind(order, after), "limit": size(limit), "today": today}
    return conditions(which) | paging


def behind(order: str, after: str | None) -> dict[str, Any]:
    day, name = place(after, order, tuple[date, str], (FIRST_DAY, ""))
    return {"after_day": day, "after_name": name}


def conditions(which: Which) -> dict[str, Any]:
    return {name: getattr(which, name) for name in Which.__dataclass_fields__}
