"""A refusal says what, where and by which rule, in words and in fields of its own."""

from domain.errors import (
    Incomplete,
    Invalid,
    NotAllowed,
    OutOfTime,
    Refused,
    Unknown,
    UnreadableEvent,
    VersionClash,
    WrongStage,
)
from domain.unit import unit_stream

COLLEGE = unit_stream("college")


def test_a_refusal_gives_its_reason_and_cites_its_rule() -> None:
    for kind in (Refused, OutOfTime, WrongStage, NotAllowed):
        refusal = kind("it is too late", rule="rule 7")

        assert isinstance(refusal, Refused)
        assert str(refusal) == "it is too late (rule 7)"
        assert (refusal.reason, refusal.rule) == ("it is too late", "rule 7")


def test_what_is_incomplete_lists_its_gaps() -> None:
    refusal = Incomplete("two things lack", rule="rule 7", gaps=["a date", "a place"])

    assert str(refusal) == "two things lack: a date; a place (rule 7)"
    assert (refusal.gaps, refusal.rule) == (("a date", "a place"), "rule 7")


def test_what_is_invalid_names_the_field_and_the_rule_if_there_is_one() -> None:
    refusal = Invalid("cost", "expected a sum", rule="rule 7")

    assert str(refusal) == "cost: expected a sum (rule 7)"
    assert (refusal.field, refusal.reason, refusal.rule) == (
        "cost",
        "expected a sum",
        "rule 7",
    )
    assert str(Invalid("cost", "expected a sum")) == "cost: expected a sum"


def test_what_is_unknown_names_its_kind_and_its_key() -> None:
    refusal = Unknown("person", "shen")

    assert str(refusal) == "there is no person shen"
    assert (refusal.kind, refusal.key) == ("person", "shen")


def test_a_clash_names_the_stream_and_both_versions_where_they_are_known() -> None:
    known = VersionClash(COLLEGE, expected=1, actual=2)

    assert str(known) == f"stream {COLLEGE} is at 2, not 1: read it again"
    assert (known.stream, known.expected, known.actual) == (COLLEGE, 1, 2)
    assert str(VersionClash(COLLEGE)) == f"stream {COLLEGE} was changed: read it again"


def test_an_event_that_cannot_be_read_is_named_with_its_topic_and_place() -> None:
    told = UnreadableEvent("e 7", topic="unit.moved", position="41", reason="no parent")

    assert str(told) == "event e 7 at position 41, topic unit.moved: no parent"
    assert told.topic == "unit.moved"
