"""A history is in the order of the log, with causes, rules and what was changed."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from domain.disclosure import (
    DeficiencyNoted,
    DisclosureAmended,
    DisclosureCertified,
    DisclosureFiled,
    ReviewerAssigned,
)
from domain.obligation import ObligationFulfilled, ObligationRaised
from domain.record import Actor, Citation, Fact, Recorded
from web.chronicle.entries import cited_by, entries
from web.chronicle.kinds import Thread
from web.chronicle.wanted import Wanted

WEDDING = Citation(rulebook="book", version=2, rule="wedding", legal_basis=("Art. 3",))
OTHER = Citation(rulebook="book", version=2, rule="other")
FILED = DisclosureFiled(
    disclosure="D-1",
    person="shen",
    category="wedding",
    cited=WEDDING,
    items=({"tables": 12, "venue": "a hall"},),
    received_on=date(2016, 12, 1),
    review_due_on=date(2016, 12, 31),
)
START = datetime(2016, 12, 1, 23, tzinfo=UTC)


def recorded(
    nth: int, fact: Fact, *, cause: Recorded[Any] | None = None, **more: Any
) -> Recorded[Any]:
    usual: dict[str, Any] = {
        "event_id": uuid4(),
        "originator_id": UUID(int=1),
        "originator_version": nth,
        "recorded_at": START + timedelta(hours=nth),
        "actor": Actor(id="wang", role="certifier"),
        "command_id": uuid4(),
        "causation_id": cause.event_id if cause else None,
        "correlation_id": cause.event_id if cause else None,
    }
    return Recorded(fact=fact, **(usual | more))


def thread(*facts: Fact) -> Thread:
    events = [(10 * nth, recorded(nth, fact)) for nth, fact in enumerate(facts, 1)]
    return Thread("disclosure", "D-1", events)


def test_streams_are_told_in_the_order_of_the_log() -> None:
    filed = recorded(1, FILED)
    raised = ObligationRaised(
        person="shen",
        category="wedding",
        key="D-1:0",
        due_on=date(2016, 12, 8),
        cited=WEDDING,
        trigger="event_occurred",
        triggered_on=date(2016, 12, 1),
    )
    met = ObligationFulfilled(disclosure="D-1", received_on=date(2016, 12, 1))
    duty = recorded(1, raised, cause=filed)
    done = recorded(2, met, cause=filed)
    certified = recorded(2, DisclosureCertified())
    report = Thread("disclosure", "D-1", [(1, filed), (4, certified)])
    obligation = Thread("obligation", "x", [(2, duty), (3, done)])

    found = entries([obligation, report])

    assert [entry.position for entry in found] == [1, 2, 3, 4]
    assert [entry.because_of for entry in found] == [None, 1, 1, None]
    assert [list(entry.led_to) for entry in found] == [[2, 3], [], [], []]


def test_what_a_cause_is_that_is_not_told_of_stays_its_id() -> None:
    elsewhere = recorded(1, FILED)
    event = recorded(1, DisclosureCertified(), cause=elsewhere)

    (entry,) = entries([Thread("disclosure", "D-1", [(7, event)])])

    assert entry.because_of is None
    assert entry.causation_id == elsewhere.event_id


def test_an_amendment_is_told_field_by_field() -> None:
    items = ({"tables": 15, "venue": "a hall"},)
    amended = DisclosureAmended(items=items, received_on=date(2016, 12, 3))

    entry = entries([thread(FILED, amended)])[-1]

    changes = {c.field: (c.before, c.after, c.said) for c in entry.changes}
    assert changes["items[0].tables"] == (12, 15, False)
    assert "items[0].venue" not in changes
    assert changes["amended"] == (0, 1, False)


def test_what_the_event_says_itself_is_not_said_twice() -> None:
    missing = DeficiencyNoted(number=1, fields=("venue",), text="x")
    filed, noted = entries([thread(FILED, missing)])

    said = {change.field: change for change in filed.changes}
    assert (said["filing"].said, said["filing"].after) == (True, None)
    assert said["items[0]"].said
    assert (said["stage"].before, said["stage"].after) == ("none", "filed")
    assert filed.fact["person"] == "shen"
    assert {c.field: c.said for c in noted.changes}["deficiencies[0]"]


def test_an_event_stands_under_the_rule_that_was_cited_last() -> None:
    filed, certified = entries([thread(FILED, DisclosureCertified())])

    assert filed.cited == certified.cited
    assert certified.cited is not None
    assert certified.cited.rule == "wedding"
    (alone,) = entries([thread(DisclosureCertified())])
    assert alone.cited is None


def test_of_several_rules_the_first_is_the_one_that_it_stands_under() -> None:
    class Several(Fact):
        cited: tuple[Citation, ...] = ()

    assert cited_by(Several(cited=(OTHER, WEDDING))) == OTHER
    assert cited_by(Several()) is None


def test_only_what_is_wanted_is_told_and_every_difference_is_still_right() -> None:
    facts = (FILED, ReviewerAssigned(reviewer="wang"), ReviewerAssigned(reviewer="li"))

    _, last = entries([thread(*facts)], Wanted(topic=ReviewerAssigned.TOPIC))

    assert [(c.before, c.after) for c in last.changes] == [("wang", "li")]


def test_events_are_wanted_by_actor_day_and_rule() -> None:
    on_behalf = Actor(id="clerk", role="clerk", on_behalf_of="shen")
    event = recorded(1, FILED, actor=on_behalf)
    holds = [
        Wanted(),
        Wanted(actor="clerk"),
        Wanted(actor="shen"),
        Wanted(from_on=date(2016, 12, 2), to_on=date(2016, 12, 2)),
        Wanted(rule="wedding"),
        Wanted(rule="book"),
        Wanted(rule="book/wedding"),
        Wanted(topic="disclosure"),
        Wanted(topic="disclosure.filed"),
    ]
    lacks = [
        Wanted(actor="li"),
        Wanted(from_on=date(2016, 12, 3)),
        Wanted(to_on=date(2016, 12, 1)),
        Wanted(rule="funeral"),
        Wanted(topic="disc"),
    ]

    assert all(wanted.holds(event, WEDDING) for wanted in holds)
    assert not any(wanted.holds(event, WEDDING) for wanted in lacks)
    assert not Wanted(rule="wedding").holds(event, None)


def test_what_is_not_shown_of_a_thread_counts_for_its_differences() -> None:
    whole = thread(FILED, DisclosureCertified())
    part = Thread(
        whole.kind,
        whole.key,
        whole.events,
        lambda f: not isinstance(f, DisclosureFiled),
    )

    (certified,) = entries([part])

    assert [(c.before, c.after) for c in certified.changes] == [("filed", "certified")]
