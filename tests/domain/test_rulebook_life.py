"""A rulebook is drafted by one person, published by another, and later superseded."""

from datetime import date

import pytest

from domain.errors import Incomplete, Invalid, NotAllowed, Unknown, WrongStage
from domain.regime.complete import remarks
from domain.regime.parse import parse
from domain.rulebook import (
    ConfirmCoverage,
    DraftRulebook,
    PublishRulebook,
    Regime,
    RulebookDrafted,
    RulebookPublished,
    RulebookSuperseded,
    SubUnitCoverageConfirmed,
    regime_stream,
)
from tests.domain.cast import INSTANT, SHIPPED, V1, V2, law
from tests.spec import Scenario

FIRST, SECOND = SHIPPED[f"{V1}.toml"], SHIPPED[f"{V2}.toml"]
SIMPLE = """
id = "simple"
version = 1
effective_from = 2020-01-01
[[rules]]
id = "leave"
category = "leave"
trigger = "event_planned"
"""
DRAFT = DraftRulebook(rulebook=INSTANT, text=FIRST)
PUBLISH = PublishRulebook(rulebook=INSTANT, version=1)


def drafted(text: str = FIRST) -> Scenario:
    draft = DraftRulebook(rulebook=INSTANT, text=text)
    return Scenario().by("author", "steward").given(draft).by("publisher", "steward")


def regime(scenario: Scenario, rulebook: str = INSTANT) -> Regime:
    return scenario.state(Regime(), regime_stream(rulebook))


def test_a_draft_is_kept_whole_with_its_author() -> None:
    (
        Scenario()
        .by("author", "steward")
        .when(DRAFT)
        .then(
            RulebookDrafted(
                rulebook=INSTANT, version=1, text=FIRST, drafted_by="author"
            )
        )
    )


def test_a_second_person_publishes_the_draft() -> None:
    drafted().when(PUBLISH).then(
        RulebookPublished(version=1, effective_from=date(2016, 1, 1))
    )


def test_the_author_does_not_publish_the_draft() -> None:
    drafted().by("author", "steward").when(PUBLISH).then_refused(
        NotAllowed, match="the author may not publish"
    )


def test_whoever_changed_the_draft_last_does_not_publish_it() -> None:
    changed = DraftRulebook(rulebook=INSTANT, text=FIRST + "\n# a word more\n")
    drafted().given(changed).when(PUBLISH).then_refused(NotAllowed)


def test_the_same_draft_again_records_nothing() -> None:
    drafted().when(DRAFT).then_nothing()


def test_publishing_again_records_nothing() -> None:
    drafted().given(PUBLISH).when(PUBLISH).then_nothing()


def test_what_is_published_is_not_drafted_again() -> None:
    drafted().given(PUBLISH).when(DRAFT).then_refused(
        WrongStage, match="v1 is already published"
    )


def test_what_was_never_drafted_is_not_published() -> None:
    Scenario().when(PUBLISH).then_refused(Unknown, match=f"no draft {INSTANT} v1")


def test_a_text_is_drafted_under_its_own_name() -> None:
    other = DraftRulebook(rulebook="other", text=FIRST)
    Scenario().when(other).then_refused(
        Invalid, match=f"rulebook: the text is of {INSTANT}"
    )


def test_a_text_that_cannot_be_read_is_refused_with_its_fault() -> None:
    broken = DraftRulebook(rulebook=INSTANT, text=FIRST.replace('"-7d"', '"-7x"', 1))
    Scenario().when(broken).then_refused(
        Invalid, match="rule wedding, due", cites=False
    )


def test_the_next_version_supersedes_the_one_before() -> None:
    second = DraftRulebook(rulebook=INSTANT, text=SECOND)
    (
        drafted()
        .given(PUBLISH, second)
        .by("author", "steward")
        .when(PublishRulebook(rulebook=INSTANT, version=2))
        .then(
            RulebookPublished(version=2, effective_from=date(2017, 7, 1)),
            RulebookSuperseded(version=1, by_version=2, from_on=date(2017, 7, 1)),
        )
    )


