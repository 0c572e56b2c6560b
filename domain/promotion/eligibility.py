"""Asks the log itself whether somebody is eligible, and says what was read for it."""

from collections.abc import Mapping
from datetime import date

from domain.errors import Unknown
from domain.matter import in_force
from domain.promotion.facts import Eligibility, Question
from domain.promotion.gathering import Gathering
from domain.promotion.judging import Judge
from domain.promotion.served import personnel
from domain.record import Given
from domain.regime.types import Rulebook
from domain.rulebook import Regime

__all__ = ["ask", "law_on"]


def ask(given: Given, question: Question) -> tuple[Eligibility, Mapping[str, int]]:
    """Return whether somebody is eligible, from nothing but the log.

    Args:
        given: what has the log; its `history` alone is asked.
        question: who, for what, as of which day.

    Returns:
        The answer, and its basis: each stream that was read, and how many of its events
        there were. From these events alone it can be computed again.

    Raises:
        Unknown: there is no such person, or no such rulebook.
        WrongStage: no version of the rulebook is in force on that day.
        Invalid: the rulebook says nothing of eligibility, or knows no such ladder.
    """
    gathered = Gathering(given, question.person)
    book = law_on(gathered.regime(question.rulebook), question.rulebook, question.as_of)
    answer = Judge(question, book, gathered.book).judge(
        question.person,
        personnel(gathered.person, question.as_of),
        tuple(gathered.stretches(book.id, question.as_of)),
    )
    return answer, gathered.basis


def law_on(regime: Regime, rulebook: str, day: date) -> Rulebook:
    """Return the version of a rulebook on eligibility that is in force on a day."""
    if not regime.published:
        raise Unknown("rulebook", rulebook)
    return in_force(regime, rulebook, day)
