"""Who has a duty is decided by what the rulebook says, and can be said in words."""

from typing import Any

import pytest

from domain.errors import Unknown
from domain.regime.population import Standing, covers, why
from tests.domain.regime.samples import book, rulebook

BOOK = rulebook(
    ranks=["low", "middle", "high"],
    populations={
        "everybody": {"any": True},
        "upper": {"rank_at_least": "middle"},
        "lower": {"rank_below": "high"},
        "middling": {"ranks": ["middle"]},
        "clerks": {"categories": ["clerk", "usher"]},
        "works": {"employer_types": ["soe"]},
        "north": {"units": ["north"]},
        "pensioners": {"status": ["retired"], "last_rank_at_least": "high"},
        "both": {"either": ["upper", "pensioners"]},
        "upper_clerks": {"categories": ["clerk"], "rank_at_least": "high"},
    },
)
V1, V2 = "cn-zj-psd-instant-report-v1", "cn-zj-psd-instant-report-v2"
MATTERS = "cn-personal-matters-annual"


def person(**facts: Any) -> Standing:
    return Standing(number="P-1", **facts)


@pytest.mark.parametrize(
    ("population", "facts", "covered"),
    [
        ("everybody", {}, True),
        ("everybody", {"status": "retired"}, False),
        ("everybody", {"status": "left"}, False),
        ("upper", {"rank": "middle"}, True),
        ("upper", {"rank": "high"}, True),
        ("upper", {"rank": "low"}, False),
        ("upper", {"rank": "high", "status": "retired"}, False),
        ("lower", {"rank": "middle"}, True),
        ("lower", {"rank": "low"}, True),
        ("lower", {"rank": "high"}, False),
        ("middling", {"rank": "middle"}, True),
        ("middling", {"rank": "high"}, False),
        ("clerks", {"category": "usher"}, True),
        ("clerks", {"category": "judge"}, False),
        ("works", {"employer_type": "soe"}, True),
        ("works", {"employer_type": "agency"}, False),
        ("works", {}, False),
        ("north", {"units": ("harbour", "north", "country")}, True),
        ("north", {"units": ("south", "country")}, False),
        ("north", {}, False),
        ("pensioners", {"status": "retired", "last_rank": "high"}, True),
        ("pensioners", {"status": "retired", "last_rank": "middle"}, False),
        ("pensioners", {"status": "serving", "last_rank": "high"}, False),
        ("both", {"rank": "high"}, True),
        ("both", {"status": "retired", "last_rank": "high"}, True),
        ("both", {"status": "retired", "last_rank": "low"}, False),
        ("upper_clerks", {"category": "clerk", "rank": "high"}, True),
        ("upper_clerks", {"category": "clerk", "rank": "low"}, False),
        ("upper_clerks", {"category": "judge", "rank": "high"}, False),
    ],
)
def test_every_condition_must_hold(
    population: str, facts: dict[str, Any], *, covered: bool
) -> None:
    standing = person(**facts)
    assert covers(BOOK, population, standing) is covered
    words = why(BOOK, population, standing)
    assert words.startswith(
        f"{'covered' if covered else 'not covered'} by {population}"
    )


@pytest.mark.parametrize("rank", [None, "archduke"])
@pytest.mark.parametrize("population", ["upper", "lower", "middling", "pensioners"])
def test_a_rank_off_the_scale_never_satisfies_a_condition_on_rank(
    rank: str | None, population: str
) -> None:
    for status in ("serving", "retired"):
        who = person(rank=rank, last_rank=rank, status=status)
        assert not covers(BOOK, population, who)


def test_the_scope_narrows_every_population() -> None:
    narrow = rulebook(
        scope={"employer_types": ["soe"]}, populations={"everybody": {"any": True}}
    )
    assert covers(narrow, "everybody", person(employer_type="soe"))
    assert not covers(narrow, "everybody", person(employer_type="agency"))


