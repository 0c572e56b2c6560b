"""Where something is missing it is said once, with a day by which to cure it."""

from datetime import date
from typing import Any

import pytest

from domain.amending import AmendDisclosure
from domain.disclosure import (
    DeficiencyCured,
    DeficiencyNoted,
    Disclosure,
    DisclosureCertified,
    DisclosureFiled,
    disclosure_stream,
)
from domain.disclosure import DisclosureAmended as Amended
from domain.errors import Incomplete, Invalid, Unknown
from domain.review import AcceptCure, Certify, CloseUncertified, NoteDeficiency
from tests.domain.cast import (
    LEAVING,
    SHIPPED,
    TRANSACTIONS,
    V1,
    joins,
    law,
    police,
    register,
    rule,
)
from tests.domain.papers import answers, files, trip, wedding
from tests.spec import Scenario


def lacking(**missing: Any) -> Scenario:
    """Return a register in which the report D-1 lacks these fields."""
    blank = dict.fromkeys(missing)
    return police().declarant("shen").given(files("wedding", wedding(**blank)))


def amend(*items: dict[str, Any], **more: Any) -> AmendDisclosure:
    return AmendDisclosure(disclosure="D-1", items=items, **more)


def open_ones(scenario: Scenario) -> list[int]:
    state = scenario.state(Disclosure(), disclosure_stream("D-1"))
    return [deficiency.number for deficiency in state.deficiencies]


def test_s1_15_a_deficient_report_is_not_certified() -> None:
    (
        lacking(tables=1)
        .reviewer()
        .when(Certify(disclosure="D-1"))
        .then_refused(Incomplete, match="cannot be certified: deficiency 1: tables")
    )


def test_s1_15_a_cured_report_is_certified() -> None:
    (
        lacking(tables=1)
        .given(amend(wedding()))
        .reviewer()
        .when(Certify(disclosure="D-1"))
        .then(DisclosureCertified())
    )


def test_s1_15_a_deficiency_may_be_closed_with_a_reason_instead() -> None:
    (
        lacking(tables=1)
        .reviewer()
        .when(AcceptCure(disclosure="D-1", number=1, reason="a picnic"))
        .then(DeficiencyCured(number=1, how="accepted"))
        .when(Certify(disclosure="D-1"))
        .then(DisclosureCertified())
    )


def test_s1_15_or_the_review_ends_uncertified_with_a_reason() -> None:
    scenario = lacking(tables=1).reviewer()
    scenario.when(CloseUncertified(disclosure="D-1")).then_refused(Invalid)
    scenario.given(CloseUncertified(disclosure="D-1", reason="never cured"))

    assert scenario.state(Disclosure(), disclosure_stream("D-1")).stage == "closed"


def test_s1_15_a_deficiency_is_not_accepted_without_a_reason() -> None:
    (
        lacking(tables=1)
        .reviewer()
        .when(AcceptCure(disclosure="D-1", number=1))
        .then_refused(Invalid, match="reason: say why")
    )


def test_s3_07_a_trip_with_a_blank_destination_is_deficient() -> None:
    filed = (
        police(LEAVING)
        .on("2020-05-05")
        .declarant("shen")
        .when(files("leave_city", trip(destination="  "), rulebook=LEAVING))
    )

    assert filed.one(DeficiencyNoted).fields == ("destination",)
    assert filed.one(DeficiencyNoted).cure_by == date(2020, 5, 10)


def test_a_deficiency_is_cured_by_filling_in_all_that_it_names() -> None:
    scenario = lacking(tables=1, location=1)

    scenario.when(amend(wedding(tables=None))).then_kinds(Amended)
    scenario.when(amend(wedding())).then_kinds(Amended, DeficiencyCured)


def test_what_an_amendment_takes_away_is_a_deficiency_of_its_own() -> None:
    scenario = lacking(tables=1)

    amended = scenario.when(amend(wedding(cost=None)))
    assert amended.one(DeficiencyCured).number == 1
    assert amended.one(DeficiencyNoted).number == 2
    assert amended.one(DeficiencyNoted).fields == ("cost",)


def test_adding_an_event_cures_nothing_of_the_first() -> None:
    scenario = lacking(tables=1)
    both = amend(wedding(tables=None), wedding(event_date="2016-12-31"))

    assert scenario.when(both).all(DeficiencyNoted) == []
    assert open_ones(scenario) == [1]


def test_the_reviewer_may_ask_for_more_until_a_day_that_the_rulebook_sets() -> None:
    scenario = lacking().on("2016-12-05").reviewer()
    asked = NoteDeficiency(disclosure="D-1", fields=("cost",), text="which currency?")

    scenario.when(asked).then(
        DeficiencyNoted(
            number=1,
            fields=("cost",),
            text="which currency?",
            cure_by=date(2016, 12, 15),
        )
    )


def test_whether_a_reviewers_question_is_answered_the_reviewer_decides() -> None:
    asked = NoteDeficiency(disclosure="D-1", fields=("cost",), text="as much as that?")
    scenario = lacking().reviewer().given(asked).declarant("shen")

    scenario.given(amend(wedding(tables=2)))
    assert open_ones(scenario) == [1]


def test_only_an_open_deficiency_can_be_closed() -> None:
    (
        lacking(tables=1)
        .reviewer()
        .when(AcceptCure(disclosure="D-1", number=2, reason="seen"))
        .then_refused(Unknown, match="there is no open deficiency 2")
    )


def test_review_and_cure_count_the_working_days_of_the_rulebook() -> None:
    text = SHIPPED[f"{V1}.toml"].replace(
        'within = "30d", cure_within = "10d"', 'within = "5wd", cure_within = "2wd"'
    )
    scenario = law(register(), text).given(*joins("shen", rank="agency_head"))
    scenario.on("2016-12-02").declarant("shen")

    filed = scenario.when(files("wedding", wedding(cost=None)))
    assert filed.one(DisclosureFiled).review_due_on == date(2016, 12, 9)
    assert filed.one(DeficiencyNoted).cure_by == date(2016, 12, 6)


def test_where_the_rulebook_sets_no_time_for_a_cure_none_is_set() -> None:
    form = answers(rule(TRANSACTIONS, "transaction"), "2014-07-01", asset=None)
    scenario = register(TRANSACTIONS).given(*joins("abel", employer_type="us-congress"))
    scenario.on("2014-07-02").declarant("abel")

    filed = scenario.when(
        files("transaction", form, person="abel", rulebook=TRANSACTIONS)
    )
    assert filed.one(DeficiencyNoted).cure_by is None
    asked = NoteDeficiency(disclosure="D-1", fields=("asset",), text="which?")
    assert scenario.reviewer().when(asked).one(DeficiencyNoted).cure_by is None


@pytest.mark.parametrize("name", ["venue", "items"])
def test_a_field_that_the_form_does_not_have_is_refused_at_once(name: str) -> None:
    (
        police()
        .declarant("shen")
        .when(files("wedding", wedding() | {name: "x"}))
        .then_refused(Invalid, match=f"{name}: there is no such field")
    )
