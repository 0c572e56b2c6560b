"""Certificates: what is known of a candidate, once for the board and once again."""

from collections.abc import Mapping
from uuid import UUID

from msgspec.structs import replace

from domain.conflict import refuse_conflict
from domain.errors import Invalid, Unknown, WrongStage
from domain.promotion.board import Candidacy, candidacy_stream
from domain.promotion.convening import selection
from domain.promotion.eligibility import ask
from domain.promotion.facts import (
    CandidateEntered,
    Eligibility,
    EligibilityCertified,
    EligibilityRechecked,
    Reason,
)
from domain.record import Command, Decision, Given
from domain.regime.types import Rulebook

CERTIFIED = "a board decides on a certificate, and on one that still holds"
SETTLED = "what a board has decided of a candidate stays decided"


class CandidacyCommand(Command[Candidacy]):
    """Something done to a candidate; `candidacy` is "BOARD:PERSON"."""

    candidacy: str

    @property
    def stream(self) -> UUID:
        return candidacy_stream(self.candidacy)

    def blank(self) -> Candidacy:
        return Candidacy()

    def open(self, state: Candidacy) -> CandidateEntered:
        """Return how the candidate was entered; raise if the board is done with it."""
        entered = self.entered(state)
        if state.settled:
            raise WrongStage(f"{self.candidacy} is settled", rule=SETTLED)
        return entered

    def entered(self, state: Candidacy) -> CandidateEntered:
        if state.entered is None:
            raise Unknown("candidate", self.candidacy)
        return state.entered

    def certificate(self, state: Candidacy) -> EligibilityCertified:
        if state.certificate is None:
            raise WrongStage("there is no certificate yet", rule=CERTIFIED)
        return state.certificate


class CertifyEligibility(CandidacyCommand):
    """Certify what is known, for the day on which the board meets.

    `position` is the size of the log when it was asked: nothing before it is left out.
    A later certificate takes the place of an earlier.
    """

    position: int

    def decide(self, state: Candidacy, given: Given) -> Decision:
        entered = self.open(state)
        refuse_conflict(given, entered.person)
        if self.position < 0:
            raise Invalid("position", "no log is so small", rule=CERTIFIED)
        answer, basis = ask(given, entered.question)
        book, _ = selection(given, entered.question.rulebook)
        yield EligibilityCertified(
            certificate=f"{self.candidacy}:{len(state.certificates) + 1}",
            answer=answer,
            position=self.position,
            basis=basis,
            rulebooks=versions(book, answer),
        )


class RecheckEligibility(CandidacyCommand):
    """Ask again before the board decides, and say what has changed."""

    def decide(self, state: Candidacy, given: Given) -> Decision:
        entered = self.open(state)
        refuse_conflict(given, entered.person)
        certificate = self.certificate(state)
        yield rechecked(given, certificate)


def versions(book: Rulebook, answer: Eligibility) -> Mapping[str, int]:
    """Return the rulebooks that were applied, each with its version.

    Of a rulebook of which a reason cites an older version, the newest is named; each
    reason says its own.
    """
    applied = {book.id: book.version}
    for reason in answer.reasons:
        cited = reason.cited
        applied[cited.rulebook] = max(cited.version, applied.get(cited.rulebook, 0))
    return applied


def rechecked(given: Given, certificate: EligibilityCertified) -> EligibilityRechecked:
    """Return what has changed since a certificate: streams, and whether the answer."""
    answer, basis = ask(given, certificate.answer.question)
    streams = {*basis, *certificate.basis}
    changed = [s for s in streams if basis.get(s) != certificate.basis.get(s)]
    return EligibilityRechecked(
        certificate=certificate.certificate,
        changed=tuple(sorted(changed)),
        same=substance(answer) == substance(certificate.answer),
    )


def substance(answer: Eligibility) -> object:
    """Return what an answer says, whichever events say it."""
    reasons = {stripped(reason) for reason in answer.reasons}
    return answer.result, answer.until, answer.review_on, answer.missing, reasons


def stripped(reason: Reason) -> Reason:
    return replace(reason, events=())


def refuse_stale(given: Given, certificate: EligibilityCertified) -> Decision:
    """Yield what was checked again, where something happened; raise if it matters."""
    again = rechecked(given, certificate)
    if not again.same:
        reason = f"since the certificate {certificate.certificate} the answer changed"
        raise WrongStage(f"{reason}: have a new one issued", rule=CERTIFIED)
    if again.changed:
        yield again
