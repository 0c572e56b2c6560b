"""What runs on a track when something is decided, and what follows for later ones."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from msgspec.structs import replace

from domain.record import Citation
from domain.regime.calendar import shift
from domain.regime.duration import Duration
from domain.regime.types import Rulebook
from domain.sanction.facts import SanctionPeriodRecomputed, Terms
from domain.sanction.periods import Running, run
from domain.sanction.sanctions import Sanction, Sanctions

Law = Callable[[Citation], Rulebook]


def running_on(
    law: Law, sanctions: Sequence[Sanction], day: date
) -> tuple[Running, ...]:
    """Return those of the sanctions that stand and whose end lies after *day*."""
    ends = {
        known.id: known_end(law(known.terms.cited), known.terms, day)
        for known in sanctions
        if known.status != "quashed"
    }
    return tuple(
        Running(sanction=name, until_on=until)
        for name, until in ends.items()
        if until and until > day
    )


def known_end(book: Rulebook, terms: Terms, day: date) -> date | None:
    """Return when a sanction ends; None where it has no end.

    Of a probation in which rights are not restored it is the earliest that it can be,
    seen from *day*: they are restored at the end of the term, or today at the earliest.
    """
    if terms.until_on or terms.period is None or terms.term_until is None:
        return terms.until_on
    start = max(terms.term_until, day)
    return shift(start, Duration(terms.period), book.calendar)


def before(state: Sanctions, name: str) -> tuple[Sanction, ...]:
    """Return the sanctions that were decided before the one of this name."""
    names = [known.id for known in state.sanctions]
    return state.sanctions[: names.index(name)]


def recomputed(law: Law, state: Sanctions, changed: str) -> Iterator[Sanction]:
    """Yield the sanctions after the *changed* one whose terms are others now.

    *state* has the change already. Each is computed again, as of its own decision, from
    what is known now of those before it.
    """
    known: Mapping[str, Sanction] = {each.id: each for each in state.sanctions}
    settled = [*before(state, changed), known[changed]]
    for later in state.sanctions[len(settled) :]:
        terms = again(law, later, settled)
        if terms != later.terms and later.status != "quashed":
            yield replace(later, terms=terms)
        settled.append(replace(later, terms=terms))


def again(law: Law, sanction: Sanction, earlier: Sequence[Sanction]) -> Terms:
    """Return a sanction's terms computed again, after those decided earlier."""
    running = running_on(law, earlier, sanction.terms.from_on)
    return run(law(sanction.terms.cited), sanction.terms, running)


def follow(
    law: Law, state: Sanctions, changed: str
) -> Iterator[SanctionPeriodRecomputed]:
    """Yield what is to be recorded of those after the *changed* one."""
    for other in recomputed(law, state, changed):
        yield SanctionPeriodRecomputed(
            sanction=other.id, terms=other.terms, because_of=changed
        )
