"""The kinds of exports: how each is asked for, and what of it masked data shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from itertools import islice
from typing import Any

import msgspec
from marshmallow import Schema, ValidationError

from domain.errors import Invalid
from domain.records.export import MASKED
from projections.models.calendar import Duty, duties
from projections.models.paging import Page
from projections.models.search import Filing
from web.answers.access import AccessEntry, entries
from web.api.access_log import accesses
from web.api.lists import listed_duties
from web.api.search import found
from web.api.sight import Ask, all_pages
from web.exporting import Row, masked
from web.schemas.oversight import Accesses, Searching
from web.schemas.queries import Duties

MOST = 20_000  # rows in one file
# What of a list's query says in which pages it comes.
PAGING = ("limit", "cursor", "after", "sort")
LAW = frozenset({"rulebook", "version", "rule", "category"})
PLACE = frozenset({"unit", "unit_name", "rank"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """What can be exported.

    Attributes:
        ask: asks for a page of it.
        asks: the schema of the query of its list.
        row: the type of its rows.
        plain: the columns that masked data shows as they are.
        named: those for which it shows pseudonyms: of people, and of matters.
    """

    ask: Ask[Any]
    asks: type[Schema]
    row: type[Any]
    plain: frozenset[str]
    named: frozenset[str]

    @property
    def columns(self) -> Sequence[str]:
        answer = getattr(self.row, "__struct_fields__", None)
        return answer or [field.name for field in fields(self.row)]

    def rows(self, filters: Mapping[str, str]) -> list[Row]:
        """Return what whoever asks may see of it, with what is sealed sealed.

        Raises:
            ValidationError: the filters are not those of its list.
            Invalid: it is more than fits into one file.
        """
        pages = all_pages(self.ask, self.query(filters))
        rows = list(islice(pages, MOST + 1))
        if len(rows) > MOST:
            raise Invalid("filters", f"narrow it down: a file has {MOST} rows at most")
        built: list[Row] = msgspec.to_builtins(rows)
        return built

    def refuse_names(self, filters: Mapping[str, str]) -> None:
        """Raise if it is asked by name for what masked data would not name."""
        named = sorted(filters.keys() & (self.named | {"name"}))
        if named:
            reason = f"masked data is of nobody in particular: leave out {named[0]}"
            raise Invalid(f"filters.{named[0]}", reason, rule=MASKED)

    def masked(self, rows: Sequence[Row]) -> list[Row]:
        """Return the rows with pseudonyms, and without names and contents."""
        return masked(rows, self.plain, self.named)

    def query(self, filters: Mapping[str, str]) -> dict[str, Any]:
        schema = self.asks(exclude=self.asks().fields.keys() & PAGING)
        try:
            query: dict[str, Any] = schema.load(filters)
        except ValidationError as error:
            raise ValidationError({"filters": error.messages}) from error
        return query


def found_duties(query: dict[str, Any], *, limit: int, after: str | None) -> Page[Duty]:
    return listed_duties(duties, {**query, "limit": limit, "cursor": after})


def found_accesses(query: dict[str, Any], **options: Any) -> Page[AccessEntry]:
    return entries(accesses(query, **options))


KINDS: Mapping[str, Kind] = {
    "disclosures": Kind(
        ask=found,
        asks=Searching,
        row=Filing,
        plain=LAW
        | PLACE
        | {"subject", "secrecy", "received_on", "review_due_on", "stage", "flags"}
        | {"deficiencies", "days_late"},
        named=frozenset({"person", "disclosure", "reviewer"}),
    ),
    "obligations": Kind(
        ask=found_duties,
        asks=Duties,
        row=Duty,
        plain=LAW
        | PLACE
        | {"legal_basis", "trigger", "triggered_on", "first_due_on", "due_on"}
        | {"raised_on", "nil_return", "stage", "received_on", "days_late"}
        | {"reminded", "overdue_marked", "asked_until"},
        named=frozenset({"person", "disclosure"}),
    ),
    "access_log": Kind(
        ask=found_accesses,
        asks=Accesses,
        row=AccessEntry,
        plain=frozenset({"at", "role", "event", "what", "purpose", "authority"})
        | {"classes", "fields", "masked", "own", "relative", "superior", "unassigned"}
        | {"break_glass", "volume", "shown_from"},
        named=frozenset({"person", "reader", "key"}),
    ),
}


def persons_in(rows: Sequence[Row]) -> tuple[str, ...]:
    """Return the numbers of those whom the rows are about."""
    return tuple(sorted({str(row["person"]) for row in rows}))
