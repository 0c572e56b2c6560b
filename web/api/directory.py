"""The directory of people, and the file of each."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import msgspec

from projections.models import personnel_file
from projections.models.paging import Page
from projections.models.personnel_file import Entry, File, Person, Which
from projections.models.reliability import Reliability, reliability
from projections.models.words import digests
from web.api.lists import listed
from web.api.naming import known
from web.api.sight import sight
from web.resource import Resource
from web.schemas.queries import Looking, People
from web.wiring import desk

directory = Resource(
    "directory", about="Who there is, and what is known of each.", kind="person"
)


class PersonnelFile(msgspec.Struct, frozen=True, kw_only=True):
    """A person's file, and how reliably they have reported: links, never a score."""

    file: File
    reliability: Reliability


@directory.question(
    "/people",
    may="person.list",
    asks=People,
    answer=Page[Person],
    model="personnel_file",
)
def list_people(query: dict[str, Any]) -> Page[Person]:
    """List people by personnel number, with their post of today."""
    return listed(personnel_file.people, which, query)


def which(person: str | None, name: str | None = None, **query: Any) -> Which:
    """Return whom the query means: by a name, whoever has all its words in theirs."""
    words = digests(desk().vault, name) if name else None
    return Which(number=person, name=words, **query)


@directory.question(
    "/people/<number>/file",
    may="person.read",
    asks=Looking,
    answer=PersonnelFile,
    model="personnel_file",
)
def show_file(query: dict[str, Any], number: str) -> PersonnelFile:
    """Show a file: now, as of a day, or as it was known at a time."""
    with sight({}) as (connection, _):
        file = personnel_file.file(connection, number, **query)
        file = replace(file, entries=known(connection, file.entries, entry_data))
    return PersonnelFile(file=file, reliability=reliability(file))


def entry_data(entry: Entry) -> Mapping[str, Any]:
    return entry.data
