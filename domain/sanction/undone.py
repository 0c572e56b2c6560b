"""What was undone on appeal: nothing heavier comes in its place, in no case (I3)."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from typing import NamedTuple

from domain.errors import NotAllowed
from domain.finding import Finding
from domain.record import Given
from domain.regime.calendar import shift
from domain.regime.duration import Duration
from domain.regime.types import Rulebook
from domain.sanction.conduct import findings_in, same_act
from domain.sanction.facts import Chosen, Determined, SanctionImposed, Terms
from domain.sanction.founding import Findings
from domain.sanction.law import kind_named, law_cited, rule_on, track_of
from domain.sanction.merging import executed, longest, term_for
from domain.sanction.sanctions import Sanction, Sanctions

ANEW = "what is decided anew after an appeal is never heavier than what was undone"
Before = tuple[Determined, Sanction]
Known = Mapping[str, Sequence[Before]]


class Weight(NamedTuple):
    """How heavy it is: by its place among the kinds, and how long it would run now."""

    place: int
    until: date
    kind: str

    def outweighs(self, *others: "Weight") -> bool:
        """Return whether it is of a heavier kind than all others, or runs longer."""
        places = [other.place for other in others]
        ends = [other.until for other in others]
        return self.place > max(places) or self.until > max(ends)

    def __str__(self) -> str:
        return f"{self.kind} until {self.until}"


def refuse_heavier(
    given: Given,
    book: Rulebook,
    state: Sanctions,
    findings: Findings,
    now: SanctionImposed,
) -> None:
    """Raise if a sanction outweighs what was undone for the same conduct (I3).

    No conduct deserves more by itself than it did, and all together come to no more,
    unless what was never sanctioned before does so alone.

    Args:
        given: finds the law that was applied, and what was found.
        book: the edition in force today, by which kinds are weighed.
        state: all there was on the track; what was quashed in it counts.
        findings: what was found now, by conduct.
        now: what is to be imposed.
    """
    known = {
        one.conduct: list(undone(given, state, findings[one.conduct]))
        for one in now.determined
    }
    refuse_graver(book, now, known)
    weigh = partial(weighed, given, book, now.decided_on)
    limits = [
        min(weigh(each.terms, each.chosen) for _, each in before)
        for before in known.values()
        if before
    ]
    new = [one.kind for one in now.determined if not known[one.conduct]]
    own = weigh(now.terms, now.chosen)
    if limits and own.outweighs(*limits, *alone(book, new, now.decided_on)):
        reason = f"{own}: {max(limits)} was undone, and nothing heavier may follow"
        raise NotAllowed(reason, rule=f"{rule_on(book)}: {ANEW}")


def refuse_graver(book: Rulebook, now: SanctionImposed, known: Known) -> None:
    """Raise if one conduct by itself is to deserve more than it did."""
    for one in now.determined:
        for before, sanction in known[one.conduct]:
            said = (before.kind, sanction.terms.kind)
            if place(book, one.kind) > min(place(book, kind) for kind in said):
                reason = f"{one.kind}: {sanction.terms.kind} was undone"
                rule = f"{rule_on(book)}: {ANEW}"
                raise NotAllowed(f"{reason}, and nothing heavier may follow", rule=rule)


def undone(given: Given, state: Sanctions, found: Finding) -> Iterator[Before]:
    """Yield what the same conduct deserved in each sanction that was quashed."""
    for known in state.sanctions:
        if known.status == "quashed":
            findings = findings_in(given, known.imposed.case)
            for before in known.imposed.determined:
                other = findings.get(before.finding)
                if same_act(found, before.conduct, other):
                    yield before, known


def weighed(
    given: Given, book: Rulebook, today: date, terms: Terms, chosen: Chosen
) -> Weight:
    """Return how heavy a sanction is, if it ran from today by its own law."""
    until = lasts(law_cited(given, terms.cited), terms, chosen, today)
    return Weight(place(book, terms.kind), until, terms.kind)


def lasts(book: Rulebook, terms: Terms, chosen: Chosen, today: date) -> date:
    """Return until when it would run from today, alone: without a period, for ever."""
    if terms.period is None:
        return date.max
    term = term_for(book, kind_named(book, terms.kind), chosen.term, today)
    start = shift(today, term, book.calendar) if term else today
    return shift(start, Duration(terms.period), book.calendar)


def alone(book: Rulebook, kinds: Sequence[str], today: date) -> Iterator[Weight]:
    """Yield the most that these kinds come to without any others, if there are any."""
    if not kinds:
        return
    done = executed(book, kinds)
    kind, until = done.kind, date.max
    if kind.period:
        term = kind.term_max or kind.term_min
        start = shift(today, term, book.calendar) if term else today
        most = longest(book, kind.period, done.times, today)
        until = shift(start, most, book.calendar)
    yield Weight(place(book, kind.id), until, kind.id)


def place(book: Rulebook, kind: str) -> int:
    """Return the place of a kind among all; below them, where this edition has none."""
    kinds = [known.id for known in track_of(book).kinds]
    return kinds.index(kind) if kind in kinds else -1
