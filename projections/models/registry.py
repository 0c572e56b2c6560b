"""Questions to the registry: rulebooks, special periods, campaigns, units."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
from psycopg import Connection
from psycopg.rows import args_row

from projections.statements import Statements

SQL = Statements(Path(__file__).with_name("registry_questions.sql"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A version of a rulebook; in force from its date where it is published."""

    version: int
    labels: dict[str, str]
    effective_from: date
    effective_to: date | None
    drafted_by: str
    published: bool
    superseded_by: int | None
    superseded_from: date | None
    covered_units: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A special period: the rule binds from one day up to, not including, another."""

    rule: str
    period: str
    from_on: date
    to_on: date | None


@dataclass(frozen=True, slots=True)
class Rulebook:
    """A rulebook with its versions, in order, and its special periods."""

    rulebook: str
    versions: tuple[Version, ...]
    periods: tuple[Period, ...]


@dataclass(frozen=True, slots=True)
class Campaign:
    """A campaign; the order of the fields is that of the SQL."""

    campaign: str
    name: str
    rulebook: str
    version: int
    rule: str
    launched_on: date
    due_on: date


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit, the unit above it, and its head's number."""

    code: str
    name: str
    parent: str | None
    head: str | None


# Made now, and not by two threads at once; see `domain.regime.parse`.
for shape in (Version, Period):
    msgspec.json.Decoder(shape)


def rulebooks(connection: Connection[Any]) -> tuple[Rulebook, ...]:
    """Return every rulebook, by its id."""
    return tuple(
        Rulebook(
            name,
            msgspec.convert(versions, tuple[Version, ...]),
            msgspec.convert(periods, tuple[Period, ...]),
        )
        for name, versions, periods in connection.execute(SQL["list_rulebooks"])
    )


def campaigns(connection: Connection[Any]) -> tuple[Campaign, ...]:
    """Return every campaign, by the day of its launch."""
    with connection.cursor(row_factory=args_row(Campaign)) as cursor:
        return tuple(cursor.execute(SQL["list_campaigns"]))


def units(connection: Connection[Any], within: str | None = None) -> tuple[Unit, ...]:
    """Return every unit, by its code; or *within* one, with those below it."""
    conditions = {} if within is None else {"unit": within}
    question = SQL.asking("select_units", conditions, "then_by_code")
    with connection.cursor(row_factory=args_row(Unit)) as cursor:
        return tuple(cursor.execute(question, conditions))
