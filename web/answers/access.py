"""What is shown of the access log: numbers of readers, and no names of theirs."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from domain.record import Text
from projections.models.access_log import Access, Seen, Volume
from projections.models.paging import Page
from web.answers.answer import Answer, taken


class AccessEntry(Answer):
    """Somebody was shown a person's data, as an auditor sees it.

    `relative` and `superior` are what the person was to the reader then; `unassigned`:
    a reviewer had not been given the report. `volume` is of how many people the reader
    was shown data on that day (UTC). The person sees the entry from `shown_from` on.
    """

    position: int
    at: datetime
    reader: str
    role: str
    event: str
    what: str
    key: str
    person: str
    name: Text | None
    purpose: str
    authority: str
    classes: Sequence[str]
    fields: Sequence[str]
    masked: bool
    own: bool
    reason: Text | None
    relative: bool
    superior: bool
    unassigned: bool
    break_glass: bool
    volume: int
    shown_from: datetime
    event_id: UUID


class OwnEntry(Answer):
    """Somebody was shown a person's data, as the person sees it."""

    position: int
    at: datetime
    reader: str
    role: str
    event: str
    what: str
    key: str
    purpose: str
    authority: str
    classes: Sequence[str]
    fields: Sequence[str]
    masked: bool
    event_id: UUID


class ReaderDay(Answer):
    """Of how many people a reader was shown data on one day (UTC), and how often."""

    reader: str
    day: date
    reads: int
    persons: int


def entries(page: Page[Access]) -> Page[AccessEntry]:
    return Page(tuple(taken(AccessEntry, row) for row in page.rows), page.next)


def own_entries(page: Page[Seen] | Page[Access]) -> Page[OwnEntry]:
    return Page(tuple(taken(OwnEntry, row) for row in page.rows), page.next)


def days(page: Page[Volume]) -> Page[ReaderDay]:
    return Page(tuple(taken(ReaderDay, row) for row in page.rows), page.next)
