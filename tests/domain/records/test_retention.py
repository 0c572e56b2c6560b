"""Destroying keys after retention, as each rulebook says, and never under a hold."""

from datetime import date
from typing import Any

import pytest

from domain.errors import Invalid, NotAllowed, Unknown, WrongStage
from domain.personnel import (
    AssumePosition,
    EndEmployment,
    Retire,
)
from domain.records.custody import (
    RetentionReached,
    SubjectKeyDestroyed,
)
from tests.domain.cast import INSTANT, LEAVING, SHIPPED, TRANSACTIONS, law
from tests.domain.records.cast import (
    anna,
    boris,
    law_with,
    reported,
    under,
)
from tests.domain.records.keys import clears, confirms, orders
from tests.domain.records.test_holds import places, releases
from tests.spec import Scenario


def later(day: str, scenario: Scenario | None = None) -> Scenario:
    return (scenario or reported()).on(day).by("scheduler", "scheduler")


# After retention.


def test_after_six_years_the_keys_of_a_year_are_to_be_destroyed_citing_the_rule() -> (
    None
):
    scenario = later("2023-01-01").when(clears())
    reached, destroyed = scenario.facts
    assert isinstance(reached, RetentionReached)
    assert isinstance(destroyed, SubjectKeyDestroyed)
    assert (reached.year, reached.reached_on) == (2016, date(2023, 1, 1))
    assert [str(each) for each in reached.cited] == [
        f"{INSTANT} v1, rule handling.retention"
    ]
    assert reached.cited == destroyed.cited
    assert (destroyed.basis, destroyed.on) == ("retention", date(2023, 1, 1))
    assert (destroyed.relative, destroyed.year) == (None, 2016)
    assert {record.subject for record in scenario.news} == {"shen"}


def test_before_the_six_years_are_over_nothing_is_destroyed() -> None:
    later("2022-12-31").when(clears()).then_refused(
        WrongStage, match="it is kept until 2023-01-01"
    )


def test_of_several_rulebooks_the_one_that_keeps_longest_decides() -> None:
    long = law_with(retention='"9Y"', retention_after_departure='"10Y"')
    scenario = law(under(long), SHIPPED[f"{TRANSACTIONS}.toml"])
    for books in ((INSTANT, TRANSACTIONS), (TRANSACTIONS, INSTANT)):
        later("2025-12-31", scenario).when(clears(rulebooks=books)).then_refused(
            WrongStage, match="it is kept until 2026-01-01"
        )
    later("2026-01-01", scenario).when(clears(rulebooks=(INSTANT, TRANSACTIONS)))
    reached = scenario.one(RetentionReached)
    assert reached.reached_on == date(2026, 1, 1)
    assert [each.rulebook for each in reached.cited] == [INSTANT, TRANSACTIONS]


def test_what_was_amended_later_is_kept_from_its_last_receipt() -> None:
    amended = clears(last_on=date(2018, 5, 1))
    later("2024-04-30").when(amended).then_refused(
        WrongStage, match="it is kept until 2024-05-01"
    )
    later("2024-05-01").when(amended).then_kinds(RetentionReached, SubjectKeyDestroyed)


def test_a_day_within_the_year_does_not_shorten_what_is_kept_of_it() -> None:
    early = clears(last_on=date(2016, 3, 1))
    assert later("2023-01-01").when(early).one(RetentionReached).reached_on == date(
        2023, 1, 1
    )


def test_under_a_legal_hold_nothing_is_destroyed_however_old_it_is() -> None:
    scenario = later("2030-01-01", anna(reported()).given(places()))
    scenario.when(clears()).then_refused(WrongStage, match="legal hold H-1 forbids it")
    anna(scenario).given(releases())
    later("2030-01-02", scenario).when(clears())
    scenario.then_kinds(RetentionReached, SubjectKeyDestroyed)


def test_the_scheduler_may_ask_again_and_nothing_is_destroyed_twice() -> None:
    scenario = later("2023-01-01").given(clears())
    scenario.on("2023-01-02").when(clears()).then_nothing()
    scenario.when(clears(relative="R")).then_nothing()


