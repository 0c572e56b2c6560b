"""The law of a verification: the rulebook's section on it, and how it is cited."""

from datetime import date

from domain.errors import Invalid, Unknown
from domain.record import Citation, Given
from domain.regime.basis import Bases
from domain.regime.calendar import shift
from domain.regime.scrutiny import Verifying
from domain.regime.types import Rulebook
from domain.rulebook import Regime, regime_stream, title

SECTION = "verification"


def law_on(given: Given, rulebook: str, day: date) -> tuple[Rulebook, Verifying]:
    """Return the version in force on *day*, with its section on verification.

    Raises:
        Unknown: no version is in force then.
        Invalid: it has no such section.
    """
    book = given.look(Regime(), regime_stream(rulebook)).in_force(day)
    if book is None:
        raise Unknown("rulebook in force", f"{rulebook} on {day}")
    return book, section(book)


def law_of(given: Given, citation: Citation) -> tuple[Rulebook, Verifying]:
    """Return the version that a citation names, with its section on verification."""
    regime = given.look(Regime(), regime_stream(citation.rulebook))
    book = regime.version(citation.version)
    return book, section(book)


def section(book: Rulebook) -> Verifying:
    if book.verification is None:
        raise Invalid("rulebook", "it says nothing of verification", rule=title(book))
    return book.verification


def cite_part(book: Rulebook, part: str, bases: Bases = ()) -> Citation:
    """Cite a part of the rulebook that is no duty: a section of it, or a check."""
    found = bases or (book.verification and book.verification.legal_basis)
    return Citation(
        rulebook=book.id,
        version=book.version,
        rule=part,
        legal_basis=tuple(basis.cite for basis in found or book.legal_basis),
    )


def answer_by(book: Rulebook, law: Verifying, asked_on: date) -> date:
    """Return the last day on which an explanation is in time."""
    return shift(asked_on, law.explain_within, book.calendar)
