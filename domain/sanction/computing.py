"""The terms of sanctions, from facts and rulebooks alone: so they can be replayed."""

from collections.abc import Sequence
from datetime import date

from msgspec.structs import replace

from domain.record import Value
from domain.regime.types import Rulebook
from domain.rulebook import Regime
from domain.sanction.facts import Chosen, SanctionImposed, Terms
from domain.sanction.law import kind_named
from domain.sanction.lenient import edition_for
from domain.sanction.merging import Executed, executed, least_for
from domain.sanction.periods import REMAINDER, run, settled, terms_for
from domain.sanction.sanctions import Sanction
from domain.sanction.standing import Law, running_on


class Weighed(Value):
    """What the terms of a sanction follow from, besides the law and those before it."""

    kinds: tuple[str, ...]
    decided_on: date
    chosen: Chosen = Chosen()
    conduct_from: date | None = None
    ladders: tuple[str, ...] = ()


def weighed(fact: SanctionImposed) -> Weighed:
    """Return what was weighed when a sanction was imposed, as its fact says it."""
    return Weighed(
        kinds=tuple(one.kind for one in fact.determined),
        decided_on=fact.decided_on,
        chosen=fact.chosen,
        conduct_from=fact.conduct_from,
        ladders=fact.terms.ladders,
    )


def imposed(
    regime: Regime,
    book: Rulebook,
    law: Law,
    what: Weighed,
    earlier: Sequence[Sanction],
) -> Terms:
    """Return the terms of a sanction that is imposed.

    Args:
        regime: the versions of the rulebook, as they were known then.
        book: the one of them in force on the day of the decision.
        law: finds the version that an earlier sanction cites.
        what: what was weighed.
        earlier: the sanctions on the track before it.

    Raises:
        Invalid: see `domain.sanction.periods.terms_for`.
    """
    kind = executed(book, what.kinds).kind.id
    edition = edition_for(regime, book, kind, what.conduct_from, what.decided_on)
    running = running_on(law, earlier, what.decided_on)
    terms = terms_for(edition, what.kinds, what.chosen, running, what.decided_on)
    return replace(terms, ladders=what.ladders)


def varied(
    law: Law, sanction: Sanction, chosen: Chosen, earlier: Sequence[Sanction]
) -> Terms:
    """Return the terms of a sanction varied, as if it had been so from the beginning.

    The edition is the one that it was imposed under. Where several violations were
    decided together the period may be chosen anew; else it is the shortest there is.

    Raises:
        Invalid: the kind, the period or the term is none that the rules allow.
    """
    old, book = sanction.terms, law(sanction.terms.cited)
    kind = kind_named(book, chosen.kind or old.kind)
    times = len(sanction.imposed.determined)
    basis = old.basis.removesuffix(REMAINDER)
    done = Executed(kind=kind, times=times, basis=basis)
    period = least_for(book, done, chosen.period, old.from_on)
    running = running_on(law, earlier, old.from_on)
    terms = settled(book, done, period, chosen.term, running, old.from_on)
    terms = replace(terms, ladders=old.ladders)
    if terms.term_until is None or old.restored_on is None:
        return terms
    return run(book, replace(terms, restored_on=old.restored_on), running)


def restored(
    law: Law, sanction: Sanction, on: date, earlier: Sequence[Sanction]
) -> Terms:
    """Return the terms of a probation whose rights are restored on that day."""
    terms = sanction.terms
    running = running_on(law, earlier, terms.from_on)
    return run(law(terms.cited), replace(terms, restored_on=on), running)
