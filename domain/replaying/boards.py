"""Certificates computed again, from those events and no others that they rest on."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from domain.promotion.board import Candidacy
from domain.promotion.certifying import rechecked, versions
from domain.promotion.convening import selection
from domain.promotion.eligibility import ask
from domain.promotion.facts import (
    CandidateDecided,
    EligibilityCertified,
    EligibilityRechecked,
    RecommendationSealed,
    RecommendationUnsealed,
)
from domain.promotion.recommending import pending, refuse_ineligible
from domain.promotion.sitting import asked_today
from domain.record import Fact, Recorded
from domain.replaying.moment import SEALED, Check, Hidden, Moment, Part, Recompute, each

ALL = "a certificate rests on all that was known, and says how much that was"


class Basis(Moment):
    """The log as a certificate saw it: of each stream so many events."""

    __slots__ = ()

    @property
    def counts(self) -> Mapping[str, int]:
        counts: Mapping[str, int] = self.fact.basis
        return counts

    def history(self, stream: UUID) -> Sequence[Recorded[Any]]:
        found = self.past.history(stream)
        return found[: self.counts.get(str(stream), 0)]


def certified(moment: Moment) -> Iterator[Part]:
    """Ask again, of the events that were read then: of all that there were."""
    fact: EligibilityCertified = moment.fact
    there = {stream: there_were(moment, stream) for stream in fact.basis}
    yield Check("basis", fact.basis, there, ALL)
    yield Check("position", fact.position, read_at(moment), ALL)
    question = fact.answer.question
    answer, basis = ask(Basis(moment.record, moment.past), question)
    book, _ = selection(moment, question.rulebook)
    rule = f"{book.id} v{book.version}, rule eligibility"
    for name in type(answer).__struct_fields__:
        stored, again = getattr(fact.answer, name), getattr(answer, name)
        yield Check(f"answer.{name}", stored, again, rule)
    rulebooks = versions(book, answer)
    yield from each(fact, rule, basis=basis, rulebooks=rulebooks)


def there_were(moment: Moment, stream: str) -> int:
    """Return how many events of a stream a certificate had to rest on.

    Those that it does not count may have been stored while it was being decided, if
    they were recorded later.
    """
    records = moment.history(UUID(stream))
    counted: int = moment.fact.basis[stream]
    missed = records[counted:] if counted >= 0 else records
    late = bool(missed) and all(r.recorded_at > moment.at for r in missed)
    return counted if late else len(records)


def read_at(moment: Moment) -> int:
    """Return the position that a certificate names, or else the last that it can name.

    It comes before the certificate, and after all that this rests on.
    """
    position: int = moment.fact.position
    last = moment.past.before - 1
    if not 0 <= position <= last:
        return last
    basis: Mapping[str, int] = moment.fact.basis
    known = moment.past.log.streams([UUID(s) for s in basis], position + 1)
    found = Counter(str(record.originator_id) for record in known)
    whole = all(found[stream] >= count for stream, count in basis.items())
    return position if whole else last


def decided(moment: Moment) -> Iterator[Part]:
    """Hold what a board decided against the certificate; within it, the board chose."""
    fact: CandidateDecided = moment.fact
    certificate = moment.own(Candidacy()).certificate
    if certificate is None:
        yield Check("certificate", fact.certificate, None)
        return
    name = certificate.certificate
    book, _ = selection(moment, certificate.answer.question.rulebook)
    yield from each(fact, name, certificate=name, decided_on=moment.day_in(book))
    if fact.recommended:
        refuse_ineligible(moment, certificate)


def checked_again(moment: Moment) -> Iterator[Part]:
    """Compute what had changed since a certificate."""
    fact: EligibilityRechecked = moment.fact
    certificate = moment.own(Candidacy()).certificate
    if certificate is None:
        yield Check("certificate", fact.certificate, None)
        return
    again = rechecked(moment, certificate)
    yield from each(
        fact,
        certificate.certificate,
        certificate=again.certificate,
        changed=again.changed,
        same=again.same,
    )


def sealed(moment: Moment) -> Iterator[Part]:
    """Compute for which cases a recommendation is sealed."""
    fact: RecommendationSealed = moment.fact
    certificate = moment.own(Candidacy()).certificate
    if certificate is None:
        yield Check("certificate", fact.certificate, None)
        return
    cases = pending(certificate, *asked_today(moment, certificate.answer.question))
    name = certificate.certificate
    yield from each(fact, str(fact.cited), because_of=cases, certificate=name)


def unsealed(moment: Moment) -> Iterator[Part]:
    """Compare for which cases; whether it takes effect is under the seal."""
    fact: RecommendationUnsealed = moment.fact
    before = moment.own(Candidacy()).sealed
    cases = before.because_of if before else None
    rule = str(before.cited) if before else ""
    yield from each(fact, rule, because_of=cases)
    yield Hidden("takes_effect", SEALED)


RECOMPUTE: Mapping[type[Fact], Recompute] = {
    EligibilityCertified: certified,
    EligibilityRechecked: checked_again,
    CandidateDecided: decided,
    RecommendationSealed: sealed,
    RecommendationUnsealed: unsealed,
}
