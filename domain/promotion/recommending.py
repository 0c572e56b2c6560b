"""What a board recommends: openly, or under seal while a case is pending."""

from datetime import date

from domain.case.case import Case, case_stream
from domain.conflict import refuse_conflict
from domain.errors import NotAllowed, WrongStage
from domain.matter import local_day
from domain.promotion.board import Candidacy, convened
from domain.promotion.certifying import (
    CandidacyCommand,
    refuse_outsider,
    refuse_stale,
)
from domain.promotion.convening import selection
from domain.promotion.facts import (
    CandidateDecided,
    EligibilityCertified,
    Reason,
    RecommendationSealed,
    RecommendationUnsealed,
)
from domain.record import Citation, Decision, Given
from domain.records.words import demand, one_of
from domain.rulebook import title

ELIGIBLE_ONLY = "a board recommends nobody who is not eligible"
SEALED_COVER = (
    "a recommendation is sealed where nothing but a pending case is in the way"
)
OPENED_AFTER = "a sealed recommendation is opened when the case is over"
PENDING = ("case", "interim")
RECOMMENDED = ("recommended", "not_recommended")
# How a case ends that clears whom it was about.
CLEARED = ("withdrawn", "no_sanction")


class DecideCandidate(CandidacyCommand):
    """Recommend a candidate or not; by a member, on a certificate that still holds."""

    recommended: bool
    text: str

    def decide(self, state: Candidacy, given: Given) -> Decision:
        entered = self.open(state)
        _, call = convened(given, entered.board)
        refuse_outsider(given, call.members)
        refuse_conflict(given, entered.person)
        certificate = self.certificate(state)
        demand("text", self.text, what="say why", rule=ELIGIBLE_ONLY)
        yield from refuse_stale(given, certificate)
        result = certificate.answer.result
        if self.recommended and result != "ELIGIBLE":
            why = f"{certificate.certificate} says {result}"
            raise NotAllowed(why, rule=ELIGIBLE_ONLY)
        book, _ = selection(given, call.rulebook)
        yield CandidateDecided(
            recommended=self.recommended,
            decided_on=local_day(book, given.at),
            certificate=certificate.certificate,
            text=self.text,
        )


class SealRecommendation(CandidacyCommand):
    """Assess a candidate as if no case were pending, and seal what comes of it.

    Only where the rulebook knows sealed cover, and nothing else is in the way.
    """

    recommended: str

    def decide(self, state: Candidacy, given: Given) -> Decision:
        entered = self.open(state)
        _, call = convened(given, entered.board)
        refuse_outsider(given, call.members)
        refuse_conflict(given, entered.person)
        certificate = self.certificate(state)
        one_of("recommended", self.recommended, RECOMMENDED, rule=SEALED_COVER)
        yield from refuse_stale(given, certificate)
        book, law = selection(given, call.rulebook)
        if not law.sealed_cover:
            raise NotAllowed(f"{title(book)} knows no sealed cover", rule=SEALED_COVER)
        basis = tuple(entry.cite for entry in law.legal_basis)
        yield RecommendationSealed(
            recommended=self.recommended,
            sealed_on=local_day(book, given.at),
            certificate=certificate.certificate,
            because_of=pending(certificate),
            cited=Citation(
                rulebook=book.id,
                version=book.version,
                rule="eligibility",
                legal_basis=basis,
            ),
        )


class UnsealRecommendation(CandidacyCommand):
    """Open what was sealed, now that the cases are over.

    It takes effect for whoever was cleared; from the day on which those did rise who
    stood behind them (`from_on`), else from that of the board.
    """

    from_on: date | None = None

    def decide(self, state: Candidacy, given: Given) -> Decision:
        entered, sealed = self.entered(state), state.sealed
        if sealed is None or state.unsealed:
            raise WrongStage(
                f"nothing of {self.candidacy} is sealed", rule=OPENED_AFTER
            )
        refuse_conflict(given, entered.person)
        cases = [given.look(Case(), case_stream(name)) for name in sealed.because_of]
        going = [
            name
            for name, case in zip(sealed.because_of, cases, strict=True)
            if case.closed is None
        ]
        if going:
            raise WrongStage(f"still open: {', '.join(going)}", rule=OPENED_AFTER)
        cleared = all(case.closed and case.closed.closing in CLEARED for case in cases)
        _, call = convened(given, entered.board)
        book, _ = selection(given, call.rulebook)
        rises = cleared and sealed.recommended == RECOMMENDED[0]
        yield RecommendationUnsealed(
            unsealed_on=local_day(book, given.at),
            takes_effect=rises,
            from_on=(self.from_on or call.meets_on) if rises else None,
            because_of=sealed.because_of,
        )


def pending(certificate: EligibilityCertified) -> tuple[str, ...]:
    """Return the cases that are all that is in the way; raise if something else is."""
    in_the_way = [r for r in certificate.answer.reasons if r.effect != "shown"]
    others = [reason for reason in in_the_way if reason.source not in PENDING]
    if others or not in_the_way:
        why = ", ".join(reason.code for reason in others) or "nothing is in the way"
        raise NotAllowed(why, rule=SEALED_COVER)
    return tuple(sorted({case_behind(reason) for reason in in_the_way}))


def case_behind(reason: Reason) -> str:
    """Return the case of a reason; an interim measure's key begins with its case's."""
    return reason.key.partition(":")[0] if reason.source == "interim" else reason.key
