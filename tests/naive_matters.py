"""Holds, findings, verifications and duties by the naive way."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from domain.case import facts as case
from domain.hold import HoldLifted, HoldOverridden, HoldPlaced, HoldReviewed
from domain.obligation import (
    ExtensionGranted,
    FulfilmentWithdrawn,
    ObligationBecameOverdue,
    ObligationCancelled,
    ObligationFulfilled,
    ObligationFulfilledLate,
    ObligationRaised,
    ObligationWaived,
)
from domain.record import Recorded
from domain.regime.calendar import shift
from domain.sanction.facts import SanctionQuashed
from domain.verification import facts as verification
from tests.naive_past import Naive, Records, recorded_on


def holds(naive: Naive, _: Any) -> None:  # noqa: C901  it is plain on purpose
    for name, records in naive.by("hold", object).items():
        facts = [record.fact for record in records]
        placed = facts[0]
        if not isinstance(placed, HoldPlaced) or not naive.blocked(placed.blocks):
            continue
        if placed.type == "document" and placed.target:
            continue
        lifted = [f.on for f in facts if isinstance(f, HoldLifted)][-1:]
        review = [f.review_on for f in facts if isinstance(f, HoldReviewed)]
        if placed.from_on <= naive.day and all(naive.day < day for day in lifted):
            code = f"hold:{placed.type}:{placed.basis}"
            last = [placed.review_on, *review][-1]
            naive.add("holds", "hold", name, code, None, last)
        for record in records:
            over = isinstance(record.fact, HoldOverridden)
            if over and recorded_on(record) <= naive.day:
                code = f"hold_overridden:{record.fact.target}"
                naive.add("shown", "hold", name, code)


def findings(naive: Naive, _: Any) -> None:
    undone = {
        one.finding
        for records in naive.by("sanction", object).values()
        if any(isinstance(r.fact, SanctionQuashed) for r in records)
        for one in records[0].fact.determined
    } | naive.fallen()
    kinds = (verification.VerificationFinding, case.CaseFinding)
    for name, records in naive.by("finding", *kinds).items():
        fact, day = records[0].fact, recorded_on(records[0])
        if isinstance(fact, case.CaseFinding) and not rested_on(naive, records[0]):
            continue
        book = naive.cited(fact)
        known = book.verification.consequences if book.verification else ()
        for each in known if name not in undone else ():
            same = each.class_ == fact.class_
            if same and each.mental in (None, fact.mental) and each.bars_for:
                end = shift(day, each.bars_for, book.calendar)
                if day <= naive.day < end and naive.wants() & set(each.bars):
                    naive.add("bars", "finding", name, f"finding:{fact.class_}", end)


def rested_on(naive: Naive, finding: Recorded[Any]) -> bool:
    """Return whether the case was decided on it last, and is not begun anew since."""
    stream, mine = finding.originator_id, naive.mine
    later = [r.fact for r in mine[mine.index(finding) :] if r.originator_id == stream]
    anew = (case.NoticeOfAllegationsServed, case.NoCaseFound, case.CaseReopened)
    decisions = [fact for fact in later if isinstance(fact, case.DecisionMade)]
    if not decisions or any(isinstance(fact, anew) for fact in later):
        return False
    return finding.fact.finding in decisions[-1].findings


def verified(naive: Naive, asked: Any) -> None:  # noqa: C901  it is plain on purpose
    done = running = False
    for record in naive.mine:
        fact = record.fact
        if not isinstance(fact, verification.VerificationOpened):
            continue
        if fact.basis != "promotion":
            continue
        begun, over = recorded_on(record), concluded(naive, record)
        if begun <= naive.day and (over is None or naive.day < over):
            name = fact.verification
            running = True
            naive.add("holds", "verification", name, "verification_open")
        if over and over <= naive.day and fact.relative is None:
            fresh = asked.fresh_for
            end = fresh and shift(over, fresh, naive.law.calendar)
            done = done or not end or naive.day < end
    if not done and not running:
        number = naive.asked.person
        naive.add("missing", "verification", number, "verification")


def concluded(naive: Naive, opened: Recorded[Any]) -> date | None:
    kind = verification.VerificationConcluded
    days = [
        recorded_on(r)
        for r in naive.mine
        if r.originator_id == opened.originator_id and isinstance(r.fact, kind)
    ]
    return days[-1] if days else None


def overdue(naive: Naive, asked: Any) -> None:
    for records in duties(naive):
        raised = records[0].fact
        regular = raised.trigger in ("calendar", "appointment")
        named = not asked.rules or raised.cited.rule in asked.rules
        if regular and named and late(records, naive.day):
            naive.add("holds", "overdue", key_of(raised), "overdue")


def duties(naive: Naive) -> Iterator[Records]:
    for raised in naive.mine:
        if isinstance(raised.fact, ObligationRaised):
            stream = raised.originator_id
            yield [r for r in naive.mine if r.originator_id == stream]


def late(records: Records, day: date) -> bool:  # noqa: C901  it is plain on purpose
    """Return whether a duty was overdue on a day."""
    due, overdue, until = records[0].fact.due_on, False, None
    for record in records:
        match record.fact:
            case ExtensionGranted(until=later):
                due, overdue, until = later, False, None
            case ObligationBecameOverdue():
                overdue, until = True, None
            case ObligationFulfilledLate(received_on=came):
                overdue, until = True, came
            case ObligationFulfilled() | ObligationCancelled():
                until = due
            case FulfilmentWithdrawn():
                until = None
            case ObligationWaived():
                until = recorded_on(record)
    begins = due + timedelta(days=1)
    return overdue and begins <= day and (until is None or day < until)


def key_of(raised: ObligationRaised) -> str:
    return f"{raised.cited.rulebook}:{raised.cited.rule}:{raised.key}"


def shown(naive: Naive) -> None:
    for records in duties(naive):
        raised = records[0].fact
        begun = min(raised.triggered_on, recorded_on(records[0]))
        ended = [r for r in records if isinstance(r.fact, ObligationCancelled)]
        over = any(recorded_on(r) <= naive.day for r in ended)
        if raised.flag and begun <= naive.day and not over:
            naive.add("shown", "flag", key_of(raised), f"flag:{raised.flag}")
    for record in naive.mine:
        if isinstance(record.fact, verification.VerificationOpened):
            doubted(naive, record)


def doubted(naive: Naive, opened: Recorded[Any]) -> None:  # noqa: C901  it is plain on purpose
    open_: dict[int, date] = {}
    for record in naive.mine:
        if record.originator_id != opened.originator_id:
            continue
        fact = record.fact
        if isinstance(fact, verification.DiscrepancyDetected):
            open_[fact.discrepancy] = recorded_on(record)
        if isinstance(fact, verification.DiscrepancyResolved):
            open_.pop(fact.discrepancy, None)
        if isinstance(fact, verification.VerificationConcluded):
            open_.clear()
    if open_ and min(open_.values()) <= naive.day:
        name = opened.fact.verification
        naive.add("shown", "verification", name, "unproven_discrepancy")
