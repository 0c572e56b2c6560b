"""Asks who was eligible on a day, as known at any position of the log."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from psycopg import Connection

from domain.promotion.facts import Eligibility, Level, Question
from domain.promotion.judging import Judge
from domain.regime.discipline import Purpose
from domain.regime.types import Rulebook
from projections.models.asking import Said, answers
from projections.models.eligibility_rows import SQL, Found, Laws
from projections.models.personnel_file import position_at

MODEL = "eligibility"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked of every candidate; without a ladder, on the law's first one."""

    rulebook: str
    as_of: date
    purpose: Purpose = "promotion"
    ladder: str | None = None
    level: Level = "higher"

    def of(self, person: str, book: Rulebook) -> Question:
        ladders = book.eligibility.ladders if book.eligibility else ()
        return Question(
            person=person,
            rulebook=self.rulebook,
            purpose=self.purpose,
            ladder=self.ladder or next(iter(ladders), ""),
            level=self.level,
            as_of=self.as_of,
        )


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody, and what they are called; the order is that of the SQL."""

    number: str
    name: Said


@dataclass(frozen=True, slots=True)
class Answers:
    """Who is eligible, as known at a `position` of the log, in the order asked.

    `asked` is the question, of nobody in particular.

    `unknown` are those of whom there is no file, or none that may be seen.
    """

    asked: Question
    position: int
    rows: tuple[Eligibility, ...]
    unknown: tuple[str, ...]


def eligible(
    connection: Connection[Any],
    asked: Asked,
    persons: Sequence[str],
    *,
    known_at: int | datetime | None = None,
    own: bool = False,
) -> Answers:
    """Return of each person whether they are eligible, in two questions.

    Args:
        connection: as probity_web or probity_scheduler.
        asked: for what, and as of which day.
        persons: whom; whoever is named twice is answered once.
        known_at: what was known at that position of the log, or time; None: now.
        own: the persons themselves ask: what they were not told of does not exist yet.

    Raises:
        Unknown: no such rulebook was published by then.
        WrongStage: no version of it is in force on the day.
        Invalid: it cannot be asked this, or so much of the log is not read yet.
    """
    if isinstance(known_at, datetime):
        known_at = position_at(connection, known_at)
    laws = Laws(connection, known_at)
    book = laws.in_force(asked.rulebook, asked.as_of)
    question = asked.of("", book)
    judge = Judge(question, book, laws.book).judge
    wanted = list(dict.fromkeys(persons))
    found = Found(connection, wanted, asked.as_of, laws.position)
    rows = tuple(
        judge(person, found.stints[person].posts, found.of(person, own=own))
        for person in wanted
        if person in found.stints
    )
    unknown = tuple(person for person in wanted if person not in found.stints)
    return Answers(question, laws.position, rows, unknown)


def names(connection: Connection[Any], persons: Sequence[str]) -> Mapping[str, Said]:
    """Return what people are called, sealed as it is kept."""
    wanted = {"persons": list(persons)}
    rows = answers(connection, SQL["list_names"], wanted, Named)
    return {row.number: row.name for row in rows}
