"""What may be asked about an obligation: by the office, the declarant, the clock."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from domain.conflict import refuse_conflict, refuse_stranger
from domain.errors import Invalid, WrongStage
from domain.obligation import (
    DelinquencyNoticeIssued,
    ExtensionDenied,
    ExtensionGranted,
    ExtensionRequested,
    FulfilmentWithdrawn,
    JustificationRecorded,
    NonCompliance,
    Obligation,
    ObligationBecameOverdue,
    ObligationCancelled,
    ObligationFulfilled,
    ObligationFulfilledLate,
    ObligationRaised,
    ObligationWaived,
    ReminderSent,
    obligation_stream,
    raised,
    still_open,
)
from domain.person import person_named, person_stream, standings
from domain.record import Command, Decision, Given
from domain.regime.deadline import due_on, extended
from domain.regime.population import covers
from domain.regime.types import Rule, Rulebook
from domain.rulebook import Regime, cite, cited, find_rule, regime_stream


class RaiseObligation(Command[Obligation]):
    """Raise what a rule demands of a person; nothing if it demands nothing.

    The version in force on `triggered_on` decides (I14). Nothing is raised where no
    published version holds (I18), where the rule does not cover the person that day,
    where its special period is not running, or where it has been raised before.
    """

    person: str
    rulebook: str
    rule: str
    key: str
    triggered_on: date
    anchors: Mapping[str, date] = {}
    year: int | None = None
    unforeseen: bool = False

    @property
    def stream(self) -> UUID:
        return obligation_stream(self.person, self.rulebook, self.rule, self.key)

    def blank(self) -> Obligation:
        return Obligation()

    def reads(self) -> tuple[UUID, ...]:
        return (self.stream, person_stream(self.person), regime_stream(self.rulebook))

    def decide(self, obligation: Obligation, given: Given) -> Decision:
        regime = given.look(Regime(), regime_stream(self.rulebook))
        book = regime.in_force(self.triggered_on)
        rule = find_rule(book, self.rule) if book else None
        if book is None or rule is None or obligation.stage != "none":
            return
        if rule.in_period and not regime.period_on(rule.id, self.triggered_on):
            return
        if self.covered(given, book, rule):
            yield self.raised(book, rule)

    def covered(self, given: Given, book: Rulebook, rule: Rule) -> bool:
        person, then = person_named(given, self.person), self.triggered_on
        return rule.population is not None and any(
            covers(book, rule.population, standing)
            for standing in standings(given, person, then, in_units=asks_unit(book))
        )

    def raised(self, book: Rulebook, rule: Rule) -> ObligationRaised:
        due = rule.fallback.due if self.unforeseen and rule.fallback else rule
        return ObligationRaised(
            person=self.person,
            category=rule.category,
            key=self.key,
            due_on=due_on(due, book, self.anchors, year=self.year),
            cited=cite(book, rule),
            trigger=rule.trigger,
            triggered_on=self.triggered_on,
            anchors=self.anchors,
            nil_return=rule.nil_return,
            flag=rule.sets_flag,
        )


class ObligationCommand(Command[Obligation]):
    """`obligation` is the stream of the obligation, as the read models give it."""

    obligation: UUID

    @property
    def stream(self) -> UUID:
        return self.obligation

    def blank(self) -> Obligation:
        return Obligation()


class FulfilObligation(ObligationCommand):
    """Count a disclosure received on a day as fulfilment; late if after the due date.

    Where nothing was demanded there is nothing to fulfil (a voluntary report).
    """

    disclosure: str
    received_on: date

    def decide(self, obligation: Obligation, given: Given) -> Decision:  # noqa: ARG002
        if obligation.stage == "fulfilled":
            if obligation.fulfilled_by != self.disclosure:
                raise WrongStage(
                    f"disclosure {obligation.fulfilled_by} already fulfilled this:"
                    " amend that one",
                    rule=str(obligation.citation),
                )
        elif obligation.stage == "open":
            days_late = (self.received_on - obligation.due_on).days
            if days_late > 0:
                yield ObligationFulfilledLate(
                    disclosure=self.disclosure,
                    received_on=self.received_on,
                    days_late=days_late,
                )
            else:
                yield ObligationFulfilled(
                    disclosure=self.disclosure, received_on=self.received_on
                )


class ReopenObligation(ObligationCommand):
    """Take back the fulfilment by a disclosure that was withdrawn."""

    disclosure: str

    def decide(self, obligation: Obligation, given: Given) -> Decision:  # noqa: ARG002
        if obligation.fulfilled_by == self.disclosure:
            yield FulfilmentWithdrawn(disclosure=self.disclosure)


class SendReminder(ObligationCommand):
    """Remind once for each day that the rulebook plans; nothing once it is closed."""

    planned_on: date

    def decide(self, obligation: Obligation, given: Given) -> Decision:  # noqa: ARG002
        wanted = obligation.stage == "open" and self.planned_on <= obligation.due_on
        if wanted and self.planned_on not in obligation.reminded:
            yield ReminderSent(planned_on=self.planned_on)


class MarkOverdue(ObligationCommand):
    """Say once that the due date has passed unfulfilled."""

    today: date

    def decide(self, obligation: Obligation, given: Given) -> Decision:  # noqa: ARG002
        passed = obligation.stage == "open" and obligation.due_on < self.today
        if passed and not obligation.overdue:
            yield ObligationBecameOverdue(due_on=obligation.due_on)


class RequestExtension(ObligationCommand):
    until: date
    in_writing: bool = False

    def decide(self, obligation: Obligation, given: Given) -> Decision:
        still_open(obligation, self.stream)
        refuse_stranger(given, obligation.person)
        check_extension(given, obligation, self.until, in_writing=self.in_writing)
        need_reason(self, obligation)
        if obligation.asked_until != self.until:
            yield ExtensionRequested(until=self.until, in_writing=self.in_writing)


class DecideExtension(ObligationCommand):
    """Grant what was asked, or a shorter time; or deny it, with reasons."""

    granted: bool
    until: date | None = None

    def decide(self, obligation: Obligation, given: Given) -> Decision:
        still_open(obligation, self.stream)
        refuse_conflict(given, obligation.person)
        if obligation.asked_until is None:
            raise WrongStage("no extension is asked", rule=str(obligation.citation))
        until = self.until or obligation.asked_until
        if not self.granted:
            need_reason(self, obligation)
            yield ExtensionDenied()
            return
        if until > obligation.asked_until:
            reason = f"no more than {obligation.asked_until} was asked"
            raise Invalid("until", reason, rule=str(obligation.citation))
        in_writing = obligation.asked_in_writing
        check_extension(given, obligation, until, in_writing=in_writing)
        yield ExtensionGranted(until=until, cited=obligation.citation)


class RecordJustification(ObligationCommand):
    """Record what the declarant says for themself."""

    text: str

    def decide(self, obligation: Obligation, given: Given) -> Decision:
        raised(obligation, self.stream)
        refuse_stranger(given, obligation.person)
        if obligation.justification != self.text:
            yield JustificationRecorded(text=self.text)


class IssueDelinquencyNotice(ObligationCommand):
    """Hold a failure against someone: one class, and the excuse considered."""

    noncompliance: NonCompliance
    justification_accepted: bool = False

    def decide(self, obligation: Obligation, given: Given) -> Decision:
        raised(obligation, self.stream)
        refuse_conflict(given, obligation.person)
        citation = str(obligation.citation)
        if obligation.stage in ("waived", "cancelled"):
            raise WrongStage(f"the obligation is {obligation.stage}", rule=citation)
        late = obligation.overdue or obligation.days_late
        if self.noncompliance == "late" and not late:
            raise WrongStage("nothing is late", rule=citation)
        yield DelinquencyNoticeIssued(
            noncompliance=self.noncompliance,
            reasons=need_reason(self, obligation),
            justification=obligation.justification,
            justification_accepted=self.justification_accepted,
        )


class WaiveObligation(ObligationCommand):
    def decide(self, obligation: Obligation, given: Given) -> Decision:
        still_open(obligation, self.stream)
        refuse_conflict(given, obligation.person)
        need_reason(self, obligation)
        yield ObligationWaived()


class CancelObligation(ObligationCommand):
    """The duty never arose (for one, the trip did not take place)."""

    def decide(self, obligation: Obligation, given: Given) -> Decision:
        still_open(obligation, self.stream)
        refuse_conflict(given, obligation.person)
        need_reason(self, obligation)
        yield ObligationCancelled()


def asks_unit(book: Rulebook) -> bool:
    """Return whether it matters to this rulebook in which units somebody serves."""
    return any(part.units for part in (book.scope, *book.populations.values()))


def need_reason(command: Command[Obligation], obligation: Obligation) -> str:
    if not command.reason:
        raise Invalid("reason", "say why", rule=str(obligation.citation))
    return command.reason


def check_extension(
    given: Given, obligation: Obligation, until: date, *, in_writing: bool
) -> None:
    """Raise unless the rulebook lets the due date be moved on to *until*."""
    book, rule = cited(given, obligation.citation)
    if obligation.first_due_on < until <= obligation.due_on:
        reason = f"it is extended to {obligation.due_on} already"
        raise Invalid("until", reason, rule=str(obligation.citation))
    extended(
        rule,
        book,
        first_due=obligation.first_due_on,
        until=until,
        in_writing=in_writing,
    )
