"""All that is kept of one person, as they may have it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from domain.casework import Casework
from domain.person import person_stream
from domain.view import View
from projections.models.personnel_file import File
from projections.models.requests import Release, Request
from web.answers.access import OwnEntry
from web.answers.answer import Answer
from web.answers.events import History, event

# The entries of a file that stand for a stream of their own, which is their key.
MATTERS = frozenset({"approval", "disclosure", "obligation"})


class PersonExport(Answer):
    """All that is kept of a person: what holds, all that happened, and who saw it.

    `histories` are of the person, then of each report, duty and request for leave.
    """

    person: str
    made_at: datetime
    file: File
    histories: Sequence[History]
    requests: Sequence[Request]
    releases: Sequence[Release]
    access_log: Sequence[OwnEntry]


def histories(casework: Casework, file: File) -> list[History]:
    """Return all that happened to a person, and to each matter in their file."""
    matters = dict.fromkeys(e.key for e in file.entries if e.kind in MATTERS)
    streams = {file.person: person_stream(file.person)}
    streams |= {key: UUID(key) for key in matters}
    view = View(casework.read_sealed)
    view.fetch(streams.values())
    return [history_of(view, name, stream) for name, stream in streams.items()]


def history_of(view: View, name: str, stream: UUID) -> History:
    records = view.history(stream)
    return History(id=name, version=len(records), events=[event(r) for r in records])
