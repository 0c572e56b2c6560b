"""S2-09: whoever had to do with the person in the matter is kept from its appeal."""

import pytest

from domain.appeal import PanelConstituted
from domain.appealing.hearing import DecideStay
from domain.appealing.serving import ServeAppealDecision
from domain.case.notice import WaiveResponse
from domain.errors import Invalid, NotAllowed
from domain.holding.placing import PlaceHold
from domain.sanction.carrying_out import CarryOutPersonnelChange
from domain.verification.verification import OpenVerification
from tests.domain.appeal.appeals import (
    FIRST,
    SECOND,
    Matter,
    decide,
    lodge,
    panel_of,
)
from tests.domain.appeal.test_panel import names
from tests.domain.case.proceeding import Proceeding, office
from tests.domain.cast import SHIPPED, law
from tests.domain.promotion.boards import SELECTION
from tests.domain.records.cast import stored

REFUSED = "acted in the matter, and may not sit on the panel"


@pytest.mark.parametrize("who", ["Han", " han ", "HAN", "\uff28\uff21\uff2e"])
def test_s2_09_a_name_written_otherwise_is_the_same_person(who: str) -> None:
    names(Matter().lodged(), who).then_refused(NotAllowed, match="acted in the matter")


def test_s2_09_a_member_named_twice_in_two_ways_is_one() -> None:
    names(Matter().lodged(), "mu", "Mu").then_refused(Invalid, match="each once")


def test_s2_09_who_placed_a_hold_on_the_person_does_not_sit_on_it() -> None:
    matter = Matter()
    law(matter.scenario, SHIPPED[f"{SELECTION}.toml"])
    placed = PlaceHold(
        person="li",
        rulebook=SELECTION,
        type="promotion",
        basis="investigation",
        text="It is being looked into.",
        release="It is decided.",
        review_on=matter.day.replace(month=4),
    )
    matter.scenario.by("boss", "certifier").given(placed)

    names(matter.lodged(), "boss").then_refused(NotAllowed, match=f"boss {REFUSED}")


def test_s2_09_nor_does_who_verified_though_the_case_names_no_verification() -> None:
    matter = Matter()
    opened = OpenVerification(
        verification="V-1", person="li", basis="risk", reason="heard"
    )
    matter.scenario.by("vera", "verifier").given(opened)

    names(matter.lodged(), "vera").then_refused(NotAllowed, match=f"vera {REFUSED}")


def test_s2_09_nor_does_who_carried_the_sanction_out() -> None:
    matter = Matter("demotion")
    done = CarryOutPersonnelChange(sanction=matter.sanction, text="Li has moved.")
    matter.scenario.by("pers", "hr").given(done)

    names(matter.lodged(), "pers").then_refused(NotAllowed, match=f"pers {REFUSED}")


def test_s2_09_nor_does_whoever_says_who_sits_on_it() -> None:
    matter = Matter().lodged()
    names(matter, "ou").then_refused(NotAllowed, match=f"ou {REFUSED}")

    names(matter, "mu").then_kinds(PanelConstituted)
    again = matter.oversight("mao").when(panel_of("ou"))
    again.then_refused(NotAllowed, match=f"ou {REFUSED}")


def test_s2_09_nor_does_the_clerk_who_lodged_or_waived_in_the_persons_stead() -> None:
    scenario = office()
    case = Proceeding(scenario, on="2021-03-10").inquiry().investigation().notice()
    scenario.by("shen", "clerk", on_behalf_of="li").given(WaiveResponse(case="C-1"))
    case.finding().decision("warning").served()
    scenario.by("wang", "clerk", on_behalf_of="li").given(lodge())

    for who in ("shen", "wang"):
        named = scenario.by("ou", "oversight").when(panel_of(who))
        named.then_refused(NotAllowed, match=f"{who} {REFUSED}")


def test_who_acted_on_another_sanction_of_the_person_may_sit_on_it() -> None:
    matter = Matter("demotion")
    other = Proceeding(matter.scenario, on=matter.day, case="C-2", conduct="other")
    other.inquiry().investigation().notice().waiver().finding().decision("demotion")
    done = CarryOutPersonnelChange(sanction="li:government:2", text="Li has moved.")
    matter.scenario.by("pers", "hr").given(done)

    names(matter.lodged(), "pers").then_kinds(PanelConstituted)


def test_a_panel_that_stayed_the_sanction_goes_on_to_decide() -> None:
    matter = Matter().lodged().constituted()
    matter.does(DecideStay(appeal=FIRST, stayed=True, text="It would ruin them."))

    matter.decides("upheld").then_some()


def test_s2_09_an_authority_written_otherwise_is_the_same_one() -> None:
    matter = Matter().reviewed().lodged("re_review", appeal=SECOND)

    for authority in ("Provincial  Commission", "provincial commission "):
        same = names(matter, "pan", appeal=SECOND, authority=authority)
        same.then_refused(NotAllowed, match="decided before")


def test_what_a_panel_sits_for_and_how_it_was_served_is_sealed() -> None:
    matter = Matter().lodged()
    matter.oversight().given(panel_of("mu", authority="aunt Zhao's office"))
    matter.does(decide("upheld"))
    matter.does(ServeAppealDecision(appeal=FIRST, how="handed to uncle Zhao"))

    log = stored(matter.scenario)
    assert '"appeal_by":{"re_review"' in log
    assert "Zhao" not in log
