"""Instant reports: six categories, each with its form and its deadline."""

from datetime import date

import pytest

from domain.disclosure import DeficiencyNoted, DisclosureFiled, Filing
from domain.errors import Invalid
from domain.obligation import (
    ObligationFulfilled,
    ObligationFulfilledLate,
    ObligationRaised,
)
from tests.domain.cast import V1, V2, book, police, rule
from tests.domain.papers import answers, files, wedding

CATEGORIES = (
    "wedding",
    "funeral",
    "overseas_trip",
    "real_estate",
    "part_time_post",
    "social_organisation",
)


EDITIONS = [(V1, "2016-12-20"), (V2, "2017-12-20")]


@pytest.mark.parametrize(("file", "day"), EDITIONS)
@pytest.mark.parametrize("category", CATEGORIES)
def test_s1_04_each_of_the_six_categories_has_a_rule_a_form_and_a_deadline(
    file: str, day: str, category: str
) -> None:
    (known,) = (rule for rule in book(file).rules if rule.category == category)
    filed = (
        police()
        .on("2018-01-15")
        .declarant("shen")
        .when(files(known.id, answers(known, day)))
    )

    assert filed.one(DisclosureFiled).category == category
    assert filed.one(ObligationRaised).due_on <= date.fromisoformat(day).replace(day=27)


def test_s1_04_an_unknown_category_is_refused_with_those_there_are() -> None:
    (
        police()
        .declarant("shen")
        .when(files("yacht", wedding()))
        .then_refused(Invalid, match="yacht is not one of bidding_after, bidding_be")
    )


def test_s1_05_a_report_about_the_spouse_is_kept_in_a_stricter_class() -> None:
    vehicle = answers(rule(V1, "vehicle"))
    scenario = police().on("2016-12-22").declarant("shen")

    own = scenario.when(files("vehicle", vehicle)).one(DisclosureFiled)
    hers = scenario.when(
        files("vehicle", vehicle, disclosure="D-2", subject="spouse", relative="R-1")
    ).one(DisclosureFiled)

    assert (own.subject, own.confidentiality) == ("self", "confidential")
    assert (hers.subject, hers.confidentiality) == ("spouse", "restricted")
    assert hers.relative == "R-1"


def test_a_report_is_about_nobody_whom_the_rule_does_not_name() -> None:
    (
        police()
        .declarant("shen")
        .when(files("wedding", wedding(), subject="cousin"))
        .then_refused(Invalid, match="subject: it must be one of self, child")
    )


@pytest.mark.parametrize(("file", "day"), EDITIONS)
@pytest.mark.parametrize("category", CATEGORIES)
def test_s1_06_every_filing_has_a_review_date_whoever_files_it(
    file: str, day: str, category: str
) -> None:
    form = answers(rule(file, category), day)
    filed = (
        police()
        .on("2017-12-31")
        .declarant("li")
        .when(files(category, form, person="li"))
    )

    assert filed.one(DisclosureFiled).review_due_on == date(2018, 1, 30)


def test_s1_08_a_wedding_on_20_december_is_due_on_the_13th() -> None:
    (
        police()
        .on("2016-12-13")
        .declarant("shen")
        .when(files("wedding", wedding(event_date="2016-12-20"), subject="child"))
        .then_kinds(DisclosureFiled, ObligationRaised, ObligationFulfilled)
    )


def test_s1_08_a_wedding_reported_on_the_14th_is_a_day_late() -> None:
    filed = (
        police()
        .on("2016-12-14")
        .declarant("shen")
        .when(files("wedding", wedding(event_date="2016-12-20")))
    )

    assert filed.one(ObligationRaised).due_on == date(2016, 12, 13)
    assert filed.one(ObligationFulfilledLate).days_late == 1


@pytest.mark.parametrize("missing", ["tables", "cost"])
def test_s1_08_a_wedding_without_tables_or_cost_is_deficient(missing: str) -> None:
    filed = (
        police()
        .declarant("shen")
        .when(files("wedding", wedding(**{missing: None})))
        .one(DeficiencyNoted)
    )

    assert filed.fields == (missing,)
    assert filed.cure_by == date(2016, 12, 11)


def test_s1_09_where_no_limit_is_set_forty_tables_pass() -> None:
    filed = police().declarant("shen").when(files("wedding", wedding(tables=40)))

    assert filed.one(DisclosureFiled).flags == ()


def test_s1_09_where_the_limit_is_twenty_the_reviewer_is_warned() -> None:
    feast = wedding(event_date="2017-12-20", tables=40)
    filed = police().on("2017-12-01").declarant("shen").when(files("wedding", feast))

    (flag,) = filed.one(DisclosureFiled).flags
    assert flag.startswith("tables: 40 is more than 20")


def test_s1_10_five_reports_in_a_year_are_counted_and_a_price_keeps_its_currency() -> (
    None
):
    car = {"purchase_date": "2016-06-01", "model": "a car"}
    price = {"amount": "90000", "currency": "CNY"}
    scenario = police().on("2016-06-03").declarant("shen")
    for nth in range(1, 6):
        bought = files("vehicle", car | {"price": price}, disclosure=f"D-{nth}")
        scenario.given(bought)

    reports = [r for r in scenario.log() if isinstance(r.fact, Filing)]
    in_2016 = [r for r in reports if r.fact.received_on.year == 2016]
    assert [r.subject for r in in_2016] == ["shen"] * 5
    assert reports[0].fact.items[0]["price"] == price


def test_s1_11_a_post_taken_up_on_28_march_is_due_on_4_april() -> None:
    post = {
        "appointment_date": "2017-03-28",
        "organisation": "Anti-heresy association",
        "position": "member",
        "explanation": "elected",
    }
    filed = (
        police()
        .on("2017-04-05")
        .declarant("shen")
        .when(files("social_organisation", post))
    )

    assert filed.one(ObligationRaised).due_on == date(2017, 4, 4)
    assert filed.one(ObligationFulfilledLate).days_late == 1


def test_s1_11_work_at_a_social_organisation_is_explained_in_detail() -> None:
    form = rule(V1, "social_organisation")
    filed = (
        police()
        .on("2016-12-22")
        .declarant("shen")
        .when(files(form.id, answers(form, explanation=" ")))
    )

    assert filed.one(DeficiencyNoted).fields == ("explanation",)
