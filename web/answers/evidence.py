"""Evidence as it is shown: what it is, what is odd about it, and who has had it."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from domain.case.evidence import (
    EvidenceAccessed,
    EvidenceAdded,
    EvidenceExcluded,
    EvidenceTransferred,
)
from domain.record import Recorded, Text
from web.answers.answer import Answer, taken
from web.matters import Matter

CUSTODY = EvidenceAdded | EvidenceAccessed | EvidenceTransferred | EvidenceExcluded


class Custody(Answer):
    """One link of the chain: who added, read, handed over or excluded it, and when."""

    event: str
    at: datetime
    by: str
    role: str
    original: bool | None
    purpose: str | None
    to: Text | None
    text: Text | None
    event_id: UUID


class EvidenceRecord(Answer):
    """A piece of evidence with its digest, its origin and its chain of custody.

    `sha256` is of the original, `stripped_sha256` of the copy without hidden data; null
    where there is none. `flags`: "unstamped" is a photo that says not when or where it
    was taken; "reused:..." and "reused-picture:..." name evidence that is the same.
    """

    evidence: str
    kind: str
    media_type: str
    size: int
    sha256: Text
    stripped_sha256: Text | None
    found_on: date
    captured_at: datetime | None
    place: Text | None
    device: Text | None
    text: Text
    flags: Sequence[str]
    excluded: bool
    custody: Sequence[Custody]


class CaseEvidence(Answer):
    """All evidence of a case, in the order in which it was added."""

    id: str
    version: int
    evidence: Sequence[EvidenceRecord]


def case_evidence(matter: Matter) -> CaseEvidence:
    """Show the evidence of a case, each piece with hash, origin and who has had it."""
    shown = [one(matter, known) for known in matter.state.evidence]
    return CaseEvidence(id=matter.id, version=matter.version, evidence=shown)


def one(matter: Matter, known: EvidenceAdded) -> EvidenceRecord:
    shown: EvidenceRecord = taken(
        EvidenceRecord,
        known,
        excluded=known.evidence in matter.state.excluded,
        custody=list(chain(matter.history, known.evidence)),
    )
    return shown


def chain(history: Sequence[Recorded[Any]], evidence: str) -> Iterator[Custody]:
    for record in history:
        fact = record.fact
        if isinstance(fact, CUSTODY) and fact.evidence == evidence:
            yield Custody(
                event=fact.TOPIC.partition("-")[2],
                at=record.recorded_at,
                by=record.actor.id,
                role=record.actor.role,
                original=getattr(fact, "original", None),
                purpose=getattr(fact, "purpose", None),
                to=getattr(fact, "to", None),
                text=getattr(fact, "text", None),
                event_id=record.event_id,
            )
