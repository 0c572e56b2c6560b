"""Imports a file: reads it line by line, and takes every row that can be taken."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from domain.casework import Casework
from domain.errors import Invalid, Unknown
from domain.record import Actor
from domain.rulebook import Regime, regime_stream
from web.intake import shape
from web.intake.entry import EnterPerson
from web.intake.filer import BATCH, Filer
from web.intake.mapping import paths
from web.intake.outcome import NO, Outcome
from web.intake.people import People
from web.intake.reports import Reports
from web.intake.tables import Line, format_of, read

Advance = Callable[[int], None]


class Import:
    """One file on its way in: *clerk* brings it, *advance* is told of each line."""

    def __init__(
        self,
        casework: Casework,
        path: Path,
        mapping: shape.Mapping,
        clerk: str,
        outcome: Outcome,
    ) -> None:
        self.casework, self.path, self.mapping = casework, path, mapping
        self.clerk, self.outcome = clerk, outcome
        self.checked = False

    def people(self, advance: Advance) -> None:
        """Enter everybody in the file; a row is entered as a whole or not at all."""
        columns = self.mapping.person
        if columns is None:
            raise Invalid("mapping", "it maps no person")
        reader = People(self.mapping, columns)
        waiting: list[tuple[int, EnterPerson]] = []
        for line in self.lines(advance):
            origin = f"imported from {self.path.name}, line {line.number}"
            try:
                waiting.append((line.number, reader.entry(line.row, origin)))
            except NO as error:
                self.outcome.refuse_row(line.number, error)
            if len(waiting) == BATCH:
                self.enter(waiting)
                waiting = []
        self.enter(waiting)

    def enter(self, entries: Sequence[tuple[int, EnterPerson]]) -> None:
        outcomes = self.casework.handle_all(
            [command for _, command in entries],
            by=Actor(id=self.clerk, role="hr"),
            at=datetime.now(UTC),
        )
        for (line, _), outcome in zip(entries, outcomes, strict=True):
            if isinstance(outcome, NO):
                self.outcome.refuse_row(line, outcome)
            elif isinstance(outcome, Exception):
                raise outcome
            else:
                self.outcome.sums.taken += outcome.position is not None
                self.outcome.sums.already_there += outcome.position is None

    def disclosures(self, rulebook: str | None, advance: Advance) -> None:
        """File every report in the file, under *rulebook* where none is mapped."""
        reader = Reports(self.mapping, self.path.name, rulebook, self.regimes())
        reader.check()
        filer = Filer(
            self.casework, self.clerk, self.outcome, reader.events.listed.none
        )
        for line in self.lines(advance):
            try:
                draft = reader.draft(line)
            except NO as error:
                self.outcome.refuse_row(line.number, error)
            else:
                filer.add(draft)
        filer.finish()

    def regimes(self) -> Callable[[str], Regime]:
        @cache
        def regime_of(rulebook: str) -> Regime:
            regime = self.casework.look(Regime(), regime_stream(rulebook))
            if not regime.published:
                raise Unknown("published rulebook", rulebook)
            return regime

        return regime_of

    def lines(self, advance: Advance) -> Iterator[Line]:
        """Yield the rows that can be read; refuse the others."""
        last = 0
        for line in read(self.path, self.mapping.source):
            advance(line.number - last)
            last = line.number
            self.outcome.sums.rows += 1
            if line.fault:
                self.outcome.refuse_row(line.number, line.fault)
            else:
                self.check_columns(line.row)
                yield line

    def check_columns(self, row: Mapping[str, Any]) -> None:
        """Raise `Invalid` for a column that the mapping reads and the file lacks."""
        source, wanted = self.mapping.source, paths(self.mapping)
        if self.checked or format_of(self.path, source) == "jsonl":
            return
        self.checked = True
        self.outcome.sums.columns_not_read = self.not_read(row.keys() - wanted)
        lacking = ", ".join(sorted(wanted - row.keys()))
        if lacking and not source.optional:
            reason = f"it has no column {lacking}; there are: {', '.join(row)}"
            raise Invalid(self.path.name, reason)

    def not_read(self, columns: Iterable[str]) -> tuple[str, ...]:
        events = self.mapping.events
        return () if events and events.all_columns else tuple(sorted(columns))
