"""Rows as reports: what was filed, when it was received, and the events it lists."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import quote
from uuid import NAMESPACE_URL, UUID, uuid5

from msgspec.structs import replace

from domain.errors import Invalid
from domain.filing import RecordPaper
from domain.record import Value
from domain.regime.types import Kind
from domain.rulebook import Regime, find_rule, rule_of
from web.intake import shape
from web.intake.cells import Cells, Row
from web.intake.entry import EnterPerson, RecordReceived, TakeReport
from web.intake.events import Event, Events
from web.intake.outcome import Refusal
from web.intake.people import People
from web.intake.tables import Line

CHANNELS: dict[str, type[RecordPaper]] = {
    "electronic": RecordReceived,
    "paper": RecordPaper,
}


class Draft(Value):
    """A row as a report: the command without events, the events, and those refused."""

    line: int
    command: TakeReport
    events: tuple[Event, ...]
    refused: tuple[Refusal, ...]

    def whole(self, events: Sequence[Event]) -> TakeReport:
        """Return the command with these events; its reason names those refused."""
        report = self.command.report
        said = replace(
            report,
            items=items(events),
            content_known=bool(events),
            reason="; ".join((report.reason or "", *map(not_taken, self.refused))),
        )
        return replace(self.command, report=said)


def items(events: Iterable[Event]) -> tuple[Mapping[str, Any], ...]:
    return tuple(event.answers for event in events)


def not_taken(one: Refusal) -> str:
    return f"event {one.event} not taken: {one.field or 'it'}: {one.reason}"


class Reports:
    """Reads reports as the `report` and `events` parts of a mapping say.

    `origin` names the file; `rulebook` is meant where the mapping names none;
    `regime_of` looks a rulebook up.
    """

    def __init__(
        self,
        mapping: shape.Mapping,
        origin: str,
        rulebook: str | None,
        regime_of: Callable[[str], Regime],
    ) -> None:
        self.report, listed = reporting(mapping)
        self.events = Events(mapping, listed)
        self.people = People(mapping, mapping.person) if mapping.person else None
        self.cells = Cells(mapping.source)
        self.origin, self.rulebook, self.regime_of = origin, rulebook, regime_of

    def check(self) -> None:
        """Raise where the mapping cannot fit: no such rulebook, rule, or field."""
        columns = self.report
        named = columns.rulebook.value if columns.rulebook else self.rulebook
        if named is None or columns.rule.value is None:
            return
        regime = self.regime_of(str(named))
        books = [regime.version(number) for number in regime.published]
        rules = [rule_of(book, str(columns.rule.value)) for book in books]
        known = {field.name for rule in rules for field in rule.form or ()}
        for name in self.events.listed.fields.keys() - known:
            reason = f"the form has no such field; there are: {', '.join(known)}"
            raise Invalid(f"mapping, events.fields.{name}", reason, rule=rules[0].id)

    def draft(self, line: Line) -> Draft:
        """Return what the row reports, or raise `Invalid`."""
        row, columns, cells = line.row, self.report, self.cells
        origin = f"imported from {self.origin}, line {line.number}"
        rulebook = self.named_rulebook(row)
        rule = cells.needed(columns.rule, row)
        received_on = cells.needed_day(columns.received_on, row)
        person = cells.needed(columns.person, row)
        kinds = self.kinds(rulebook, rule, received_on)
        events, refused = self.events.read(line, kinds)
        if not (events or refused or self.events.listed.none == "paper"):
            raise Invalid("events", "the row lists no event")
        kind = self.channel(row) if events or refused else RecordPaper
        report = kind(
            disclosure=self.key(rulebook, row),
            person=person,
            rulebook=rulebook,
            rule=rule,
            received_on=received_on,
            reason=origin,
            **self.claims(row),
        )
        command = TakeReport(report=report, newcomer=self.newcomer(row, person, origin))
        return Draft(line=line.number, command=command, events=events, refused=refused)

    def newcomer(self, row: Row, person: str, origin: str) -> EnterPerson | None:
        return self.people.entry(row, origin, person) if self.people else None

    def named_rulebook(self, row: Row) -> str:
        named = self.cells.text(self.report.rulebook, row) or self.rulebook
        if named is None:
            raise Invalid("rulebook", "name it in a column, the mapping or --rulebook")
        return named

    def key(self, rulebook: str, row: Row) -> str:
        """Return the report's number: the same in every run, whatever its line."""
        parts = [self.cells.needed(column, row) for column in self.report.key]
        name = "/".join(quote(part, safe="") for part in (rulebook, *parts))
        return str(uuid5(NAMESPACE_URL, f"probity:import/{name}"))

    def channel(self, row: Row) -> type[RecordPaper]:
        said = self.cells.text(self.report.channel, row) or "electronic"
        if said not in CHANNELS:
            raise Invalid("channel", f"{said} is not one of {', '.join(CHANNELS)}")
        return CHANNELS[said]

    def claims(self, row: Row) -> dict[str, Any]:
        """Return what else the row says of the report, in the domain's types."""
        columns, cells = self.report, self.cells
        said: dict[str, Any] = {
            name: cells.text(getattr(columns, name), row)
            for name in (
                "relative",
                "approval",
                "justification",
                "source",
                "scan_sha256",
            )
        }
        said["subject"] = cells.text(columns.subject, row) or "self"
        said["period"] = as_year(cells.text(columns.period, row))
        said["obligation"] = as_uuid(cells.text(columns.obligation, row))
        unforeseen = columns.unforeseen and cells.value(columns.unforeseen, row)
        said["unforeseen"] = str(unforeseen).lower() == "true"
        return said

    def kinds(self, rulebook: str, rule: str, day: date) -> dict[str, Kind]:
        """Return the fields of the form in force on the day; none where none is."""
        book = self.regime_of(rulebook).in_force(day)
        found = find_rule(book, rule) if book else None
        return {f.name: f.kind for f in (found.form if found else None) or ()}


def as_year(text: str | None) -> int | None:
    if text is not None and not text.isascii():
        raise Invalid("period", f"{text} is not a year")
    try:
        return None if text is None else int(text)
    except ValueError:
        raise Invalid("period", f"{text} is not a year") from None


def as_uuid(text: str | None) -> UUID | None:
    try:
        return None if text is None else UUID(text)
    except ValueError:
        raise Invalid("obligation", f"{text} is not the number of one") from None


def reporting(
    mapping: shape.Mapping,
) -> tuple[shape.ReportColumns, shape.EventColumns]:
    if mapping.report is None or mapping.events is None:
        raise Invalid("mapping", "it maps no reports")
    return mapping.report, mapping.events
