"""A sanction comes after a finding, a notice and an answer, from who is no party."""

from datetime import date

import pytest

from domain.errors import Incomplete, Invalid, NotAllowed, Unknown, WrongStage
from domain.personnel import Retire
from domain.sanction.facts import PersonnelChangeOrdered, SanctionImposed
from domain.sanction.imposing import EnterSanction, ImposeSanction
from tests.domain.case.proceeding import GOVERNMENT, Proceeding, sanctioned
from tests.domain.sanction.cast import (
    PARTY,
    decides,
    ready,
    record,
    sanction,
    tracks,
)
from tests.spec import Scenario


def imposes(case: Proceeding, kind: str = "warning", **more: object) -> Scenario:
    """Have a sanction imposed past the decision of the case."""
    asked = case.sanctioning(kind, **more)
    command = ImposeSanction(person="li", case=case.case, asked=asked)
    return case.scenario.by("han", "deciding_authority").when(command)


def test_a_decision_imposes_what_it_determined_and_says_on_what_it_rests() -> None:
    fact = decides(ready(tracks()), "warning").one(SanctionImposed)

    assert fact.sanction == "li:government:1"
    assert (fact.person, fact.track, fact.case) == ("li", "government", "C-1")
    assert (fact.decided_on, fact.terms.until_on) == (
        date(2021, 3, 10),
        date(2021, 9, 10),
    )
    assert [one.conduct for one in fact.determined] == ["conduct-C-1"]
    assert fact.conduct_from == date(2020, 12, 1)
    assert fact.text == "It weighs as much."
    assert str(fact.terms.cited) == f"{GOVERNMENT} v1, rule track.kinds.warning"


def test_what_is_imposed_names_the_ladders_of_the_persons_category() -> None:
    fact = decides(ready(tracks()), "warning").one(SanctionImposed)
    assert fact.terms.ladders == ("post", "rank", "title", "grade", "pay_step")


def test_i1_no_sanction_before_the_case_is_decided() -> None:
    imposes(ready(tracks())).then_refused(WrongStage, match="was not decided")


def test_i1_no_sanction_where_the_case_was_decided_without_one() -> None:
    case = ready(tracks()).decision(None)
    imposes(case).then_refused(WrongStage, match="not decided with a sanction")


def test_i1_no_sanction_before_the_allegations_were_answered() -> None:
    case = Proceeding(tracks()).inquiry().investigation().notice()
    imposes(case, determined=()).then_refused(
        WrongStage, match="no notice of the allegations was answered"
    )


def test_i1_a_sanction_rests_on_a_finding_of_the_decision() -> None:
    case = ready(tracks()).decision("warning")
    other = case.determined("warning", conduct="other", finding="case:C-1:9")

    imposes(case, determined=other).then_refused(
        Invalid, match="finding: case:C-1:9 is no finding of the decision on other"
    )
    imposes(case, determined=case.determined("warning", conduct="other")).then_refused(
        Invalid, match="is no finding of the decision on other"
    )


def test_i1_a_finding_that_the_decision_does_not_rest_on_is_not_sanctioned() -> None:
    case = Proceeding(tracks())
    alleged = (case.allegation(), case.allegation(conduct="other"))
    case.inquiry().investigation(*alleged).notice().waiver()
    case.finding().finding(conduct="other")
    one, other = case.determined("warning")
    rests = {"findings": (one.finding,)}
    case.decision(
        "warning", **rests, sanctions=(case.sanctioning("warning", determined=(one,)),)
    )

    imposes(case, determined=(other,)).then_refused(
        Invalid, match=f"{other.finding} is no finding of the decision on other"
    )


def test_a_sanction_determines_something_and_says_why() -> None:
    case = ready(tracks()).decision("warning")

    imposes(case, determined=()).then_refused(Incomplete, match="nothing is determined")
    imposes(case, text=" ").then_refused(Invalid, match="text: say why")


def test_i1_a_case_is_about_one_person() -> None:
    case = ready(tracks()).decision("warning")
    asked = case.sanctioning("warning")

    case.scenario.when(ImposeSanction(person="shen", case="C-1", asked=asked))
    case.scenario.then_refused(Unknown, match="no case C-1")
    case.scenario.when(ImposeSanction(person="li", case="C-2", asked=asked))
    case.scenario.then_refused(Unknown, match="no case C-2")


