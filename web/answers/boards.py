"""Boards, candidates and certificates, as those may see them who decide on them."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from domain.errors import Unknown
from domain.promotion.board import Candidacy
from domain.promotion.facts import (
    EligibilityCertified,
    EligibilityRechecked,
    Question,
    Reason,
    RecommendationSealed,
)
from domain.record import Text
from web.answers.answer import Answer, Citation, cited, taken
from web.matters import Matter


class BoardRecord(Answer):
    """A board: what it is asked about, who sits on it, and who its candidates are."""

    id: str
    version: int
    rulebook: str
    purpose: str
    ladder: str
    level: str
    members: Sequence[str]
    meets_on: date
    candidates: Sequence[str]
    decided: bool


class ReasonShown(Answer):
    """A reason for a result: a fact with the rule that makes it count, never a score.

    `effect`: it `bars`, it `holds`, something is `missing`, or it is only `shown`.
    """

    source: str
    key: str
    effect: str
    code: str
    from_on: date | None
    until_on: date | None
    review_on: date | None
    track: str | None
    cited: Citation
    events: Sequence[UUID]


class Certificate(Answer):
    """What is certified of a candidate, as known at a position of the log.

    `digest` is the leaf of this certificate in the ledger: for it
    /v1/receipts/{digest}/proof gives a proof. `basis` says how many events of each
    stream it rests on; null to a board, which learns of no stream by it. `basis_sha256`
    is the SHA-256 of the basis as JSON: sorted by stream, without spaces.
    """

    id: str
    version: int
    person: str
    question: Question
    result: str
    until: date | None
    review_on: date | None
    missing: Sequence[str]
    reasons: Sequence[ReasonShown]
    position: int
    issued_at: datetime
    issued_by: str
    rulebooks: Mapping[str, int]
    basis: Mapping[str, int] | None
    basis_sha256: str
    digest: str | None


class SealedRecommendation(Answer):
    """What a board recommended under seal; it is opened when the cases are over."""

    sealed_on: date
    recommended: Text
    because_of: Sequence[str]
    cited: Citation
    unsealed_on: date | None
    takes_effect: bool | None
    from_on: date | None


class BoardDecision(Answer):
    recommended: bool
    decided_on: date
    certificate: str
    text: Text


class Recheck(Answer):
    """What was asked again before the decision; no streams are named to a board."""

    certificate: str
    same: bool
    changed: Sequence[str] | None


class CandidacyRecord(Answer):
    """A candidate of a board; `certificates` are their names, the last one counts."""

    id: str
    version: int
    board: str
    person: str
    question: Question
    verification: str | None
    certificates: Sequence[str]
    rechecked: Recheck | None
    under_seal: SealedRecommendation | None
    decision: BoardDecision | None


def board(matter: Matter, candidates: Sequence[str]) -> BoardRecord:
    """Show a board: its level, its members, and some of its candidates."""
    state = matter.state
    shown: BoardRecord = taken(
        BoardRecord, matter, state, state.convened, candidates=candidates
    )
    return shown


def candidacy(matter: Matter, *, for_board: bool) -> CandidacyRecord:
    """Show a candidate: what is certified, and what the board made of it."""
    state: Candidacy = matter.state
    again, decided = state.rechecked, state.decided
    shown: CandidacyRecord = taken(
        CandidacyRecord,
        matter,
        state.entered,
        certificates=[known.certificate for known in state.certificates],
        rechecked=recheck(again, for_board=for_board) if again else None,
        under_seal=sealed(state, state.sealed) if state.sealed else None,
        decision=taken(BoardDecision, decided) if decided else None,
    )
    return shown


def recheck(fact: EligibilityRechecked, *, for_board: bool) -> Recheck:
    known = None if for_board else fact.changed
    shown: Recheck = taken(Recheck, fact, changed=known)
    return shown


def sealed(state: Candidacy, fact: RecommendationSealed) -> SealedRecommendation:
    opened = state.unsealed
    shown: SealedRecommendation = taken(
        SealedRecommendation,
        fact,
        cited=cited(fact.cited),
        unsealed_on=opened.unsealed_on if opened else None,
        takes_effect=opened.takes_effect if opened else None,
        from_on=opened.from_on if opened else None,
    )
    return shown


def certificate(
    matter: Matter, leaf: bytes | None = None, *, for_board: bool
) -> Certificate:
    """Show a certificate: the result with every reason, and the rule behind each."""
    record = issued(matter)
    fact: EligibilityCertified = record.fact
    shown: Certificate = taken(
        Certificate,
        fact,
        fact.answer,
        id=matter.id,
        version=matter.version,
        person=fact.answer.question.person,
        reasons=[reason(known) for known in fact.answer.reasons],
        issued_at=record.recorded_at,
        issued_by=record.actor.id,
        basis=None if for_board else fact.basis,
        basis_sha256=digest_of(fact.basis),
        digest=leaf.hex() if leaf else None,
    )
    return shown


def digest_of(basis: Mapping[str, int]) -> str:
    """Return the SHA-256 of a basis as JSON: sorted by stream, without spaces."""
    written = json.dumps(basis, sort_keys=True, separators=(",", ":"))
    return sha256(written.encode()).hexdigest()


def issued(matter: Matter) -> Any:
    """Return the event of the certificate that the matter's name is of."""
    for record in matter.history:
        if getattr(record.fact, "certificate", None) == matter.id and isinstance(
            record.fact, EligibilityCertified
        ):
            return record
    raise Unknown("certificate", matter.id)


def reason(known: Reason) -> ReasonShown:
    shown: ReasonShown = taken(ReasonShown, known, cited=cited(known.cited))
    return shown
