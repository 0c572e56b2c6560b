"""Extracts of registers: files as rows of a rule's form, all of them or none."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from domain.errors import Invalid
from domain.regime.form import clean
from domain.regime.types import Rule
from domain.verification.comparing import kinds_of
from domain.verification.extract import TakeExtract
from web.intake import shape
from web.intake.cells import Cells, Row, place
from web.intake.mapping import paths
from web.intake.tables import Line, format_of, read

MOST_ROWS = 5000  # of one person; more is a file on somebody else
MOST_FAULTS = 50


class Fault(NamedTuple):
    """Where a file cannot be read, and why: the line, and the column if it is one."""

    line: int
    column: str
    reason: str

    def __str__(self) -> str:
        return f"line {self.line}, {self.column}: {self.reason}"


class Unreadable(Exception):
    """A file that cannot be taken as it is; nothing of it was."""

    def __init__(self, file: str, faults: tuple[Fault, ...]) -> None:
        super().__init__(f"{file}: {'; '.join(map(str, faults))}")
        self.file, self.faults = file, faults


class Extract(NamedTuple):
    """A file as it was read: its rows, of which day, and its digest."""

    rows: tuple[dict[str, Any], ...]
    as_of: date
    sha256: str


class Extracts:
    """Reads what a register answers, as a mapping says.

    `rule` has the form whose fields it gives; `as_of` is the day that counts where the
    mapping names none; `people` are those whom rows may be about. Where the mapping
    does not say whom a row is about, there is just one.
    """

    def __init__(
        self,
        mapping: shape.Mapping,
        rule: Rule,
        *,
        people: Collection[str],
        as_of: date | None = None,
    ) -> None:
        self.columns = columns_of(mapping)
        self.source, self.wanted = mapping.source, paths(mapping)
        self.cells = Cells(mapping.source)
        self.rule, self.kinds = rule, kinds_of(rule)
        self.people, self.day = people, as_of

    def read(self, path: Path) -> Mapping[str, Extract]:
        """Return all rows of the file, of each of the people those about them.

        Raises:
            Invalid: the file cannot be read as a whole, or the mapping does not fit.
            Unreadable: rows cannot be read; every fault is named.
        """
        self.check()
        rows: dict[str, list[dict[str, Any]]] = {person: [] for person in self.people}
        faults: list[Fault] = []
        days = {self.day}
        for line in self.lines(path):
            try:
                rows[self.whose(line)].append(self.answers(line.row))
                days.add(self.cells.day(self.columns.as_of, line.row))
            except Invalid as error:
                faults.append(Fault(line.number, error.field, error.reason))
            if len(faults) == MOST_FAULTS:
                break
        refuse_faults(path.name, faults, max(map(len, rows.values()), default=0))
        digest, day = sha256(path.read_bytes()).hexdigest(), one_day(days - {None})
        return {who: Extract(tuple(said), day, digest) for who, said in rows.items()}

    def check(self) -> None:
        """Raise `Invalid` for a field the form lacks, or if it is not said whose."""
        for name in self.columns.fields:
            if name not in self.kinds:
                raise Invalid(f"extract.fields.{name}", "the form has no such field")
        if self.columns.person is None and len(self.people) > 1:
            raise Invalid("extract.person", "say whom a row is about: it may be any")

    def lines(self, path: Path) -> Iterator[Line]:
        """Yield the lines; raise where a column is missing that the mapping reads."""
        optional = self.source.optional
        sheet = format_of(path, self.source) in ("csv", "xlsx")
        for nth, line in enumerate(read(path, self.source)):
            lacking = self.wanted - line.row.keys()
            if nth == 0 and sheet and lacking and not (optional or line.fault):
                known = ", ".join(line.row)
                reason = f"it has no column {', '.join(sorted(lacking))}; but {known}"
                raise Invalid(path.name, reason)
            yield line

    def whose(self, line: Line) -> str:
        """Return whom the row is about; raise if it is nobody of those expected."""
        if line.fault:
            raise Invalid("row", line.fault)
        whose = self.columns.person
        if whose is None:
            return next(iter(self.people))
        found = self.cells.needed(whose, line.row)
        if found not in self.people:
            known = next(iter(self.people)) if len(self.people) == 1 else "those drawn"
            raise Invalid(place(whose), f"it is about {found}, not about {known}")
        return found

    def answers(self, row: Row) -> dict[str, Any]:
        """Return the row in the fields of the form; `Invalid` names the column."""
        fields = self.columns.fields
        read = {n: self.cells.answer(c, row, self.kinds[n]) for n, c in fields.items()}
        said = {name: value for name, value in read.items() if value is not None}
        try:
            return dict(clean(self.rule, said))
        except Invalid as error:
            raise Invalid(place(fields.get(error.field)), error.reason) from None


def refuse_faults(file: str, faults: list[Fault], rows: int) -> None:
    if faults:
        raise Unreadable(file, tuple(faults))
    if rows > MOST_ROWS:
        raise Invalid(file, f"it has more than {MOST_ROWS} rows about one person")


def one_day(days: set[date | None]) -> date:
    known = sorted(day for day in days if day)
    if len(known) != 1:
        told = " and ".join(map(str, known)) or "none"
        raise Invalid("as_of", f"say of which one day it is: there is {told}")
    return known[0]


def columns_of(mapping: shape.Mapping) -> shape.ExtractColumns:
    if mapping.extract is None:
        raise Invalid("mapping", "it maps no extract")
    return mapping.extract


def taking(
    mapping: shape.Mapping,
    extract: Extract,
    *,
    verification: str,
    source: str,
    disclosures: tuple[str, ...],
) -> TakeExtract:
    """Return the command that takes an extract that was read."""
    columns = columns_of(mapping)
    return TakeExtract(
        verification=verification,
        source=source,
        sha256=extract.sha256,
        as_of=extract.as_of,
        rulebook=columns.rulebook,
        rule=columns.rule,
        rows=extract.rows,
        key=columns.key,
        mentions=columns.mentions,
        disclosures=disclosures,
    )
