"""A draw: who of a population is verified, in a way that anybody can repeat."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Self
from uuid import UUID

from msgspec.structs import replace

from domain.errors import Invalid, Unknown, WrongStage
from domain.matter import local_day
from domain.person import CoveredPerson, person_stream, standings
from domain.record import Command, Decision, Fact, Given, Value, stream_of
from domain.records.words import demand
from domain.regime.population import covers
from domain.regime.scrutiny import Verifying
from domain.regime.types import Rulebook
from domain.rulebook import regime_stream, title
from domain.verification.drawing import (
    METHOD,
    REPEATABLE,
    digest_of,
    drawn,
    size_of,
)
from domain.verification.facts import SampleDrawn
from domain.verification.law import SECTION, cite_part, law_of, law_on


class Draw(Value):
    sample: SampleDrawn | None = None

    @property
    def subject(self) -> str | None:
        return None

    def evolve(self, fact: Fact) -> Self:
        match fact:
            case SampleDrawn():
                return replace(self, sample=fact)
        return self


def draw_stream(draw: str) -> UUID:
    return stream_of("draw", draw)


class DrawSample(Command[Draw]):
    """Draw those who are verified, from everybody whom a population covers on a day.

    `persons` is that population, as the register was found to have it. Each of them is
    looked up, and must be registered and covered on the day. Whether somebody was left
    out is not asked here, where nobody knows all numbers there are: it shows when the
    draw is repeated, since the digest of the list is recorded.

    Attributes:
        seed, seed_from: what it is seeded with, and where that was published.
        population: one of the rulebook's; None: the one whose reports it has verified.
        unit: only those who stand in this unit or below it.
        as_of: the day; None: today.
        size: how many; None: the share that the rulebook says.
    """

    draw: str
    rulebook: str
    persons: tuple[str, ...]
    seed: str
    seed_from: str
    population: str | None = None
    unit: str | None = None
    as_of: date | None = None
    size: int | None = None

    @property
    def stream(self) -> UUID:
        return draw_stream(self.draw)

    def reads(self) -> tuple[UUID, ...]:
        people = map(person_stream, self.persons)
        return (self.stream, regime_stream(self.rulebook), *people)

    def blank(self) -> Draw:
        return Draw()

    def decide(self, draw: Draw, given: Given) -> Decision:
        demand("seed", self.seed, what="say it", rule=REPEATABLE)
        published = "say where the seed was published"
        demand("seed_from", self.seed_from, what=published, rule=REPEATABLE)
        drawing = Drawing.asked(given, self)
        self.check(drawing, given)
        fact = self.fact(drawing)
        if draw.sample is None:
            yield fact
        elif draw.sample != fact:
            raise WrongStage(f"{self.draw} was drawn otherwise", rule=REPEATABLE)

    def check(self, drawing: "Drawing", given: Given) -> None:
        """Raise `Invalid` naming the first who is listed twice, or not covered."""
        for number, times in Counter(self.persons).items():
            if times > 1:
                raise Invalid("persons", f"{number} stands twice", rule=REPEATABLE)
            if not drawing.covers(given, number):
                reason = f"{number} is not in {drawing.population} on {drawing.day}"
                raise Invalid("persons", reason, rule=title(drawing.book))

    def fact(self, drawing: "Drawing") -> SampleDrawn:
        count = len(self.persons)
        size = size_of(drawing.law.share, count) if self.size is None else self.size
        return SampleDrawn(
            draw=self.draw,
            method=METHOD,
            seed=self.seed,
            seed_from=self.seed_from,
            population=drawing.population,
            unit=self.unit,
            as_of=drawing.day,
            population_sha256=digest_of(self.persons),
            population_size=count,
            size=size,
            drawn=drawn(METHOD, self.seed, self.persons, size),
            cited=cite_part(drawing.book, SECTION, drawing.law.legal_basis),
        )


class Drawing(Value):
    """From whom is drawn: a population of a version of the law, on a day."""

    book: Rulebook
    law: Verifying
    population: str
    day: date
    unit: str | None = None

    @classmethod
    def asked(cls, given: Given, command: DrawSample) -> Self:
        """Return from whom a command asks to draw.

        Raises:
            Unknown: no version is in force, or there is no such population.
            Invalid: the day lies in the future, or the law names no population.
        """
        book, law = law_on(given, command.rulebook, command.as_of or given.at.date())
        today = local_day(book, given.at)
        day = command.as_of or today
        if day > today:
            raise Invalid("as_of", f"{day} lies in the future", rule=REPEATABLE)
        population = command.population or law.population
        if population is None:
            raise Invalid("population", "the rulebook names none", rule=title(book))
        if population not in book.populations:
            raise Unknown("population", f"{population} in {title(book)}")
        return cls(
            book=book, law=law, population=population, day=day, unit=command.unit
        )

    @classmethod
    def then(cls, given: Given, sample: SampleDrawn) -> Self:
        """Return from whom a sample was drawn, by the version that it cites."""
        book, law = law_of(given, sample.cited)
        return cls(
            book=book,
            law=law,
            population=sample.population,
            day=sample.as_of,
            unit=sample.unit,
        )

    @property
    def by_unit(self) -> bool:
        """Return whether it matters where somebody stands: to know it takes reading."""
        parts = (self.book.scope, *self.book.populations.values())
        return self.unit is not None or any(part.units for part in parts)

    def covers(self, given: Given, number: str) -> bool:
        """Return whether the population has the person on the day, as the log says."""
        person = given.look(CoveredPerson(), person_stream(number))
        if not person.number:
            return False
        return any(
            covers(self.book, self.population, standing)
            and (self.unit is None or self.unit in standing.units)
            for standing in standings(given, person, self.day, in_units=self.by_unit)
        )

    def covered(self, given: Given, numbers: Iterable[str]) -> Iterator[str]:
        """Yield those of the numbers whom the population has on the day."""
        return (number for number in numbers if self.covers(given, number))


def repeated(sample: SampleDrawn, population: Iterable[str]) -> SampleDrawn:
    """Return the draw as it comes out from this population, all else as it was."""
    numbers = tuple(population)
    size = min(sample.size, len(numbers))
    again = drawn(sample.method, sample.seed, numbers, size) if size else ()
    return replace(
        sample,
        population_sha256=digest_of(numbers),
        population_size=len(numbers),
        size=size,
        drawn=again,
    )
