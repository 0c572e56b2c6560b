"""How long a sanction runs: alone, with others decided at once, and after others."""

from collections.abc import Sequence
from datetime import date

from msgspec.structs import replace

from domain.errors import Invalid
from domain.record import Citation, Value
from domain.regime.calendar import shift
from domain.regime.duration import Duration
from domain.regime.types import Rulebook
from domain.sanction.facts import Chosen, Terms
from domain.sanction.law import cite_part, kind_named, rule_on, track_of
from domain.sanction.merging import Executed, executed, period_for, term_for

REMAINDER = "+remainder"


class Running(Value):
    """A sanction that runs when another is decided, and the day on which it ends."""

    sanction: str
    until_on: date


def terms_for(
    book: Rulebook,
    kinds: Sequence[str],
    chosen: Chosen,
    running: Sequence[Running],
    decided_on: date,
) -> Terms:
    """Return what violations decided together come to.

    Args:
        book: the version that applies.
        kinds: what each violation deserves by itself; at least one.
        chosen: what the decision chooses: a period where the law gives a range, a term
            of probation, and the kind, if only to say the same as the law.
        running: the sanctions that run on that day on the same track.
        decided_on: the day of the decision, from which it takes effect.

    Raises:
        Invalid: `kind`, `period` or `term` is none that the rules allow.
    """
    done = executed(book, kinds)
    if chosen.kind not in (None, done.kind.id):
        reason = f"what is determined comes to {done.kind.id}, not {chosen.kind}"
        basis = track_of(book).concurrent.legal_basis
        raise Invalid("kind", reason, rule=rule_on(book, basis))
    period = period_for(book, done, chosen.period, decided_on)
    return settled(book, done, period, chosen.term, running, decided_on)


def settled(
    book: Rulebook,
    done: Executed,
    period: Duration | None,
    term: str | None,
    running: Sequence[Running],
    decided_on: date,
) -> Terms:
    """Return the terms of what is executed, from the day of the decision."""
    kind = done.kind
    chosen = term_for(book, kind, term, decided_on)
    plain = Terms(
        kind=kind.id,
        from_on=decided_on,
        until_on=None,
        blocks=kind.blocks,
        basis=done.basis,
        cited=cite_part(book, f"kinds.{kind.id}", kind.legal_basis),
        period=str(period) if period else None,
        for_ever=kind.for_ever,
        term_until=shift(decided_on, chosen, book.calendar) if chosen else None,
    )
    return run(book, plain, running)


def run(book: Rulebook, terms: Terms, running: Sequence[Running]) -> Terms:
    """Return the terms with their end: counted from the decision, or from the day on
    which rights were restored, and after what remained of a sanction before.

    What else the terms say of an earlier computation of their end is forgotten.
    """
    start = terms.restored_on or terms.from_on
    prior = latest(book, terms, running, start)
    done = replace(
        terms,
        basis=terms.basis.removesuffix(REMAINDER) + (REMAINDER if prior else ""),
        cited=cited(book, terms, prior),
        remainder_of=prior.sanction if prior else None,
        until_on=None,
        capped=False,
    )
    if terms.period is None or (terms.term_until and not terms.restored_on):
        return done
    until, capped = end(book, Duration(terms.period), start, prior)
    return replace(done, until_on=until, capped=capped)


def latest(
    book: Rulebook, terms: Terms, running: Sequence[Running], start: date
) -> Running | None:
    """Return the sanction whose remainder comes before, if the rules have that."""
    if track_of(book).sequential.rule == "apart" or terms.period is None:
        return None
    still = [one for one in running if one.until_on > start]
    return max(still, key=lambda one: one.until_on, default=None)


def end(
    book: Rulebook, period: Duration, start: date, prior: Running | None
) -> tuple[date, bool]:
    """Return the day on which it ends, and whether a cap cut it.

    No cap makes it shorter than its own period.
    """
    alone = shift(start, period, book.calendar)
    if prior is None:
        return alone, False
    added = shift(prior.until_on, period, book.calendar)
    cap = track_of(book).sequential.cap
    if cap is None:
        return added, False
    most = max(alone, shift(start, cap, book.calendar))
    return min(added, most), most < added


def cited(book: Rulebook, terms: Terms, prior: Running | None) -> Citation:
    """Return all rules that the terms rest on: of the kind, and of the merging."""
    track, basis = track_of(book), terms.basis.removesuffix(REMAINDER)
    kind = kind_named(book, terms.kind)
    bases = [kind.legal_basis]
    bases += [track.concurrent.legal_basis] if basis != "single" else []
    bases += [track.sequential.legal_basis] if prior else []
    return cite_part(book, f"kinds.{kind.id}", *bases)
