"""Whether a rule covers a person, and why."""

from collections.abc import Iterator
from typing import NamedTuple

from domain.errors import Unknown
from domain.record import Value
from domain.regime.discipline import Status
from domain.regime.types import Population, Rulebook


class Standing(Value):
    """What decides whether somebody is covered, as it was on one day.

    `units` begins with the person's own unit and goes up through those above it.
    """

    number: str
    rank: str | None = None
    category: str | None = None
    employer_type: str | None = None
    units: tuple[str, ...] = ()
    status: Status = "serving"
    last_rank: str | None = None


class Ground(NamedTuple):
    """One condition: whether it is met, and the words for it."""

    met: bool
    words: str


def covers(rulebook: Rulebook, population: str, standing: Standing) -> bool:
    """Return whether *standing* falls under the population within the scope."""
    return all(ground.met for ground in grounds(rulebook, population, standing))


def why(rulebook: Rulebook, population: str, standing: Standing) -> str:
    """Return in words why *standing* is covered, or what keeps it out."""
    found = list(grounds(rulebook, population, standing))
    against = [ground.words for ground in found if not ground.met]
    if against:
        return f"not covered by {population}: {'; '.join(against)}"
    return f"covered by {population}: {'; '.join(ground.words for ground in found)}"


def grounds(
    rulebook: Rulebook, population: str, standing: Standing
) -> Iterator[Ground]:
    """Yield every condition of the scope and of the population with its outcome."""
    if population not in rulebook.populations:
        raise Unknown("population", f"{population} in {rulebook.id}")
    yield from _conditions(rulebook, rulebook.scope, standing)
    yield from _grounds(rulebook, rulebook.populations[population], standing)


def _grounds(book: Rulebook, part: Population, who: Standing) -> Iterator[Ground]:
    if not (part.status or part.either):
        yield _one_of("status", who.status, ("serving",))
    yield from _conditions(book, part, who)


def _conditions(book: Rulebook, part: Population, who: Standing) -> Iterator[Ground]:
    yield from _named(part, who)
    yield from _ranked(part, who, book.ranks)
    if part.units:
        met = not set(part.units).isdisjoint(who.units)
        yield Ground(met, f"the unit is {_not(met)}within {_or(part.units)}")
    if part.either:
        yield _either(book, part.either, who)


def _named(part: Population, who: Standing) -> Iterator[Ground]:
    if part.status:
        yield _one_of("status", who.status, part.status)
    if part.ranks:
        yield _one_of("rank", who.rank, part.ranks)
    if part.categories:
        yield _one_of("category", who.category, part.categories)
    if part.employer_types:
        yield _one_of("employer type", who.employer_type, part.employer_types)


def _ranked(
    part: Population, who: Standing, scale: tuple[str, ...]
) -> Iterator[Ground]:
    if part.rank_at_least:
        met = _level(who.rank, scale) >= scale.index(part.rank_at_least)
        yield Ground(
            met, f"rank {who.rank} is {_not(met)}at least {part.rank_at_least}"
        )
    if part.rank_below:
        met = 0 <= _level(who.rank, scale) < scale.index(part.rank_below)
        yield Ground(met, f"rank {who.rank} is {_not(met)}below {part.rank_below}")
    if part.last_rank_at_least:
        met = _level(who.last_rank, scale) >= scale.index(part.last_rank_at_least)
        last = f"last rank {who.last_rank} is {_not(met)}at least"
        yield Ground(met, f"{last} {part.last_rank_at_least}")


def _level(rank: str | None, scale: tuple[str, ...]) -> int:
    """Return the place on the scale; -1, below every rank, for what is not on it."""
    return scale.index(rank) if rank in scale else -1


def _either(book: Rulebook, names: tuple[str, ...], who: Standing) -> Ground:
    met = [n for n in names if _meets(book, book.populations[n], who)]
    return Ground(
        bool(met), f"it is {_not(bool(met))}one of {_or(tuple(met) or names)}"
    )


def _meets(book: Rulebook, part: Population, who: Standing) -> bool:
    return all(ground.met for ground in _grounds(book, part, who))


def _one_of(name: str, held: str | None, allowed: tuple[str, ...]) -> Ground:
    met = held in allowed
    return Ground(met, f"{name} {held} is {_not(met)}{_or(allowed)}")


def _not(met: bool) -> str:  # noqa: FBT001  it is the sentence's own yes or no
    return "" if met else "not "


def _or(names: tuple[str, ...]) -> str:
    return " or ".join(names)