def test_what_was_destroyed_on_the_very_day_is_not_destroyed_again() -> None:
    scenario = anna(reported()).on("2017-01-01").given(orders(year=None))
    boris(scenario).given(confirms())
    later("2023-01-01", scenario).when(clears()).then_nothing()
    anna(scenario).when(orders()).then_refused(WrongStage)


def test_what_was_written_after_the_destruction_has_a_retention_of_its_own() -> None:
    scenario = later("2023-01-01").given(clears())
    noted = clears(last_on=date(2023, 2, 1))
    scenario.on("2029-01-31").when(noted).then_refused(WrongStage)
    scenario.on("2029-02-01").when(noted)
    scenario.then_kinds(RetentionReached, SubjectKeyDestroyed)


def test_one_relatives_contents_may_be_cleared_alone() -> None:
    scenario = later("2023-01-01").when(clears(relative="spouse"))
    assert scenario.one(SubjectKeyDestroyed).relative == "spouse"
    scenario.when(clears()).then_kinds(RetentionReached, SubjectKeyDestroyed)


def test_a_records_officer_may_clear_too_but_nobody_else() -> None:
    anna(later("2023-01-01")).when(clears()).then_kinds(
        RetentionReached, SubjectKeyDestroyed
    )
    later("2023-01-01").reviewer("wang").when(clears()).then_refused(
        NotAllowed, match="a reviewer may not do this"
    )


def test_where_a_rulebook_sets_no_end_only_an_order_destroys() -> None:
    scenario = later("2050-01-01", reported(under(law_with(retention=None))))
    scenario.when(clears()).then_refused(
        WrongStage, match="sets no end: only an order destroys"
    )


def test_a_rulebook_that_has_ended_still_says_how_long_it_keeps() -> None:
    ended = law_with(retention='"3Y"').replace(
        "effective_from = 2016-01-01",
        "effective_from = 2016-01-01\neffective_to = 2018-01-01",
    )
    scenario = later("2020-01-01", reported(under(ended)))
    scenario.when(clears()).then_kinds(RetentionReached, SubjectKeyDestroyed)


def test_the_rulebooks_have_to_be_named_and_known() -> None:
    scenario = later("2023-01-01")
    scenario.when(clears(rulebooks=())).then_refused(Invalid, match="rulebooks")
    scenario.when(clears(rulebooks=(LEAVING,))).then_refused(Unknown)
    scenario.when(clears(year=2024)).then_refused(Invalid, match="year")
    scenario.when(clears(person="nobody")).then_refused(Unknown)


# What is kept of a person as such.


@pytest.mark.parametrize("ends", [Retire, EndEmployment])
def test_what_is_kept_of_a_person_is_kept_from_the_day_they_left(ends: Any) -> None:
    gone = reported().on("2017-07-01").given(ends(number="shen", on=date(2017, 6, 30)))
    later("2027-06-29", gone).when(clears(year=0)).then_refused(
        WrongStage, match="it is kept until 2027-06-30"
    )
    later("2027-06-30", gone).when(clears(year=0))
    fact = gone.one(SubjectKeyDestroyed)
    assert (fact.year, str(fact.cited[0])) == (
        0,
        f"{INSTANT} v1, rule handling.retention_after_departure",
    )
    gone.when(clears(year=0)).then_nothing()


def test_of_somebody_who_serves_or_serves_again_nothing_is_cleared() -> None:
    later("2050-01-01").when(clears(year=0)).then_refused(
        WrongStage, match="shen is still in service"
    )
    back = AssumePosition(
        number="shen",
        unit="college",
        post="other",
        title="Officer",
        from_on=date(2018, 1, 1),
    )
    scenario = reported().given(Retire(number="shen", on=date(2017, 6, 30)), back)
    later("2050-01-01", scenario).when(clears(year=0)).then_refused(WrongStage)


def test_a_post_that_is_still_to_come_puts_nothing_off() -> None:
    to_come = AssumePosition(
        number="shen",
        unit="college",
        post="other",
        title="Officer",
        from_on=date(2060, 1, 1),
    )
    scenario = reported().given(Retire(number="shen", on=date(2017, 6, 30)), to_come)
    later("2030-01-01", scenario).when(clears(year=0))
    assert scenario.one(RetentionReached).reached_on == date(2027, 6, 30)
