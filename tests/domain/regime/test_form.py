"""A filing answers the form that its rule demands, or is told what is missing."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import Invalid
from domain.regime.form import Deficiency, anchors, check, clean, flags
from domain.regime.types import Rule
from tests.domain.regime.samples import one_rule, rule

V1, V2 = "cn-zj-psd-instant-report-v1", "cn-zj-psd-instant-report-v2"
WEDDING = {
    "event_date": "2016-12-20",
    "location": "Hangzhou",
    "tables": 12,
    "cost": {"amount": "30000", "currency": "CNY"},
}
ALL_KINDS = one_rule(
    form=[
        {"name": "a_text"},
        {"name": "a_date", "kind": "date"},
        {"name": "an_integer", "kind": "integer"},
        {"name": "a_number", "kind": "number"},
        {"name": "an_amount", "kind": "amount"},
        {"name": "a_boolean", "kind": "boolean"},
        {"name": "a_choice", "kind": "choice", "choices": ["yes", "no"]},
        {"name": "a_list", "kind": "list", "required": False},
    ]
)


def missing(of: Rule, contents: dict[str, Any]) -> list[str]:
    return [deficiency.field for deficiency in check(of, contents)]


def without(contents: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in contents.items() if name not in names}


def test_s1_08_a_wedding_report_with_all_it_needs_is_sufficient() -> None:
    assert check(rule(V1, "wedding"), WEDDING) == ()


@pytest.mark.parametrize("name", ["event_date", "location", "tables", "cost"])
def test_s1_08_a_wedding_report_without_a_required_answer_is_deficient(
    name: str,
) -> None:
    assert missing(rule(V1, "wedding"), without(WEDDING, name)) == [name]


def test_s1_08_each_deficiency_says_in_words_what_is_missing() -> None:
    found = check(rule(V1, "wedding"), without(WEDDING, "tables", "cost"))
    assert found == (
        Deficiency(field="tables", what="Number of tables is missing"),
        Deficiency(field="cost", what="Cost in all is missing"),
    )


def test_s1_08_guests_may_be_left_out() -> None:
    assert check(rule(V1, "wedding"), WEDDING | {"guests": None}) == ()


HOUSE = {
    "contract_date": "2017-08-01",
    "transaction": "purchase",
    "location": "Ningbo",
    "size": 89.5,
    "price": {"amount": 1500000, "currency": "CNY"},
    "source_of_funds": "savings",
    "loan": False,
}


@pytest.mark.parametrize(
    "name", ["location", "size", "price", "source_of_funds", "loan"]
)
def test_s1_17_the_second_version_demands_five_more_answers_on_housing(
    name: str,
) -> None:
    assert check(rule(V2, "real_estate"), HOUSE) == ()
    assert missing(rule(V2, "real_estate"), without(HOUSE, name)) == [name]


def test_s1_17_a_filing_under_the_first_version_stays_sufficient_under_it() -> None:
    old = {
        "contract_date": "2016-08-01",
        "transaction": "sale",
        "description": "flat in Ningbo",
    }
    assert check(rule(V1, "real_estate"), old) == ()
    with pytest.raises(Invalid, match="no such field"):
        check(rule(V2, "real_estate"), old)


TRIP = {
    "reason": "family",
    "destination": "Nanjing",
    "from": "2020-01-24",
    "to": "2020-01-27",
    "contact": "139",
}


@pytest.mark.parametrize("blank", [None, "", "   ", "\n\t"])
def test_s3_07_a_blank_destination_is_a_deficiency(blank: str | None) -> None:
    trip = TRIP | {"destination": blank}
    assert missing(rule("cn-leaving-city", "leave_city"), trip) == ["destination"]


@pytest.mark.parametrize("name", list(TRIP))
def test_s3_07_reason_destination_from_to_and_contact_are_all_required(
    name: str,
) -> None:
    assert missing(rule("cn-leaving-city", "leave_city"), without(TRIP, name)) == [name]


def test_s1_09_without_a_limit_forty_tables_raise_no_flag() -> None:
    assert flags(rule(V1, "wedding"), WEDDING | {"tables": 40}) == ()


def test_s1_09_with_a_limit_of_twenty_forty_tables_warn_and_do_not_bar() -> None:
    feast = WEDDING | {"tables": 40}
    assert flags(rule(V2, "wedding"), feast) == (
        "tables: 40 is more than 20 (local rule: 20 tables)",
    )
    assert check(rule(V2, "wedding"), feast) == ()
    assert flags(rule(V2, "wedding"), WEDDING | {"tables": 20, "guests": 200}) == ()


CAPPED = one_rule(
    form=[
        {"name": "worth", "kind": "amount", "required": False},
        {"name": "area", "kind": "number", "required": False},
    ],
    limits=[
        {"field": "worth", "max": 200, "currency": "USD"},
        {"field": "area", "max": "89.5"},
    ],
)


def test_a_limit_on_an_amount_counts_in_its_currency() -> None:
    dear = {"worth": {"amount": "200.01", "currency": "USD"}}
    assert flags(CAPPED, dear) == ("worth: 200.01 USD is more than 200 USD",)
    assert flags(CAPPED, {"worth": {"amount": "200.00", "currency": "USD"}}) == ()


def test_an_amount_in_another_currency_warns_that_it_cannot_be_compared() -> None:
    foreign = {"worth": {"amount": "5", "currency": "CNY"}}
    assert flags(CAPPED, foreign) == ("worth: 5 CNY cannot be held against 200 USD",)


def test_a_limit_on_a_number_is_exact() -> None:
    assert flags(CAPPED, {"area": "89.5"}) == ()
    assert flags(CAPPED, {"area": "89.500001"}) == (
        "area: 89.500001 is more than 89.5",
    )
    assert flags(CAPPED, {}) == ()


def test_s1_10_an_amount_is_kept_in_its_own_currency_and_never_as_a_float() -> None:
    car = {
        "purchase_date": "2016-05-01",
        "model": "van",
        "price": {"amount": 90000, "currency": "CNY"},
    }
    assert clean(rule(V1, "vehicle"), car)["price"] == {
        "amount": "90000",
        "currency": "CNY",
    }


def test_clean_contents_are_plain_and_in_the_order_of_the_form() -> None:
    given_ = {
        "a_list": ["one ", "", "two"],
        "a_choice": " yes ",
        "a_boolean": "TRUE",
        "an_amount": {"amount": "0090000.50", "currency": "CNY"},
        "a_number": 89.5,
        "an_integer": "12",
        "a_date": "2016-12-20",
        "a_text": "  so  ",
    }
    answers = clean(ALL_KINDS, given_)
    assert answers == {
        "a_text": "so",
        "a_date": "2016-12-20",
        "an_integer": 12,
        "a_number": "89.5",
        "an_amount": {"amount": "90000.50", "currency": "CNY"},
        "a_boolean": True,
        "a_choice": "yes",
        "a_list": ["one", "two"],
    }
    assert list(answers) == [field.name for field in ALL_KINDS.form or ()]
    assert clean(ALL_KINDS, answers) == answers


def test_a_field_that_the_form_does_not_have_is_refused_by_name() -> None:
    with pytest.raises(Invalid, match=r"there are: event_date, location") as refusal:
        clean(rule(V1, "wedding"), WEDDING | {"dress": "white"})
    assert (refusal.value.field, refusal.value.rule) == ("dress", "rule wedding")
    with pytest.raises(Invalid, match="veil"):
        clean(rule(V1, "wedding"), {"veil": "long", "dress": "white"})
    with pytest.raises(Invalid, match="there are: none"):
        clean(one_rule(), {"dress": "white"})


def test_a_wrong_kind_is_refused_by_field_and_rule() -> None:
    with pytest.raises(Invalid, match="whole number") as refusal:
        check(rule(V1, "wedding"), WEDDING | {"tables": "many"})
    assert (refusal.value.field, refusal.value.rule) == ("tables", "rule wedding")


CARDS = rule("cn-membership-card-campaign", "membership_cards")


def test_s5_01_that_none_is_held_is_said_by_a_nil_return() -> None:
    assert clean(CARDS, {"nil": True, "cards": None}) == {"nil": True}
    assert check(CARDS, {"nil": True}) == ()
    assert flags(CARDS, {"nil": True}) == ()
    assert anchors(CARDS, {"nil": True}) == {}


def test_a_nil_return_answers_nothing_else() -> None:
    with pytest.raises(Invalid, match="a nil return answers nothing else") as refusal:
        clean(CARDS, {"nil": True, "cards": 3})
    assert refusal.value.field == "cards"


def test_a_nil_return_is_refused_where_the_rule_takes_none() -> None:
    with pytest.raises(Invalid, match="takes no nil return") as refusal:
        clean(rule(V1, "wedding"), {"nil": True})
    assert refusal.value.field == "nil"


def test_a_denied_nil_return_is_an_ordinary_filing() -> None:
    assert clean(CARDS, {"nil": False, "cards": 3}) == {"cards": 3}
    assert missing(CARDS, {"nil": None}) == ["cards"]
    assert clean(CARDS, {"nil": "true"}) == {"nil": True}
    with pytest.raises(Invalid, match="expected true or false"):
        clean(CARDS, {"nil": "perhaps"})


def test_the_dates_that_were_answered_are_what_a_due_date_counts_from() -> None:
    found = anchors(
        rule("us-oge-278t", "transaction"), {"transaction_date": "2014-01-21"}
    )
    assert {name: day.isoformat() for name, day in found.items()} == {
        "transaction_date": "2014-01-21"
    }
    assert anchors(one_rule(), {}) == {}


answers = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.dates().map(str),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)
amounts = st.fixed_dictionaries(
    {"amount": answers, "currency": st.just("CNY") | answers}
)


@given(
    st.dictionaries(
        st.sampled_from([field.name for field in ALL_KINDS.form or ()]),
        answers | amounts,
    )
)
def test_whatever_comes_is_either_cleaned_for_good_or_refused_by_field(
    contents: dict[str, Any],
) -> None:
    cleaned, refused = attempt(contents)
    assert clean(ALL_KINDS, cleaned) == cleaned
    assert "\0" not in str(cleaned)
    assert refused in (None, *contents)


def attempt(contents: dict[str, Any]) -> tuple[dict[str, Any], str | None]:
    """Return the clean contents, or nothing and the field that was refused."""
    try:
        return clean(ALL_KINDS, contents), None
    except Invalid as refusal:
        return {}, refusal.field
