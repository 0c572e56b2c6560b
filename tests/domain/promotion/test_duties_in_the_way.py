"""Overdue returns hold where the law says so; a flag of the file is shown (S5-13)."""

from datetime import date
from typing import Any
from uuid import UUID

from domain.obligation import (
    ExtensionGranted,
    FulfilmentWithdrawn,
    ObligationBecameOverdue,
    ObligationCancelled,
    ObligationFulfilled,
    ObligationFulfilledLate,
    ObligationRaised,
    ObligationWaived,
    ReminderSent,
    obligation_stream,
)
from domain.person import RulesNotified, person_stream
from tests.domain.promotion.cast import LAW, asked, past, told
from tests.past import Past

DUE = date(2016, 1, 31)
OVERDUE = '[[eligibility.requires]]\nwhat = "overdue"\nrules = ["annual", "entry"]\n'


def owing(text: str = LAW + OVERDUE) -> tuple[Past, UUID]:
    known = past(text).on("2016-01-04")
    told = RulesNotified(rulebook="strict", version=1)
    known.add(person_stream("P1"), told)
    return known, raised(known, "annual", "2016")


def raised(known: Past, rule: str, key: str, **more: Any) -> UUID:
    stream = obligation_stream("P1", "strict", rule, key)
    usual = {"annual": "calendar", "entry": "appointment"}.get(rule, "condition")
    fact = ObligationRaised(
        person="P1",
        category="annual",
        key=key,
        due_on=DUE,
        cited=known.cite("strict", rule),
        triggered_on=known.today,
        **{"trigger": usual, **more},
    )
    known.add(stream, fact, "P1")
    return stream


def overdue(known: Past, duty: UUID) -> None:
    known.on("2016-02-01").add(duty, ObligationBecameOverdue(due_on=DUE))


def test_what_is_overdue_holds_until_it_is_there() -> None:
    known, duty = owing()
    assert asked(known, "2016-02-01").result == "ELIGIBLE"
    overdue(known, duty)
    answer = asked(known, "2016-02-01")
    assert told(answer) == ("HELD", None, ["overdue"])
    assert answer.reasons[0].cited.rule == "annual"
    assert asked(known, "2016-01-31").result == "ELIGIBLE"

    late = ObligationFulfilledLate(
        disclosure="D", received_on=date(2016, 3, 1), days_late=30
    )
    known.on("2016-03-01").add(duty, late)
    results = [asked(known, f"2016-0{day}").result for day in ("2-29", "3-01")]
    assert results == ["HELD", "ELIGIBLE"]
    known.add(duty, FulfilmentWithdrawn(disclosure="D"))
    assert asked(known, "2016-03-01").result == "HELD"


def test_what_came_in_time_after_all_was_never_overdue() -> None:
    known, duty = owing()
    overdue(known, duty)
    known.add(duty, ReminderSent(planned_on=DUE))
    known.add(duty, ObligationFulfilled(disclosure="D", received_on=DUE))

    assert asked(known, "2016-02-01").result == "ELIGIBLE"


def test_what_is_waived_holds_no_more_and_what_is_extended_is_not_overdue() -> None:
    known, duty = owing()
    overdue(known, duty)
    known.on("2016-02-10").add(duty, ObligationWaived())
    results = [asked(known, f"2016-02-{day}").result for day in ("09", "10")]
    assert results == ["HELD", "ELIGIBLE"]

    known, duty = owing()
    overdue(known, duty)
    cited = known.cite("strict", "annual")
    known.add(duty, ExtensionGranted(until=date(2016, 4, 1), cited=cited))
    assert asked(known, "2016-02-09").result == "ELIGIBLE"


def test_a_duty_of_a_post_counts_and_that_of_an_event_does_not() -> None:
    known, _ = owing()
    overdue(known, raised(known, "entry", "main"))
    other = raised(known, "entry", "second", trigger="event_planned")
    known.history.post("P1", "HQ", date(2015, 1, 1), post="second")
    overdue(known, other)

    answer = asked(known, "2016-02-01")
    assert [reason.key for reason in answer.reasons] == ["strict:entry:main"]


def test_only_the_rules_that_are_named_count() -> None:
    known, duty = owing(LAW + OVERDUE.replace('"annual", ', ""))
    overdue(known, duty)
    assert asked(known, "2016-02-01").result == "ELIGIBLE"


def test_s5_13_a_flag_is_shown_and_no_ban() -> None:
    known, duty = owing()
    known.add(duty, ObligationFulfilled(disclosure="D", received_on=known.today))
    flag = raised(known, "abroad", "D", flag="heightened_review")

    answer = asked(known, "2016-03-01")
    assert told(answer) == ("ELIGIBLE", None, ["flag:heightened_review"])
    assert (answer.reasons[0].effect, answer.reasons[0].source) == ("shown", "flag")
    known.on("2016-02-10").add(flag, ObligationCancelled())
    assert asked(known, "2016-02-10").reasons == ()
    assert len(asked(known, "2016-02-09").reasons) == 1


def test_s5_13_a_law_may_leave_flags_out() -> None:
    known, duty = owing(LAW.replace("ladders", "flags = false\nladders") + OVERDUE)
    known.add(duty, ObligationFulfilled(disclosure="D", received_on=known.today))
    raised(known, "abroad", "D", flag="heightened_review")

    assert asked(known, "2016-03-01").reasons == ()
