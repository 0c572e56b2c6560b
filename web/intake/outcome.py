"""What became of an import: a line for each refusal, and the sums."""

from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

import msgspec

from domain.errors import Invalid, KeyReused, Refused, Unknown, VersionClash
from web.intake.entry import described

# What the register says no with; anything else is an outage, and ends the import.
NO = (Refused, Invalid, Unknown, VersionClash, KeyReused)


class Refusal(msgspec.Struct, frozen=True, kw_only=True):
    """A row, or its nth event (from 1), that was not taken, and why."""

    line: int
    event: int | None = None
    field: str | None = None
    reason: str
    rule: str | None = None


class Sums(msgspec.Struct, kw_only=True):
    """What an import did. A row is taken, there already, or refused.

    `on_paper_unknown` are reports on paper whose content is unknown,
    `left_without_events` those of which every event was refused; `without_duty` are
    events that no rule demanded of their filer on that day, `late` ones those whose
    report came after their due date.
    """

    file: str
    kind: str
    rows: int = 0
    taken: int = 0
    already_there: int = 0
    refused: int = 0
    registered: int = 0
    on_paper_unknown: int = 0
    left_without_events: int = 0
    events: int = 0
    events_refused: int = 0
    late: int = 0
    without_duty: int = 0
    columns_not_read: tuple[str, ...] = ()
    report: str | None = None


class Outcome:
    """Counts, and writes each refusal to the report at once; the report is optional.

    A report of an earlier run is replaced, also by none if nothing is refused.
    """

    def __init__(self, sums: Sums, report: Path) -> None:
        self.sums, self.path = sums, report
        self.file: IO[bytes] | None = None

    def __enter__(self) -> Self:
        self.path.unlink(missing_ok=True)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.file:
            self.file.close()

    def refuse_row(self, line: int, reason: str | Exception | Refusal) -> None:
        self.sums.refused += 1
        self.write(
            reason if isinstance(reason, Refusal) else refusal(line, None, reason)
        )

    def refuse_events(self, refusals: Iterable[Refusal]) -> None:
        for one in refusals:
            self.sums.events_refused += 1
            self.write(one)

    def write(self, one: Refusal) -> None:
        if self.file is None:
            self.file = self.path.open("wb", buffering=0)
            self.sums.report = str(self.path)
        self.file.write(msgspec.json.encode(one) + b"\n")


def refusal(line: int, event: int | None, reason: str | Exception) -> Refusal:
    said: dict[str, Any] = (
        described(reason) if isinstance(reason, Exception) else {"reason": reason}
    )
    return Refusal(line=line, event=event, **said)
