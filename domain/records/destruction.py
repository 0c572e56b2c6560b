"""Destroying keys: when retention is over, or earlier by order of two people."""

from collections.abc import Iterator
from datetime import date

from domain.conflict import asking, refuse_conflict
from domain.errors import Invalid, NotAllowed, Unknown, WrongStage
from domain.person import CoveredPerson, person_named
from domain.record import Citation, Decision, Given
from domain.records.custody import (
    Custody,
    CustodyCommand,
    DestructionDeclined,
    DestructionOrdered,
    RetentionReached,
    SubjectKeyDestroyed,
    refuse_held,
)
from domain.records.law import cite_handling, law_on
from domain.records.words import demand
from domain.regime.calendar import shift
from domain.vault import STANDING

ORDER = "records are destroyed early by order of two people, and for a reason"
RETENTION = "records are destroyed when every rule that keeps them has run out"
MAY_CLEAR = ("scheduler", "records_officer")


class OrderDestruction(CustodyCommand):
    """Ask that keys be destroyed before their time; another must confirm it.

    `relative` and `year` say which, as in `SubjectKeyDestroyed`. A year that is over is
    destroyed once; all there is may be destroyed again, if more has come since.
    """

    basis: str
    relative: str | None = None
    year: int | None = None

    def decide(self, custody: Custody, given: Given) -> Decision:
        refuse_conflict(given, self.person)
        refuse_held(custody)
        demand("basis", self.basis, what="say on what law it rests", rule=ORDER)
        demand("reason", self.reason, what="say why", rule=ORDER)
        check_year(self.year, given, ORDER)
        self.refuse_again(custody)
        scope = (self.relative, self.year)
        if scope not in [(o.relative, o.year) for o in custody.orders.values()]:
            yield DestructionOrdered(
                person=self.person,
                order=custody.ordered + 1,
                basis=self.basis,
                ordered_by=given.by.id,
                relative=self.relative,
                year=self.year,
            )

    def refuse_again(self, custody: Custody) -> None:
        if not self.year:
            return
        over = date(self.year + 1, 1, 1)
        before = custody.destroyed_since(self.relative, self.year, over)
        if before:
            gone = f"the contents of {self.year} were destroyed on {before.on}"
            raise WrongStage(gone, rule=ORDER)


class OrderCommand(CustodyCommand):
    order: int

    def found(self, custody: Custody) -> DestructionOrdered:
        if self.order not in custody.orders:
            raise Unknown("open order", str(self.order))
        return custody.orders[self.order]


class ConfirmDestruction(OrderCommand):
    """Confirm the order of another: with this the keys are to be destroyed."""

    def decide(self, custody: Custody, given: Given) -> Decision:
        order = self.found(custody)
        refuse_conflict(given, self.person)
        if order.ordered_by in asking(given):
            raise NotAllowed(f"{order.ordered_by} gave the order", rule=ORDER)
        refuse_held(custody)
        yield SubjectKeyDestroyed(
            person=self.person,
            basis="order",
            on=given.at.date(),
            relative=order.relative,
            year=order.year,
            order=order.order,
        )


class DeclineDestruction(OrderCommand):
    """Set an order aside: the second person's no, or the first's second thoughts."""

    def decide(self, custody: Custody, given: Given) -> Decision:
        self.found(custody)
        refuse_conflict(given, self.person)
        demand("reason", self.reason, what="say why", rule=ORDER)
        yield DestructionDeclined(order=self.order)


class DestroyAfterRetention(CustodyCommand):
    """Destroy what was declared in a year, or (year 0) what is kept of who has left.

    `rulebooks` are all under which anything of it was declared: the caller answers for
    that. `last_on` is the day on which the last of it came, if that was later than the
    year (an amendment). What was destroyed since then is not destroyed again.
    """

    year: int
    rulebooks: tuple[str, ...]
    relative: str | None = None
    last_on: date | None = None

    def decide(self, custody: Custody, given: Given) -> Decision:
        if given.by.role not in MAY_CLEAR:
            raise NotAllowed(f"a {given.by.role} may not do this", rule=RETENTION)
        refuse_conflict(given, self.person)
        check_year(self.year, given, RETENTION)
        today = given.at.date()
        start = kept_from(given, self.person, self.year, self.last_on)
        reached_on, cited = run_out(given, self.rulebooks, self.year, start)
        refuse_held(custody)
        if custody.destroyed_since(self.relative, self.year, start):
            return
        if today < reached_on:
            rules = "; ".join(map(str, cited))
            raise WrongStage(f"it is kept until {reached_on}", rule=rules)
        yield RetentionReached(
            person=self.person,
            year=self.year,
            reached_on=reached_on,
            cited=cited,
            relative=self.relative,
        )
        yield SubjectKeyDestroyed(
            person=self.person,
            basis="retention",
            on=today,
            relative=self.relative,
            year=self.year,
            cited=cited,
        )


def check_year(year: int | None, given: Given, rule: str) -> None:
    if year is not None and not STANDING <= year <= given.at.year:
        raise Invalid("year", f"{year} is no year up to now", rule=rule)


def kept_from(given: Given, person: str, year: int, last_on: date | None) -> date:
    """Return the day from which retention counts.

    All that began in a year is kept from the first day after it, and what is kept of a
    person as such from the day they left; both from `last_on` if that is later.
    """
    if year == STANDING:
        start = left_on(person_named(given, person), given.at.date())
    else:
        start = date(year + 1, 1, 1)
    return max(start, last_on or start)


def left_on(person: CoveredPerson, today: date) -> date:
    """Return the day on which the person left; raise `WrongStage` if they serve."""
    if person.status_on(today) == "serving":
        raise WrongStage(f"{person.number} is still in service", rule=RETENTION)
    ends = (person.retired_on, person.left_on, *(post.to_on for post in person.posts))
    return max(day for day in ends if day and day <= today)


def run_out(
    given: Given, rulebooks: tuple[str, ...], year: int, start: date
) -> tuple[date, tuple[Citation, ...]]:
    """Return the day on which the last retention is over, and the rules that say so."""
    if not rulebooks:
        raise Invalid("rulebooks", "name those it was declared under", rule=RETENTION)
    ends = dict(retentions(given, rulebooks, year, start))
    return max(ends.values()), tuple(ends)


def retentions(
    given: Given, rulebooks: tuple[str, ...], year: int, start: date
) -> Iterator[tuple[Citation, date]]:
    entry = "retention_after_departure" if year == STANDING else "retention"
    for name in rulebooks:
        book = law_on(given, name, given.at.date())
        cited, kept = cite_handling(book, entry), getattr(book.handling, entry)
        if kept is None:
            reason = f"{name} sets no end: only an order destroys"
            raise WrongStage(reason, rule=str(cited))
        yield cited, shift(start, kept, book.calendar)
