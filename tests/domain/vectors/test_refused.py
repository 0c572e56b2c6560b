"""T12 to T16: what an open case holds up, and who is not sanctioned, or not so."""

from datetime import date

import pytest

from domain.errors import NotAllowed, WrongStage
from domain.personnel import Retire
from domain.regime.discipline import Purpose
from domain.sanction.facts import ReleaseWithheld, SanctionReleased
from domain.sanction.releasing import ReleaseSanction
from tests.domain.cast import joins
from tests.domain.vectors.world import Office

HELD = ("promotion", "reward", "transfer", "retirement", "exit")


def opened(on: str = "2021-03-01", **more: object) -> Office:
    office = Office()
    case = office.case(on, **more).inquiry()
    case.investigation()
    return office


@pytest.mark.parametrize("purpose", HELD)
def test_t12_an_open_case_holds_up_what_the_law_names(purpose: Purpose) -> None:
    answer = opened().asked("2021-04-01", purpose=purpose)

    assert answer.result == "HELD"
    (reason,) = [r for r in answer.reasons if r.effect == "holds"]
    assert (reason.code, reason.key) == ("open_case", "C-1")
    assert any("Art. 52" in basis for basis in reason.cited.legal_basis)
    assert answer.review_on == date(2021, 9, 1)


def test_t12_a_rise_in_pay_is_not_held_up() -> None:
    answer = opened().asked("2021-04-01", purpose="pay_step", ladder="pay_step")
    assert answer.result == "ELIGIBLE"


def test_t12_a_preliminary_inquiry_holds_up_nothing() -> None:
    office = Office()
    office.case("2021-03-01").inquiry()
    assert office.asked("2021-04-01", purpose="reward").result == "ELIGIBLE"


def test_t13_a_village_committee_member_is_not_demoted() -> None:
    office = Office()
    office.scenario.given(*joins("gu", employer_type="grassroots"))

    refused = office.refused("demotion", on="2021-03-10", person="gu")
    refused.then_refused(NotAllowed, match="only warning, demerit, major_demerit")
    assert "Art. 22" in str(refused.failure)
    assert office.sanctions("major_demerit", on="2021-03-10", person="gu")


def retired() -> Office:
    office = Office()
    office.scenario.on("2021-01-31").clerk()
    office.scenario.given(Retire(number="li", on=date(2021, 1, 31)))
    return office


def test_t14_who_has_retired_is_given_no_sanction_but_may_have_benefits_adjusted() -> (
    None
):
    refused = retired().refused("demerit", on="2021-03-10")

    refused.then_refused(NotAllowed, match="benefits are adjusted")
    assert "Art. 27" in str(refused.failure)


def test_t14_a_case_against_who_has_retired_may_be_opened_and_decided() -> None:
    office = retired()
    case = office.heard("demerit", on="2021-03-10")

    assert case.decision(None).state.decision


def test_t15_one_fact_is_sanctioned_once_on_a_track() -> None:
    office = Office()
    office.sanctions("warning", on="2021-03-10", conduct="the gift")

    refused = office.refused("demerit", on="2021-05-10", conduct="the gift")
    refused.then_refused(WrongStage, match="the gift was sanctioned on this track")
    assert "Art. 16" in str(refused.failure)


def expired() -> Office:
    """Return an office where a warning has ended, and a case is open on its time."""
    office = Office()
    office.sanctions("warning", on="2021-03-10")
    office.verified("2021-08-01")
    case = office.case("2021-09-01", from_on=date(2021, 5, 1)).inquiry()
    case.investigation()
    return office


def releases(office: Office, on: str) -> None:
    command = ReleaseSanction(sanction="li:government:1")
    office.scenario.on(on).by("scheduler", "scheduler").when(command)


def test_t16_with_a_case_open_on_its_time_a_sanction_is_not_released() -> None:
    office = expired()
    releases(office, "2021-09-10")

    fact = office.scenario.one(ReleaseWithheld)
    assert (fact.case, fact.on) == ("C-2", date(2021, 9, 10))
    assert office.sanction("li:government:1").status == "withheld"
    answer = office.asked("2021-09-10")
    assert answer.result == "HELD"
    assert "release_pending:warning" in [r.code for r in answer.reasons]


def test_t16_once_that_case_is_decided_the_sanction_is_released() -> None:
    office = expired()
    releases(office, "2021-09-10")
    office.scenario.on("2021-10-01")
    case = office.case("2021-10-01", case="C-2", from_on=date(2021, 5, 1))
    case.notice().waiver().finding().decision(None)
    releases(office, "2021-10-02")

    assert office.scenario.one(SanctionReleased).on == date(2021, 10, 2)
    assert office.asked("2021-10-02").result == "ELIGIBLE"


def test_t16_a_case_on_older_conduct_withholds_nothing() -> None:
    office = Office()
    office.sanctions("warning", on="2021-03-10")
    office.case("2021-09-01", from_on=date(2020, 5, 1)).inquiry().investigation()
    releases(office, "2021-09-10")

    assert office.scenario.one(SanctionReleased).on == date(2021, 9, 10)
