"""A campaign asks one thing, once, of everybody in a population."""

from datetime import date
from typing import Any

import pytest

from domain.campaign import CampaignLaunched, LaunchCampaign
from domain.disclosure import DisclosureFiled
from domain.duties import RaiseObligation
from domain.errors import Invalid, Unknown, WrongStage
from domain.obligation import ObligationFulfilled, ObligationRaised, obligation_stream
from tests.domain.cast import CARDS, INSTANT, SHIPPED, joins, law, police, register
from tests.domain.papers import files
from tests.spec import Scenario

START = date(2013, 5, 27)
CALL = RaiseObligation(
    person="mei",
    rulebook=CARDS,
    rule="membership_cards",
    key="cards",
    triggered_on=START,
    anchors={"launched_on": START},
)


def launch(**changes: Any) -> LaunchCampaign:
    usual: dict[str, Any] = {"campaign": "cards", "name": "Cards", "rulebook": CARDS}
    usual |= {"rule": "membership_cards", "launched_on": START}
    return LaunchCampaign(**(usual | changes))


def called(**post: Any) -> Scenario:
    """Return a register in which the campaign runs and Mei holds a post."""
    scenario = register(CARDS).given(*joins("mei", **post), launch())
    return scenario.on("2013-06-01")


def test_s5_01_the_campaign_falls_due_on_20_june_2013() -> None:
    fact = register(CARDS).when(launch()).one(CampaignLaunched)

    assert (fact.launched_on, fact.due_on) == (START, date(2013, 6, 20))
    assert fact.cited.rule == "membership_cards"


def test_s5_01_every_integrity_officer_has_a_duty_and_nobody_else() -> None:
    officer = called(category="integrity_staff").when(CALL)
    assert officer.one(ObligationRaised).due_on == date(2013, 6, 20)
    assert officer.one(ObligationRaised).nil_return

    called(category="driver").when(CALL).then_nothing()


def test_s5_01_none_held_is_said_expressly() -> None:
    stream = obligation_stream("mei", CARDS, "membership_cards", "cards")
    scenario = called(category="integrity_staff").given(CALL).declarant("mei")
    none_held = files(
        "membership_cards",
        {"nil": True},
        person="mei",
        rulebook=CARDS,
        obligation=stream,
    )

    filed = scenario.when(none_held)
    filed.then_kinds(DisclosureFiled, ObligationFulfilled)
    assert filed.one(DisclosureFiled).nil_return


def test_a_campaign_may_fall_due_so_long_after_its_launch() -> None:
    text = SHIPPED[f"{CARDS}.toml"].replace(
        "due = { on = 2013-06-20 }", 'due = { anchor = "launched_on", offset = "10d" }'
    )
    fact = law(register(), text).when(launch()).one(CampaignLaunched)
    assert fact.due_on == date(2013, 6, 6)


def test_launching_it_again_records_nothing() -> None:
    register(CARDS).given(launch()).when(launch()).then_nothing()


@pytest.mark.parametrize(
    "change", [{"name": "Other"}, {"launched_on": date(2013, 6, 1)}]
)
def test_a_campaign_is_launched_in_one_way(change: dict[str, Any]) -> None:
    register(CARDS).given(launch()).when(launch(**change)).then_refused(
        WrongStage, match="campaign cards is taken"
    )


def test_only_a_campaign_rule_makes_a_campaign() -> None:
    wedding = launch(rulebook=INSTANT, rule="wedding", launched_on=date(2016, 6, 1))
    police().when(wedding).then_refused(
        Invalid, match="rule: it is not a campaign rule"
    )


def test_a_campaign_needs_a_rulebook_in_force() -> None:
    early = launch(launched_on=date(2013, 5, 26))
    register(CARDS).when(early).then_refused(
        Unknown, match=f"no rulebook in force {CARDS} on 2013-05-26"
    )


def test_a_campaign_is_about_nobody_in_particular() -> None:
    assert [record.subject for record in register(CARDS).when(launch()).news] == [None]
