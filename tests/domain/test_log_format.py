"""What was stored once is read for ever: no field is renamed, removed, or retyped.

Where one of these tests fails, either the change is a mistake, or it is an addition: a
new fact, or a new field with a default. For that run `python -m tests.domain.golden`,
which appends to `golden_log.jsonl` and writes `log_format.json`, and say so in
CHANGELOG.md. A new meaning is a new fact. A field that has to change goes into a new
topic, and the old topic gets an upcaster.
"""

import json

import pytest

from domain.facts import FACTS, TOPICS
from domain.record import Fact
from domain.topics import Place, encode
from tests.domain.golden import (
    bare,
    enveloped,
    full,
    golden_lines,
    plain,
    published,
    shapes,
    stored_lines,
)

PUBLISH = (
    "publish additions: run `python -m tests.domain.golden`, and tell CHANGELOG.md"
)
NEVER = "stored for ever: add another field or another fact, and keep this one"
HERE = Place(event="golden", position="1")


@pytest.mark.parametrize(("name", "fields"), published().items())
def test_no_published_field_was_renamed_removed_or_given_another_type(
    name: str, fields: dict[str, str]
) -> None:
    now = shapes().get(name, {})

    lost = {field: kind for field, kind in fields.items() if now.get(field) != kind}
    assert lost == {}, NEVER


@pytest.mark.parametrize(("name", "fields"), shapes().items())
def test_a_field_that_was_added_has_a_default(
    name: str, fields: dict[str, str]
) -> None:
    before = published().get(name, fields)

    added = {
        field for field in fields.keys() - before.keys() if "=" not in fields[field]
    }
    assert added == set(), "stored facts do not have it: give it a default"


def test_every_shape_is_published() -> None:
    assert shapes() == published(), PUBLISH


def test_the_golden_log_holds_every_fact_as_it_is_stored_today() -> None:
    assert set(golden_lines()) <= set(stored_lines()), PUBLISH


@pytest.mark.parametrize("number", range(len(stored_lines())))
def test_what_was_ever_stored_can_be_read(number: int) -> None:
    stored = json.loads(stored_lines()[number])
    record = TOPICS.decode(stored["topic"], json.dumps(stored["state"]).encode(), HERE)

    assert record.subject in {"shen", None}
    assert json.loads(encode(record))["actor"] == stored["state"]["actor"]


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.TOPIC)
def test_every_fact_comes_back_from_the_log_as_it_went_in(fact: type[Fact]) -> None:
    for record in (enveloped(full(fact)), plain(bare(fact))):
        read = TOPICS.decode(fact.TOPIC, encode(record), HERE)

        assert read == record
        assert type(read.fact) is fact


def test_what_is_not_said_is_not_stored() -> None:
    for fact in FACTS:
        stored = json.loads(encode(plain(bare(fact))))

        assert None not in stored.values()
        assert stored["fact"].keys() == {
            field for field, kind in shapes()[fact.TOPIC].items() if "=" not in kind
        }