@pytest.mark.parametrize(
    ("who", "why"),
    [("li", "li is the person concerned"), ("shen", "shen is the person concerned")],
)
def test_i2_nobody_sanctions_themselves(who: str, why: str) -> None:
    case = ready(tracks(), person=who).decision("warning")
    asked = case.sanctioning("warning")
    command = ImposeSanction(person=who, case="C-1", asked=asked)

    case.scenario.by(who, "deciding_authority").when(command)
    case.scenario.then_refused(NotAllowed, match=why)


def test_i2_nobody_sanctions_a_superior() -> None:
    case = ready(tracks(), person="zhang").decision("warning")
    asked = case.sanctioning("warning")
    command = ImposeSanction(person="zhang", case="C-1", asked=asked)

    case.scenario.by("li", "deciding_authority").when(command)
    case.scenario.then_refused(NotAllowed, match="zhang is a superior of li")


def test_t15_i4_one_conduct_is_sanctioned_once_on_a_track() -> None:
    scenario = tracks()
    sanctioned(scenario, "warning", "2021-03-10", conduct="trip")
    again = ready(scenario, "2021-06-01", case="C-2", conduct="trip")

    decides(again, "warning").then_refused(
        WrongStage, match="trip was sanctioned on this track before"
    )
    assert "Art. 16" in str(scenario.failure)


def test_t15_i4_one_conduct_may_be_sanctioned_on_another_track_as_well() -> None:
    scenario = tracks()
    sanctioned(scenario, "warning", "2021-03-10", conduct="trip")
    name = sanctioned(
        scenario, "warning", "2021-06-01", conduct="trip", case="C-2", rulebook=PARTY
    )

    assert name == "li:party:1"
    assert record(scenario, name).conducts() == {"trip"}


def test_i4_one_conduct_stands_once_in_a_decision() -> None:
    case = ready(tracks())
    twice = case.determined("warning") * 2
    decides(case, "warning", determined=twice).then_refused(
        Invalid, match="determined: conduct-C-1 stands there twice"
    )


def test_t14_who_has_retired_is_given_no_sanction_and_told_what_is_left() -> None:
    scenario = tracks()
    case = ready(scenario)
    scenario.clerk().given(Retire(number="li", on=date(2021, 3, 1)))

    decides(case, "demerit").then_refused(NotAllowed, match="li has retired")
    assert "benefits are adjusted" in str(scenario.failure)
    assert "Art. 27" in str(scenario.failure)


def test_only_a_rulebook_with_a_track_sanctions_and_only_on_its_own() -> None:
    case = ready(tracks()).decision("warning")
    asked = case.sanctioning("warning")
    scenario = case.scenario

    scenario.when(EnterSanction(person="li", track="party", case="C-1", asked=asked))
    scenario.then_refused(Invalid, match="its track is government, not party")
    imposes(case, rulebook="no-such-book").then_refused(
        Unknown, match="no published rulebook no-such-book"
    )


def test_a_demotion_takes_a_change_by_hr_within_a_month_and_six_at_most() -> None:
    case = ready(tracks())
    ordered = decides(case, "demotion").one(PersonnelChangeOrdered)

    assert (ordered.due_on, ordered.at_most) == (date(2021, 4, 10), date(2021, 9, 10))
    assert "Art. 54" in ordered.cited.legal_basis[0]
    assert sanction(case.scenario).change == ordered


def test_a_warning_takes_no_change_by_hr() -> None:
    assert decides(ready(tracks()), "warning").all(PersonnelChangeOrdered) == []


def test_t5_a_second_sanction_within_the_first_has_its_remainder_added() -> None:
    scenario = tracks()
    sanctioned(scenario, "demerit", "2022-01-01")
    name = sanctioned(scenario, "warning", "2022-07-01", case="C-2")

    terms = sanction(scenario, name).terms
    assert (name, terms.until_on) == ("li:government:2", date(2023, 7, 1))
    assert terms.remainder_of == "li:government:1"
