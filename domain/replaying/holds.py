"""Holds computed again: what they block, when they are reviewed, what they let go."""

from collections.abc import Iterator, Mapping
from datetime import date

from domain.errors import Unknown
from domain.hold import ActionCleared, HoldLifted, HoldPlaced, HoldReviewed, Holds
from domain.holding.placing import cite_hold, hold_type, law_of
from domain.matter import in_force
from domain.record import Fact
from domain.regime.calendar import shift
from domain.regime.scrutiny import HoldType
from domain.regime.types import Rulebook
from domain.replaying.cases import at_most
from domain.replaying.moment import Check, Moment, Part, Recompute, each

OPEN = "an action goes ahead if nothing holds it, or two people agreed"


def placed(moment: Moment) -> Iterator[Part]:
    """Compute what a hold blocks, and by when it is looked at again at the latest."""
    fact: HoldPlaced = moment.fact
    regime = moment.regime(fact.cited.rulebook)
    book = in_force(regime, fact.cited.rulebook, moment.at.date())
    law, today = hold_type(book, fact.type), moment.day_in(book)
    cited = cite_hold(book, law)
    yield from each(fact, str(cited), cited=cited, blocks=law.blocks, from_on=today)
    yield review(book, law, today, fact.review_on)


def review(book: Rulebook, law: HoldType, today: date, day: date) -> Check:
    most = shift(today, law.review_within, book.calendar)
    return at_most("review_on", day, most, str(cite_hold(book, law)))


def later(moment: Moment) -> Iterator[Part]:
    """Compute the same of a hold that was looked at again, or lifted."""
    fact: HoldReviewed | HoldLifted = moment.fact
    hold = moment.own(Holds()).find(fact.hold)
    if hold is None:
        raise Unknown("hold", fact.hold)
    book, law = law_of(moment, hold.placed)
    today = moment.day_in(book)
    yield from each(fact, str(hold.placed.cited), on=today)
    if isinstance(fact, HoldReviewed):
        yield review(book, law, today, fact.review_on)


def cleared(moment: Moment) -> Iterator[Part]:
    """Check that nothing held what was let go, but for what two people overrode."""
    fact: ActionCleared = moment.fact
    holds = moment.own(Holds())
    standing = holds.holding(fact.type, fact.target)
    agreed = [holds.override_of(hold.name, fact.target) for hold in standing]
    free = all(agreed)
    override = agreed[-1].override if agreed and agreed[-1] else None
    yield from each(fact, OPEN, on=moment.at.date(), override=override)
    yield Check("free", stored=True, recomputed=free, rule=OPEN)


RECOMPUTE: Mapping[type[Fact], Recompute] = {
    HoldPlaced: placed,
    HoldReviewed: later,
    HoldLifted: later,
    ActionCleared: cleared,
}
