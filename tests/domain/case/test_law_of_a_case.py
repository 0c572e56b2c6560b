"""Each step of a case goes by the law of its day; failing that, of its opening."""

from datetime import date
from uuid import UUID

import pytest

from domain.case.case import Case, case_stream
from domain.case.facts import Allegation, NoticeOfAllegationsServed
from domain.case.facts import PreliminaryInquiryOpened as Opened
from domain.case.notice import served
from domain.case.opening import OpenInvestigation
from domain.errors import Unknown
from domain.record import Citation, Command, Decision, Given
from tests.domain.case.proceeding import GOVERNMENT, Proceeding, office
from tests.domain.cast import INSTANT, SHIPPED, V2, law
from tests.spec import Scenario

DAY = "2021-03-10"
TEXT = SHIPPED[f"{GOVERNMENT}.toml"].replace(
    "version = 1\neffective_from = 2020-07-01",
    "version = 2\neffective_from = 2021-04-01",
)


def later(scenario: Scenario, text: str) -> None:
    """Make *text* the law from 1 April on."""
    now, who = scenario.now, scenario.who
    law(scenario, text)
    scenario.now, scenario.who = now, who


def test_a_notice_goes_by_the_edition_of_its_own_day() -> None:
    case = Proceeding(office(), on=DAY).inquiry().investigation()
    later(case.scenario, TEXT.replace('answer_within = "7d"', 'answer_within = "10d"'))

    case.at("2021-03-31").notice()
    first = case.state.notice
    case.at("2021-04-01").notice()

    second = case.state.notice
    assert isinstance(first, NoticeOfAllegationsServed)
    assert second
    assert (first.cited.version, first.answer_by) == (1, date(2021, 4, 7))
    assert (second.cited.version, second.answer_by) == (2, date(2021, 4, 11))


def test_an_edition_that_ended_goes_on_for_the_cases_opened_under_it() -> None:
    case = Proceeding(office(), on=DAY).inquiry()
    ended = TEXT.replace(
        "effective_from = 2021-04-01",
        "effective_from = 2021-04-01\neffective_to = 2021-05-01",
    )
    later(case.scenario, ended)

    case.at("2021-06-01").investigation()

    assert case.state.investigation
    assert case.state.investigation.cited.version == 1


class Heard(Command[Case]):
    """Lets it have happened that a case was opened under a rulebook without a track."""

    case: str

    @property
    def stream(self) -> UUID:
        return case_stream(self.case)

    def blank(self) -> Case:
        return Case()

    def decide(self, state: Case, given: Given) -> Decision:  # noqa: ARG002
        cited = Citation(rulebook=INSTANT, version=2, rule="due_process")
        yield Opened(case=self.case, person="li", basis="supervision", cited=cited)


def test_without_any_due_process_there_is_no_step() -> None:
    scenario = office(GOVERNMENT, V2).on(DAY).by("han", "deciding_authority")
    alleged = Allegation(
        conduct="c", violation="dereliction", text="x", from_on=date(2021, 1, 1)
    )
    command = OpenInvestigation(case="C-1", allegations=(alleged,))

    scenario.given(Heard(case="C-1")).when(command)

    scenario.then_refused(Unknown, match="due process")


def test_before_a_notice_there_is_none() -> None:
    with pytest.raises(Unknown, match="notice"):
        served(Case())


def test_whether_a_case_is_about_days_is_told_by_what_is_alleged() -> None:
    case = Proceeding(office(), on=DAY).inquiry()
    case.investigation(case.allegation(to_on=date(2020, 12, 31)))

    assert case.state.on_conduct_in(date(2020, 12, 31), date(2021, 6, 1))
    assert not case.state.on_conduct_in(date(2021, 1, 1), date(2021, 6, 1))
    assert not case.state.on_conduct_in(date(2020, 11, 1), date(2020, 12, 1))
