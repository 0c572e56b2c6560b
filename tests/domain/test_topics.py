"""The registry of facts is closed: what it does not know is told, never guessed."""

import json
from collections.abc import Iterator
from typing import Any, ClassVar

import pytest

import domain
from domain.errors import UnreadableEvent
from domain.facts import FACTS, TOPICS
from domain.record import Fact
from domain.topics import Place, Topics, Upcast, encode
from domain.unit import UnitHeadNamed
from tests.domain.golden import enveloped

PLACE = Place(event="stream 7 version 2", position="41")
NAMED = json.loads(encode(enveloped(UnitHeadNamed(head="zhang"))))


def state(**changes: Any) -> bytes:
    return json.dumps(NAMED | changes).encode()


def without(field: str) -> bytes:
    return json.dumps({k: v for k, v in NAMED.items() if k != field}).encode()


UNREADABLE = [
    ("unit.abolished", state(), "does not know the topic unit.abolished"),
    ("unit.head-named", state(fact={"head": "li", "age": 3}), "unknown field `age`"),
    ("unit.head-named", state(fact={"head": 3}), "Expected `str | null`, got `int`"),
    ("unit.head-named", state(fact={}), "missing required field `head`"),
    ("unit.head-named", state(mood="good"), "unknown field `mood`"),
    ("unit.head-named", without("actor"), "missing required field `actor`"),
    ("unit.head-named", state(recorded_at="yesterday"), "Invalid RFC3339"),
    ("unit.head-named", b'{"fact": ', "Input data was truncated"),
    ("unit.head-named", b'{"reason": "\xff"}', "invalid start byte"),
    ("disclosure.amended", b'{"fact": {"items": [{"x": ' + b"[" * 10_000, "recursion"),
]


@pytest.mark.parametrize(
    ("topic", "stored", "reason"), UNREADABLE, ids=[why for _, _, why in UNREADABLE]
)
def test_what_cannot_be_read_is_named_with_event_topic_and_position(
    topic: str, stored: bytes, reason: str
) -> None:
    with pytest.raises(UnreadableEvent, match=reason.replace("|", r"\|")) as told:
        TOPICS.decode(topic, stored, PLACE)

    assert told.value.topic == topic
    assert str(told.value).startswith(
        f"event stream 7 version 2 at position 41, topic {topic}: "
    )


def test_an_unknown_topic_is_all_that_is_told_of_it() -> None:
    with pytest.raises(UnreadableEvent) as told:
        TOPICS.decode("unit.abolished", state(), PLACE)

    assert str(told.value).endswith(
        "topic unit.abolished: this version of the program does not know the topic"
        " unit.abolished"
    )


def test_every_fact_has_a_topic_of_its_own() -> None:
    assert len({fact.TOPIC for fact in FACTS}) == len(FACTS)


def facts_below(kind: type[Fact]) -> Iterator[type[Fact]]:
    for child in kind.__subclasses__():
        yield from facts_below(child)
        if "TOPIC" in vars(child) and child.__module__.startswith(domain.__name__):
            yield child


def test_every_fact_of_the_domain_is_in_the_registry() -> None:
    assert set(facts_below(Fact)) == set(FACTS)


class Moved(Fact):
    """The third version of a fact: the place has become a unit and a room."""

    TOPIC: ClassVar = "desk.moved-3"
    unit: str
    room: int


def told(topic: str, fact: Any, upcasters: dict[str, tuple[str, Upcast]]) -> Fact:
    stored = json.dumps(NAMED | {"fact": fact}).encode()
    read: Fact = Topics([Moved], upcasters).decode(topic, stored, PLACE).fact
    return read


UPCASTERS: dict[str, tuple[str, Upcast]] = {
    "desk.moved": ("desk.moved-2", lambda old: {"unit": old["place"]}),
    "desk.moved-2": ("desk.moved-3", lambda old: old | {"room": 0}),
}


def test_an_old_version_is_read_through_the_chain_of_its_upcasters() -> None:
    first = told("desk.moved", {"place": "college"}, UPCASTERS)
    second = told("desk.moved-2", {"unit": "training"}, UPCASTERS)
    third = told("desk.moved-3", {"unit": "training", "room": 12}, UPCASTERS)

    assert first == Moved(unit="college", room=0)
    assert second == Moved(unit="training", room=0)
    assert third == Moved(unit="training", room=12)


def test_an_old_version_keeps_its_envelope() -> None:
    stored = json.dumps(NAMED | {"fact": {"place": "college"}}).encode()
    read = Topics([Moved], UPCASTERS).decode("desk.moved", stored, PLACE)

    assert (read.subject, read.reason) == ("shen", "because")
    assert read.recorded_at.isoformat() == "2016-12-20T12:00:00+00:00"


@pytest.mark.parametrize(
    ("topic", "fact", "reason"),
    [
        ("desk.moved", {"where": "college"}, "it has no 'place'"),
        ("desk.moved", ["college"], "list indices must be integers"),
        ("desk.moved", {"place": 3}, "Expected `str`, got `int`"),
        ("desk.moved-0", {"place": "college"}, "does not know the topic desk.moved-0"),
    ],
)
def test_what_an_upcaster_does_not_expect_is_told(
    topic: str, fact: Any, reason: str
) -> None:
    with pytest.raises(UnreadableEvent, match=reason):
        told(topic, fact, UPCASTERS)


@pytest.mark.parametrize("stored", [b"[]", b"{}", b"3"])
def test_an_old_version_without_an_envelope_is_told(stored: bytes) -> None:
    with pytest.raises(UnreadableEvent, match=r"topic desk\.moved: "):
        Topics([Moved], UPCASTERS).decode("desk.moved", stored, PLACE)
