"""An appeal is lodged in time, in its stage, by the person or in their stead."""

from datetime import date, timedelta
from typing import Any

import pytest

from domain.appeal import AppealLodged, StayDecided
from domain.appealing.lodging import LodgeAppeal
from domain.errors import Invalid, NotAllowed, OutOfTime, Unknown, WrongStage
from domain.proceedings import ProceedingEntered
from domain.sanction.facts import SanctionStayed
from tests.domain.appeal.appeals import CASE, SECOND, SERVED, Matter, lodge

LAST = date(2021, 4, 10)
FLOOD: dict[str, Any] = {
    "obstacle_until": date(2021, 5, 7),
    "excuse": "a flood cut the road",
}
# Ten working days after Friday, 7 May 2021.
EXCUSED_UNTIL = date(2021, 5, 21)


def asked(matter: Matter, day: date | str = SERVED, **more: Any) -> Any:
    stage = more.pop("stage", "review")
    return matter.on(day).li().when(lodge(stage, **more))


def test_a_review_is_asked_for_within_the_time_that_runs_from_service() -> None:
    lodged = asked(Matter(), LAST)

    fact = lodged.one(AppealLodged)
    assert (fact.due_on, fact.decide_by, fact.to) == (LAST, date(2021, 5, 10), "same")
    assert (fact.sanction, fact.decision, fact.before) == (Matter().sanction, 1, None)
    assert fact.cited.rule == "appeals.review"
    entered = ProceedingEntered(person="li", kind="appeal", key="A-1")
    lodged.then(fact, entered)


def test_a_day_later_it_is_out_of_time_and_told_of_the_last_day_and_the_excuse() -> (
    None
):
    late = asked(Matter(), LAST + timedelta(days=1))

    late.then_refused(OutOfTime, match="the last day was 2021-04-10")
    late.then_refused(OutOfTime, match="within 10wd of its end")
    late.then_refused(OutOfTime, match="Art. 55, 56")


def test_what_nobody_could_help_excuses_it_for_some_working_days_after_its_end() -> (
    None
):
    excused = asked(Matter(), EXCUSED_UNTIL, **FLOOD)
    fact = excused.one(AppealLodged)
    assert (fact.obstacle_until, fact.excuse) == (date(2021, 5, 7), FLOOD["excuse"])

    later = asked(Matter(), EXCUSED_UNTIL + timedelta(days=1), **FLOOD)
    later.then_refused(OutOfTime, match="until 2021-05-21")


def test_an_excuse_says_what_hindered_it_and_that_it_is_over() -> None:
    silent, runs = FLOOD | {"excuse": " "}, FLOOD | {"obstacle_until": EXCUSED_UNTIL}

    asked(Matter(), EXCUSED_UNTIL, **silent).then_refused(Invalid, match="excuse")
    asked(Matter(), "2021-05-20", **runs).then_refused(Invalid, match="not ended")


def test_in_time_no_excuse_is_kept_and_where_none_is_known_none_helps() -> None:
    assert asked(Matter(), LAST, **FLOOD).one(AppealLodged).excuse is None

    late = asked(Matter(), "2021-05-10", stage="suspensive", **FLOOD)
    late.then_refused(OutOfTime, match="no excuse is known")


@pytest.mark.parametrize("who", ["zhang", "shen"])
def test_nobody_else_appeals_for_a_person(who: str) -> None:
    Matter().scenario.declarant(who).when(lodge()).then_refused(NotAllowed)
    Matter().oversight("li").when(lodge()).then_refused(NotAllowed)
    Matter().scenario.clerk().when(lodge()).then_refused(NotAllowed)


def test_a_clerk_lodges_it_for_them_and_the_day_of_receipt_counts() -> None:
    paper = lodge(received_on=date(2021, 4, 9), representative="Lawyer Fang")
    lodged = Matter().on("2021-04-20").scenario.clerk("li").when(paper)

    fact = lodged.one(AppealLodged)
    assert (fact.lodged_on, fact.representative) == (date(2021, 4, 9), "Lawyer Fang")
    for day in (date(2021, 3, 9), date(2021, 4, 21)):
        other = Matter().on("2021-04-20").scenario.clerk("li")
        other.when(lodge(received_on=day)).then_refused(Invalid, match="received_on")
    own = Matter().li().when(lodge(received_on=SERVED))
    own.then_refused(NotAllowed, match="when it came")


def test_it_is_against_a_decision_about_the_person_that_was_served() -> None:
    asked(Matter(), case="C-9").then_refused(Unknown)
    shen = LodgeAppeal(appeal="A", person="shen", case=CASE, stage="review", text="x")
    Matter().scenario.declarant("shen").when(shen).then_refused(Unknown)
    asked(Matter(), text=" ").then_refused(Invalid, match="text")
    asked(Matter(), stage="court").then_refused(Invalid, match="re_review")
    asked(Matter(), sanction="li:government:7").then_refused(Unknown)
    asked(Matter(), sanction="nothing").then_refused(Unknown)


def test_lodged_twice_it_is_one_appeal_and_its_id_is_its_own() -> None:
    asked(Matter().lodged()).then_nothing()
    asked(Matter().lodged(), text="Another.").then_refused(WrongStage, match="taken")


def test_one_stage_comes_after_another_and_none_is_skipped_or_repeated() -> None:
    second = {"appeal": SECOND}
    asked(Matter(), stage="re_review").then_refused(WrongStage, match="after review")
    pending = Matter().lodged()
    asked(pending, stage="direct", **second).then_refused(WrongStage, match="pending")

    done = Matter().reviewed()
    asked(done, stage="direct", **second).then_refused(
        WrongStage, match="not come after"
    )
    asked(done, **second).then_refused(WrongStage, match="not come after review")


def test_the_next_stage_counts_from_the_service_of_the_decision_before() -> None:
    matter = Matter().on("2021-04-01").reviewed()
    told = matter.state().appeal_by

    fact = asked(matter, "2021-05-01", stage="re_review", appeal=SECOND).one(
        AppealLodged
    )

    assert (fact.before, fact.due_on) == ("A-1", date(2021, 5, 1))
    assert told == {"re_review": date(2021, 5, 1)}
    late = asked(matter, "2021-05-02", stage="re_review", appeal="A-3")
    late.then_refused(WrongStage, match="A-2 is pending")


def test_a_decision_that_was_not_served_starts_no_time() -> None:
    matter = Matter().lodged().constituted()
    matter.decides("upheld")

    asked(matter, stage="re_review", appeal=SECOND).then_refused(
        WrongStage, match="not served"
    )


def test_with_a_stage_that_stays_the_sanction_is_stayed_at_once() -> None:
    lodged = asked(Matter(), stage="suspensive")

    lodged.then_kinds(AppealLodged, ProceedingEntered, StayDecided, SanctionStayed)
    assert lodged.one(SanctionStayed).sanction == Matter().sanction


def test_by_default_nothing_is_stayed() -> None:
    matter = Matter().lodged()

    assert matter.known().status == "running"


def test_a_decision_without_a_sanction_can_be_appealed_against_too() -> None:
    lodged = asked(Matter(None), stage="suspensive").one(AppealLodged)

    assert lodged.sanction is None
