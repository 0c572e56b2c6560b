"""What must not be blocked for a rise, a move, or another favour."""

from collections.abc import Mapping

from domain.promotion.facts import Question
from domain.regime.discipline import Purpose

# What blocks a rise to this level. A move on the same level, or down, is a transfer.
LEVELS: Mapping[str, frozenset[Purpose]] = {
    "higher": frozenset({"promotion", "equal_post"}),
    "equal": frozenset({"equal_post", "transfer"}),
    "lower": frozenset({"transfer"}),
}
# What is a move to another post, and so a matter of its level and of the ladder.
MOVES: frozenset[Purpose] = frozenset({"promotion", "equal_post", "further_use"})


def needs(question: Question) -> frozenset[Purpose]:
    """Return what must not be blocked; on the ladder of pay it is a rise in pay."""
    if question.ladder == "pay_step" and question.purpose == "promotion":
        return frozenset({"pay_step"})
    if question.purpose == "promotion":
        return LEVELS[question.level]
    same_level = LEVELS["equal"] if question.purpose in MOVES else frozenset()
    return same_level | {question.purpose}
