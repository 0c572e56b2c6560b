"""While an appeal is pending: no stay by default, hearings, and the time it takes."""

from datetime import date

from domain.appeal import (
    AppealEscalated,
    AppealHeard,
    StayDecided,
    TimeToDecideExtended,
)
from domain.appealing.hearing import (
    DecideStay,
    EscalateAppeal,
    ExtendTime,
    HoldAppealHearing,
)
from domain.errors import Invalid, NotAllowed, OutOfTime, WrongStage
from domain.sanction.facts import SanctionStayed, StayEnded
from tests.domain.appeal.appeals import FIRST, SERVED, Matter, decide

STAY = DecideStay(appeal=FIRST, stayed=True, text="It cannot be undone.")
RUN = DecideStay(appeal=FIRST, stayed=False, text="It can.")
HEARD = HoldAppealHearing(appeal=FIRST, held_on=SERVED, text="Li says it was another.")
DUE = date(2021, 5, 9)  # 60 days, of the direct way
MOST = date(2021, 6, 8)  # and 30 more
LONGER = ExtendTime(appeal=FIRST, decide_by=MOST, text="A witness is abroad.")
TELL = EscalateAppeal(appeal=FIRST)


def ready(stage: str = "direct") -> Matter:
    return Matter().lodged(stage).constituted()


def test_a_stay_is_decided_with_reasons_by_the_panel_and_taken_back() -> None:
    matter = ready()
    matter.panel().when(STAY).then_kinds(StayDecided, SanctionStayed)
    matter.panel().when(STAY).then_nothing()
    assert matter.known().status == "stayed"

    matter.panel().when(RUN).then_kinds(StayDecided, StayEnded)
    assert not matter.state().stayed


def test_without_reasons_or_a_sanction_or_by_others_nothing_is_stayed() -> None:
    silent = DecideStay(appeal=FIRST, stayed=True, text="")
    ready().panel().when(silent).then_refused(Invalid)
    ready().li().when(STAY).then_refused(NotAllowed)
    bare = Matter(None).lodged("direct").constituted()
    bare.panel().when(STAY).then_refused(WrongStage, match="no sanction")


def test_a_stay_of_a_stage_that_stays_by_itself_can_be_ended() -> None:
    suspended = ready("suspensive")
    assert suspended.state().stayed

    suspended.panel().when(RUN).then_kinds(StayDecided, StayEnded)


def test_the_panel_hears_and_says_when_and_what() -> None:
    heard = ready().panel().when(HEARD)
    heard.then(AppealHeard(held_on=SERVED, text=HEARD.text))

    for day, text in ((date(2021, 3, 9), "x"), (date(2021, 3, 11), "x"), (SERVED, "")):
        asked = HoldAppealHearing(appeal=FIRST, held_on=day, text=text)
        ready().panel().when(asked).then_refused(Invalid)


def test_the_time_is_extended_once_or_in_parts_up_to_the_most_there_is() -> None:
    matter = ready().on(DUE)
    part = ExtendTime(appeal=FIRST, decide_by=date(2021, 5, 20), text="x")
    matter.panel().when(part).then_kinds(TimeToDecideExtended)
    matter.panel().when(LONGER).then(
        TimeToDecideExtended(decide_by=MOST, text="A witness is abroad.")
    )
    assert matter.state().decide_by == MOST

    for day in (DUE, date(2021, 6, 9)):
        asked = ExtendTime(appeal=FIRST, decide_by=day, text="x")
        ready().panel().when(asked).then_refused(Invalid, match="decide_by")


def test_it_is_not_extended_when_it_is_over_nor_where_no_rule_lets_it() -> None:
    ready().on("2021-05-10").panel().when(LONGER).then_refused(OutOfTime)
    ready("review").panel().when(LONGER).then_refused(WrongStage, match="not extended")
    silent = ExtendTime(appeal=FIRST, decide_by=MOST, text=" ")
    ready().panel().when(silent).then_refused(Invalid, match="text")


def machine(matter: Matter) -> Matter:
    matter.scenario.by("scheduler", "scheduler")
    return matter


def test_s2_13_what_was_not_decided_in_time_is_told_to_oversight_once() -> None:
    matter = ready()
    machine(matter.on(DUE)).scenario.when(TELL).then_nothing()

    told = machine(matter.on("2021-05-10")).scenario.when(TELL)
    told.then(AppealEscalated(decide_by=DUE, on=date(2021, 5, 10)))
    told.when(TELL).then_nothing()
    assert matter.state().escalated == DUE


def test_s2_13_after_an_extension_it_is_told_again_and_a_decision_ends_it() -> None:
    matter = ready().does(LONGER)
    machine(matter.on("2021-06-09")).scenario.when(TELL).then_kinds(AppealEscalated)

    matter.does(decide("upheld"))
    machine(matter).scenario.when(TELL).then_nothing()
    machine(matter).scenario.when(EscalateAppeal(appeal="A-9")).then_nothing()
