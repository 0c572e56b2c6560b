"""Whether the sections beside the rules agree with themselves and with one another."""

from collections import Counter
from collections.abc import Iterable, Iterator

from domain.errors import Invalid
from domain.regime.calendar import shift
from domain.regime.scrutiny import Requirement
from domain.regime.scrutiny_coherence import verification_faults
from domain.regime.sections import durations, name_of, place_in, sections, walk
from domain.regime.track_coherence import track_faults
from domain.regime.types import Rulebook

# What of a requirement says something only of these things that are looked at.
GOES_WITH = {
    "tracks": ("sanctions", "measures", "cases"),
    "rules": ("overdue",),
    "fresh_for": ("verification",),
}


def section_faults(book: Rulebook) -> Iterator[str]:
    """Yield what is wrong with the sections: place, field, and what is allowed."""
    for check in CHECKS:
        yield from check(book)


def _spans(book: Rulebook) -> Iterator[str]:
    for section in sections(book):
        for place, span in durations(section):
            if span.amount <= 0:
                yield f"{place}: {span} is no length of time; write more than 0"
                continue
            try:
                shift(book.effective_from, span, book.calendar)
            except Invalid:
                yield f"{place}: {span} is more than a calendar can hold"


def _twice(book: Rulebook) -> Iterator[str]:
    """Yield the names that stand twice in one list, where each needs its own."""
    for name in ("appeals", "holds"):
        yield from _doubled(name, (each.id for each in getattr(book, name)))
    for section in sections(book):
        for part in walk(section):
            for name in part.value.__struct_fields__:
                held = getattr(part.value, name)
                if isinstance(held, tuple) and name != "legal_basis":
                    yield from _doubled(place_in(part, name), _names(held))


def _names(entries: Iterable[object]) -> Iterator[str]:
    for entry in entries:
        if isinstance(entry, str):
            yield entry
        elif hasattr(entry, "id"):
            yield str(entry.id)


def _doubled(place: str, names: Iterable[str]) -> Iterator[str]:
    for name, times in Counter(names).items():
        if times > 1:
            yield f"{place}: {name} stands there twice; each needs its own"


def _alone(book: Rulebook) -> Iterator[str]:
    for name in ("due_process", "appeals"):
        if getattr(book, name) and book.track is None:
            yield f"{name}: it goes with a track; add the section [track]"


def _appeals(book: Rulebook) -> Iterator[str]:
    """Yield faults of stages; one comes after stages that stand before it only."""
    before: list[str] = []
    for stage in book.appeals:
        for earlier in stage.after:
            if earlier not in before:
                known = ", ".join(before) or "none"
                allowed = f"{earlier} is not one of the stages before it: {known}"
                yield f"appeal {stage.id}, after: {allowed}"
        before.append(stage.id)


def _holds(book: Rulebook) -> Iterator[str]:
    for hold in book.holds:
        for name in ("blocks", "bases"):
            if not getattr(hold, name):
                yield f"hold {hold.id}, {name}: name at least one"


def _eligibility(book: Rulebook) -> Iterator[str]:
    for wanted in book.eligibility.requires if book.eligibility else ():
        place = f"eligibility, requires {name_of(wanted)}"
        for field, known in GOES_WITH.items():
            if getattr(wanted, field) and wanted.what not in known:
                goes = " or ".join(f'what = "{what}"' for what in known)
                yield f"{place}.{field}: it goes with {goes}"
        yield from _rules(place, wanted, book)


def _rules(place: str, wanted: Requirement, book: Rulebook) -> Iterator[str]:
    """Yield unknown rules, if the book has any; tracks are other books' affair."""
    known = [rule.id for rule in book.rules]
    for name in wanted.rules:
        if known and name not in known:
            yield f"{place}.rules: {name} is not one of {', '.join(known)}"


CHECKS = (
    _spans,
    _twice,
    _alone,
    verification_faults,
    track_faults,
    _appeals,
    _holds,
    _eligibility,
)
