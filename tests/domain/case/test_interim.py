"""Interim measures: no longer than they may last, and never beyond the case."""

from datetime import date

import pytest

from domain.case.closing import FindNoCase
from domain.case.facts import InterimMeasureImposed, InterimMeasureLifted
from domain.case.interim import ImposeInterimMeasure, LiftInterimMeasure
from domain.errors import Invalid, NotAllowed, OutOfTime, Unknown, WrongStage
from tests.domain.case.proceeding import Proceeding, office, under

DAY = "2021-03-10"
LABEL = 'label = "Suspension from duty"\n'
LIMITED = (LABEL, f'{LABEL}at_most = "3M"\nblocks = ["transfer"]\n')


def impose(
    measure: str = "suspension",
    until: str | None = None,
    text: str = "He hides papers.",
) -> ImposeInterimMeasure:
    day = date.fromisoformat(until) if until else None
    return ImposeInterimMeasure(case="C-1", measure=measure, until_on=day, text=text)


LIFT = LiftInterimMeasure(case="C-1", measure="suspension", text="No need any more.")


def test_art_52_a_measure_holds_from_today_until_it_is_lifted() -> None:
    case = Proceeding(office(), on=DAY).inquiry().investigation()

    fact = case.scenario.when(impose()).one(InterimMeasureImposed)
    assert (fact.from_on, fact.until_on) == (date(2021, 3, 10), None)
    assert fact.cited.legal_basis == ("Art. 52 para. 1",)
    case.scenario.when(impose()).then_refused(WrongStage, match="already")
    case.scenario.when(LIFT).then_kinds(InterimMeasureLifted)
    case.scenario.when(LIFT).then_refused(Unknown)


def test_it_takes_an_investigation_and_somebody_who_does_not_investigate() -> None:
    case = Proceeding(office(), on=DAY).inquiry()
    case.scenario.when(impose()).then_refused(WrongStage, match="stage inquiry")

    case.investigation().scenario.by("luo", "investigator")
    case.scenario.when(impose()).then_refused(NotAllowed, match="has investigated")


@pytest.mark.parametrize(
    ("command", "field"),
    [
        (impose("arrest"), "measure"),
        (impose(text=" "), "text"),
        (impose(until=DAY), "until_on"),
        (impose(), "until_on"),
        (impose(until="2021-06-11"), "until_on"),
    ],
)
def test_it_is_the_rulebooks_and_lasts_no_longer_than_that_says(
    command: ImposeInterimMeasure, field: str
) -> None:
    case = Proceeding(under(LIMITED), on=DAY).inquiry().investigation()

    case.scenario.when(command).then_refused(Invalid, match=field)


def test_lifting_it_and_imposing_it_anew_adds_no_time() -> None:
    case = Proceeding(under(LIMITED), on=DAY).inquiry().investigation()
    case.decider(impose(until="2021-06-10"), LIFT).at("2021-06-01")

    case.scenario.when(impose(until="2021-07-01")).then_refused(Invalid)
    fact = case.scenario.when(impose(until="2021-06-10")).one(InterimMeasureImposed)
    assert fact.blocks == ("transfer",)
    case.decider(LIFT).at("2021-06-10")
    case.scenario.when(impose(until="2021-06-12")).then_refused(OutOfTime)


def test_a_lifted_measure_says_why() -> None:
    case = Proceeding(office(), on=DAY).inquiry().investigation().decider(impose())
    silent = LiftInterimMeasure(case="C-1", measure="suspension", text="")

    case.scenario.when(silent).then_refused(Invalid, match="text")


def test_no_measure_outlives_the_case() -> None:
    case = Proceeding(office(), on=DAY).inquiry().investigation().decider(impose())
    other = Proceeding(case.scenario, on=DAY, case="C-2")
    other.inquiry().investigation()
    again = ImposeInterimMeasure(case="C-2", measure="suspension", text="x")
    other.decider(again).notice().waiver().finding().decision("warning")

    case.scenario.when(FindNoCase(case="C-1", text="It was another."))

    assert len(case.scenario.all(InterimMeasureLifted)) == 1
    assert (case.state.interim, other.state.interim) == ((), ())
