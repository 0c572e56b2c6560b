"""What a path names, read from the log: its state, its version and its history."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import g

from domain.access import DECLARANT
from domain.appeal import Appeal, appeal_stream
from domain.approval import Approval, approval_stream
from domain.campaign import Campaign
from domain.case.case import Case, case_stream
from domain.disclosure import Disclosure, disclosure_stream
from domain.errors import Unknown
from domain.figures.reporting import FiguresReport, report_stream
from domain.hold import Holds, holds_stream, person_of
from domain.obligation import Obligation
from domain.person import CoveredPerson, person_stream
from domain.promotion.board import (
    Board,
    Candidacy,
    board_stream,
    candidacy_of,
    candidacy_stream,
)
from domain.recommendation import Recommendation, recommendation_stream
from domain.record import Recorded, State, stream_of
from domain.records.access_request import AccessRequest, access_request_stream
from domain.records.correction import Correction, correction_stream
from domain.records.export import Export, export_stream
from domain.records.release import Release, release_stream
from domain.rulebook import Regime, regime_stream
from domain.sanction.sanctions import Sanctions, stream_of_sanction
from domain.unit import Unit, unit_stream
from domain.verification.draw import Draw, draw_stream
from domain.verification.source import Source, source_stream
from domain.verification.verification import Verification, verification_stream
from domain.view import replay
from web.auth import asked, concerning, concerning_unit
from web.wiring import desk


@dataclass(frozen=True)
class Matter:
    """One stream of the log, as it stands now."""

    id: str
    version: int
    state: Any
    history: Sequence[Recorded[Any]]


def read(kind: str, key: str, blank: State, stream: UUID) -> Matter:
    """Return the matter, or raise `Unknown` where the log has none of this kind."""
    history = desk().casework.history(stream)
    state = replay(blank, (record.fact for record in history))
    if state == blank:
        raise Unknown(kind, key)
    return Matter(key, len(history), state, history)


# How each kind of thing is found by its key.
READERS: dict[str, Callable[[str], tuple[State, UUID]]] = {
    "disclosure": lambda key: (Disclosure(), disclosure_stream(key)),
    "obligation": lambda key: (Obligation(), UUID(key)),
    "approval": lambda key: (Approval(), approval_stream(key)),
    "person": lambda key: (CoveredPerson(), person_stream(key)),
    "unit": lambda key: (Unit(), unit_stream(key)),
    "case": lambda key: (Case(), case_stream(key)),
    "sanction": lambda key: (Sanctions(), stream_of_sanction(key)),
    "rulebook": lambda key: (Regime(), regime_stream(key)),
    "campaign": lambda key: (Campaign(), stream_of("campaign", key)),
    "request": lambda key: (AccessRequest(), access_request_stream(key)),
    "correction": lambda key: (Correction(), correction_stream(key)),
    "release": lambda key: (Release(), release_stream(key)),
    "export": lambda key: (Export(), export_stream(key)),
    "source": lambda key: (Source(), source_stream(key)),
    "appeal": lambda key: (Appeal(), appeal_stream(key)),
    "hold": lambda key: (Holds(), holds_stream(person_of(key))),
    "board": lambda key: (Board(), board_stream(key)),
    "candidacy": lambda key: (Candidacy(), candidacy_stream(key)),
    "certificate": lambda key: (Candidacy(), candidacy_stream(candidacy_of(key))),
    "recommendation": lambda key: (Recommendation(), recommendation_stream(key)),
    "figures": lambda key: (FiguresReport(), report_stream(key)),
    "verification": lambda key: (Verification(), verification_stream(key)),
    "draw": lambda key: (Draw(), draw_stream(key)),
}


def open_matter(kind: str, key: str) -> None:
    """Read what the path names, if whoever asks may know of it; `matter` returns it."""
    g.matter = found = read(kind, key, *READERS[kind](key))
    if found.state.subject is not None:
        concerning(found.state.subject, (kind, key))
        refuse_untold(kind, found)
    elif kind == "unit":
        concerning_unit(key)


def refuse_untold(kind: str, found: Matter) -> None:
    """Raise as if there were none, to whom it concerns and was not told of it yet.

    So it is to a clerk who acts for them.
    """
    concerned = asked().grant.role == DECLARANT or asked().actor.on_behalf_of
    if concerned and not getattr(found.state, "told", True):
        raise Unknown(kind, found.id)


def matter() -> Matter:
    """Return what the request's path names."""
    found: Matter = g.matter
    return found
