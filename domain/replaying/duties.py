"""Duties computed again: whom they bound, when they fell due, what came too late."""

from collections.abc import Iterator, Mapping
from datetime import date

from domain.disclosure import (
    Disclosure,
    DisclosureAmended,
    Filing,
    disclosure_stream,
)
from domain.duties import RaiseObligation, check_extension
from domain.matter import EVENTS
from domain.obligation import (
    ExtensionGranted,
    FulfilmentWithdrawn,
    Obligation,
    ObligationBecameOverdue,
    ObligationFulfilled,
    ObligationFulfilledLate,
    ObligationRaised,
    ReminderSent,
)
from domain.record import Fact
from domain.regime.deadline import remind_on
from domain.replaying.moment import (
    SEALED,
    Check,
    Hidden,
    Moment,
    Part,
    Recompute,
    compared,
)
from domain.rulebook import cite, find_rule

YEARLY = "calendar"


def raised(moment: Moment) -> Iterator[Part]:
    """Compute whether the duty bound the person, under which version, and till when."""
    fact: ObligationRaised = moment.fact
    cited = fact.cited
    regime = moment.regime(cited.rulebook)
    book = regime.in_force(fact.triggered_on)
    rule = find_rule(book, cited.rule) if book else None
    if book is None or rule is None:
        yield Check("demanded", stored=True, recomputed=False, rule=str(cited))
        return
    command = again(fact, unforeseen=unforeseen(moment))
    period = not rule.in_period or regime.period_on(rule.id, fact.triggered_on)
    binds = bool(period) and command.covered(moment, book, rule)
    yield Check("demanded", stored=True, recomputed=binds, rule=str(cite(book, rule)))
    fields = ("cited", "due_on", "category", "trigger", "nil_return", "flag")
    yield from compared(fact, command.raised(book, rule), cite(book, rule), *fields)
    if fact.trigger in EVENTS and fact.anchors:
        yield Hidden("anchors", SEALED)


def again(fact: ObligationRaised, *, unforeseen: bool) -> RaiseObligation:
    """Return the command by which the duty was raised."""
    year = int(fact.key) if fact.key.isdigit() else fact.due_on.year
    return RaiseObligation(
        person=fact.person,
        rulebook=fact.cited.rulebook,
        rule=fact.cited.rule,
        key=fact.key,
        triggered_on=fact.triggered_on,
        anchors=fact.anchors,
        year=year if fact.trigger == YEARLY else None,
        unforeseen=unforeseen,
    )


def unforeseen(moment: Moment) -> bool:
    """Return whether the report that told of the event claimed the exception."""
    fact: ObligationRaised = moment.fact
    if fact.trigger not in EVENTS:
        return False
    name = fact.key.rpartition(":")[0]
    filing = moment.look(Disclosure(), disclosure_stream(name)).filing
    same = filing and filing.cited.rule == fact.cited.rule
    return bool(same and filing and filing.unforeseen)


def fulfilled(moment: Moment) -> Iterator[Part]:
    """Compute how late it was; of what came in time, that it was in time."""
    fact: ObligationFulfilled | ObligationFulfilledLate = moment.fact
    duty = moment.own(Obligation())
    late = isinstance(fact, ObligationFulfilledLate)
    stored = fact.days_late if isinstance(fact, ObligationFulfilledLate) else 0
    days_late = max((fact.received_on - duty.due_on).days, 0)
    rule = str(duty.cited)
    yield Check("late", late, days_late > 0, rule)
    yield Check("days_late", stored, days_late, rule)
    received = receipts(moment, fact.disclosure)
    if received and fact.received_on not in received:
        yield Check("received_on", fact.received_on, max(received), rule)


def receipts(moment: Moment, disclosure: str) -> set[date]:
    """Return the days on which a report, and what was added to it, were received."""
    said = (record.fact for record in moment.history(disclosure_stream(disclosure)))
    return {f.received_on for f in said if isinstance(f, Filing | DisclosureAmended)}


def reopened(moment: Moment) -> Iterator[Part]:
    """Check that it was this report which had fulfilled the duty."""
    fact: FulfilmentWithdrawn = moment.fact
    duty = moment.own(Obligation())
    yield Check("disclosure", fact.disclosure, duty.fulfilled_by, str(duty.cited))


def overdue(moment: Moment) -> Iterator[Part]:
    """Compute whether the due date had passed where the rulebook holds."""
    fact: ObligationBecameOverdue = moment.fact
    duty = moment.own(Obligation())
    rule = str(duty.cited)
    regime = moment.regime(duty.citation.rulebook)
    today = moment.day_in(regime.version(max(regime.published)))
    open_ = duty.stage == "open" and duty.due_on < today
    yield Check("due_on", fact.due_on, duty.due_on, rule)
    yield Check("overdue", stored=True, recomputed=open_, rule=rule)


def reminded(moment: Moment) -> Iterator[Part]:
    """Compute the days on which the rulebook plans to remind."""
    fact: ReminderSent = moment.fact
    duty = moment.own(Obligation())
    book, rule = moment.law(duty.citation)
    planned = remind_on(rule, book, duty.due_on)
    day = fact.planned_on
    yield Check("planned_on", day, day if day in planned else planned, str(duty.cited))


def extended(moment: Moment) -> Iterator[Part]:
    """Check that the extension keeps within the rulebook's cap."""
    fact: ExtensionGranted = moment.fact
    duty = moment.own(Obligation())
    asked = duty.asked_in_writing
    check_extension(moment, duty, fact.until, in_writing=asked)
    most = min(fact.until, duty.asked_until or date.min)
    yield Check("until", fact.until, most, str(duty.cited))
    yield Check("cited", fact.cited, duty.cited, str(duty.cited))


RECOMPUTE: Mapping[type[Fact], Recompute] = {
    ObligationRaised: raised,
    ObligationFulfilled: fulfilled,
    ObligationFulfilledLate: fulfilled,
    FulfilmentWithdrawn: reopened,
    ObligationBecameOverdue: overdue,
    ReminderSent: reminded,
    ExtensionGranted: extended,
}