@pytest.mark.parametrize("start", ["2015-12-31", "2016-01-01"])
def test_a_later_version_begins_later(start: str) -> None:
    early = SECOND.replace("effective_from = 2017-07-01", f"effective_from = {start}")
    second = DraftRulebook(rulebook=INSTANT, text=early)
    (
        drafted()
        .given(PUBLISH, second)
        .by("author", "steward")
        .when(PublishRulebook(rulebook=INSTANT, version=2))
        .then_refused(Invalid, match="effective_from: v1 begins on 2016-01-01")
    )


def test_an_earlier_version_may_be_published_after_a_later_one() -> None:
    second = DraftRulebook(rulebook=INSTANT, text=SECOND)
    scenario = drafted().given(second).by("author", "steward")

    scenario.given(PublishRulebook(rulebook=INSTANT, version=2)).by("publisher", "x")
    scenario.when(PUBLISH).then_kinds(RulebookPublished)


def test_of_the_versions_that_have_begun_the_last_is_in_force() -> None:
    known = regime(law(Scenario(), FIRST, SECOND))

    def version(day: str) -> int | None:
        book = known.in_force(date.fromisoformat(day))
        return book.version if book else None

    assert version("2015-12-31") is None
    assert (version("2016-01-01"), version("2017-06-30")) == (1, 1)
    assert (version("2017-07-01"), version("2030-01-01")) == (2, 2)


def test_a_rulebook_that_has_ended_is_in_force_no_more() -> None:
    ending = FIRST.replace("version = 1", "version = 1\neffective_to = 2017-01-01", 1)
    known = regime(law(Scenario(), ending))

    assert known.in_force(date(2016, 12, 31)) is not None
    assert known.in_force(date(2017, 1, 1)) is None


LINES = [
    ('recipient = "discipline inspection group"', "recipient"),
    ("approval = { required = false }", "approval"),
    ('due = { anchor = "event_date", offset = "-7d" }', "due"),
    ("covers_sub_units = true", "covers_sub_units"),
]


@pytest.mark.parametrize(("line", "lacking"), LINES)
def test_s3_05_a_rule_that_lacks_something_is_not_published(
    line: str, lacking: str
) -> None:
    refused = drafted(FIRST.replace(line, "", 1)).when(PUBLISH)

    refused.then_refused(Incomplete, match="the draft is incomplete")
    assert isinstance(refused.failure, Incomplete)
    assert [gap.split(":")[0] for gap in refused.failure.gaps] == [
        f"rule wedding, {lacking}"
    ]


def test_s3_05_a_rule_that_says_only_report_if_you_leave_is_told_all_it_lacks() -> None:
    draft = DraftRulebook(rulebook="simple", text=SIMPLE)
    publish = PublishRulebook(rulebook="simple", version=1)
    refused = Scenario().by("author", "steward").given(draft).by("other", "steward")

    failure = refused.when(publish).then_refused(Incomplete).failure
    assert isinstance(failure, Incomplete)
    lacking = {gap.split(":")[0].removeprefix("rule leave, ") for gap in failure.gaps}
    assert lacking >= {"recipient", "approval", "form", "due", "covers_sub_units"}


def test_s3_05_sub_units_that_are_not_covered_are_reported() -> None:
    narrow = FIRST.replace("covers_sub_units = true", "covers_sub_units = false", 1)

    found = [r for r in remarks(parse(narrow)) if "covers_sub_units" in r]
    assert found == ["rule wedding, covers_sub_units: sub-units are not covered"]


def test_s3_05_to_which_units_the_rules_were_extended_is_on_record_once() -> None:
    confirm = ConfirmCoverage(rulebook=INSTANT, version=1, units=("college",))
    scenario = drafted().given(PUBLISH)

    scenario.when(confirm).then(SubUnitCoverageConfirmed(version=1, units=("college",)))
    scenario.when(confirm).then_nothing()
    assert regime(scenario).covered == ("college",)


def test_a_draft_is_extended_to_nobody() -> None:
    confirm = ConfirmCoverage(rulebook=INSTANT, version=1, units=("college",))
    drafted().when(confirm).then_refused(
        Unknown, match=f"no published rulebook {INSTANT} v1"
    )
