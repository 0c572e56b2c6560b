"""What somebody says in words stands in no fact where sealing does not look for it."""

from typing import Any, get_args

from msgspec.structs import fields

from domain.facts import FACTS
from domain.record import Value
from domain.sealing import sealable


def test_no_words_stand_deeper_in_a_fact_than_they_are_sealed() -> None:
    for fact in FACTS:
        planned = {name for name, _ in sealable(fact)}
        words = {
            field.name for field in fields(fact) if "Sealed" in str(deep(field.type))
        }

        assert words <= planned, fact


def deep(kind: Any) -> list[Any]:
    """Return a type with all that it is made of."""
    inner = [part for each in get_args(kind) for part in deep(each)]
    if isinstance(kind, type) and issubclass(kind, Value):
        inner += [part for field in fields(kind) for part in deep(field.type)]
    return [kind, *inner]
