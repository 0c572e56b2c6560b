"""A verification as its facts have left it."""

from collections.abc import Mapping
from typing import Self
from uuid import UUID

from msgspec.structs import replace

from domain.record import Fact, Value, stream_of
from domain.verification.facts import (
    DiscrepancyDetected,
    DiscrepancyResolved,
    ExplanationReceived,
    ExplanationRequested,
    RegisterAnswered,
    RegisterQueried,
    ReportsCompared,
    VerificationConcluded,
    VerificationFinding,
    VerificationOpened,
    VerifierAssigned,
)


class Verification(Value):
    """One verification of one person, or of a relative of theirs.

    `assigned` is who verifies, if anybody was drawn for it. `resolved` says what became
    of each discrepancy that is settled, by its number. Of the requests to explain the
    first `explained` have been answered.
    """

    opened: VerificationOpened | None = None
    assigned: str | None = None
    queries: tuple[RegisterQueried, ...] = ()
    answers: tuple[RegisterAnswered, ...] = ()
    compared: tuple[ReportsCompared, ...] = ()
    discrepancies: tuple[DiscrepancyDetected, ...] = ()
    resolved: Mapping[int, DiscrepancyResolved] = {}
    requests: tuple[ExplanationRequested, ...] = ()
    explained: int = 0
    findings: tuple[VerificationFinding, ...] = ()
    concluded: bool = False

    @property
    def subject(self) -> str | None:
        return self.opened.person if self.opened else None

    @property
    def told(self) -> bool:
        """Return whether the person was asked anything: before, they know of none."""
        return bool(self.requests)

    @property
    def unresolved(self) -> tuple[DiscrepancyDetected, ...]:
        """Return the discrepancies of which it is not settled what they mean."""
        settled = self.resolved.keys()
        return tuple(d for d in self.discrepancies if d.discrepancy not in settled)

    @property
    def reports(self) -> frozenset[str]:
        """Return the reports that it has looked into."""
        return frozenset(r.disclosure for c in self.compared for r in c.reports)

    def evolve(self, fact: Fact) -> Self:  # noqa: PLR0911, C901  one line a fact
        match fact:
            case VerificationOpened():
                return replace(self, opened=fact)
            case VerifierAssigned():
                return replace(self, assigned=fact.verifier)
            case RegisterQueried():
                return replace(self, queries=(*self.queries, fact))
            case RegisterAnswered():
                return replace(self, answers=(*self.answers, fact))
            case ReportsCompared():
                return replace(self, compared=(*self.compared, fact))
            case DiscrepancyDetected():
                return replace(self, discrepancies=(*self.discrepancies, fact))
            case DiscrepancyResolved():
                settled = {**self.resolved, fact.discrepancy: fact}
                return replace(self, resolved=settled)
            case ExplanationRequested():
                return replace(self, requests=(*self.requests, fact))
            case ExplanationReceived():
                return replace(self, explained=len(self.requests))
            case VerificationFinding():
                return replace(self, findings=(*self.findings, fact))
            case VerificationConcluded():
                return replace(self, concluded=True)
        return self


def verification_stream(verification: str) -> UUID:
    return stream_of("verification", verification)
