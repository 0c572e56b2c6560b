"""What was changed afterwards is found, field by field, with both values."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from domain.duties import RaiseObligation
from domain.record import Recorded
from domain.replaying.replay import REFUSED, Outcome
from tests.domain.replaying.logs import replayed, sealed
from tests.domain.replaying.stories import much_computed, wedding_late

DAY = timedelta(days=1)
Records = list[Recorded[Any]]
Edit = Callable[[Any], Any]


def later(value: Any) -> Any:
    """Return the value, changed by as little as can be."""
    match value:
        case bool():
            return not value
        case date() | datetime():
            return value + DAY
        case int():
            return value + 1
        case str():
            return value + "x"
        case tuple():
            return (*value, "x")
    return replace(value, version=value.version + 1)


def edited(records: Records, topic: str, **news: Edit) -> tuple[Records, int]:
    """Return the records with the last fact of a topic changed, and its position."""
    position = max(n for n, r in enumerate(records, 1) if topic == r.fact.TOPIC)
    record = records[position - 1]
    fields = {name: edit(getattr(record.fact, name)) for name, edit in news.items()}
    fact = replace(record.fact, **fields)
    edition = [*records]
    edition[position - 1] = replace(record, fact=fact)
    return edition, position


def without(records: Records, topic: str) -> Outcome:
    """Replay a log from which all facts of a topic were taken out."""
    return replayed([r for r in records if topic != r.fact.TOPIC])


@pytest.mark.parametrize(
    ("topic", "field"),
    [
        ("obligation.raised", "due_on"),
        ("obligation.raised", "category"),
        ("obligation.raised", "nil_return"),
        ("obligation.fulfilled-late", "days_late"),
        ("obligation.became-overdue", "due_on"),
        ("obligation.reminder-sent", "planned_on"),
        ("obligation.extension-granted", "until"),
        ("disclosure.filed", "received_on"),
        ("disclosure.filed", "review_due_on"),
        ("disclosure.filed", "confidentiality"),
        ("disclosure.filed", "nil_return"),
        ("disclosure.amended", "confidentiality"),
        ("disclosure.deficiency-noted", "cure_by"),
        ("disclosure.deficiency-noted", "number"),
        ("approval.requested", "decide_by"),
        ("approval.requested", "addressed_to"),
        ("campaign.launched", "due_on"),
        ("rulebook.published", "effective_from"),
        ("rulebook.superseded", "version"),
        ("records.access-requested", "due_on"),
        ("records.correction-requested", "due_on"),
        ("records.glass-broken", "until"),
    ],
)
def test_a_changed_field_is_reported_with_both_values(topic: str, field: str) -> None:
    records = sealed(much_computed())
    forged, position = edited(records, topic, **{field: later})

    found = [d for d in replayed(forged).differences if d.position == position]

    assert [(d.topic, d.field) for d in found] == [(topic, field)]
    record = records[position - 1]
    assert found[0].stored != found[0].recomputed
    assert (found[0].event_id, found[0].stream) == (
        record.event_id,
        record.originator_id,
    )


def test_i10_what_came_in_time_is_not_made_late_nor_the_other_way_round() -> None:
    records = sealed(wedding_late())
    forged, _ = edited(records, "obligation.raised", due_on=lambda d: d + 9 * DAY)

    raised, late, days_late = replayed(forged).differences

    assert (raised.field, raised.stored, raised.recomputed) == (
        "due_on",
        "2016-12-22",
        "2016-12-13",
    )
    assert (late.field, late.stored, late.recomputed) == ("late", True, False)
    assert (days_late.stored, days_late.recomputed) == (7, 0)


def test_a_duty_by_whose_rule_nobody_is_bound_is_reported() -> None:
    records = sealed(much_computed())
    forged, _ = edited(records, "person.position-assumed", employer_type=later)
    gone = [r for r in forged if r.subject != "tan" or r.fact.TOPIC[:6] != "person"]

    found = {d.field for d in replayed(gone).differences if d.topic[:4] == "obli"}

    assert "demanded" in found | {REFUSED}


def test_a_receipt_that_the_report_does_not_have_is_reported() -> None:
    records = sealed(wedding_late())
    forged, position = edited(
        records, "obligation.fulfilled-late", received_on=lambda d: d - DAY
    )

    found = replayed(forged).differences

    assert ("received_on", "2016-12-19", "2016-12-20") in [
        (d.field, d.stored, d.recomputed) for d in found if d.position == position
    ]


def test_a_note_on_gaps_that_are_none_is_reported() -> None:
    records = sealed(wedding_late())
    forged, _ = edited(
        records, "disclosure.deficiency-noted", fields=lambda _: ("venue",)
    )

    (found,) = replayed(forged).differences

    assert (found.field, found.stored, found.recomputed) == (
        "fields",
        ["venue"],
        ["location"],
    )


def test_a_cure_of_what_is_still_missing_is_reported() -> None:
    records = sealed(much_computed())
    first = next(
        n
        for n, r in enumerate(records)
        if r.fact.TOPIC == "disclosure.deficiency-noted"
    )
    fact = replace(records[first].fact, fields=("nickname", "location"))
    records[first] = replace(records[first], fact=fact)
    amendment = next(
        n for n, r in enumerate(records) if r.fact.TOPIC == "disclosure.amended"
    )
    emptied = [
        {k: v for k, v in i.items() if k != "location"}
        for i in records[amendment].fact.items
    ]
    fact = replace(records[amendment].fact, items=tuple(emptied))
    records[amendment] = replace(records[amendment], fact=fact)

    found = {d.field for d in replayed(records).differences}

    assert "cured" in found


@pytest.mark.parametrize("topic", ["rulebook.published", "rulebook.drafted"])
def test_what_was_decided_without_a_law_is_reported(topic: str) -> None:
    found = without(sealed(much_computed()), topic)

    assert found.different == len({d.position for d in found.differences}) > 10
    assert REFUSED in {d.field for d in found.differences}


def test_an_amendment_of_what_was_never_filed_is_reported() -> None:
    found = without(sealed(much_computed()), "disclosure.filed")

    assert ("disclosure.amended", "filed") in [
        (d.topic, d.field) for d in found.differences
    ]


def test_a_computation_that_goes_wrong_shows_in_every_decision_of_its_kind(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    records = sealed(much_computed())
    raise_ = RaiseObligation.raised

    def a_day_too_late(self: RaiseObligation, *law: Any) -> Any:
        fact = raise_(self, *law)
        return replace(fact, due_on=fact.due_on + DAY)

    monkeypatch.setattr(RaiseObligation, "raised", a_day_too_late)
    found = replayed(records)

    wrong = [d for d in found.differences if d.topic == "obligation.raised"]
    assert len(wrong) == sum(r.fact.TOPIC == "obligation.raised" for r in records)
    assert {d.field for d in wrong} == {"due_on"}
