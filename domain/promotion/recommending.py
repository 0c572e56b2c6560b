"""What a board recommends: openly, or under seal while a case is pending."""

from domain.errors import NotAllowed
from domain.matter import local_day
from domain.promotion.applied import citation
from domain.promotion.board import Candidacy
from domain.promotion.certifying import refuse_stale
from domain.promotion.facts import (
    CandidateDecided,
    Eligibility,
    EligibilityCertified,
    Reason,
    RecommendationSealed,
)
from domain.promotion.sitting import BoardsCommand, asked_today
from domain.record import Citation, Decision, Given
from domain.records.words import demand, one_of
from domain.regime.types import Rulebook
from domain.rulebook import title

ELIGIBLE_ONLY = "a board recommends nobody who is not eligible"
SEALED_COVER = (
    "a recommendation is sealed where nothing but a pending case is in the way"
)
PENDING = ("case", "interim")
RECOMMENDED = ("recommended", "not_recommended")


class DecideCandidate(BoardsCommand):
    """Recommend a candidate or not; by a member, on a certificate that still holds.

    Who is recommended is eligible on the day of the board, and today.
    """

    recommended: bool
    text: str

    def decide(self, state: Candidacy, given: Given) -> Decision:
        book, certificate = self.sitting(state, given)
        demand("text", self.text, what="say why", rule=ELIGIBLE_ONLY)
        yield from refuse_stale(given, certificate)
        if self.recommended:
            refuse_ineligible(given, certificate)
        yield CandidateDecided(
            recommended=self.recommended,
            decided_on=local_day(book, given.at),
            certificate=certificate.certificate,
            text=self.text,
        )


class SealRecommendation(BoardsCommand):
    """Assess a candidate as if no case were pending, and seal what comes of it.

    Only where the rulebook knows sealed cover, and nothing else is in the way.
    """

    recommended: str

    def decide(self, state: Candidacy, given: Given) -> Decision:
        book, certificate = self.sitting(state, given)
        one_of("recommended", self.recommended, RECOMMENDED, rule=SEALED_COVER)
        cited = sealed_cover(book)
        yield from refuse_stale(given, certificate)
        now = asked_today(given, certificate.answer.question)
        yield RecommendationSealed(
            recommended=self.recommended,
            sealed_on=local_day(book, given.at),
            certificate=certificate.certificate,
            because_of=pending(certificate, *now),
            cited=cited,
        )


def refuse_ineligible(given: Given, certificate: EligibilityCertified) -> None:
    """Raise unless the certificate says ELIGIBLE, and so does the log as of today."""
    answer = certificate.answer
    if answer.result != "ELIGIBLE":
        why = f"{certificate.certificate} says {answer.result}"
        raise NotAllowed(why, rule=ELIGIBLE_ONLY)
    for now in asked_today(given, answer.question):
        if now.result != "ELIGIBLE":
            why = f"on {now.question.as_of} it is {now.result}"
            raise NotAllowed(why, rule=ELIGIBLE_ONLY)


def sealed_cover(book: Rulebook) -> Citation:
    """Return where the rulebook has sealed cover; raise if it does not know it."""
    law = book.eligibility
    if law is None or not law.sealed_cover:
        raise NotAllowed(f"{title(book)} knows no sealed cover", rule=SEALED_COVER)
    return citation(book, "eligibility", law.legal_basis)


def pending(certificate: EligibilityCertified, *now: Eligibility) -> tuple[str, ...]:
    """Return the cases that are all that is in the way; raise if something else is.

    In the way on the day of the board, as certified, or *now*.
    """
    answers = (certificate.answer, *now)
    reasons = [reason for answer in answers for reason in answer.reasons]
    in_the_way = [reason for reason in reasons if reason.effect != "shown"]
    others = [reason for reason in in_the_way if reason.source not in PENDING]
    if others or not in_the_way:
        why = ", ".join(reason.code for reason in others) or "nothing is in the way"
        raise NotAllowed(why, rule=SEALED_COVER)
    return tuple(sorted({case_behind(reason) for reason in in_the_way}))


def case_behind(reason: Reason) -> str:
    """Return the case of a reason; an interim measure's key begins with its case's."""
    return reason.key.partition(":")[0] if reason.source == "interim" else reason.key
