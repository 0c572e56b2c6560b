"""Destroying keys: after retention, or by order of two people; never under a hold."""

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
    Custody,
    DestructionDeclined,
    DestructionOrdered,
    RetentionReached,
    SubjectKeyDestroyed,
    records_stream,
)
from domain.records.destruction import (
    ConfirmDestruction,
    DeclineDestruction,
    DestroyAfterRetention,
    OrderDestruction,
)
from domain.vault import KeyName
from tests.domain.cast import INSTANT, LEAVING, SHIPPED, TRANSACTIONS, law
from tests.domain.records.cast import (
    CONFLICTS,
    anna,
    boris,
    law_with,
    office,
    reported,
    stored,
    under,
)
from tests.domain.records.test_holds import places, releases
from tests.spec import Scenario

COURT = "judgment 7/2017"


def orders(**changes: Any) -> OrderDestruction:
    usual: dict[str, Any] = {
        "person": "shen",
        "basis": COURT,
        "reason": "it was taken unlawfully",
        "year": 2016,
    }
    return OrderDestruction(**(usual | changes))


def confirms(**changes: Any) -> ConfirmDestruction:
    usual: dict[str, Any] = {"person": "shen", "order": 1}
    return ConfirmDestruction(**(usual | changes))


def declines(**changes: Any) -> DeclineDestruction:
    usual: dict[str, Any] = {"person": "shen", "order": 1, "reason": "misread"}
    return DeclineDestruction(**(usual | changes))


def clears(**changes: Any) -> DestroyAfterRetention:
    usual: dict[str, Any] = {"person": "shen", "year": 2016, "rulebooks": (INSTANT,)}
    return DestroyAfterRetention(**(usual | changes))


def ordered() -> Scenario:
    return anna(reported()).given(orders())


def later(day: str, scenario: Scenario | None = None) -> Scenario:
    return (scenario or reported()).on(day).by("scheduler", "scheduler")


def custody(scenario: Scenario) -> Custody:
    return scenario.state(Custody(), records_stream("shen"))


# By order of two people.


def test_an_order_says_what_by_what_law_and_why_and_destroys_nothing_by_itself() -> (
    None
):
    scenario = anna(reported()).when(orders())
    scenario.then(
        DestructionOrdered(
            person="shen", order=1, basis=COURT, ordered_by="anna", year=2016
        )
    )
    assert scenario.news[0].subject == "shen"
    assert "taken unlawfully" not in stored(scenario)
    assert list(custody(scenario).orders) == [1]
    assert custody(scenario).destroyed == ()


def test_with_the_word_of_a_second_person_the_keys_are_to_be_destroyed() -> None:
    scenario = boris(ordered()).on("2016-12-05").when(confirms())
    scenario.then(
        SubjectKeyDestroyed(
            person="shen", basis="order", on=date(2016, 12, 5), year=2016, order=1
        )
    )
    assert custody(scenario).orders == {}
    scenario.when(confirms()).then_refused(Unknown)


def test_one_person_alone_destroys_nothing() -> None:
    ordered().when(confirms()).then_refused(NotAllowed, match="anna gave the order")
    for_anna = ordered().by("desk", "records_officer", on_behalf_of="anna")
    for_anna.when(confirms()).then_refused(NotAllowed, match="anna gave the order")


def test_an_order_may_be_set_aside_with_a_reason_and_given_anew() -> None:
    scenario = boris(ordered())
    scenario.when(declines(reason=None)).then_refused(Invalid, match="reason")
    scenario.when(declines()).then(DestructionDeclined(order=1))
    scenario.when(confirms()).then_refused(Unknown)
    assert anna(scenario).when(orders()).one(DestructionOrdered).order == 2


def test_the_same_order_while_it_waits_records_nothing() -> None:
    ordered().when(orders()).then_nothing()
    assert ordered().when(orders(year=None)).one(DestructionOrdered).order == 2


