"""Answers to requests: told to whoever asks, for the purpose that they say."""

from typing import Any

from flask import g, request

from domain.access import RIGHTS
from domain.errors import Invalid
from domain.records.export import UNMASKING
from domain.records.reading import ON_RECORD, PURPOSES, usual_purpose
from web.auth import asked
from web.reading import Reader
from web.wiring import desk

# Why somebody reads: a code, and words where it is about one person.
PURPOSE, REASON = "Probity-Purpose", "Probity-Reason"
UNMASK, EMERGENCY = "export.unmask", "emergency"
JUDGED = "records.read_break_glass"


def reads(what: str, key: str) -> None:
    """Say what the request reads, as `domain.records.reading` names it."""
    g.reads = (what, key)


def told(value: Any) -> Any:
    """Return the answer as its reader may see it; see `web.reading.Reader.told`.

    Who has the right to see what is masked for them sees it where they say a purpose
    that takes it.
    """
    return reader().told(value)


def reader() -> Reader:
    """Return whoever asks as a reader: of what, of whom, by what right and what for."""
    grant, stated = asked().grant, request.headers.get(PURPOSE)
    what, key = g.reads
    return Reader(
        casework=desk().casework,
        by=asked().actor,
        grant=grant,
        what=what,
        key=key,
        purpose=purpose(stated),
        person=asked().person,
        reason=words(request.headers.get(REASON)),
        unmasked=stated in UNMASKING and may_unmask(),
    )


def may_unmask() -> bool:
    """Return whether whoever asks sees what is masked; who judges needs the reason."""
    return UNMASK in RIGHTS[asked().grant.role] or asked().action == JUDGED


def purpose(stated: str | None) -> str:
    """Return what whoever asks reads for: what they say, or else what is usual.

    What is opened by breaking the glass is an emergency, whatever they say: so that it
    is found among what is unusual.
    """
    if stated and stated not in PURPOSES:
        known = ", ".join(sorted(PURPOSES))
        raise Invalid(PURPOSE, f"it is one of {known}", rule=ON_RECORD)
    if asked().broke_glass:
        return EMERGENCY
    return stated or usual_purpose(asked().grant.role)


def words(sent: str | None) -> str | None:
    """Return what a header says: its bytes arrive as Latin-1 (RFC 9110, 5.5)."""
    if sent is None:
        return None
    try:
        return sent.encode("latin-1").decode()
    except UnicodeDecodeError:
        return sent
