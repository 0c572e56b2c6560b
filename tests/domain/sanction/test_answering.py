"""A measure answers a finding that stands, once, by one who may judge in the matter."""

from typing import Any

import pytest

from domain.appeal import AppealDecided
from domain.case.closing import FindNoCase
from domain.case.recusal import DecideRecusal, DeclareRecusal
from domain.errors import NotAllowed, WrongStage
from domain.sanction.facts import MeasureTaken
from domain.sanction.measuring import EnterMeasure, Measuring
from tests.domain.case.proceeding import GOVERNMENT, Proceeding
from tests.domain.cast import PERSONAL, SHIPPED, law
from tests.domain.sanction.cast import (
    PARTY,
    appealed,
    mistaken,
    ready,
    record,
    tracks,
)
from tests.domain.sanction.test_measuring import measuring, takes
from tests.spec import Scenario


def admonishes(case: Proceeding, who: str = "han", **more: Any) -> Scenario:
    """Have Li admonished over a finding of the case, past its decision."""
    findings = more.pop("findings", (f"case:{case.case}:1",))
    asked = Measuring(
        rulebook=more.pop("rulebook", GOVERNMENT),
        kind="admonition",
        findings=findings,
        text="It shall not happen again.",
    )
    track = more.pop("track", "government")
    command = EnterMeasure(person="li", track=track, asked=asked, case=case.case)
    return case.scenario.by(who, "deciding_authority").when(command)


def test_nothing_is_answered_before_the_case_is_decided() -> None:
    admonishes(ready(tracks())).then_refused(WrongStage, match="at the stage notice")


def test_nothing_is_answered_where_no_case_was_found() -> None:
    case = ready(tracks()).decider(FindNoCase(case="C-1", text="It was another."))

    admonishes(case).then_refused(WrongStage, match="no decision of C-1 rests on case")


def test_nothing_is_answered_on_which_the_decision_does_not_rest() -> None:
    case = Proceeding(tracks()).inquiry()
    case.investigation(case.allegation(), case.allegation(conduct="other"))
    case.notice().waiver().finding().finding(conduct="other")
    case.decision(findings=("case:C-1:1",))

    refused = admonishes(case, findings=("case:C-1:2",))
    refused.then_refused(WrongStage, match="rests on case:C-1:2")
    admonishes(case).one(MeasureTaken)


def test_nothing_is_answered_once_the_case_is_taken_up_again() -> None:
    case = ready(tracks()).decision().served().closed().reopened()

    admonishes(case).then_refused(WrongStage, match="at the stage")


def test_whoever_investigated_takes_no_measure_after_the_decision() -> None:
    refused = admonishes(ready(tracks()).decision(), "jia")
    refused.then_refused(NotAllowed, match="jia has investigated")


def test_whoever_is_recused_takes_no_measure() -> None:
    case = ready(tracks())
    declared = DeclareRecusal(case="C-1", ground="close_relative", text="My cousin.")
    case.scenario.by("shen", "deciding_authority").given(declared)
    agreed = DecideRecusal(case="C-1", who="shen", recused=True, text="Yes.")
    case.decider(agreed).decision()

    admonishes(case, "shen").then_refused(NotAllowed, match="shen is recused")


def test_one_finding_is_answered_once_by_a_measure_that_bars_something() -> None:
    case = ready(tracks())
    case.decision(measures=(measuring(case, "admonition"),)).served().closed()

    again = admonishes(case.at("2021-09-10"))
    again.then_refused(WrongStage, match="m1 answers case:C-1:1 already")
    assert "Art. 12" in str(again.failure)


def test_neither_twice_in_one_decision() -> None:
    case = ready(tracks())
    both = (measuring(case, "admonition"),) * 2

    with pytest.raises(WrongStage, match="one measure that bars something"):
        case.decision(measures=both)


def test_a_talk_bars_nothing_and_may_come_as_well() -> None:
    case = ready(tracks())
    case.decision(measures=(measuring(case, "admonition"),))

    assert takes(case).one(MeasureTaken).measure == "li:government:m2"


def test_i17_with_a_sanction_its_measures_fall_and_none_comes_in_their_place() -> None:
    case = ready(tracks())
    case.decision("warning", measures=(measuring(case, "admonition"),))

    fact = appealed(case, "2021-03-12", "quashed").one(AppealDecided)
    assert fact.undone == ("li:government:m1",)
    admonishes(case).then_refused(WrongStage, match="case:C-1:1 was undone on appeal")


def test_i17_measures_on_another_track_fall_as_well() -> None:
    case = ready(tracks()).decision("warning")
    takes(case, rulebook=PARTY).one(MeasureTaken)

    fact = appealed(case, "2021-03-12", "quashed").one(AppealDecided)
    assert fact.undone == ("li:party:m1",)


def test_what_fell_bars_no_other_measure_where_another_finding_still_stands() -> None:
    case = Proceeding(tracks()).inquiry()
    case.investigation(case.allegation(), case.allegation(conduct="other"))
    case.notice().waiver().finding().finding(conduct="other")
    one, _ = case.determined("warning")
    sanction = case.sanctioning("warning", determined=(one,))
    second = measuring(case, "admonition", findings=("case:C-1:2",))
    case.decision("warning", sanctions=(sanction,), measures=(second,))
    appealed(case, "2021-03-12", "quashed")

    taken = admonishes(case, findings=("case:C-1:2",)).one(MeasureTaken)
    assert taken.measure == "li:government:m2"
    assert len(record(case.scenario).measures) == len(("fallen", "new"))


def test_what_was_decided_without_a_sanction_and_quashed_is_not_answered() -> None:
    case = ready(tracks()).decision()
    appealed(case, "2021-03-12", "quashed")

    admonishes(case).then_refused(WrongStage, match="was undone on appeal")


def test_whoever_verified_does_not_answer_what_was_found() -> None:
    scenario = mistaken(law(tracks(), SHIPPED[f"{PERSONAL}.toml"]).on("2021-03-10"))
    asked = Measuring(
        rulebook=GOVERNMENT,
        kind="admonition",
        findings=("verification:V-1:1",),
        text="Report the room.",
    )
    command = EnterMeasure(
        person="li", track="government", asked=asked, verification="V-1"
    )

    scenario.by("vera", "deciding_authority").when(command)
    scenario.then_refused(NotAllowed, match="vera has verified it")
    scenario.by("scheduler", "scheduler").when(command)
    scenario.then_refused(NotAllowed, match="is no person")
    scenario.by("han", "deciding_authority").when(command).one(MeasureTaken)
    scenario.when(command).then_refused(WrongStage, match="answers verification:V-1:1")
