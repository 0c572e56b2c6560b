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
        if not self.due(given, sanction, book):
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

    def due(self, given: Given, sanction: Sanction, book: Rulebook) -> bool:
        """Return whether it is over; by hand, raise `WrongStage` where it is not."""
        if sanction.status in ("released", "quashed"):
            return False
        until, today = sanction.terms.until_on, self.day(given, sanction)
        over = until is not None and until <= today
        if self.by_hand and not over:
            end = f"it runs until {until}" if until else "it has no end yet"
            raise WrongStage(end, rule=release_rule(book))
        return over and (self.by_hand or track_of(book).release.automatic)


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
