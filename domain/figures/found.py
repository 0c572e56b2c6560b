"""Verifications with what they found, and cases, as they are counted."""

from collections.abc import Iterator
from datetime import date

from domain.case.facts import (
    CaseClosed,
    CaseFinding,
    CaseReopened,
    DecisionMade,
    DecisionTimeExtended,
    InvestigationOpened,
    NoticeOfAllegationsServed,
    PreliminaryInquiryOpened,
)
from domain.figures.matters import Changes, Live, Matter, Told, moved, to
from domain.verification.facts import (
    DiscrepancyDetected,
    DiscrepancyResolved,
    ExplanationReceived,
    ExplanationRequested,
    VerificationConcluded,
    VerificationFinding,
    VerificationOpened,
)

ASKED, CLOSING = "explanation:", "closing:"


def new(
    told: Told, part: str, standing: str, category: str, due_on: date | None = None
) -> Matter:
    """Return a matter that counts under the day on which it was recorded."""
    return Matter(
        part=part,
        standing=standing,
        person=told.person,
        day=told.day,
        category=category,
        due_on=due_on,
    )


def verification(told: Told, live: Live) -> Iterator[Matter]:  # noqa: ARG001  it is the first
    yield new(told, "", "verification.open", told.fact.basis)


def detected(told: Told, live: Live) -> Iterator[Matter]:  # noqa: ARG001  it is new
    fact = told.fact
    yield new(told, f"discrepancy:{fact.discrepancy}", "discrepancy.open", fact.kind)


def resolved(told: Told, live: Live) -> Iterator[Matter]:
    part = f"discrepancy:{told.fact.discrepancy}"
    return moved(live, part, standing=f"discrepancy.{told.fact.how}")


def asked(told: Told, live: Live) -> Iterator[Matter]:
    number = sum(part.startswith(ASKED) for part in live) + 1
    by = told.fact.answer_by
    yield new(told, f"{ASKED}{number}", "explanation.asked", "explanation", by)


def explained(_: Told, live: Live) -> Iterator[Matter]:
    for part in live:
        if part.startswith(ASKED):
            yield from moved(live, part, standing="explanation.received")


def finding(told: Told, live: Live) -> Iterator[Matter]:  # noqa: ARG001  it is new
    """Count a finding by its class; of one that has none, by the violation."""
    fact = told.fact
    category = fact.class_ or fact.violation or "other"
    yield new(told, fact.finding, f"finding.{fact.class_ or 'other'}", category)


def inquiry(told: Told, live: Live) -> Iterator[Matter]:  # noqa: ARG001  it is the first
    yield new(told, "", "case.inquiry", told.fact.basis)


def investigation(told: Told, live: Live) -> Iterator[Matter]:
    by = told.fact.decide_by
    return moved(live, "", standing="case.investigation", due_on=by)


def more_time(told: Told, live: Live) -> Iterator[Matter]:
    return moved(live, "", due_on=told.fact.decide_by)


def decided(told: Told, live: Live) -> Iterator[Matter]:
    yield from moved(live, "", standing="case.decided")
    yield ended(told, live)


def closed(told: Told, live: Live) -> Iterator[Matter]:
    """Count how it ended, unless that was decided before."""
    yield from moved(live, "", standing="case.closed")
    if not any(part in live for part in standing_ends(live)):
        yield ended(told, live)


def ended(told: Told, live: Live) -> Matter:
    number = sum(part.startswith(CLOSING) for part in live) + 1
    return new(told, f"{CLOSING}{number}", "decision.made", told.fact.closing)


def standing_ends(live: Live) -> Iterator[str]:
    """Yield how the case ended, of which nothing was undone."""
    for part, matter in live.items():
        if part.startswith(CLOSING) and matter.standing == "decision.made":
            yield part


def reopened(_: Told, live: Live) -> Iterator[Matter]:
    yield from moved(live, "", standing="case.investigation")
    for part in standing_ends(live):
        yield from moved(live, part, standing="decision.undone")


PLACING: Changes = {
    VerificationOpened: verification,
    DiscrepancyDetected: detected,
    ExplanationRequested: asked,
    VerificationFinding: finding,
    PreliminaryInquiryOpened: inquiry,
    CaseFinding: finding,
    DecisionMade: decided,
    CaseClosed: closed,
}
CHANGES: Changes = {
    **PLACING,
    DiscrepancyResolved: resolved,
    ExplanationReceived: explained,
    VerificationConcluded: to("verification.concluded"),
    InvestigationOpened: investigation,
    DecisionTimeExtended: more_time,
    NoticeOfAllegationsServed: to("case.notice"),
    CaseReopened: reopened,
}
