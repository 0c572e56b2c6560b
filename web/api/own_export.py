"""All that is kept of one person, in one document: the answer to a request for it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from projections.models import personnel_file
from projections.models.personnel_file import Entry
from web.answers.export import PersonExport, histories
from web.api import access_log, releases, requests
from web.api.sight import all_pages, sight
from web.auth import sight as seen_by
from web.resource import Resource
from web.schemas.queries import Reading
from web.wiring import desk

own_export = Resource(
    "own-export", about="All that is kept of a person, for them to have.", kind="person"
)


@own_export.question(
    "/people/<number>/export",
    may="access_log.read",
    asks=Reading,
    answer=PersonExport,
    model="personnel_file",
)
def export_person(query: dict[str, Any], number: str) -> PersonExport:  # noqa: ARG001  nothing is asked
    """Export all that is kept of a person, with who was shown it.

    The person has it in the clear; to others it is masked as their role has it.
    """
    with sight({}) as (connection, _):
        file = personnel_file.file(connection, number)
    file = replace(file, entries=tuple(known(file.entries)))
    whose = {"person": number}
    return PersonExport(
        person=number,
        made_at=datetime.now(UTC),
        file=file,
        histories=histories(desk().casework, file),
        requests=list(all_pages(requests.found, whose)),
        releases=list(all_pages(releases.found, {**whose, "all": True})),
        access_log=list(all_pages(access_log.shown, whose)),
    )


def known(entries: tuple[Entry, ...]) -> Iterator[Entry]:
    """Yield those that name no report from which whoever asks is kept away (S1-18).

    The database has left out the report itself; a duty may still name it.
    """
    asking = seen_by()
    for entry in entries:
        named = {entry.data.get("disclosure"), item_of(entry)} - {None, ""}
        if not any(asking.excluded(("disclosure", str(name))) for name in named):
            yield entry


def item_of(entry: Entry) -> str:
    """Return the report whose item a duty is about, as its key has it."""
    return str(entry.data.get("key", "")).rpartition(":")[0]
