"""What a check comes to: what differs, what could not be checked, and what to know."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

FINE, TAMPERED, UNCHECKED = 0, 1, 2


class CannotCheck(Exception):
    """There is nothing to check, or nothing to check it with; the message says what."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One way in which what is shown is not what was proven.

    Attributes:
        kind: edited, leaf-edited, deleted, inserted, reordered, truncated, tile-edited,
            checkpoint-edited, re-signed, head-edited, proof, bundle or projection.
        text: what differs, in words.
        origin: the log it is about; empty where it is about none.
        index: the first leaf that is not as proven; None where no leaf is concerned.
        last: where only a range is known, the last leaf that may be the first bad one.
        fields: the columns of the event that differ, where the proven entry is known.
        leaf_too: whether the stored leaf was changed along with the event.
    """

    kind: str
    text: str
    origin: str = ""
    index: int | None = None
    last: int | None = None
    fields: tuple[str, ...] = ()
    leaf_too: bool | None = None

    def __str__(self) -> str:
        where = [self.origin] if self.origin else []
        if self.index is not None:
            until = "" if self.last in (None, self.index) else f" to {self.last}"
            where.append(f"leaf {self.index}{until}")
        place = f" ({', '.join(where)})" if where else ""
        return f"{self.kind}{place}: {self.text}"


@dataclass
class Verdict:
    """The outcome of a check.

    Attributes:
        differences: what is not as it was proven to be.
        obstacles: what could not be checked, and why.
        remarks: what a reader should know besides.
        counts: how much was checked, by name.
    """

    differences: list[Difference] = field(default_factory=list)
    obstacles: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    counts: dict[str, Any] = field(default_factory=dict)

    @property
    def code(self) -> int:
        """The exit code: 0 fine, 1 tampered, 2 could not check."""
        if self.differences:
            return TAMPERED
        return UNCHECKED if self.obstacles else FINE

    def join(self, other: "Verdict") -> None:
        """Add the outcome of a further check."""
        self.differences += other.differences
        self.obstacles += other.obstacles
        self.remarks += other.remarks
        self.counts |= other.counts

    def written(self) -> str:
        """Return the outcome as one JSON document."""
        verdict = ("fine", "tampered", "could not check")[self.code]
        document = {"verdict": verdict, "exit": self.code, **asdict(self)}
        return json.dumps(document, indent=2, ensure_ascii=False)

    def lines(self) -> Iterator[str]:
        """Yield the outcome as a person reads it."""
        for difference in self.differences:
            yield f"TAMPERED  {difference}"
        for obstacle in self.obstacles:
            yield f"UNCHECKED  {obstacle}"
        yield from self.remarks
        if self.code == FINE:
            yield "Fine: nothing differs from what was proven."
