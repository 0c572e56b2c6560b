"""A due date follows from the rule and from the dates that are known, and no more."""

from collections.abc import Mapping
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import Invalid, Refused
from domain.regime.calendar import is_working
from domain.regime.deadline import (
    MissingAnchor,
    due_on,
    extended,
    in_year,
    opens_on,
    remind_on,
)
from domain.regime.types import Due
from tests.domain.regime.samples import book, due, one_rule, rule, rulebook

INSTANT = "cn-zj-psd-instant-report-v1"
SMALL = rulebook()
days = st.dates(date(1950, 1, 1), date(2150, 1, 1))


def on(text: str) -> date:
    return date.fromisoformat(text)


def due_day(name: str, rule_id: str, **anchors: str) -> str:
    known = {anchor: on(text) for anchor, text in anchors.items()}
    return due_on(rule(name, rule_id), book(name), known).isoformat()


def reckoned(of: Due, **anchors: date) -> date:
    return due_on(of, SMALL, anchors)


def test_s1_08_a_wedding_is_reported_seven_days_before() -> None:
    assert due_day(INSTANT, "wedding", event_date="2016-12-20") == "2016-12-13"


def test_s1_08_an_unforeseen_wedding_has_its_own_later_due_date() -> None:
    fallback = rule(INSTANT, "wedding").fallback
    assert fallback is not None
    assert fallback.requires == "justification"
    late = due_on(fallback.due, book(INSTANT), {"event_date": on("2016-12-20")})
    assert late == on("2016-12-27")


def test_s1_11_a_role_is_reported_seven_days_after_the_appointment() -> None:
    last = due_day(INSTANT, "social_organisation", appointment_date="2017-03-28")
    assert last == "2017-04-04"
    assert (on("2017-04-05") - on(last)).days == 1


def test_s1_14_the_instalment_after_the_bids_counts_from_the_opening() -> None:
    opening = {"opening_date": "2016-05-10"}
    assert due_day(INSTANT, "bidding_before", **opening) == "2016-05-09"
    assert due_day(INSTANT, "bidding_after", **opening) == "2016-05-17"


@pytest.mark.parametrize(
    ("bought", "told", "last_day"),
    [
        ("2016-07-01", "2016-07-01", "2016-07-31"),
        ("2016-07-31", "2016-08-10", "2016-09-09"),
        ("2016-07-01", "2016-08-10", "2016-08-15"),
    ],
)
def test_s2_17_the_official_examples_of_the_278t_come_out(
    bought: str, told: str, last_day: str
) -> None:
    dates = {"transaction_date": bought, "notified_on": told}
    assert due_day("us-oge-278t", "transaction", **dates) == last_day


def test_s2_17_without_a_notice_the_transaction_alone_decides() -> None:
    assert due_day("us-oge-278t", "transaction", transaction_date="2014-01-21") == (
        "2014-03-07"
    )


@pytest.mark.parametrize(
    ("rule_id", "anchors", "last_day"),
    [
        ("new_entrant", {"appointment_date": "2021-01-20"}, "2021-02-19"),
        ("termination", {"departure_date": "2021-01-20"}, "2021-02-19"),
        ("nominee", {"nominated_on": "2021-01-20"}, "2021-01-25"),
    ],
)
def test_s2_17_the_278e_is_due_so_long_after_the_post_changes(
    rule_id: str, anchors: Mapping[str, str], last_day: str
) -> None:
    assert due_day("us-oge-278e", rule_id, **anchors) == last_day


def test_s2_17_the_annual_278e_is_due_on_15_may() -> None:
    annual = rule("us-oge-278e", "annual")
    assert due_on(annual, book("us-oge-278e"), {}, year=2016) == on("2016-05-15")


def test_s5_01_the_campaign_has_one_fixed_day() -> None:
    cards = "cn-membership-card-campaign"
    assert due_day(cards, "membership_cards", launched_on="2013-05-27") == "2013-06-20"


def test_s5_07_the_baseline_is_due_thirty_days_after_the_appointment() -> None:
    matters = "cn-personal-matters-annual"
    assert due_day(matters, "baseline", appointment_date="2016-01-31") == "2016-03-01"


