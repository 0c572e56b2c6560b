"""What the sections beside the rules must still say before they can be the law."""

from collections.abc import Iterator

from domain.regime.discipline import Track
from domain.regime.sections import Part, sections, walk
from domain.regime.types import Rulebook

# Section, field, and what to add where it says nothing.
DEMANDS = (
    ("track", "label", "add what people call this track"),
    ("due_process", "recusal_grounds", "add on which grounds somebody takes no part"),
    ("due_process", "statements", "add what a decision must say"),
    ("due_process", "closings", "add how a case can end"),
    ("eligibility", "ladders", "add on which ladders somebody can rise"),
    ("eligibility", "requires", "add what is looked at before somebody is eligible"),
)


def section_gaps(book: Rulebook) -> Iterator[str]:
    """Yield what is missing in the sections there are; each says what to add."""
    for part in sections(book):
        if not part.legal_basis:
            yield f"{part.place}, legal_basis: add where it is written"
    for section, field, add in DEMANDS:
        held = getattr(book, section)
        if held is not None and not getattr(held, field):
            yield f"{section}, {field}: {add}"
    if book.track is not None:
        yield from _of_the_track(book.track, book)


def section_remarks(book: Rulebook) -> Iterator[str]:
    """Yield what the sections cite without anybody's having checked it."""
    for section in sections(book):
        for part in walk(section):
            yield from _unchecked(part)


def _of_the_track(track: Track, book: Rulebook) -> Iterator[str]:
    if not (track.kinds or track.measures):
        yield "track, kinds: add the sanctions of the track, or measures"
    if track.kinds and not track.violations:
        yield "track, violations: add what is sanctioned, and with what"
    if track.kinds and book.due_process is None:
        yield "due_process: add what must be done before anybody is sanctioned"
    if track.kinds and all(stage.to == "same" for stage in book.appeals):
        yield "appeals: add a stage before another authority than the one that decided"


def _unchecked(part: Part) -> Iterator[str]:
    for basis in part.legal_basis:
        if not basis.verified:
            yield f"{part.place}, legal_basis: not verified: {basis.cite}"
