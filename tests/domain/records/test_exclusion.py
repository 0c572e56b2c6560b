"""S1-18: the superior whom a report names does not read it, nor does their chain."""

from typing import Any

import pytest

from domain.errors import Invalid, NotAllowed, Unknown
from domain.records.exclusion import (
    ExcludeReader,
    ExclusionLifted,
    Exclusions,
    LiftExclusion,
    ReaderExcluded,
    excludes,
    shut_out,
)
from domain.review import Annotate
from domain.view import Occasion, View
from tests.domain.records.cast import CONFLICTS, anna, boris, office, reported
from tests.spec import Scenario


def keeps_away(**changes: Any) -> ExcludeReader:
    return ExcludeReader(**({"disclosure": "D-1", "superior": "zhang"} | changes))


def lets_in(**changes: Any) -> LiftExclusion:
    usual = {"disclosure": "D-1", "superior": "zhang", "reason": "it was not he"}
    return LiftExclusion(**(usual | changes))


def excluded(scenario: Scenario, reader: str) -> str | None:
    """Return because of whom the reader is kept away from D-1."""
    occasion = Occasion(by=scenario.who, at=scenario.now)
    occasion.begin(View(scenario.app.read))
    exclusions = scenario.state(Exclusions(), keeps_away().stream)
    return excludes(occasion, exclusions, reader)


def test_s1_18_a_report_can_be_kept_from_the_superior_whom_it_names() -> None:
    scenario = reported().declarant("shen").when(keeps_away())
    scenario.then(ReaderExcluded(superior="zhang"))
    assert scenario.news[0].subject == "shen"


@pytest.mark.parametrize(
    ("reader", "because_of"),
    [
        ("zhang", "zhang"),  # is named
        ("chief", "zhang"),  # stands above
        ("li", "zhang"),  # works below
        ("wang", None),  # works for the chief alone
        ("anna", None),  # belongs to no unit
        ("shen", None),  # works below, but it is their own report
    ],
)
def test_s1_18_the_superior_and_their_chain_are_kept_away_and_nobody_else(
    reader: str, because_of: str | None
) -> None:
    scenario = reported().declarant("shen").given(keeps_away())
    assert excluded(scenario, reader) == because_of


def test_s1_18_without_an_exclusion_nobody_is_kept_away() -> None:
    assert excluded(reported(), "zhang") is None


def test_s1_18_of_several_superiors_one_is_enough() -> None:
    scenario, why = anna(reported()), {"reason": "both are named"}
    scenario.given(keeps_away(superior="wang", **why), keeps_away(**why))
    assert excluded(scenario, "li") == "zhang"
    assert excluded(scenario, "chief") == "wang"


@pytest.mark.parametrize(
    ("reader", "above", "shut"),
    [
        ("s", set(), True),
        ("top", set(), True),
        ("low", {"s", "top"}, True),
        ("peer", {"top"}, False),
        ("other", set(), False),
    ],
)
def test_s1_18_the_chain_is_all_above_and_all_below(
    reader: str, above: set[str], *, shut: bool
) -> None:
    assert shut_out(reader, above, "s", {"s", "top"}) is shut


def test_s1_18_the_office_may_keep_readers_away_too_and_says_why() -> None:
    for role in ("reviewer", "certifier", "records_officer"):
        scenario = reported().by("anna", role)
        scenario.when(keeps_away()).then_refused(Invalid, match="reason: say why")
        scenario.when(keeps_away(reason="he called us")).then_kinds(ReaderExcluded)


def test_s1_18_a_clerk_may_on_behalf_of_the_declarant_and_nobody_else_may() -> None:
    reported().clerk(on_behalf_of="shen").when(keeps_away()).then_kinds(ReaderExcluded)
    reported().clerk().when(keeps_away()).then_refused(
        NotAllowed, match="clerk may not"
    )
    reported().declarant("li").when(keeps_away()).then_refused(NotAllowed)
    reported().by("audit-1", "auditor").when(keeps_away(reason="so")).then_refused(
        NotAllowed, match="a auditor may not do this"
    )


def test_s1_18_the_same_superior_is_excluded_once() -> None:
    reported().declarant("shen").given(keeps_away()).when(keeps_away()).then_nothing()


def test_s1_18_a_declarant_keeps_superiors_away_and_picks_no_reviewer() -> None:
    for scenario in (
        reported().declarant("shen"),
        reported().clerk(on_behalf_of="shen"),
    ):
        scenario.when(keeps_away(superior="wang")).then_refused(
            Invalid, match="superior: wang is no superior of shen: ask the office"
        )


def test_s1_18_only_somebody_with_a_file_and_not_the_declarant_can_be_named() -> None:
    scenario = reported().declarant("shen")
    scenario.when(keeps_away(superior="shen")).then_refused(
        Invalid, match="superior: one reads one's own report"
    )
    scenario.when(keeps_away(superior="nobody")).then_refused(Unknown)
    scenario.when(keeps_away(disclosure="D-9")).then_refused(Unknown)


def test_s1_18_an_exclusion_is_lifted_by_the_office_with_a_reason() -> None:
    scenario = anna(reported().declarant("shen").given(keeps_away()))
    scenario.when(lets_in(reason=None)).then_refused(Invalid, match="reason: say why")
    scenario.when(lets_in()).then(ExclusionLifted(superior="zhang"))
    assert excluded(scenario, "zhang") is None
    scenario.when(lets_in()).then_nothing()
    scenario.declarant("shen").when(lets_in()).then_refused(
        NotAllowed, match="a declarant may not do this"
    )


@pytest.mark.parametrize("who", ["zhang", "chief", "li"])
def test_s1_18_nobody_lifts_what_keeps_themselves_away(who: str) -> None:
    scenario = reported().declarant("shen").given(keeps_away())
    scenario.by(who, "certifier").when(lets_in()).then_refused(
        NotAllowed, match=f"{who} is kept away from it"
    )
    scenario.by("desk", "certifier", on_behalf_of=who).when(lets_in())
    scenario.then_refused(NotAllowed, match=f"{who} is kept away from it")


@pytest.mark.parametrize(("who", "why"), CONFLICTS)
def test_i2_the_office_decides_on_no_report_of_their_own_a_relatives_or_a_superiors(
    who: str, why: str
) -> None:
    scenario = reported(person="zhang").by(who, "certifier")
    away = keeps_away(superior="chief", reason="so")
    scenario.when(away).then_refused(NotAllowed, match=why)
    boris(scenario).given(away)
    scenario.by(who, "certifier").when(lets_in(superior="chief"))
    scenario.then_refused(NotAllowed, match=why)


def test_what_else_is_said_of_the_report_stays_as_it_was() -> None:
    scenario = reported().declarant("shen").given(keeps_away())
    scenario.by("boris", "certifier").when(Annotate(disclosure="D-1", text="seen"))
    assert excluded(scenario, "zhang") == "zhang"
    assert office().state(Exclusions(), keeps_away().stream) == Exclusions()
