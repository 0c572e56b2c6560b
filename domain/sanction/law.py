"""What a rulebook says of its track: found by name, in force on a day, and cited."""

from datetime import date

from domain.errors import Invalid, Unknown
from domain.matter import in_force, local_day
from domain.record import Citation, Given
from domain.regime.basis import Bases
from domain.regime.discipline import SanctionKind, Track
from domain.regime.types import Rulebook
from domain.rulebook import Regime, regime_stream, title


def track_of(book: Rulebook) -> Track:
    """Return the book's disciplinary track, or raise `Invalid` where it has none."""
    if book.track is None:
        raise Invalid("rulebook", "it has no disciplinary track", rule=title(book))
    return book.track


def refuse_other_track(book: Rulebook, track: str) -> None:
    """Raise `Invalid` if the rulebook is not that of this track."""
    if track_of(book).id != track:
        reason = f"its track is {track_of(book).id}, not {track}"
        raise Invalid("rulebook", reason, rule=title(book))


def kind_named(book: Rulebook, kind: str, field: str = "kind") -> SanctionKind:
    """Return the kind of sanction, or raise `Invalid` listing those there are."""
    kinds = {known.id: known for known in track_of(book).kinds}
    if kind not in kinds:
        reason = f"{kind} is not one of {', '.join(kinds)}"
        raise Invalid(field, reason, rule=rule_on(book))
    return kinds[kind]


def weight(book: Rulebook, kind: str) -> int:
    """Return the place of a kind among all, from the lightest to the heaviest."""
    return track_of(book).kinds.index(kind_named(book, kind))


def law_today(given: Given, rulebook: str) -> tuple[Regime, Rulebook, date]:
    """Return the rulebook's versions, the one in force today, and which day that is.

    Raises:
        Unknown: nothing of the kind was ever published.
        WrongStage: no version binds today.
    """
    regime = given.look(Regime(), regime_stream(rulebook))
    if not regime.published:
        raise Unknown("published rulebook", rulebook)
    today = local_day(regime.version(max(regime.published)), given.at)
    return regime, in_force(regime, rulebook, today), today


def law_cited(given: Given, citation: Citation) -> Rulebook:
    """Return the version of a rulebook that was applied."""
    regime = given.look(Regime(), regime_stream(citation.rulebook))
    return regime.version(citation.version)


def cite_part(book: Rulebook, part: str, *bases: Bases) -> Citation:
    """Return the citation of one part of the track, with all its legal bases."""
    found = tuple(basis.cite for each in bases for basis in each)
    whole = track_of(book).legal_basis or book.legal_basis
    return Citation(
        rulebook=book.id,
        version=book.version,
        rule=f"track.{part}",
        legal_basis=found or tuple(basis.cite for basis in whole),
    )


def rule_on(book: Rulebook, *bases: Bases) -> str:
    """Return where it stands, as a refusal says it."""
    cites = cite_part(book, "", *bases).legal_basis
    return ", ".join((title(book), *cites))
