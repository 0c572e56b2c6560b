"""Whom a rule binds: by rank, unit, status and employer, on the day of the matter."""

from datetime import date

import pytest

from domain.obligation import ObligationRaised
from domain.person import CoveredPerson, person_stream
from domain.personnel import AssumePosition, ChangePosition, Retire, VacatePosition
from tests.domain.cast import (
    INSTANT,
    LEAVING,
    PERSONAL,
    SHIPPED,
    V1,
    V2,
    demand,
    joins,
    law,
    police,
    register,
)
from tests.spec import Scenario


def bound(scenario: Scenario, rulebook: str, rule: str, person: str, on: str) -> bool:
    """Return whether this rule binds this person on the day."""
    day = date.fromisoformat(on)
    names = ("event_date", "appointment_date", "change_date", "since")
    duty = demand(
        rulebook,
        rule,
        on,
        person=person,
        key=f"{rule} {on}",
        anchors=dict.fromkeys(names, day),
        year=day.year,
    )
    scenario.when(duty)
    assert scenario.failure is None, scenario.failure
    return bool(scenario.all(ObligationRaised))


def test_s1_02_the_first_scope_is_deputy_department_directors_and_above() -> None:
    scenario = police(V1)

    covered = {p: bound(scenario, INSTANT, "wedding", p, "2016-12-20") for p in CAST}
    assert covered == {
        "chief": True,
        "zhang": True,
        "shen": True,
        "wang": False,
        "li": False,
    }


def test_s1_02_the_second_version_binds_everybody_from_its_day_on() -> None:
    scenario = police(V1, V2)

    assert not bound(scenario, INSTANT, "wedding", "li", "2017-06-30")
    assert bound(scenario, INSTANT, "wedding", "li", "2017-07-01")
    assert bound(scenario, INSTANT, "wedding", "chief", "2017-07-01")


def test_s1_24_a_higher_tier_has_strictly_more_duties_for_the_same_facts() -> None:
    scenario = register(PERSONAL).given(
        *joins("qian", rank="provincial"),
        *joins("sun", rank="section", employer_type="soe", category="director"),
    )
    rules = ("annual", "baseline", "change", "relatives_abroad")

    duties = {
        person: {r for r in rules if bound(scenario, PERSONAL, r, person, "2016-12-20")}
        for person in ("qian", "sun")
    }
    assert duties["sun"] == {"relatives_abroad"}
    assert duties["sun"] < duties["qian"]


def test_s5_10_an_officer_of_the_lowest_tier_has_a_file_once_a_rule_binds_him() -> None:
    scenario = police(V2)

    assert bound(scenario, INSTANT, "wedding", "li", "2017-12-20")
    assert [record.subject for record in scenario.news] == ["li"]
    assert scenario.state(CoveredPerson(), person_stream("li")).number == "li"


def test_s5_12_a_retired_senior_official_still_reports_every_year() -> None:
    scenario = register(PERSONAL).given(
        *joins("qian", rank="deputy_provincial"),
        *joins("sun", rank="departmental"),
        Retire(number="qian", on=date(2015, 6, 1)),
        Retire(number="sun", on=date(2015, 6, 1)),
    )

    assert bound(scenario, PERSONAL, "annual", "qian", "2016-01-31")
    assert not bound(scenario, PERSONAL, "annual", "sun", "2016-01-31")


def test_s5_12_a_retired_senior_official_has_no_new_baseline_to_report() -> None:
    retired = Retire(number="qian", on=date(2015, 6, 1))
    scenario = register(PERSONAL).given(*joins("qian", rank="provincial"), retired)

    assert not bound(scenario, PERSONAL, "baseline", "qian", "2016-01-31")


def test_s5_15_the_director_of_a_state_enterprise_is_in_the_population() -> None:
    scenario = register(PERSONAL).given(
        *joins("sun", employer_type="soe", category="director"),
        *joins("zhou", employer_type="soe", category="engineer"),
        *joins("wu", employer_type="private", category="director"),
    )

    covered = {
        person: bound(scenario, PERSONAL, "relatives_abroad", person, "2016-12-20")
        for person in ("sun", "zhou", "wu")
    }
    assert covered == {"sun": True, "zhou": False, "wu": False}


def test_a_promotion_binds_from_its_day_on() -> None:
    scenario = police(V1).given(
        ChangePosition(
            number="li",
            post="post",
            unit="training",
            title="Deputy",
            from_on=date(2016, 6, 1),
            rank="deputy_department_director",
        )
    )

    assert not bound(scenario, INSTANT, "wedding", "li", "2016-05-31")
    assert bound(scenario, INSTANT, "wedding", "li", "2016-06-01")


def test_a_second_post_of_lower_rank_takes_nobody_out() -> None:
    scenario = police(V1).given(
        AssumePosition(
            number="shen",
            post="coach",
            unit="training",
            title="Coach",
            from_on=date(2016, 6, 1),
            rank="officer",
        )
    )

    assert bound(scenario, INSTANT, "wedding", "shen", "2016-12-20")


def test_whoever_has_left_every_post_and_serves_no_more_is_not_bound() -> None:
    scenario = police(V2).given(
        VacatePosition(number="li", post="post", on=date(2017, 8, 1)),
        Retire(number="li", on=date(2017, 8, 1)),
    )

    assert bound(scenario, INSTANT, "wedding", "li", "2017-07-31")
    assert not bound(scenario, INSTANT, "wedding", "li", "2017-08-01")


def test_whoever_returns_to_service_is_bound_again() -> None:
    scenario = police(V2).given(
        Retire(number="li", on=date(2017, 8, 1)),
        *joins("li", unit="training", post="adviser", from_on=date(2017, 10, 1))[1:],
    )

    assert not bound(scenario, INSTANT, "wedding", "li", "2017-09-30")
    assert bound(scenario, INSTANT, "wedding", "li", "2017-10-01")


def test_somebody_without_any_post_is_bound_by_nothing() -> None:
    scenario = police(V2).given(joins("guest")[0])

    assert not bound(scenario, INSTANT, "wedding", "guest", "2017-12-20")


@pytest.mark.parametrize(
    ("unit", "covered"), [("training", True), ("department", False)]
)
def test_a_rule_for_a_unit_binds_all_that_stands_below_it(
    unit: str,
    covered: bool,  # noqa: FBT001
) -> None:
    text = SHIPPED[f"{LEAVING}.toml"].replace("any = true", 'units = ["college"]')
    text = text.replace("in_period = true", "in_period = false")
    scenario = law(register(), text).given(*joins("li", unit=unit))

    duty = demand(
        LEAVING,
        "leave_city",
        "2020-05-01",
        person="li",
        anchors={"to": date(2020, 5, 4)},
    )
    assert bool(scenario.when(duty).facts) is covered


CAST = ("chief", "zhang", "shen", "wang", "li")


def test_nobody_is_bound_before_their_first_post_begins() -> None:
    scenario = police(V1, V2).given(*joins("newcomer", from_on=date(2018, 6, 1)))

    assert not bound(scenario, INSTANT, "wedding", "newcomer", "2018-05-31")
    assert bound(scenario, INSTANT, "wedding", "newcomer", "2018-06-01")