def test_s5_11_the_annual_report_is_due_on_31_january_of_the_year() -> None:
    annual, matters = rule("cn-personal-matters-annual", "annual"), "2017-01-31"
    last = due_on(annual, book("cn-personal-matters-annual"), {}, year=2017)
    assert last == on(matters)
    assert opens_on(annual, book("cn-personal-matters-annual"), last) == on(
        "2017-01-01"
    )


def test_s5_13_a_supplement_counts_from_the_report_that_opened_it() -> None:
    matters = "cn-personal-matters-annual"
    assert due_day(matters, "spouse_abroad", filed_on="2017-01-20") == "2017-02-19"


def test_a_yearly_day_that_a_common_year_lacks_is_the_day_before() -> None:
    assert in_year("02-29", 2023) == on("2023-02-28")
    assert in_year("02-29", 2024) == on("2024-02-29")
    assert in_year("12-31", 2023) == on("2023-12-31")


@pytest.mark.parametrize("text", ["02-30", "13-01", "00-10", "01-00"])
def test_a_day_that_no_year_has_is_an_error(text: str) -> None:
    with pytest.raises(ValueError, match=r"month|day"):
        in_year(text, 2024)


def test_a_due_date_without_an_offset_is_the_anchor_itself() -> None:
    assert reckoned(due(anchor="given_on"), given_on=on("2020-02-01")) == on(
        "2020-02-01"
    )


def test_a_due_date_is_rolled_once_at_the_end() -> None:
    book_ = rulebook(roll="next_working_day")
    first = due(anchor="given_on", offset="1d")
    of = due(latest=[{"anchor": "given_on", "offset": "1d"}, {"on": "2020-01-01"}])
    friday = {"given_on": on("2020-01-31")}
    assert due_on(first, book_, friday) == on("2020-02-03")
    assert due_on(of, book_, friday) == on("2020-02-03")


def test_a_fixed_day_stays_what_it_is_whatever_the_year() -> None:
    assert due_on(due(on="2013-06-20"), SMALL, {}, year=2016) == on("2013-06-20")


def test_a_missing_anchor_is_named_with_its_rule() -> None:
    with pytest.raises(MissingAnchor, match=r"event_date.*v1, rule wedding") as missing:
        due_day(INSTANT, "wedding", contract_date="2016-01-01")
    assert missing.value.anchors == ("event_date",)
    assert missing.value.field == "event_date"
    assert isinstance(missing.value, Invalid)


def test_a_yearly_duty_needs_the_year() -> None:
    with pytest.raises(MissingAnchor) as missing:
        due_on(due(yearly="01-31"), SMALL, {})
    assert missing.value.anchors == ("year",)


EARLIEST = due(earliest=[{"anchor": "a", "offset": "3d"}, {"anchor": "b"}])
LATEST = due(latest=[{"anchor": "a", "offset": "3d"}, {"anchor": "b"}])


def test_the_earliest_of_none_known_names_all_that_would_do() -> None:
    with pytest.raises(MissingAnchor) as missing:
        reckoned(EARLIEST)
    assert missing.value.anchors == ("a", "b")


def test_the_latest_needs_every_anchor_and_names_those_that_lack() -> None:
    with pytest.raises(MissingAnchor) as missing:
        reckoned(LATEST, a=on("2020-01-01"))
    assert missing.value.anchors == ("b",)


def test_earliest_and_latest_nest() -> None:
    of = due(
        latest=[
            {"earliest": [{"anchor": "a"}, {"anchor": "b"}]},
            {"on": "2020-01-05"},
        ]
    )
    assert reckoned(of, b=on("2020-01-09")) == on("2020-01-09")
    assert reckoned(of, a=on("2020-01-02"), b=on("2020-01-09")) == on("2020-01-05")


def test_a_rule_without_a_due_date_has_none_to_give() -> None:
    with pytest.raises(Invalid, match=r"sets no due date.*rule gift"):
        due_on(one_rule(), SMALL, {})
    with pytest.raises(Invalid, match="names no day"):
        due_on(Due(), SMALL, {})


