"""A board that sits: who may decide, from which day on, and what is known that day."""

from msgspec.structs import replace

from domain.conflict import refuse_conflict
from domain.errors import NotAllowed, WrongStage
from domain.matter import local_day
from domain.promotion.board import Candidacy, convened
from domain.promotion.certifying import CERTIFIED, CandidacyCommand
from domain.promotion.convening import selection
from domain.promotion.eligibility import ask
from domain.promotion.facts import Eligibility, EligibilityCertified, Question
from domain.record import Given
from domain.regime.types import Rulebook

MEETS = "a board decides when it meets, or later"


class BoardsCommand(CandidacyCommand):
    """Something that a member does to a candidate, on a certificate."""

    def sitting(
        self, state: Candidacy, given: Given
    ) -> tuple[Rulebook, EligibilityCertified]:
        """Return the law and the certificate; raise unless it is for them, and now."""
        entered = self.open(state)
        _, call = convened(given, entered.board)
        refuse_outsider(given, call.members)
        refuse_conflict(given, entered.person)
        book, _ = selection(given, call.rulebook)
        if local_day(book, given.at) < call.meets_on:
            raise WrongStage(f"{entered.board} meets on {call.meets_on}", rule=MEETS)
        return book, self.certificate(state)


def refuse_outsider(given: Given, members: tuple[str, ...]) -> None:
    """Raise unless a member of the board asks."""
    if given.by.id not in members:
        raise NotAllowed(f"{given.by.id} is not on this board", rule=CERTIFIED)


def asked_today(given: Given, question: Question) -> tuple[Eligibility, ...]:
    """Return what is answered as of today.

    Where the rulebook holds it may be another day than in UTC, by which it is counted
    when something was recorded; then it is asked as of both.
    """
    book, _ = selection(given, question.rulebook)
    days = sorted({local_day(book, given.at), given.at.date()})
    return tuple(ask(given, replace(question, as_of=day))[0] for day in days)