@pytest.mark.parametrize(
    ("changes", "match"),
    [
        ({"basis": ""}, "basis: say on what law it rests"),
        ({"reason": " "}, "reason: say why"),
        ({"year": 2017}, "year: 2017 is no year up to now"),
        ({"year": -1}, "year: -1 is no year up to now"),
        ({"year": 99999}, "year: 99999 is no year up to now"),
    ],
)
def test_an_order_that_says_too_little_is_refused(
    changes: dict[str, Any], match: str
) -> None:
    anna(reported()).when(orders(**changes)).then_refused(Invalid, match=match)


def test_a_legal_hold_forbids_the_order_and_if_it_comes_later_its_confirmation() -> (
    None
):
    held = anna(reported()).given(places())
    held.when(orders()).then_refused(WrongStage, match="legal hold H-1 forbids it")
    scenario = boris(ordered()).given(places())
    scenario.when(confirms()).then_refused(WrongStage, match="legal hold H-1")
    scenario.given(releases()).when(confirms()).then_kinds(SubjectKeyDestroyed)


def test_a_year_that_is_over_is_destroyed_once_by_whatever_destroyed_it() -> None:
    for scope in ({}, {"year": None}):
        scenario = anna(reported()).on("2017-03-01").given(orders(**scope))
        boris(scenario).given(confirms())
        anna(scenario).when(orders()).then_refused(
            WrongStage, match="the contents of 2016 were destroyed on 2017-03-01"
        )
        scenario.when(orders(relative="R")).then_refused(WrongStage)


def test_what_may_have_grown_again_may_be_destroyed_again() -> None:
    """In the year itself, and where all there was on a day was meant, more may come."""
    scenario = boris(ordered()).given(confirms())
    anna(scenario).when(orders()).then_kinds(DestructionOrdered)
    scenario = anna(reported()).given(orders(year=None))
    boris(scenario).given(confirms())
    anna(scenario).when(orders(year=None)).then_kinds(DestructionOrdered)


def test_what_was_destroyed_of_a_relative_leaves_the_rest_to_be_destroyed() -> None:
    scenario = anna(reported()).on("2017-03-01").given(orders(relative="R"))
    boris(scenario).given(confirms())
    anna(scenario).when(orders()).then_kinds(DestructionOrdered)
    scenario.when(orders(relative="R")).then_refused(WrongStage)


@pytest.mark.parametrize(("who", "why"), CONFLICTS)
def test_i2_nobody_destroys_what_is_their_own_a_relatives_or_a_superiors(
    who: str, why: str
) -> None:
    scenario = anna(office()).given(orders(person="zhang"))
    scenario.by(who, "records_officer")
    for command in (
        orders(person="zhang", year=0),
        confirms(person="zhang"),
        declines(person="zhang"),
        clears(person="zhang"),
    ):
        scenario.when(command).then_refused(NotAllowed, match=why)


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


# Which keys are meant.


@pytest.mark.parametrize(
    ("relative", "year", "meant"),
    [
        (None, None, {"own 2016", "R 2016", "own 2017", "own standing"}),
        (None, 2016, {"own 2016", "R 2016"}),
        ("", 2016, {"own 2016"}),
        ("R", None, {"R 2016"}),
        ("", 0, {"own standing"}),
        ("R", 2017, set()),
    ],
)
def test_the_keys_that_are_meant_are_those_of_this_person_relative_and_year(
    relative: str | None, year: int | None, meant: set[str]
) -> None:
    keys = {
        "own 2016": KeyName("shen", "", 2016),
        "R 2016": KeyName("shen", "R", 2016),
        "own 2017": KeyName("shen", "", 2017),
        "own standing": KeyName("shen"),
        "another's": KeyName("li", "", 2016),
    }
    fact = SubjectKeyDestroyed(
        person="shen", basis="order", on=date(2018, 1, 1), relative=relative, year=year
    )
    assert {name for name, key in keys.items() if fact.destroys(key)} == meant
