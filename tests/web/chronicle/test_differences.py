"""What a fact changed is told field by field, and nothing that it did not."""

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from domain.obligation import Obligation
from domain.record import Sealed, Value
from web.chronicle.differences import differences


class Inner(Value):
    name: str = ""
    count: int = 0


class Outer(Value):
    stage: str = "none"
    inner: Inner | None = None
    several: tuple[Any, ...] = ()
    answers: Mapping[str, Any] = {}


def told(before: Any, after: Any) -> list[tuple[str, Any, Any]]:
    return [tuple(found) for found in differences(before, after)]


def test_a_field_is_told_with_both_its_values() -> None:
    assert told(Outer(), Outer(stage="open")) == [("stage", "none", "open")]


def test_of_a_value_within_only_what_differs_is_told() -> None:
    before, after = Outer(inner=Inner(name="a")), Outer(inner=Inner(name="a", count=2))

    assert told(before, after) == [("inner.count", 0, 2)]


def test_what_was_not_there_before_is_told_whole() -> None:
    inner = Inner(name="a")

    assert told(Outer(), Outer(inner=inner)) == [("inner", None, inner)]
    assert told(Outer(inner=inner), Outer()) == [("inner", inner, None)]
    assert told(Outer(), Outer(several=())) == []


def test_what_is_added_to_a_list_is_told_by_its_place() -> None:
    before, after = Outer(several=("a", "b")), Outer(several=("a", "b", "c"))

    assert told(before, after) == [("several[2]", None, "c")]


def test_what_is_left_out_of_a_list_is_told_by_the_place_it_had() -> None:
    before, after = Outer(several=("a", "b", "c")), Outer(several=("a", "c"))

    assert told(before, after) == [("several[1]", "b", None)]
    assert told(before, Outer(several=("c", "d"))) == [
        ("several[0]", "a", None),
        ("several[1]", "b", None),
        ("several[1]", None, "d"),
    ]


def test_a_list_that_stays_as_long_is_compared_place_by_place() -> None:
    before = Outer(several=(Inner(name="a"), Inner(name="b")))
    after = Outer(several=(Inner(name="a"), Inner(name="c")))

    assert told(before, after) == [("several[1].name", "b", "c")]


def test_answers_are_compared_by_their_names() -> None:
    before = Outer(answers={"tables": 12, "venue": "a"})
    after = Outer(answers={"tables": 15, "guests": 90})

    assert told(before, after) == [
        ("answers.tables", 12, 15),
        ("answers.venue", "a", None),
        ("answers.guests", None, 90),
    ]
    assert told({"a": 1}, {"a": 2}) == [("a", 1, 2)]


def test_what_is_sealed_is_one_value() -> None:
    one, other = Sealed(sealed="x"), Sealed(sealed="y")

    assert told(Outer(answers={"a": one}), Outer(answers={"a": other})) == [
        ("answers.a", one, other)
    ]


def test_answers_that_were_sealed_anew_are_compared_within() -> None:
    one, other, more = ({"a": Sealed(sealed=seal)} for seal in "xyz")

    assert told(Outer(several=(one,)), Outer(several=(other, more))) == [
        ("several[0].a", one["a"], other["a"]),
        ("several[1]", None, more),
    ]


def test_what_is_the_same_object_is_not_looked_into() -> None:
    class Untouchable(dict[str, Any]):
        def __eq__(self, _: object) -> bool:
            pytest.fail("it was looked into")

        __hash__ = None

    shared = Untouchable(a=1)
    before = Outer(answers=shared)

    assert told(before.answers, shared) == []
    assert told(replace(before), before) == []


values = st.recursive(
    st.integers(0, 3) | st.sampled_from(["a", "b"]),
    lambda below: (
        st.lists(below, max_size=3).map(tuple)
        | st.dictionaries(st.sampled_from("xyz"), below, max_size=3)
    ),
    max_leaves=8,
)


@given(values, values)
def test_two_values_differ_exactly_where_something_is_told(one: Any, two: Any) -> None:
    assert told(one, one) == []
    empty = [value for value in (one, two) if value in ((), {})]
    if one != two and not empty:
        assert told(one, two)


def test_a_state_that_stays_is_no_change() -> None:
    assert told(Obligation(), Obligation()) == []
