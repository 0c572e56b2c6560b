"""Which edition binds: that of the decision, or a more lenient one of old (I14)."""

from datetime import date

from domain.regime.calendar import shift
from domain.regime.types import Rulebook
from domain.rulebook import Regime
from domain.sanction.law import track_of


def edition_for(
    regime: Regime, book: Rulebook, kind: str, conduct_from: date | None, today: date
) -> Rulebook:
    """Return the version under which a kind of sanction runs.

    Args:
        regime: all versions.
        book: the one in force on the day of the decision.
        kind: what is executed.
        conduct_from: the first day of the conduct, if it is known.
        today: the day of the decision.

    Returns:
        *book*, unless its track goes by the more lenient one, and under the version in
        force on the first day of the conduct this kind ran for a shorter time.
    """
    if track_of(book).version == "decision" or conduct_from is None:
        return book
    then = regime.in_force(conduct_from)
    if then is None or not knows(then, kind):
        return book
    shorter = ends(then, kind, today) < ends(book, kind, today)
    return then if shorter else book


def knows(book: Rulebook, kind: str) -> bool:
    return book.track is not None and kind in [known.id for known in book.track.kinds]


def ends(book: Rulebook, kind: str, today: date) -> date:
    """Return when this kind would end from *today* on; without a period, never."""
    (found,) = [known for known in track_of(book).kinds if known.id == kind]
    return shift(today, found.period, book.calendar) if found.period else date.max
