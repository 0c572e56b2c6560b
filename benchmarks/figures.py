"""A figure, always beside what the same work costs without us, in the same run."""

import statistics
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

ROUNDS = 5
SLOT = 1.0


@dataclass(frozen=True)
class Figure:
    """`value` and `beside` are in the same `unit`; `ratio` is the one over the other.

    `goal` bounds the ratio from below; from above if `at_most`; and the value itself if
    `of_value` or if nothing stands beside it.
    """

    work: str
    value: float
    unit: str
    beside: float | None = None
    goal: float | None = None
    at_most: bool = False
    of_value: bool = False

    @property
    def ratio(self) -> float | None:
        return self.value / self.beside if self.beside else None

    @property
    def met(self) -> bool | None:
        if self.goal is None:
            return None
        alone = self.of_value or self.ratio is None
        measured = self.value if alone else (self.ratio or 0.0)
        return measured <= self.goal if self.at_most else measured >= self.goal

    def row(self) -> dict[str, object]:
        return {
            "work": self.work,
            "value": round(self.value, 6),
            "unit": self.unit,
            "beside": self.beside if self.beside is None else round(self.beside, 6),
            "ratio": self.ratio if self.ratio is None else round(self.ratio, 3),
            "goal": self.goal,
            "met": self.met,
        }


def in_turn(*works: Callable[[float], float]) -> list[float]:
    """Return the median rate of each work, the works taking turns slot by slot.

    A work is called with the seconds it may take and returns how much it did a second.
    """
    for work in works:
        work(SLOT / 4)
    rounds = [[work(SLOT) for work in works] for _ in range(ROUNDS)]
    return [statistics.median(column) for column in zip(*rounds, strict=True)]


def rate(act: Callable[[], object], seconds: float, threads: int = 1) -> float:
    """Return how often a second *act* is done by so many threads for so long."""
    until = time.perf_counter() + seconds

    def loop(_: int) -> int:
        count = 0
        while time.perf_counter() < until:
            act()
            count += 1
        return count

    started = time.perf_counter()
    with ThreadPoolExecutor(threads) as pool:
        done = sum(pool.map(loop, range(threads)))
    return done / (time.perf_counter() - started)


def table(figures: Iterable[Figure]) -> str:
    """Return the figures as lines of aligned columns."""
    lines = [("work", "value", "unit", "beside", "ratio", "goal", "met")]
    lines += [cells(figure) for figure in figures]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        for line in lines
    )


def cells(figure: Figure) -> tuple[str, str, str, str, str, str, str]:
    sign = "<=" if figure.at_most else ">="
    return (
        figure.work,
        f"{figure.value:,.5g}",
        figure.unit,
        "" if figure.beside is None else f"{figure.beside:,.5g}",
        "" if figure.ratio is None else f"{figure.ratio:.2f}",
        "" if figure.goal is None else f"{sign} {figure.goal:,}",
        {None: "", True: "yes", False: "NO"}[figure.met],
    )
