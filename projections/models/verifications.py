"""Questions on verifications: which there are, what to explain, what was drawn."""

from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from psycopg import Connection
from psycopg.rows import args_row

from projections.models.asking import Said, answers
from projections.models.paging import (
    FIRST_DAY,
    FIRST_STREAM,
    LAST_DAY,
    LAST_STREAM,
    LIMIT,
    Page,
    page,
    place,
    size,
)
from projections.statements import Statements

SQL = Statements(Path(__file__).with_name("verifications_questions.sql"))
BY_OPENING, BY_ANSWER, NEWEST = "opened_on", "answer_by", "-as_of"


@dataclass(frozen=True, slots=True)
class VerificationEntry:
    """A verification in the docket; the order of the fields is that of the SQL.

    Attributes:
        verifier: who was drawn to verify, if anybody was.
        unresolved: of how many discrepancies nobody has settled what they mean.
        answer_by: until when the person may explain, while they are asked to.
    """

    verification: str
    person: str
    name: Said
    relative: str | None
    basis: str
    draw: str | None
    board: str | None
    opened_on: date
    verifier: str | None
    sources: list[str]
    reports: list[str]
    discrepancies: int
    unresolved: int
    answer_by: date | None
    findings: int
    concluded: bool
    stream: UUID
    event_id: UUID


@dataclass(frozen=True, slots=True)
class ExplanationEntry:
    """An explanation that somebody is asked for; the order is that of the SQL."""

    verification: str
    person: str
    name: Said
    answer_by: date
    stream: UUID
    event_id: UUID


@dataclass(frozen=True, slots=True)
class DrawEntry:
    """A draw; `opened` of the verifications of those drawn are open or over."""

    draw: str
    rulebook: str
    population: str
    unit: str | None
    as_of: date
    method: str
    seed: str
    seed_from: str | None
    population_sha256: str
    population_size: int
    size: int
    opened: int
    stream: UUID
    event_id: UUID


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """A source that is declared now: what for, and by what law."""

    source: str
    name: str
    purpose: str
    legal_basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Which:
    """Which of them: every condition that is given must hold.

    Attributes:
        unit: the unit in which the person stands, with all units below it.
        unresolved: only those with a discrepancy that nobody has settled.
        all: concluded ones as well.
    """

    person: str | None = None
    unit: str | None = None
    basis: str | None = None
    draw: str | None = None
    verifier: str | None = None
    unresolved: bool = False
    all: bool = False


OPEN = Which()


def verifications(
    connection: Connection[Any],
    today: date,
    which: Which = OPEN,
    *,
    after: str | None = None,
    limit: int = LIMIT,
) -> Page[VerificationEntry]:
    """Return a page of verifications, by the day on which they were opened.

    Args:
        connection: as probity_web or probity_scheduler.
        today: the day on which people stand in their units.
        which: which of them.
        after: the `next` of the page before.
        limit: how many to a page.

    Raises:
        Invalid: `after` or `limit` is not what it should be.
    """
    values = asked(which, today, BY_OPENING, after) | {"limit": size(limit)}
    rows = answers(connection, SQL["list_verifications"], values, VerificationEntry)
    return page(rows, limit, BY_OPENING, lambda row: (row.opened_on, row.stream))


def explanations(
    connection: Connection[Any],
    today: date,
    which: Which = OPEN,
    *,
    after: str | None = None,
    limit: int = LIMIT,
) -> Page[ExplanationEntry]:
    """Return a page of explanations that are asked for, by the last day for them.

    Of *which* only the person and the unit count. See `verifications`.
    """
    values = asked(which, today, BY_ANSWER, after) | {"limit": size(limit)}
    rows = answers(connection, SQL["list_explanations"], values, ExplanationEntry)
    return page(rows, limit, BY_ANSWER, lambda row: (row.answer_by, row.stream))


def asked(which: Which, today: date, order: str, after: str | None) -> dict[str, Any]:
    start = (FIRST_DAY, FIRST_STREAM)
    day, stream = place(after, order, tuple[date, UUID], start)
    behind = {"after_day": day, "after_stream": stream}
    return {**asdict(which), **behind, "today": today}


def draws(
    connection: Connection[Any], *, after: str | None = None, limit: int = LIMIT
) -> Page[DrawEntry]:
    """Return a page of draws, the newest first; only who sees everything sees any."""
    start = (LAST_DAY, LAST_STREAM)
    day, stream = place(after, NEWEST, tuple[date, UUID], start)
    values = {"after_day": day, "after_stream": stream, "limit": size(limit)}
    rows = answers(connection, SQL["list_draws"], values, DrawEntry)
    return page(rows, limit, NEWEST, lambda row: (row.as_of, row.stream))


def sources(connection: Connection[Any]) -> tuple[SourceEntry, ...]:
    """Return every source that is declared now, by its code."""
    with connection.cursor(row_factory=args_row(SourceEntry)) as cursor:
        return tuple(cursor.execute(SQL["list_sources"]))
