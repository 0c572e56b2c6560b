"""All that is kept of one person, as they may have it."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import groupby
from uuid import UUID

from domain.casework import Casework
from domain.person import person_stream
from domain.record import Recorded
from projections.models.access_log import Seen
from projections.models.personnel_file import File
from web.answers.answer import Answer
from web.answers.events import History, event

# The kinds of entries in a file that stand for a stream of their own, by their key.
MATTERS = frozenset({"approval", "disclosure", "obligation"})


class PersonExport(Answer):
    """All that is kept of a person: what holds, all that happened, and who saw it.

    `histories` are of the person, and of each report, duty and request for leave.
    """

    person: str
    made_at: datetime
    file: File
    histories: Sequence[History]
    requests: Sequence[Request]
    releases: Sequence[Release]
    access_log: Sequence[Seen]
