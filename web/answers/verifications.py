"""What is shown of verifications, of the sources they ask, and of draws."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from domain.record import Text
from domain.verification.facts import (
    DiscrepancyDetected,
    ExplanationReceived,
    SampleDrawn,
    VerificationConcluded,
)
from domain.verification.state import Verification
from web.answers.answer import Answer, Citation, cited, taken
from web.answers.records import last
from web.matters import Matter


class SourceRecord(Answer):
    """A register outside that may be asked, what for, and by what law."""

    id: str
    version: int
    name: str
    purpose: str
    legal_basis: str


class Discrepancy(Answer):
    """What was declared and what a source says: a machine's fact, not a finding.

    `resolved` says what it came to, null while nobody has settled it: "explained",
    "amended", "source_wrong" or "finding"; `because` says why.
    """

    discrepancy: int
    kind: str
    field: str
    source: str
    source_as_of: date | None
    sha256: str | None
    declared: Text | None
    found: Text | None
    disclosure: str | None
    item: int | None
    cited: Citation | None
    resolved: str | None
    because: Text | None


class Explanation(Answer):
    """What the person says, and when it came."""

    received_on: date
    text: Text


class ExplanationAsked(Answer):
    """What the person is asked to explain, and until when."""

    text: Text
    discrepancies: Sequence[int]
    conducts: Sequence[str]
    answer_by: date
    cited: Citation


class FindingRecord(Answer):
    """What somebody found, with its class, its mental element and its reasons."""

    finding: str
    conduct: str
    class_: str | None
    mental: str
    standard: Text
    violation: str | None
    presumed: str | None
    reasons: Text
    on_intent: Text | None
    justification: Text | None
    disclosures: Sequence[str]
    discrepancies: Sequence[int]
    conduct_from: date | None
    conduct_to: date | None
    cited: Citation


class VerificationRecord(Answer):
    """A check of what somebody declared: who was asked, what differed, what was found.

    `reports` are those that were compared, `verifier` is who was drawn to verify.
    """

    id: str
    version: int
    person: str
    relative: str | None
    basis: str
    draw: str | None
    board: str | None
    source: str | None
    cited: Citation | None
    verifier: str | None
    asked: Sequence[str]
    reports: Sequence[str]
    discrepancies: Sequence[Discrepancy]
    requests: Sequence[ExplanationAsked]
    explanations: Sequence[Explanation]
    findings: Sequence[FindingRecord]
    concluded: bool
    text: Text | None


class ExplanationWanted(Answer):
    """What is asked of the person concerned, with all that was put to them."""

    id: str
    version: int
    person: str
    requests: Sequence[ExplanationAsked]
    discrepancies: Sequence[Discrepancy]
    explanations: Sequence[Explanation]
    concluded: bool


class DrawRecord(Answer):
    """A draw: with the list that has the digest, anybody repeats it.

    `verifications` has the id of each verification, in the order of `drawn`.
    """

    id: str
    version: int
    method: str
    seed: str
    seed_from: str | None
    population: str
    unit: str | None
    as_of: date
    population_sha256: str
    population_size: int
    size: int
    drawn: Sequence[str]
    verifications: Sequence[str]
    cited: Citation


class Repetition(Answer):
    """A draw that was repeated from the log, as the register was known at the time.

    `identical`: the list has the digest that was recorded, and the same were drawn.
    """

    draw: str
    identical: bool
    method: str
    seed: str
    population_sha256: str
    population_size: int
    drawn: Sequence[str]
    recorded: Sequence[str]


def source(matter: Matter) -> SourceRecord:
    """Show a source that is declared now."""
    shown: SourceRecord = taken(SourceRecord, matter, matter.state.declared)
    return shown


def verification(matter: Matter) -> VerificationRecord:
    """Show a verification: on what ground, who was asked, what differed, what it is."""
    state: Verification = matter.state
    end = last(matter, VerificationConcluded)
    shown: VerificationRecord = taken(
        VerificationRecord,
        matter,
        state,
        state.opened,
        cited=maybe(state.opened and state.opened.cited),
        verifier=state.assigned,
        asked=[query.source for query in state.queries],
        reports=sorted(state.reports),
        discrepancies=[discrepancy(state, known) for known in state.discrepancies],
        requests=requests(state),
        explanations=explanations(matter),
        findings=[
            taken(FindingRecord, f, cited=cited(f.cited)) for f in state.findings
        ],
        text=end.text if end else None,
    )
    return shown


def explanation(matter: Matter) -> ExplanationWanted:
    """Show the person concerned what they are asked, and what was said to it."""
    state: Verification = matter.state
    put = {number for request in state.requests for number in request.discrepancies}
    shown: ExplanationWanted = taken(
        ExplanationWanted,
        matter,
        state,
        state.opened,
        requests=requests(state),
        discrepancies=[
            discrepancy(state, known)
            for known in state.discrepancies
            if known.discrepancy in put
        ],
        explanations=explanations(matter),
    )
    return shown


def requests(state: Verification) -> list[ExplanationAsked]:
    return [taken(ExplanationAsked, r, cited=cited(r.cited)) for r in state.requests]


def explanations(matter: Matter) -> list[Explanation]:
    facts = (record.fact for record in matter.history)
    said = (fact for fact in facts if isinstance(fact, ExplanationReceived))
    return [taken(Explanation, fact) for fact in said]


def discrepancy(state: Verification, known: DiscrepancyDetected) -> Discrepancy:
    settled = state.resolved.get(known.discrepancy)
    shown: Discrepancy = taken(
        Discrepancy,
        known,
        cited=maybe(known.cited),
        resolved=settled.how if settled else None,
        because=settled.text if settled else None,
    )
    return shown


def maybe(citation: Any) -> Citation | None:
    return cited(citation) if citation else None


def draw(matter: Matter) -> DrawRecord:
    """Show a draw, with all that it takes to repeat it."""
    sample: SampleDrawn = matter.state.sample
    shown: DrawRecord = taken(
        DrawRecord,
        matter,
        sample,
        cited=cited(sample.cited),
        verifications=[f"{sample.draw}-{n}" for n in range(1, len(sample.drawn) + 1)],
    )
    return shown


def repetition(sample: SampleDrawn, again: SampleDrawn) -> Repetition:
    return Repetition(
        draw=sample.draw,
        identical=again == sample,
        method=sample.method,
        seed=sample.seed,
        population_sha256=again.population_sha256,
        population_size=again.population_size,
        drawn=again.drawn,
        recorded=sample.drawn,
    )
