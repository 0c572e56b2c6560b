"""What a rulebook says of the handling of records, and when it says that it is due."""

from datetime import date, datetime, timedelta

from domain.errors import Incomplete, Unknown
from domain.record import Citation, Given
from domain.regime.calendar import HOURS, shift
from domain.regime.duration import Duration
from domain.regime.types import Rulebook
from domain.rulebook import Regime, regime_stream, title

REMEDY = "whoever refuses says why, and where to turn"


def law_on(given: Given, rulebook: str, day: date) -> Rulebook:
    """Return the version in force on *day*, else the last that was before it.

    What was declared under rules that have ended is still kept under them. Raises
    `Unknown` where none had commenced.
    """
    regime = given.look(Regime(), regime_stream(rulebook))
    commenced = [(start, n) for n, start in regime.published.items() if start <= day]
    if not commenced:
        raise Unknown("rulebook in force", f"{rulebook} on {day}")
    return regime.version(max(commenced)[1])


def cite_handling(book: Rulebook, entry: str) -> Citation:
    """Return the citation of one *entry* of what the rulebook says of handling."""
    basis = book.handling.legal_basis or book.legal_basis
    return Citation(
        rulebook=book.id,
        version=book.version,
        rule=f"handling.{entry}",
        legal_basis=tuple(each.cite for each in basis),
    )


def due_after(book: Rulebook, day: date, within: Duration | None) -> date | None:
    """Return the day by which something is due; None where the rulebook sets none."""
    return shift(day, within, book.calendar) if within else None


def lapse(at: datetime, after: Duration) -> datetime:
    """Return the moment so many hours or days after *at*."""
    hours = after.amount if after.unit == "h" else after.amount * HOURS
    return at + timedelta(hours=hours)


def where_to_turn(book: Rulebook, said: str | None) -> str:
    """Return where one may turn who was refused; raise `Incomplete` if nobody says."""
    found = said or book.handling.complaint_to
    if not found:
        gaps = ["turn_to: say where one may turn who is refused"]
        raise Incomplete(
            "the refusal is incomplete", rule=f"{title(book)}: {REMEDY}", gaps=gaps
        )
    return found
