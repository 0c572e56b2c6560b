"""Eligibility by the naive way: the whole log is read again for each question asked.

It knows nothing of stretches or positions: it asks of each matter whether it is in the
way on the day, by looking through the facts that there are.
"""

from typing import Any

from domain.promotion.facts import Eligibility, Question
from tests import naive_discipline as discipline
from tests import naive_matters as matters
from tests.naive_past import Naive, Records

LOOKS = {
    "sanctions": discipline.sanctions,
    "measures": discipline.measures,
    "cases": discipline.cases,
    "holds": matters.holds,
    "findings": matters.findings,
    "verification": matters.verified,
    "overdue": matters.overdue,
}
Answer = tuple[Any, ...]


def answer(records: Records, question: Question) -> Answer:
    """Return result, until, review, what is missing, and each reason in short."""
    naive = Naive(records, question)
    assert naive.law.eligibility
    for asked in naive.law.eligibility.requires:
        if not asked.purposes or question.purpose in asked.purposes:
            LOOKS[asked.what](naive, asked)
    if naive.law.eligibility.flags:
        matters.shown(naive)
    return summed_up(naive)


def summed_up(naive: Naive) -> tuple[Any, ...]:
    effects = {told[0] for told in naive.found}
    missing = sorted(told[3] for told in naive.found if told[0] == "missing")
    missing += [] if naive.posts() is not None else ["post"]
    result = "ELIGIBLE"
    result = "UNDETERMINED" if missing else result
    result = "HELD" if "holds" in effects else result
    result = "NOT_ELIGIBLE" if "bars" in effects else result
    ends = [end for told, (end, _) in naive.found.items() if told[0] == "bars"]
    looks = [day for told, (_, day) in naive.found.items() if told[0] == "holds"]
    until = None if None in ends or not ends else max(e for e in ends if e)
    review = min((day for day in looks if day), default=None)
    return result, until, review, tuple(missing), frozenset(naive.found)


def short(answer: Eligibility) -> Answer:
    """Return an answer as the naive one tells it."""
    reasons = {(r.effect, r.source, r.key, r.code) for r in answer.reasons}
    told = (answer.result, answer.until, answer.review_on, answer.missing)
    return *told, frozenset(reasons)
