"""Draws repeated, verifiers drawn again, and until when explanations were in time."""

from collections.abc import Iterator, Mapping
from itertools import islice

from domain.person import CoveredPersonRegistered, person_named, person_stream
from domain.record import Fact
from domain.replaying.moment import (
    SEALED,
    Check,
    Hidden,
    Moment,
    Part,
    Recompute,
    compared,
    each,
)
from domain.verification.assigning import AssignVerifier
from domain.verification.draw import Drawing, repeated
from domain.verification.drawing import one_of
from domain.verification.facts import (
    DiscrepancyDetected,
    ExplanationRequested,
    ReportsCompared,
    SampleDrawn,
    VerifierAssigned,
)
from domain.verification.law import SECTION, answer_by, cite_part, law_of
from domain.verification.state import Verification

TOGETHER = 1000  # people whose files are read at once


def sample(moment: Moment) -> Iterator[Part]:
    """Draw again, from everybody whom the population had on the day."""
    fact: SampleDrawn = moment.fact
    drawing = Drawing.then(moment, fact)
    population = drawing.covered(moment, registered(moment))
    again = repeated(fact, population)
    citation = cite_part(drawing.book, SECTION, drawing.law.legal_basis)
    yield Check("cited", fact.cited, citation, str(citation))
    fields = ("population_sha256", "population_size", "size", "drawn")
    yield from compared(fact, again, citation, *fields)


def registered(moment: Moment) -> Iterator[str]:
    """Yield the numbers of all who had a file then."""
    past = moment.past
    found = past.log.kinds((CoveredPersonRegistered,), 0, past.before - 1)
    numbers = (record.fact.number for _, record in found)
    while some := list(islice(numbers, TOGETHER)):
        past.fetch(map(person_stream, some))
        yield from some


def assigned(moment: Moment) -> Iterator[Part]:
    """Sift the pool again, and draw from who may verify."""
    fact: VerifierAssigned = moment.fact
    opened = moment.own(Verification()).opened
    if opened is None:
        yield Check("opened", stored=True, recomputed=False)
        return
    command = AssignVerifier(
        verification=opened.verification,
        pool=(*fact.pool, *fact.excluded),
        seed=fact.seed,
        seed_from=fact.seed_from or "",
    )
    pool, excluded = command.sifted(moment, person_named(moment, opened.person))
    verifier = one_of(fact.method, fact.seed, opened.verification, pool)
    yield from each(fact, fact.method, pool=pool, excluded=excluded, verifier=verifier)


def explained(moment: Moment) -> Iterator[Part]:
    """Compute until when an explanation is in time."""
    fact: ExplanationRequested = moment.fact
    book, law = law_of(moment, fact.cited)
    citation = cite_part(book, SECTION, law.legal_basis)
    due = answer_by(book, law, moment.day_in(book))
    yield from each(fact, str(citation), cited=citation, answer_by=due)


def detected(moment: Moment) -> Iterator[Part]:
    """Number a discrepancy again; both of its values are sealed."""
    fact: DiscrepancyDetected = moment.fact
    before = len(moment.own(Verification()).discrepancies)
    yield Check("discrepancy", fact.discrepancy, before + 1)
    yield Hidden("kind", SEALED)


def held_against(moment: Moment) -> Iterator[Part]:  # noqa: ARG001  nothing of it is open
    """Say that what was compared is sealed."""
    yield Hidden("detected", SEALED)


RECOMPUTE: Mapping[type[Fact], Recompute] = {
    SampleDrawn: sample,
    VerifierAssigned: assigned,
    ExplanationRequested: explained,
    DiscrepancyDetected: detected,
    ReportsCompared: held_against,
}
