"""As of any day and position the read model says what the whole log says."""

import os
from random import Random
from typing import Any

import pytest

from domain.promotion.eligibility import ask
from domain.promotion.facts import Question
from projections.models.eligibility import Asked, eligible
from projections.projector import Projector
from tests.chance_eligibility import Chance, past_by_chance
from tests.naive_eligibility import answer, short
from tests.projections.kinds import Connection, Tell
from tests.projections.vault import IndexVault
from tests.rows import rebuilt_rows, rows_of

SOAK = bool(os.environ.get("PROBITY_SOAK"))
EVENTS, SEEDS, PAIRS = (400, range(10, 20), 500) if SOAK else (260, range(1, 3), 100)


def told(reader: Connection, question: Question, position: int) -> tuple[Any, ...]:
    """Return what the read model says."""
    wanted = Asked(
        rulebook=question.rulebook,
        as_of=question.as_of,
        purpose=question.purpose,
        ladder=question.ladder,
        level=question.level,
    )
    found = eligible(reader, wanted, [question.person], known_at=position)
    assert found.position == position
    return short(found.rows[0])


def compare(reader: Connection, chance: Chance, pairs: int) -> None:
    """Ask of so many days and positions, chosen by chance."""
    records, everybody = chance.past.history.records, chance.past.begun
    for _ in range(pairs):
        question = chance.question()
        position = chance.random.randint(everybody, len(records))
        expected = answer(records[:position], question)
        assert told(reader, question, position) == expected, (question, position)


@pytest.mark.soak
@pytest.mark.parametrize("seed", SEEDS)
def test_i17_it_answers_as_the_whole_log_does_in_so_many_pairs(
    tell: Tell, reader: Connection, seed: int
) -> None:
    """Of days and positions: 200 in all, and 5,000 in the soak."""
    chance = past_by_chance(seed, EVENTS)
    tell(chance.past.history)

    compare(reader, chance, PAIRS)


def test_the_log_itself_answers_so_too_but_for_flags_of_reports_on_events() -> None:
    chance = past_by_chance(3, EVENTS)
    records = chance.past.history.records

    for _ in range(60):
        question = chance.question()
        position = chance.random.randint(chance.past.begun, len(records))
        found, _basis = ask(chance.past.known(position), question)
        expected = answer(records[:position], question)
        assert without_flags(short(found)) == without_flags(expected)


def without_flags(answer: tuple[Any, ...]) -> tuple[Any, ...]:
    *said, reasons = answer
    return *said, {reason for reason in reasons if reason[1] != "flag"}


def test_the_rows_are_the_same_however_they_were_made(
    projector: Projector, writer: Connection, keeper: Connection, vault: IndexVault
) -> None:
    """In batches of a few events, and built anew."""
    chance, order = past_by_chance(4, EVENTS), Random(4)  # noqa: S311  it is no secret
    history = chance.past.history
    position = 0
    while position < history.position:
        position = min(position + order.randint(1, 40), history.position)
        history.write(writer, position)
        projector.catch_up()
    before = rows_of(writer, "eligibility")

    assert rebuilt_rows(keeper, vault)["eligibility"] == before
    assert len(before["stretch"]) > len(before["trail"]) > 0
