"""The end of a sanction: by itself at the end of its period, or when that is known."""

from datetime import date

from domain.case.case import Case, case_stream
from domain.conflict import refuse_conflict
from domain.errors import WrongStage
from domain.proceedings import proceedings_of
from domain.record import Decision, Given
from domain.regime.types import Rulebook
from domain.sanction.command import SanctionCommand
from domain.sanction.facts import ReleaseWithheld, SanctionReleased
from domain.sanction.law import cite_part, rule_on, track_of
from domain.sanction.sanctions import Sanction, Sanctions


class ReleaseSanction(SanctionCommand):
    """Release a sanction whose period is over; what is over already records nothing.

    The release is withheld while a case is open on conduct within the period, and comes
    once that is decided. By a machine it never comes early, and never where the rules
    want somebody to release; by hand that is refused, citing them.
    """

    by_hand: bool = False

    def decide(self, state: Sanctions, given: Given) -> Decision:
        sanction = self.known(state)
        book = self.law(given, sanction)
        if self.by_hand:
            refuse_conflict(given, sanction.imposed.person)
        if not self.due(given, state, book):
            return
        today = self.day(given, sanction)
        pending = pending_case(given, sanction, book)
        if pending is None:
            yield SanctionReleased(
                sanction=sanction.id,
                on=released_on(sanction, today, by_hand=self.by_hand),
                restores_level=track_of(book).release.restores_level,
            )
        elif self.by_hand:
            raise WrongStage(f"case {pending} is open", rule=release_rule(book))
        elif sanction.withheld is None or sanction.withheld.case != pending:
            release = track_of(book).release
            yield ReleaseWithheld(
                sanction=sanction.id,
                on=today,
                case=pending,
                cited=cite_part(book, "release", release.legal_basis),
            )

    def due(self, given: Given, state: Sanctions, book: Rulebook) -> bool:
        """Return whether it is over; by hand, raise `WrongStage` where it is not."""
        sanction = self.known(state)
        if sanction.status in ("released", "quashed"):
            return False
        early = not_over(state, sanction, self.day(given, sanction))
        if self.by_hand and early:
            raise WrongStage(early, rule=release_rule(book))
        return not early and (self.by_hand or track_of(book).release.automatic)


def not_over(state: Sanctions, sanction: Sanction, today: date) -> str | None:
    """Return why a sanction is not over on the day; None: it is."""
    until = sanction.terms.until_on
    if until is None:
        return "it has no end yet"
    if until > today:
        return f"it runs until {until}"
    name = open_ended(state, sanction)
    return f"it ends after {name}, whose rights are not restored" if name else None


def open_ended(state: Sanctions, sanction: Sanction) -> str | None:
    """Return the probation on whose end its own end counts, while that is not known."""
    name = sanction.terms.remainder_of
    while name:
        terms = state.known(name).terms
        if terms.term_until and not terms.restored_on:
            return name
        name = terms.remainder_of
    return None


def released_on(sanction: Sanction, today: date, *, by_hand: bool) -> date:
    """Return the day of the release: the end of the period, unless it was withheld."""
    if by_hand or sanction.withheld:
        return today
    return sanction.terms.until_on or today


def pending_case(given: Given, sanction: Sanction, book: Rulebook) -> str | None:
    """Return an open case on conduct within the period, if it withholds the release."""
    start, until = sanction.terms.from_on, sanction.terms.until_on
    if until is None or not track_of(book).release.unless_new_violation:
        return None
    for name in proceedings_of(given, sanction.imposed.person).of("case"):
        case = given.look(Case(), case_stream(name))
        undecided = case.stage in ("investigation", "notice")
        if undecided and case.on_conduct_in(start, until):
            return name
    return None


def release_rule(book: Rulebook) -> str:
    return rule_on(book, track_of(book).release.legal_basis)