@given(days, days)
def test_the_earliest_is_never_after_any_branch_nor_the_latest_before(
    a: date, b: date
) -> None:
    branches = [a + timedelta(days=3), b]
    assert reckoned(EARLIEST, a=a, b=b) == min(branches)
    assert reckoned(LATEST, a=a, b=b) == max(branches)
    assert reckoned(EARLIEST, a=a) == branches[0]


@given(days, st.sampled_from(["next_working_day", "previous_working_day"]))
def test_a_rolled_due_date_is_always_a_working_day(day: date, roll: str) -> None:
    book_ = rulebook(roll=roll)
    last = due_on(due(on=day), book_, {})
    step = timedelta(days=1 if roll == "next_working_day" else -1)
    passed = [day + step * n for n in range(abs((last - day).days))]
    assert is_working(last, book_.calendar)
    assert last == day + step * len(passed)
    assert not any(is_working(each, book_.calendar) for each in passed)


@given(days, days)
def test_the_due_date_of_a_later_event_is_never_earlier(one: date, other: date) -> None:
    first, last = sorted((one, other))
    of = due(
        earliest=[{"anchor": "a", "offset": "1M"}, {"anchor": "a", "offset": "20wd"}]
    )
    assert reckoned(of, a=first) <= reckoned(of, a=last)


def test_a_duty_that_says_no_more_opens_as_it_arises() -> None:
    assert opens_on(one_rule(), SMALL, on("2020-01-31")) is None


def test_reminders_come_in_order_and_not_twice() -> None:
    reminding = one_rule(reminders=["-3d", "1d", "-72h", "-1M"])
    assert remind_on(reminding, SMALL, on("2020-03-31")) == (
        on("2020-02-29"),
        on("2020-03-28"),
        on("2020-04-01"),
    )
    assert remind_on(one_rule(), SMALL, on("2020-03-31")) == ()


CAPPED = one_rule(extension={"cap": "90d", "written_above": "45d"})
MAY = on("2016-05-15")


@pytest.mark.parametrize(
    ("moved_by", "in_writing"), [(1, False), (45, False), (46, True), (90, True)]
)
def test_an_extension_within_the_cap_is_granted(
    moved_by: int, *, in_writing: bool
) -> None:
    until = MAY + timedelta(days=moved_by)
    moved = extended(CAPPED, SMALL, first_due=MAY, until=until, in_writing=in_writing)
    assert moved == until


@pytest.mark.parametrize(
    ("moved_by", "in_writing", "reason"),
    [
        (0, True, "must go beyond 2016-05-15"),
        (46, False, "beyond 2016-06-29 it must be asked in writing"),
        (91, True, "extensions end 90d after 2016-05-15 in all, on 2016-08-13"),
    ],
)
def test_an_extension_beyond_what_the_rule_allows_is_refused(
    moved_by: int, *, in_writing: bool, reason: str
) -> None:
    until = MAY + timedelta(days=moved_by)
    with pytest.raises(Refused, match=reason) as refusal:
        extended(CAPPED, SMALL, first_due=MAY, until=until, in_writing=in_writing)
    assert refusal.value.rule == "small v1, rule gift"


def test_an_extension_is_not_in_writing_unless_somebody_says_so() -> None:
    until = MAY + timedelta(days=46)
    with pytest.raises(Refused, match="in writing"):
        extended(CAPPED, SMALL, first_due=MAY, until=until)


def test_an_extension_may_be_asked_by_word_of_mouth_where_nothing_else_is_said() -> (
    None
):
    plain = one_rule(extension={"cap": "10d"})
    until = MAY + timedelta(days=10)
    assert extended(plain, SMALL, first_due=MAY, until=until) == until


def test_a_rule_that_says_nothing_of_extensions_grants_none() -> None:
    with pytest.raises(Refused, match="no extension"):
        extended(one_rule(), SMALL, first_due=MAY, until=MAY + timedelta(days=1))
