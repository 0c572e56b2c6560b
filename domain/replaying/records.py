"""What the handling of records computed: answers due, access that ends, retention."""

from collections.abc import Iterator, Mapping

from domain.record import Fact
from domain.records.access_request import SubjectAccessRequested
from domain.records.break_glass import BreakGlassUsed
from domain.records.correction import CorrectionRequested
from domain.records.custody import RetentionReached
from domain.records.destruction import kept_from, run_out
from domain.records.law import cite_handling, due_after, lapse, law_on
from domain.replaying.moment import Check, Hidden, Moment, Part, Recompute, each

LATER = "it counts from the day of the last report, which the event does not name"


def access(moment: Moment) -> Iterator[Part]:
    return due(moment, "subject_access")


def correction(moment: Moment) -> Iterator[Part]:
    return due(moment, "correction")


def due(moment: Moment, entry: str) -> Iterator[Part]:
    """Compute by when a request has to be answered."""
    fact: SubjectAccessRequested | CorrectionRequested = moment.fact
    book = law_on(moment, fact.cited.rulebook, moment.at.date())
    today = moment.day_in(book)
    citation = cite_handling(book, entry)
    yield from each(
        fact,
        str(citation),
        cited=citation,
        received_on=today,
        due_on=due_after(book, today, getattr(book.handling, entry)),
    )


def glass(moment: Moment) -> Iterator[Part]:
    """Compute until when access in an emergency lasts."""
    fact: BreakGlassUsed = moment.fact
    book = law_on(moment, fact.cited.rulebook, moment.at.date())
    citation = cite_handling(book, "break_glass")
    lasts = book.handling.break_glass
    until = lapse(moment.at, lasts) if lasts else None
    yield from each(fact, str(citation), cited=citation, until=until)


def retained(moment: Moment) -> Iterator[Part]:
    """Compute until when it had to be kept."""
    fact: RetentionReached = moment.fact
    books = tuple(cited.rulebook for cited in fact.cited)
    start = kept_from(moment, fact.person, fact.year, None)
    reached_on, cited = run_out(moment, books, fact.year, start)
    rule = "; ".join(map(str, cited))
    yield Check("cited", fact.cited, cited, rule)
    if fact.reached_on > reached_on:
        yield Hidden("reached_on", LATER)
    else:
        yield Check("reached_on", fact.reached_on, reached_on, rule)


RECOMPUTE: Mapping[type[Fact], Recompute] = {
    SubjectAccessRequested: access,
    CorrectionRequested: correction,
    BreakGlassUsed: glass,
    RetentionReached: retained,
}
