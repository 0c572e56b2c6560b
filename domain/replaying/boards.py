"""Certificates computed again, from those events and no others that they rest on."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from domain.promotion.board import Candidacy
from domain.promotion.certifying import rechecked, versions
from domain.promotion.convening import selection
from domain.promotion.eligibility import ask
from domain.promotion.facts import (
    EligibilityCertified,
    EligibilityRechecked,
    RecommendationSealed,
    RecommendationUnsealed,
)
from domain.promotion.recommending import pending
from domain.record import Fact, Recorded
from domain.replaying.moment import SEALED, Check, Hidden, Moment, Part, Recompute, each


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
    """Ask again, of the events that were read then."""
    fact: EligibilityCertified = moment.fact
    question = fact.answer.question
    answer, basis = ask(Basis(moment.record, moment.past), question)
    book, _ = selection(moment, question.rulebook)
    rule = f"{book.id} v{book.version}, rule eligibility"
    for name in type(answer).__struct_fields__:
        stored, again = getattr(fact.answer, name), getattr(answer, name)
        yield Check(f"answer.{name}", stored, again, rule)
    rulebooks = versions(book, answer)
    yield from each(fact, rule, basis=basis, rulebooks=rulebooks)


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
    cases = pending(certificate) if certificate else None
    yield from each(fact, str(fact.cited), because_of=cases)


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
    RecommendationSealed: sealed,
    RecommendationUnsealed: unsealed,
}
