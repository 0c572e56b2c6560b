"""Writes how records are kept: what holds, requests, releases and the like leave."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

import msgspec
from psycopg.types.json import Json

from domain.disclosure import disclosure_stream
from domain.record import Fact
from domain.records.access_request import SubjectAccessAnswered, SubjectAccessRequested
from domain.records.break_glass import BreakGlassReviewed, BreakGlassUsed
from domain.records.correction import CorrectionDecided, CorrectionRequested
from domain.records.custody import (
    DestructionDeclined,
    DestructionOrdered,
    LegalHoldPlaced,
    LegalHoldReleased,
    SubjectKeyDestroyed,
)
from domain.records.export import ExportMade
from domain.records.release import ReleaseDecided, ReleaseWithdrawn
from projections.models.laws import Laws
from projections.models.model import Event, Part, ReadModel
from projections.models.one_by_one import OneByOne, Say
from projections.models.retention import Departures, Retention
from projections.models.roster import GUARDS, ROSTER, roster
from projections.models.row_security import Guard

ENDLESS = date.max  # sorts behind every day on which something is due


def said(event: Event) -> dict[str, Any]:
    """Return what every statement may use: who, when, and the reason, sealed."""
    record = event.record
    return {
        "position": event.position,
        "stream": event.stream,
        "person": event.key,
        "actor": record.actor.id,
        "role": record.actor.role,
        "at": record.recorded_at,
        "day": event.day,
        "reason": sealed(record.reason),
        "event_id": record.event_id,
    }


def sealed(value: Any) -> Json | None:
    """Return what somebody said as it is kept: as JSON, and sealed if it is."""
    return None if value is None else Json(value, dumps=msgspec.json.encode)


def plain(event: Event) -> dict[str, Any]:
    """Add all that the fact says, word for word."""
    fact = event.fact
    return {**said(event), **{n: getattr(fact, n) for n in fact.__struct_fields__}}


def cited(event: Event) -> dict[str, Any]:
    """Add the rulebook and the version that were cited."""
    law = event.fact.cited
    return {**plain(event), "rulebook": law.rulebook, "version": law.version}


def destroyed(event: Event) -> dict[str, Any]:
    return {**plain(event), "day": event.fact.on}


def request(event: Event) -> dict[str, Any]:
    disclosure = getattr(event.fact, "disclosure", None)
    return {
        "kind": "correction" if disclosure else "access",
        "field": None,
        **cited(event),
        "disclosure": disclosure,
        "about": disclosure and disclosure_stream(disclosure),
        "due_on": event.fact.due_on or ENDLESS,
    }


def decided(event: Event) -> dict[str, Any]:
    outcome = "granted" if event.fact.granted else "refused"
    return {**said(event), "outcome": outcome}


def released(event: Event) -> dict[str, Any]:
    fact = event.fact
    return {
        **cited(event),
        "about": disclosure_stream(fact.disclosure),
        "fields": list(fact.fields),
        "recipient": sealed(fact.recipient),
        "reasons": sealed(fact.reasons),
        "proportionality": sealed(fact.proportionality),
    }


def exported(event: Event) -> dict[str, Any]:
    return {**plain(event), "persons": len(event.fact.persons)}


def broken(event: Event) -> dict[str, Any]:
    return {**cited(event), "actor": event.fact.actor}


def reviewed(event: Event) -> dict[str, Any]:
    return {**plain(event), "text": sealed(event.fact.text)}


SAYS: Mapping[type[Fact], Sequence[Say]] = {
    LegalHoldPlaced: (Say("save_hold", plain),),
    LegalHoldReleased: (Say("release_hold", plain),),
    DestructionOrdered: (Say("add_order", plain),),
    DestructionDeclined: (Say("decline_order", plain),),
    SubjectKeyDestroyed: (
        Say("carry_out_order", destroyed),
        Say("add_destruction", destroyed),
    ),
    SubjectAccessRequested: (Say("add_request", request),),
    SubjectAccessAnswered: (Say("answer_request", plain),),
    CorrectionRequested: (Say("add_request", request),),
    CorrectionDecided: (Say("answer_request", decided),),
    ReleaseDecided: (Say("add_release", released),),
    ReleaseWithdrawn: (Say("withdraw_release", said),),
    ExportMade: (Say("add_export", exported),),
    BreakGlassUsed: (Say("add_glass", broken),),
    BreakGlassReviewed: (Say("review_glass", reviewed),),
}


class Records(ReadModel):
    name: ClassVar = "records"
    sources: ClassVar = (
        *ROSTER,
        "laws.sql",
        "records.sql",
        "retention.sql",
        "records_fold.py",
        "laws.py",
        "one_by_one.py",
        "retention.py",
    )
    guards: ClassVar = {
        **GUARDS,
        "law": None,
        "hold": Guard(),
        "destruction": Guard(),
        "request": Guard(stream="about"),
        "release": Guard(stream="about"),
        "export": Guard(None),
        "glass": Guard(),
        "kept": Guard(),
        "departure": Guard(),
    }

    def build(self) -> Sequence[Part]:
        people, units = roster(self)
        kept = self.statements("retention.sql")
        return (
            people,
            units,
            Laws(self.statements("laws.sql")),
            Departures(kept, people),
            Retention(kept),
            OneByOne(self.statements("records.sql"), SAYS),
        )
