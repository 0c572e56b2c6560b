"""The rulebooks that come with the program are complete, cited, and mere data."""

import re
from datetime import date
from pathlib import Path

import pytest

import domain
from domain.regime.complete import gaps
from domain.regime.deadline import due_on
from domain.regime.parse import parse
from domain.rulebooks import shipped
from tests.domain.regime.samples import SHIPPED, book, rule

NAMES = [name.removesuffix(".toml") for name in SHIPPED]
DOMAIN = Path(domain.__path__[0])
V1, V2 = "cn-zj-psd-instant-report-v1", "cn-zj-psd-instant-report-v2"


def test_sixteen_rulebooks_are_shipped() -> None:
    assert NAMES == [
        "ca-conflict-of-interest",
        "cn-governmental-sanctions",
        "cn-leaving-city",
        "cn-membership-card-campaign",
        "cn-organisational-handling",
        "cn-party-discipline-v1",
        "cn-party-discipline-v2",
        "cn-party-discipline-v3",
        "cn-personal-matters-annual",
        "cn-selection",
        V1,
        V2,
        "in-vigilance",
        "us-adverse-action",
        "us-oge-278e",
        "us-oge-278t",
    ]
    assert shipped() == SHIPPED


@pytest.mark.parametrize("name", NAMES)
def test_s3_05_every_shipped_rulebook_is_complete(name: str) -> None:
    assert gaps(book(name)) == ()
    assert name.startswith(book(name).id)


@pytest.mark.parametrize("name", NAMES)
def test_s3_04_every_rule_cites_its_legal_basis(name: str) -> None:
    for each in book(name).rules:
        assert each.legal_basis
        assert all(basis.cite for basis in each.legal_basis)


@pytest.mark.parametrize("name", NAMES)
def test_a_number_that_is_an_example_is_not_called_verified(name: str) -> None:
    for each in book(name).rules:
        for basis in each.legal_basis or ():
            doubtful = re.search(
                r"example|from memory|not verified|NewsChina", basis.cite
            )
            assert not (doubtful and basis.verified)


@pytest.mark.parametrize("name", NAMES)
def test_s1_06_every_rule_sets_a_time_for_the_review(name: str) -> None:
    assert all(each.review for each in book(name).rules)


def test_s1_01_the_first_version_begins_with_2016() -> None:
    assert book(V1).effective_from == date(2016, 1, 1)
    assert book(V2).effective_from > book(V1).effective_from
    assert (book(V2).id, book(V2).version) == (book(V1).id, 2)


@pytest.mark.parametrize(
    "category",
    [
        "wedding",
        "funeral",
        "overseas_trip",
        "real_estate",
        "part_time_post",
        "social_organisation",
    ],
)
@pytest.mark.parametrize("name", [V1, V2])
def test_s1_04_each_category_has_a_rule_a_form_and_a_deadline(
    name: str, category: str
) -> None:
    found = [each for each in book(name).rules if each.category == category]
    assert len(found) == 1
    assert found[0].form
    assert found[0].due


def test_s1_05_relatives_and_friends_may_be_the_subject_under_a_stricter_class() -> (
    None
):
    trip = rule(V1, "overseas_trip")
    assert {"spouse", "child", "parent", "friend"} <= set(trip.subjects)
    assert trip.classes
    assert (trip.classes.default, trip.classes.family) == ("confidential", "restricted")


def test_s1_14_a_report_before_bidding_is_followed_by_one_after() -> None:
    before = rule(V1, "bidding_before")
    assert [follow_up.rule for follow_up in before.follow_ups] == ["bidding_after"]
    assert before.category == rule(V1, "bidding_after").category


def test_s3_03_leave_is_asked_and_then_a_report_filed() -> None:
    leave = rule("cn-leaving-city", "leave_city")
    assert leave.mode == "approval_then_filing"
    assert leave.approval
    assert "deputy mayor in charge" in (leave.approval.approver or "")


def test_s3_10_leaving_the_city_is_a_matter_of_special_periods_only() -> None:
    assert rule("cn-leaving-city", "leave_city").in_period


def test_s5_01_none_held_can_be_said() -> None:
    assert rule("cn-membership-card-campaign", "membership_cards").nil_return


def test_s5_13_a_spouse_abroad_opens_a_supplement_and_sets_a_flag() -> None:
    for who in ("spouse", "child"):
        more = rule("cn-personal-matters-annual", f"{who}_abroad")
        assert more.when
        assert (more.when.rule, more.when.field, more.when.equals) == (
            "annual",
            f"{who}_abroad",
            True,
        )
        assert more.sets_flag == "heightened_review"


def test_s1_25_a_copy_of_the_text_gives_the_same_obligations() -> None:
    exported = SHIPPED[f"{V1}.toml"]
    copy = parse(exported.replace("cn-zj-psd-", "cn-hn-psd-"), source="imported")
    facts = {"event_date": date(2016, 12, 20)}
    assert copy.rules == book(V1).rules
    assert due_on(copy.rules[0], copy, facts) == due_on(
        rule(V1, "wedding"), book(V1), facts
    )


def test_s2_17_no_jurisdiction_rank_or_category_is_named_in_the_code() -> None:
    code = "".join(path.read_text() for path in DOMAIN.rglob("*.py"))
    said = {word for name in NAMES for word in (book(name).id, *book(name).ranks)}
    said |= {each.id for name in NAMES for each in book(name).rules}
    assert [word for word in sorted(said) if f'"{word}"' in code] == []