def test_the_scope_itself_leaves_out_no_status() -> None:
    wide = rulebook(
        scope={"employer_types": ["soe"]},
        populations={"former": {"any": True, "status": ["retired", "left"]}},
    )
    assert covers(wide, "former", person(employer_type="soe", status="left"))


def test_the_reason_names_what_is_held_and_what_is_demanded() -> None:
    assert why(BOOK, "upper", person(rank="low")) == (
        "not covered by upper: rank low is not at least middle"
    )
    assert why(BOOK, "clerks", person(category="clerk")) == (
        "covered by clerks: status serving is serving; category clerk is clerk or usher"
    )
    assert (
        why(BOOK, "both", person(rank="high")) == "covered by both: it is one of upper"
    )
    assert "it is not one of upper or pensioners" in why(BOOK, "both", person())
    assert "the unit is not within north" in why(BOOK, "north", person())
    assert "last rank None is not at least high" in why(BOOK, "pensioners", person())
    assert "rank high is not below high" in why(BOOK, "lower", person(rank="high"))


def test_an_unknown_population_is_an_error() -> None:
    with pytest.raises(Unknown, match="no population nobody in small"):
        covers(BOOK, "nobody", person())


def obliged(name: str, who: Standing) -> set[str]:
    """Return the rules of the shipped book that cover the person."""
    return {
        rule.id
        for rule in book(name).rules
        if rule.population and covers(book(name), rule.population, who)
    }


def officer(rank: str | None, **facts: Any) -> Standing:
    return person(rank=rank, employer_type="police", **facts)


def test_s1_02_the_second_version_covers_all_staff_and_the_head() -> None:
    assert not obliged(V1, officer("officer"))
    assert obliged(V2, officer("officer")) == obliged(V2, officer("agency_head"))
    assert obliged(V1, officer("agency_head"))
    assert len(obliged(V2, officer("officer"))) == len(book(V2).rules)


def test_s1_24_a_senior_has_strictly_more_duties_than_a_junior() -> None:
    for name, senior, junior in (
        (V1, "deputy_department_director", "section_head"),
        (MATTERS, "deputy_county", "section"),
    ):
        assert obliged(name, officer(senior)) > obliged(name, officer(junior))


def test_s5_10_a_lower_tier_is_covered_as_soon_as_one_rule_names_it() -> None:
    assert not obliged(MATTERS, officer("section"))
    assert obliged("cn-leaving-city", officer("section")) == {"leave_city"}


def test_s5_12_a_retired_senior_still_reports_every_year() -> None:
    retired = person(status="retired", last_rank="provincial", employer_type="agency")
    assert "annual" in obliged(MATTERS, retired)
    assert "baseline" not in obliged(MATTERS, retired)
    junior = person(status="retired", last_rank="county", employer_type="agency")
    assert not obliged(MATTERS, junior)


def test_s5_15_a_director_of_a_state_enterprise_reports_relatives_abroad() -> None:
    director = person(employer_type="soe", category="director")
    assert obliged(MATTERS, director) == {"relatives_abroad"}
    assert not obliged(MATTERS, person(employer_type="soe", category="fitter"))


def test_s5_01_all_integrity_staff_whatever_their_rank_are_in_the_campaign() -> None:
    cards = "cn-membership-card-campaign"
    watcher = person(category="integrity_staff", employer_type="agency")
    assert obliged(cards, watcher) == {"membership_cards"}
    assert not obliged(cards, person(category="clerk", employer_type="agency"))


def test_s2_17_each_regime_keeps_to_its_own_employers() -> None:
    senator = person(employer_type="us-congress")
    assert obliged("us-oge-278t", senator) == {"transaction"}
    assert not obliged(V2, senator)
    assert not obliged("us-oge-278t", officer("agency_head"))


def test_who_leaves_a_post_still_owes_the_report_on_leaving() -> None:
    left = person(employer_type="us-executive", status="left")
    assert obliged("us-oge-278e", left) == {"termination"}
