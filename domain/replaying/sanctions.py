"""Sanctions computed again: their terms when imposed, and whatever changed them."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial

from msgspec.structs import replace

from domain.case.case import Case, case_stream
from domain.errors import Unknown
from domain.matter import local_day
from domain.person import person_named
from domain.record import Citation, Fact
from domain.regime.calendar import shift
from domain.regime.types import Rulebook
from domain.replaying.moment import Check, Moment, Part, Recompute, each
from domain.sanction.carrying_out import personnel_change, reparations
from domain.sanction.computing import imposed, restored, varied, weighed
from domain.sanction.facts import (
    MeasureTaken,
    PersonnelChangeOrdered,
    ReleaseWithheld,
    ReparationOrdered,
    RightsRestored,
    SanctionImposed,
    SanctionPeriodRecomputed,
    SanctionQuashed,
    SanctionReleased,
    SanctionStayed,
    SanctionVaried,
    StayEnded,
    Terms,
)
from domain.sanction.founding import first_day
from domain.sanction.law import cite_part, law_cited, law_today, track_of
from domain.sanction.matrix import ladders
from domain.sanction.measuring import measure_named
from domain.sanction.releasing import pending_case
from domain.sanction.sanctions import Sanction, Sanctions
from domain.sanction.standing import again, before

Changed = SanctionPeriodRecomputed | RightsRestored | SanctionVaried


def sentenced(moment: Moment) -> Iterator[Part]:
    """Compute the terms from what was determined, under the law of the decision."""
    fact: SanctionImposed = moment.fact
    regime, book, today = law_today(moment, fact.terms.cited.rulebook)
    person = person_named(moment, fact.person)
    can_rise = ladders(book, person, today)
    what = replace(
        weighed(fact), decided_on=today, conduct_from=begun(moment), ladders=can_rise
    )
    law = partial(law_cited, moment)
    earlier = moment.own(Sanctions()).sanctions
    terms = imposed(regime, book, law, what, earlier)
    yield from each(
        fact, str(terms.cited), decided_on=today, conduct_from=what.conduct_from
    )
    yield from terms_compared(fact.terms, terms)


def begun(moment: Moment) -> date | None:
    """Return the first day of the conduct, as it was found or alleged."""
    fact: SanctionImposed = moment.fact
    case = moment.look(Case(), case_stream(fact.case))
    known = {found.finding: found for found in case.findings}
    findings = {one.conduct: known[one.finding] for one in fact.determined}
    return first_day(case, findings)


def terms_compared(stored: Terms, recomputed: Terms) -> Iterator[Part]:
    """Yield a check of each part of the terms, so that it shows which one differs."""
    for name in Terms.__struct_fields__:
        said, found = getattr(stored, name), getattr(recomputed, name)
        yield Check(f"terms.{name}", said, found, str(recomputed.cited))


def state_of(moment: Moment) -> tuple[Sanctions, Sanction, Rulebook, date]:
    """Return the record, the sanction a fact is about, its law, and the day."""
    state = moment.own(Sanctions())
    sanction = state.find(moment.fact.sanction)
    if sanction is None:
        raise Unknown("sanction", moment.fact.sanction)
    book = law_cited(moment, sanction.terms.cited)
    return state, sanction, book, local_day(book, moment.at)


def changed(moment: Moment) -> Iterator[Part]:
    """Compute the terms of a sanction that something later changed."""
    fact: Changed = moment.fact
    state, sanction, _, today = state_of(moment)
    law = partial(law_cited, moment)
    earlier = before(state, sanction.id)
    if isinstance(fact, RightsRestored):
        terms = restored(law, sanction, fact.on, earlier)
    elif isinstance(fact, SanctionVaried):
        terms = varied(law, sanction, fact.chosen, earlier)
        yield from each(fact, str(terms.cited), on=today)
    else:
        terms = again(law, sanction, earlier)
    yield from terms_compared(fact.terms, terms)


def dated(moment: Moment) -> Iterator[Part]:
    """Find again the day on which something was done."""
    _, sanction, _, today = state_of(moment)
    yield from each(moment.fact, str(sanction.terms.cited), on=today)


def released(moment: Moment) -> Iterator[Part]:
    """Check that the period was over, and that nothing withheld the release."""
    fact: SanctionReleased = moment.fact
    _, sanction, book, today = state_of(moment)
    until, release = sanction.terms.until_on, track_of(book).release
    days = {today} if sanction.withheld else {today, until}
    over = until is not None and until <= today
    rule = str(cite_part(book, "release", release.legal_basis))
    yield Check("on", fact.on, fact.on if fact.on in days else until, rule)
    yield Check("over", stored=True, recomputed=over, rule=rule)
    yield Check("withheld_for", None, pending_case(moment, sanction, book), rule)
    yield from each(fact, rule, restores_level=release.restores_level)


def withheld(moment: Moment) -> Iterator[Part]:
    """Compute for which case a release is withheld."""
    fact: ReleaseWithheld = moment.fact
    _, sanction, book, today = state_of(moment)
    cited = cite_part(book, "release", track_of(book).release.legal_basis)
    pending = pending_case(moment, sanction, book)
    yield from each(fact, str(cited), on=today, case=pending, cited=cited)


def made_good(moment: Moment) -> Iterator[Part]:
    """Compute by when something is made good."""
    fact: ReparationOrdered = moment.fact
    _, sanction, book, today = state_of(moment)
    found = (
        reparations(book, sanction.id, "quashed", today)
        if sanction.status == "quashed"
        else reparations(book, sanction.id, "varied", today)
    )
    tasks = {task.task: task for task in found}
    yield from ordered(fact, tasks.get(fact.task), fact.cited)


def carried_out(moment: Moment) -> Iterator[Part]:
    """Compute by when HR carries a sanction out."""
    fact: PersonnelChangeOrdered = moment.fact
    _, sanction, book, _ = state_of(moment)
    found = next(personnel_change(book, sanction.id, sanction.terms), None)
    yield from ordered(fact, found, fact.cited)


def ordered(
    fact: ReparationOrdered | PersonnelChangeOrdered,
    found: ReparationOrdered | PersonnelChangeOrdered | None,
    cited: Citation,
) -> Iterator[Part]:
    yield Check("ordered", stored=True, recomputed=found is not None, rule=str(cited))
    if found:
        yield from each(
            fact,
            str(found.cited),
            **{name: getattr(found, name) for name in found.__struct_fields__},
        )


def measure(moment: Moment) -> Iterator[Part]:
    """Compute what a measure blocks, and until when."""
    fact: MeasureTaken = moment.fact
    _, book, today = law_today(moment, fact.cited.rulebook)
    known = measure_named(book, fact.kind)
    until = shift(today, known.period, book.calendar) if known.period else None
    cited = cite_part(book, f"measures.{known.id}", known.legal_basis)
    yield from each(
        fact,
        str(cited),
        cited=cited,
        decided_on=today,
        until_on=until,
        blocks=known.blocks,
    )


RECOMPUTE: Mapping[type[Fact], Recompute] = {
    SanctionImposed: sentenced,
    SanctionPeriodRecomputed: changed,
    RightsRestored: changed,
    SanctionVaried: changed,
    SanctionQuashed: dated,
    SanctionStayed: dated,
    StayEnded: dated,
    SanctionReleased: released,
    ReleaseWithheld: withheld,
    ReparationOrdered: made_good,
    PersonnelChangeOrdered: carried_out,
    MeasureTaken: measure,
}
