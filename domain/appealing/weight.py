"""Whether what an appeal leads to is heavier than what it is against: it never is."""

from collections.abc import Iterable
from datetime import date

from domain.errors import NotAllowed
from domain.record import Given
from domain.regime.calendar import shift
from domain.regime.duration import Duration
from domain.regime.types import Rulebook
from domain.sanction.facts import Terms
from domain.sanction.law import law_cited, weight
from domain.sanction.sanctions import Sanction

NEVER_HEAVIER = (
    "nothing is made heavier because it was appealed (I3, 2020 Law Art. 55-56)"
)


def refuse_heavier(
    given: Given, before: Iterable[Sanction], after: Iterable[Sanction], rule: str
) -> None:
    """Raise `NotAllowed` if any sanction of a person became heavier, or is new.

    *before* and *after* are those on one track; each is measured by the version of the
    rulebook that was applied to it first.
    """
    known = {sanction.id: sanction for sanction in before}
    for now in after:
        then = known.get(now.id)
        if then is None:
            raise NotAllowed(f"{now.id} is new", rule=f"{NEVER_HEAVIER}; {rule}")
        book = law_cited(given, then.imposed.terms.cited)
        if weight(book, now.terms.kind) > weight(book, then.terms.kind):
            reason = f"{now.terms.kind} is heavier than {then.terms.kind}"
            raise NotAllowed(reason, rule=f"{NEVER_HEAVIER}; {rule}")
        if bar_until(book, now.terms) > bar_until(book, then.terms):
            reason = f"{now.id} would run until {now.terms.until_on or 'for ever'}"
            raise NotAllowed(reason, rule=f"{NEVER_HEAVIER}; {rule}")


def bar_until(book: Rulebook, terms: Terms) -> date:
    """Return the day on which a sanction ends; the last of all days, if it never does.

    What has no period, as a dismissal, ends never. Of a probation it is the day on
    which its period ends if rights are restored when its term is over.
    """
    if terms.for_ever or terms.period is None:
        return date.max
    if terms.until_on:
        return terms.until_on
    start = terms.term_until or terms.from_on
    return shift(start, Duration(terms.period), book.calendar)
