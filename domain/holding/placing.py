"""Holding something of a person: placed, told, looked at again, and lifted."""

from datetime import date
from uuid import UUID

from domain.conflict import refuse_conflict
from domain.errors import Invalid, Unknown, WrongStage
from domain.hold import (
    Hold,
    HoldKind,
    HoldLifted,
    HoldNotified,
    HoldPlaced,
    HoldReviewed,
    Holds,
    holds_stream,
    person_of,
)
from domain.matter import in_force, local_day
from domain.person import person_named
from domain.record import Citation, Command, Decision, Given
from domain.records.words import demand, one_of
from domain.regime.calendar import shift
from domain.regime.scrutiny import HoldType
from domain.regime.types import Rulebook
from domain.rulebook import Regime, regime_stream, title

EXPLICIT = "a hold has a basis, a reason, a release condition, and a review date (I8)"
STANDS = "a hold stands until it is lifted"
CODED = "a document or an action goes by its number or code: that is never sealed"


class HoldsCommand(Command[Holds]):
    """Something about the holds on one person."""

    def blank(self) -> Holds:
        return Holds()


class OfPerson(HoldsCommand):
    person: str

    @property
    def stream(self) -> UUID:
        return holds_stream(self.person)


class OfHold(HoldsCommand):
    """Something about one hold, which is named "PERSON:1"."""

    hold: str

    @property
    def stream(self) -> UUID:
        return holds_stream(person_of(self.hold))

    def standing(self, holds: Holds) -> Hold:
        """Return the hold, or raise unless it stands."""
        found = holds.named(self.hold)
        if found.lifted_on:
            reason = f"{self.hold} was lifted on {found.lifted_on}"
            raise WrongStage(reason, rule=f"{found.placed.cited}: {STANDS}")
        return found


class PlaceHold(OfPerson):
    """Hold a promotion, a document, an exit, a retirement or a reward of somebody.

    A hold accuses nobody: it waits for its release condition, and is looked at again by
    its review date at the latest.

    Attributes:
        rulebook: whose rule it is.
        type: what is held.
        basis: on what ground, one of those that the rulebook has for it.
        text: the reason.
        release: when it will be lifted.
        review_on: when it is looked at again.
        target: the one document or action that is held, by its number or code; None:
            all of the type.
        hold: the name that it gets, "PERSON:1"; None: the next that is free. The same
            hold again, as it stands, records nothing.
    """

    rulebook: str
    type: HoldKind
    basis: str
    text: str
    release: str
    review_on: date
    target: str | None = None
    hold: str | None = None

    def decide(self, holds: Holds, given: Given) -> Decision:
        person_named(given, self.person)
        refuse_conflict(given, self.person)
        regime = given.look(Regime(), regime_stream(self.rulebook))
        if not regime.published:
            raise Unknown("rulebook", self.rulebook)
        book = in_force(regime, self.rulebook, given.at.date())
        law = hold_type(book, self.type)
        rule = rule_text(book, law)
        one_of("basis", self.basis, law.bases, rule=rule)
        demand("text", self.text, what="give the reason", rule=rule)
        demand("release", self.release, what="say when it will be lifted", rule=rule)
        if self.target is not None:
            refuse_words("target", self.target)
        today = local_day(book, given.at)
        refuse_review_day(book, law, today, self.review_on)
        name = self.hold or f"{self.person}:{len(holds.holds) + 1}"
        placed, known = self.fact(book, law, today, name), holds.find(name)
        if known is None and person_of(name) == self.person:
            yield placed
        elif known is None or known.placed != placed:
            raise WrongStage(f"the name {name} is taken, or is no name here", rule=rule)

    def fact(self, book: Rulebook, law: HoldType, today: date, name: str) -> HoldPlaced:
        return HoldPlaced(
            hold=name,
            person=self.person,
            type=self.type,
            basis=self.basis,
            blocks=law.blocks,
            from_on=today,
            review_on=self.review_on,
            release=self.release,
            text=self.text,
            cited=cite_hold(book, law),
            target=self.target,
        )


class NotifyHold(OfHold):
    """Put on record that the person was told; telling them again records nothing.

    Attributes:
        on: on which day, up to today; None: today.
    """

    on: date | None = None

    def decide(self, holds: Holds, given: Given) -> Decision:
        found = holds.named(self.hold)
        if found.notified_on:
            return
        book, _ = law_of(given, found.placed)
        today = local_day(book, given.at)
        day = self.on or today
        if not found.placed.from_on <= day <= today:
            reason = f"name a day from {found.placed.from_on} to today"
            raise Invalid("on", reason, rule=str(found.placed.cited))
        yield HoldNotified(hold=self.hold, on=day)


class ReviewHold(OfHold):
    """Find that a hold is needed still, and name the day of the next review."""

    review_on: date
    text: str

    def decide(self, holds: Holds, given: Given) -> Decision:
        found = self.standing(holds)
        refuse_conflict(given, found.placed.person)
        book, law = law_of(given, found.placed)
        rule = rule_text(book, law)
        demand("text", self.text, what="say why it is needed still", rule=rule)
        today = local_day(book, given.at)
        refuse_review_day(book, law, today, self.review_on)
        yield HoldReviewed(
            hold=self.hold, on=today, review_on=self.review_on, text=self.text
        )


class LiftHold(OfHold):
    """End a hold: its release condition is met, or there is no ground any more."""

    text: str

    def decide(self, holds: Holds, given: Given) -> Decision:
        found = self.standing(holds)
        refuse_conflict(given, found.placed.person)
        book, law = law_of(given, found.placed)
        rule = rule_text(book, law)
        demand("text", self.text, what="say why it is lifted", rule=rule)
        yield HoldLifted(hold=self.hold, on=local_day(book, given.at), text=self.text)


def refuse_words(field: str, said: str) -> None:
    """Raise `Invalid` unless a code was said: words may name somebody."""
    if not said or any(c.isspace() or not c.isprintable() for c in said):
        raise Invalid(field, "give its number or code, in one word", rule=CODED)


def hold_type(book: Rulebook, type_: HoldKind) -> HoldType:
    """Return what the rulebook says of holds of a type, or raise `Invalid`."""
    known = {each.id: each for each in book.holds}
    one_of("type", type_, known, rule=f"{title(book)}: {EXPLICIT}")
    return known[type_]


def cite_hold(book: Rulebook, law: HoldType) -> Citation:
    return Citation(
        rulebook=book.id,
        version=book.version,
        rule=f"holds.{law.id}",
        legal_basis=tuple(e.cite for e in law.legal_basis),
    )


def rule_text(book: Rulebook, law: HoldType) -> str:
    citation = cite_hold(book, law)
    return "; ".join([f"{citation}: {EXPLICIT}", *citation.legal_basis])


def law_of(given: Given, placed: HoldPlaced) -> tuple[Rulebook, HoldType]:
    """Return the rulebook and the type that a hold cites."""
    regime = given.look(Regime(), regime_stream(placed.cited.rulebook))
    book = regime.version(placed.cited.version)
    return book, hold_type(book, placed.type)


def refuse_review_day(book: Rulebook, law: HoldType, today: date, day: date) -> None:
    """Raise unless the day is to come, and as soon as the rulebook wants it."""
    latest = shift(today, law.review_within, book.calendar)
    if not today < day <= latest:
        reason = f"name a day after today, up to {latest}"
        raise Invalid("review_on", reason, rule=rule_text(book, law))
