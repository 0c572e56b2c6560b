"""Writes verifications, draws and sources into the docket, as far as each has come."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import msgspec

from domain.record import Fact
from domain.verification.facts import (
    DiscrepancyDetected,
    DiscrepancyResolved,
    ExplanationReceived,
    ExplanationRequested,
    RegisterQueried,
    ReportsCompared,
    SampleDrawn,
    VerificationConcluded,
    VerificationFinding,
    VerificationOpened,
    VerifierAssigned,
)
from domain.verification.source import SourceDeclared, SourceWithdrawn
from projections.models.model import Event, Part
from projections.models.row_security import Guard, Guards
from projections.models.rows import Rows
from projections.statements import Statements

# The person is shown a verification when something is asked of them, and not before.
NEVER = datetime(9999, 1, 1, tzinfo=UTC)
ALWAYS = datetime(1970, 1, 1, tzinfo=UTC)
FILES = ("verifications.sql", "verifications_fold.py")
GUARDS: Guards = {
    "verification": Guard(shown_from="shown_from"),
    # Whom a draw concerns is not said in it: so only who sees everything sees any.
    "draw": Guard(None),
    "source": None,
}


class VerificationRow(msgspec.Struct):
    """A row of `docket.verification`; the order of the columns is that of the SQL."""

    stream: str
    key: str
    person: str
    relative: str | None
    basis: str
    draw: str | None
    board: str | None
    opened_on: date
    verifier: str | None
    sources: list[str]
    reports: list[str]
    discrepancies: int
    unresolved: int
    answer_by: date | None
    findings: int
    concluded: bool
    shown_from: datetime
    event_id: UUID


class DrawRow(msgspec.Struct):
    """A row of `docket.draw`, as `VerificationRow`."""

    stream: str
    key: str
    rulebook: str
    population: str
    unit: str | None
    as_of: date
    method: str
    seed: str
    seed_from: str | None
    population_sha256: str
    population_size: int
    size: int
    event_id: UUID


class SourceRow(msgspec.Struct):
    """A row of `docket.source`, as `VerificationRow`."""

    stream: str
    key: str
    name: str
    purpose: str
    legal_basis: str
    declared: bool
    event_id: UUID


def opened(event: Event) -> VerificationRow:
    fact = event.fact
    return VerificationRow(
        stream=event.stream,
        key=fact.verification,
        person=fact.person,
        relative=fact.relative,
        basis=fact.basis,
        draw=fact.draw,
        board=fact.board,
        opened_on=event.record.recorded_at.date(),
        verifier=None,
        sources=[],
        reports=[],
        discrepancies=0,
        unresolved=0,
        answer_by=None,
        findings=0,
        concluded=False,
        shown_from=NEVER,
        event_id=event.record.event_id,
    )


def assigned(row: VerificationRow, fact: VerifierAssigned) -> None:
    row.verifier = fact.verifier


def queried(row: VerificationRow, fact: RegisterQueried) -> None:
    if fact.source not in row.sources:
        row.sources = [*row.sources, fact.source]


def compared(row: VerificationRow, fact: ReportsCompared) -> None:
    names = (report.disclosure for report in fact.reports)
    row.reports = sorted({*row.reports, *names})


def detected(row: VerificationRow, _: DiscrepancyDetected) -> None:
    row.discrepancies += 1
    row.unresolved += 1


def resolved(row: VerificationRow, _: DiscrepancyResolved) -> None:
    row.unresolved -= 1


def requested(row: VerificationRow, fact: ExplanationRequested) -> None:
    row.answer_by, row.shown_from = fact.answer_by, ALWAYS


def explained(row: VerificationRow, _: ExplanationReceived) -> None:
    row.answer_by = None


def found(row: VerificationRow, _: VerificationFinding) -> None:
    row.findings += 1


def concluded(row: VerificationRow, _: VerificationConcluded) -> None:
    row.concluded, row.answer_by = True, None


def drawn(event: Event) -> DrawRow:
    fact = event.fact
    same = {n: getattr(fact, n) for n in DrawRow.__struct_fields__ if hasattr(fact, n)}
    return DrawRow(
        stream=event.stream,
        key=fact.draw,
        rulebook=fact.cited.rulebook,
        event_id=event.record.event_id,
        **same,
    )


def declared(event: Event) -> SourceRow:
    fact = event.fact
    return SourceRow(
        stream=event.stream,
        key=fact.source,
        name=fact.name,
        purpose=fact.purpose,
        legal_basis=fact.legal_basis,
        declared=True,
        event_id=event.record.event_id,
    )


def declared_anew(row: SourceRow, fact: SourceDeclared) -> None:
    row.name, row.purpose = fact.name, fact.purpose
    row.legal_basis, row.declared = fact.legal_basis, True


def withdrawn(row: SourceRow, _: SourceWithdrawn) -> None:
    row.declared = False


OF_VERIFICATIONS: Mapping[type[Fact], Callable[[VerificationRow, Any], None]] = {
    VerifierAssigned: assigned,
    RegisterQueried: queried,
    ReportsCompared: compared,
    DiscrepancyDetected: detected,
    DiscrepancyResolved: resolved,
    ExplanationRequested: requested,
    ExplanationReceived: explained,
    VerificationFinding: found,
    VerificationConcluded: concluded,
}
OF_SOURCES: Mapping[type[Fact], Callable[[SourceRow, Any], None]] = {
    SourceDeclared: declared_anew,
    SourceWithdrawn: withdrawn,
}


def verifications(sql: Statements) -> Sequence[Part]:
    """Return the parts that keep verifications, draws and sources."""
    return (
        Rows(
            sql,
            "verifications",
            VerificationRow,
            begin={VerificationOpened: opened},
            folds=OF_VERIFICATIONS,
        ),
        Rows(sql, "draws", DrawRow, begin={SampleDrawn: drawn}),
        Rows(
            sql,
            "sources",
            SourceRow,
            begin={SourceDeclared: declared},
            folds=OF_SOURCES,
        ),
    )
