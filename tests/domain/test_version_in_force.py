"""Invariants I14 and I18: the law of the day decides, and only published law."""

from datetime import date

from msgspec.structs import replace

from domain.disclosure import DisclosureFiled
from domain.errors import Invalid, Unknown
from domain.obligation import ObligationRaised, obligation_stream
from domain.rulebook import DraftRulebook, PublishRulebook
from tests.domain.cast import (
    INSTANT,
    PERSONAL,
    SHIPPED,
    V1,
    V2,
    demand,
    joins,
    law,
    police,
    register,
    rule,
)
from tests.domain.papers import answers, files

STREAM = obligation_stream("shen", INSTANT, "wedding", "E-1")
EVENT = {"event_date": date(2016, 12, 20)}
RAISE = demand(INSTANT, "wedding", "2016-12-20", key="E-1", anchors=EVENT)


def test_s1_01_a_rule_in_force_from_2016_raises_no_duty_for_2015() -> None:
    dates = {"event_date": date(2015, 12, 31)}
    (
        police(V1)
        .when(demand(INSTANT, "wedding", "2015-12-31", anchors=dates))
        .then_nothing()
        .when(demand(INSTANT, "wedding", "2016-01-01", anchors=dates))
        .then_kinds(ObligationRaised)
    )


def test_i18_a_rulebook_that_is_only_drafted_raises_no_duty() -> None:
    draft = DraftRulebook(rulebook=INSTANT, text=SHIPPED[f"{V1}.toml"])

    scenario = register().given(*joins("shen", rank="agency_head"), draft)
    scenario.when(RAISE).then_nothing()
    scenario.by("publisher", "steward").given(
        PublishRulebook(rulebook=INSTANT, version=1)
    )
    scenario.when(RAISE).then_kinds(ObligationRaised)


def test_i18_a_draft_of_the_next_version_changes_nothing_yet() -> None:
    draft = DraftRulebook(rulebook=INSTANT, text=SHIPPED[f"{V2}.toml"])
    later = demand(INSTANT, "wedding", "2017-12-20", anchors=EVENT)

    fact = police(V1).given(draft).when(later).one(ObligationRaised)
    assert fact.cited.version == 1


def test_i14_a_duty_stands_under_the_version_in_force_when_the_matter_arose() -> None:
    estate = {"contract_date": "2017-06-30", "transaction": "sale", "description": "it"}
    scenario = police(V1, V2).on("2017-07-05").declarant("shen")

    filed = scenario.when(files("real_estate", estate))
    assert filed.one(DisclosureFiled).cited.version == 1
    assert filed.one(ObligationRaised).cited.version == 1


def test_i14_a_planned_event_stands_under_the_version_of_its_own_day() -> None:
    form = answers(rule(V2, "wedding"), "2017-07-20")
    filed = (
        police(V1, V2)
        .on("2017-06-20")
        .declarant("li")
        .when(files("wedding", form, person="li"))
    )

    assert filed.one(DisclosureFiled).cited.version == 2
    assert filed.one(ObligationRaised).cited.version == 2


def test_i14_what_no_version_knew_is_reported_under_the_next_voluntarily() -> None:
    form = answers(rule(V1, "wedding"), "2015-12-31")

    filed = police().declarant("shen").when(files("wedding", form))
    assert filed.one(DisclosureFiled).cited.version == 1
    assert filed.all(ObligationRaised) == []


def test_i14_what_the_older_version_did_not_know_is_reported_under_the_newer() -> None:
    first = SHIPPED[f"{V1}.toml"].replace('id = "vehicle"', 'id = "cart"')
    scenario = law(register(), first, SHIPPED[f"{V2}.toml"])
    scenario.given(*joins("shen", rank="agency_head")).on("2017-07-05")

    car = files("vehicle", answers(rule(V2, "vehicle"), "2017-06-30"))
    scenario.declarant("shen").when(car).then_kinds(DisclosureFiled)
    assert scenario.one(DisclosureFiled).cited.version == 2


def test_events_under_two_versions_are_reported_apart() -> None:
    form = rule(V1, "vehicle")
    days = ("2017-06-30", "2017-07-01")
    (
        police(V1, V2)
        .on("2017-07-02")
        .declarant("shen")
        .when(files("vehicle", *(answers(form, day) for day in days)))
        .then_refused(
            Invalid, match="items: they fall under v1 and v2: report them apart"
        )
    )


def test_i14_a_demanded_report_is_judged_by_the_version_that_demanded_it() -> None:
    demanded = demand(INSTANT, "wedding", "2017-06-30", anchors=EVENT)
    stream = demanded.stream
    scenario = police(V1, V2).given(demanded).on("2017-08-01").declarant("shen")

    filed = scenario.when(
        files("wedding", answers(rule(V1, "wedding")), obligation=stream)
    )
    assert filed.one(DisclosureFiled).cited.version == 1


def test_s1_21_of_a_duty_of_another_nobody_learns_by_naming_it() -> None:
    scenario = police().given(RAISE).declarant("zhang")
    other = files("wedding", answers(rule(V1, "wedding")), person="zhang")

    scenario.when(replace(other, obligation=STREAM)).then_refused(
        Unknown, match=str(STREAM)
    )


def test_a_report_names_a_duty_of_its_own_rule() -> None:
    scenario = police().given(RAISE).declarant("shen")
    other = files("funeral", answers(rule(V1, "funeral")), person="shen")

    scenario.when(replace(other, obligation=STREAM)).then_refused(
        Invalid, match="obligation: it arose under rule wedding"
    )


def test_a_report_names_a_duty_that_exists() -> None:
    scenario = police().declarant("shen")
    (
        scenario.when(
            files("wedding", answers(rule(V1, "wedding")), obligation=STREAM)
        ).then_refused(Unknown, match=str(STREAM))
    )


def test_the_yearly_report_is_judged_by_the_version_that_demanded_it() -> None:
    raised = demand(PERSONAL, "annual", "2016-01-01", person="qian", year=2016)
    second = SHIPPED[f"{PERSONAL}.toml"].replace("version = 1", "version = 2", 1)
    second = second.replace(
        "effective_from = 2011-01-01", "effective_from = 2016-07-01"
    )
    scenario = law(register(), SHIPPED[f"{PERSONAL}.toml"], second).given(
        *joins("qian", rank="county"), raised
    )
    form = answers(rule(PERSONAL, "annual"))

    filed = (
        scenario.on("2016-08-01")
        .declarant("qian")
        .when(files("annual", form, person="qian", rulebook=PERSONAL, period=2016))
    )
    assert filed.one(DisclosureFiled).cited.version == 1
