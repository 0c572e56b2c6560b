"""The decision on an appeal is served, gone on from, and carried out."""

from datetime import date
from typing import Any

from domain.appeal import AppealDecisionServed, DecisionImplemented
from domain.appealing.serving import ImplementDecision, ServeAppealDecision
from domain.errors import Incomplete, Invalid, Unknown, WrongStage
from domain.sanction.carrying_out import CompleteReparation
from tests.domain.appeal.appeals import (
    FIRST,
    SECOND,
    SERVED,
    Matter,
    decide,
    lodge,
    panel_of,
)

TOMORROW = date(2021, 3, 11)
DONE = ImplementDecision(appeal=FIRST, on=SERVED, text="Pay was raised again.")


def serve(**more: Any) -> ServeAppealDecision:
    usual: dict[str, Any] = {"appeal": FIRST, "served_on": SERVED, "how": "by_post"}
    return ServeAppealDecision(**(usual | more))


def decided(outcome: str = "upheld", **more: Any) -> Matter:
    return Matter().lodged().constituted().does(decide(outcome, **more))


def test_it_is_served_once_with_the_last_day_of_the_next_stage() -> None:
    served = decided().panel().when(serve())

    by = {"re_review": date(2021, 4, 10)}
    served.then(AppealDecisionServed(served_on=SERVED, how="by_post", appeal_by=by))
    served.when(serve()).then_nothing()
    served.on(TOMORROW).when(serve(served_on=TOMORROW)).then_refused(WrongStage)


def test_it_is_not_said_to_have_been_served_before_the_person_was_told() -> None:
    """Else the time to go on would be over before it began."""
    matter = decided().on("2021-05-15")
    matter.panel().when(serve()).then_refused(Invalid, match="served today, 2021-05-15")
    later = date(2021, 5, 16)
    matter.panel().when(serve(served_on=later)).then_refused(Invalid)

    matter.panel().given(serve(served_on=None))

    assert matter.state().appeal_by == {
        "re_review": date(2021, 6, 15)
    }  # the 14th is a holiday


def test_it_was_carried_out_on_a_day_that_has_come_since_it_was_decided() -> None:
    bare = Matter(None).lodged("direct").constituted().does(decide("upheld"))
    for day in (date(2021, 3, 9), TOMORROW):
        wrong = ImplementDecision(appeal=FIRST, on=day, text="x")
        bare.panel().when(wrong).then_refused(Invalid, match="2021-03-10 to today")


def test_service_is_of_a_decision_on_a_day_that_has_come_and_says_how() -> None:
    wrong: tuple[dict[str, Any], ...] = (
        {"served_on": TOMORROW},
        {"served_on": date(2021, 3, 9)},
        {"how": ""},
    )
    for said in wrong:
        decided().panel().when(serve(**said)).then_refused(Invalid)
    Matter().lodged().panel().when(serve()).then_refused(
        WrongStage, match="not decided"
    )
    Matter().panel().when(serve()).then_refused(Unknown)


def test_a_second_appeal_follows_and_after_the_last_stage_there_is_none() -> None:
    matter = Matter().reviewed().lodged("re_review", appeal=SECOND)
    named = panel_of("pan", appeal=SECOND, authority="court")
    matter.oversight().given(named)
    matter.panel("pan").given(decide("upheld", appeal=SECOND))
    matter.panel("pan").given(serve(appeal=SECOND))
    assert matter.state(SECOND).appeal_by == {"last": date(2021, 3, 25)}

    matter.lodged("last", appeal="A-3")
    assert matter.state("A-3").pending
    again = lodge("re_review", appeal="A-4")
    matter.li().when(again).then_refused(WrongStage)


def test_i17_it_is_carried_out_once_all_has_been_made_good() -> None:
    matter = decided("quashed", grounds=("procedure",))
    waiting = matter.scenario.by("han", "deciding_authority").when(DONE)
    waiting.then_refused(Incomplete, match="due on")

    tasks = [task.task for task in matter.known().tasks]
    for task in tasks:
        done = CompleteReparation(sanction=matter.sanction, task=task, text="done")
        waiting.given(done)
    waiting.when(DONE).then(
        DecisionImplemented(on=SERVED, text=DONE.text, reparations=tuple(tasks))
    )
    waiting.when(DONE).then_nothing()


def test_a_decision_is_carried_out_with_words_and_without_a_sanction_too() -> None:
    silent = ImplementDecision(appeal=FIRST, on=SERVED, text="")
    decided().panel().when(silent).then_refused(Invalid)
    bare = Matter(None).lodged("direct").constituted().does(decide("upheld"))
    bare.panel().when(DONE).then_kinds(DecisionImplemented)
