"""Answers to requests: told to whoever asks, for the purpose that they say."""

from typing import Any

from flask import g, request

from domain.access import RIGHTS
from domain.records.reading import usual_purpose
from web.auth import asked
from web.reading import Reader
from web.wiring import desk

# Why somebody reads: a code, and words where it is about one person.
PURPOSE, REASON = "Probity-Purpose", "Probity-Reason"
UNMASK, EMERGENCY = "export.unmask", "emergency"


def reads(what: str, key: str) -> None:
    """Say what the request reads, as `domain.records.reading` names it."""
    g.reads = (what, key)


def told(value: Any) -> Any:
    """Return the answer as its reader may see it; see `web.reading.Reader.told`.

    Who has the right to see what is masked for them sees it when they say a purpose.
    """
    grant, stated = asked().grant, request.headers.get(PURPOSE)
    what, key = g.reads
    reader = Reader(
        casework=desk().casework,
        by=asked().actor,
        grant=grant,
        what=what,
        key=key,
        purpose=stated or usual(),
        person=asked().person,
        reason=request.headers.get(REASON),
        unmasked=bool(stated) and UNMASK in RIGHTS[grant.role],
    )
    return reader.told(value)


def usual() -> str:
    """Return what whoever asks reads for, if they say nothing else."""
    return EMERGENCY if asked().broke_glass else usual_purpose(asked().grant.role)
