"""Draws that anybody can repeat: list, method and seed decide who is drawn."""

from collections.abc import Callable, Collection, Iterable, Mapping
from decimal import ROUND_CEILING, Decimal
from hashlib import sha256

from domain.errors import Invalid, Unknown

METHOD = "sha256-rank-v1"
REPEATABLE = "a draw is repeated by its list, method and seed, and gives the same"
Draw = Callable[[str, Collection[str], int], tuple[str, ...]]


def drawn(
    method: str, seed: str, population: Collection[str], size: int
) -> tuple[str, ...]:
    """Return the *size* numbers that are drawn from the population, in their order.

    Raises:
        Unknown: there is no such method.
        Invalid: there is no seed, nobody to draw from, or more to draw than there are.
    """
    if method not in METHODS:
        raise Unknown("method of drawing", method)
    if not seed.strip():
        raise Invalid("seed", "without a seed nobody can repeat it", rule=REPEATABLE)
    if not 1 <= size <= len(population):
        reason = f"from {len(population)} people {size} cannot be drawn"
        raise Invalid("size", reason, rule=REPEATABLE)
    if len(set(population)) < len(population):
        raise Invalid("population", "somebody is in it twice", rule=REPEATABLE)
    return METHODS[method](seed, population, size)


def by_rank(seed: str, population: Collection[str], size: int) -> tuple[str, ...]:
    """Return those whose SHA-256 of seed and number, written together, is smallest.

    What `printf %s%s SEED NUMBER | sha256sum` prints for each number, sorted.
    """

    def rank(number: str) -> tuple[str, str]:
        return sha256((seed + number).encode()).hexdigest(), number

    return tuple(sorted(population, key=rank)[:size])


def one_of(method: str, seed: str, matter: str, pool: Collection[str]) -> str:
    """Return whom of the pool is drawn for one matter: another matter, another seed."""
    return drawn(method, f"{seed}:{matter}:", pool, 1)[0]


def digest_of(population: Iterable[str]) -> str:
    """Return the SHA-256 of the sorted numbers, each ended by a line feed, in hex."""
    lines = (f"{number}\n" for number in sorted(population))
    return sha256("".join(lines).encode()).hexdigest()


def size_of(share: Decimal, population: int) -> int:
    """Return how many a share of so many people is: part of a person is a whole one."""
    return int((share * population).to_integral_value(ROUND_CEILING))


METHODS: Mapping[str, Draw] = {METHOD: by_rank}
