"""Each sanction is released on the day on which its period is over, and only once."""

from datetime import UTC, date, datetime, timedelta

import pytest

from domain.sanction.facts import ReleaseWithheld, SanctionReleased
from scheduler.jobs import JOBS, run
from scheduler.releasing import release_sanctions
from tests.domain.case.proceeding import GOVERNMENT, Proceeding, sanctioned
from tests.domain.cast import SHIPPED, UNITS, everybody, law
from tests.scheduler.register import Register, noon
from tests.spec import Scenario

RELEASING = next(job for job in JOBS if job.name == "release sanctions")
LI, WANG = "li:government:1", "wang:government:1"
LAST, END = noon("2021-09-09"), noon("2021-09-10")


@pytest.fixture
def scenario(register: Register) -> Scenario:
    """Li and Wang, each warned from 10 March to 10 September 2021."""
    found = Scenario(register.office.casework).on("2021-01-01")
    law(found, SHIPPED[f"{GOVERNMENT}.toml"]).given(*UNITS, *everybody())
    sanctioned(found, "warning", "2021-03-10")
    sanctioned(found, "warning", "2021-03-10", case="C-2", person="wang")
    return found


def released(register: Register, *times: datetime) -> list[str]:
    """Let the job run at these times; return what was released."""
    for now in times:
        register.project()
        list(release_sanctions(register.office, now))
    return sorted(fact.sanction for fact in register.facts(SanctionReleased))


@pytest.mark.usefixtures("scenario")
def test_t1_it_is_released_on_the_day_of_its_end_and_once(register: Register) -> None:
    assert released(register, LAST) == []
    assert released(register, END, END, END + timedelta(days=1)) == [LI, WANG]


@pytest.mark.usefixtures("scenario")
def test_the_day_is_that_of_where_the_rulebook_holds(register: Register) -> None:
    before = datetime(2021, 9, 9, 15, 59, tzinfo=UTC)  # 23.59 in Shanghai

    assert released(register, before) == []
    assert released(register, before + timedelta(minutes=1)) == [LI, WANG]


@pytest.mark.usefixtures("scenario")
def test_days_on_which_nobody_was_at_work_are_made_up_for(register: Register) -> None:
    register.project()
    run(register.office, RELEASING, LAST)
    run(register.office, RELEASING, noon("2021-12-24"))

    facts = register.facts(SanctionReleased)
    assert [fact.on for fact in facts] == [date(2021, 9, 10)] * 2
    run(register.office, RELEASING, noon("2021-12-24"))
    assert len(register.facts(SanctionReleased)) == 2


def test_t16_the_release_waits_for_the_decision_on_conduct_within_the_period(
    register: Register, scenario: Scenario
) -> None:
    case = Proceeding(scenario, on=LAST.date(), case="C-3", from_on=LAST.date())
    case.inquiry().investigation()

    assert released(register, END, END + timedelta(hours=1)) == [WANG]
    (withheld,) = register.facts(ReleaseWithheld)
    assert (withheld.sanction, withheld.case) == (LI, "C-3")
    case.at("2021-10-20").notice().waiver().finding().decision(None)

    assert released(register, noon("2021-10-21")) == [LI, WANG]
    last = register.facts(SanctionReleased)[-1]
    assert (last.sanction, last.on) == (LI, date(2021, 10, 21))
    (row,) = register.rows(
        "SELECT status, released_on FROM sanctions.sanction WHERE person = 'wang'"
    )
    assert row == {"status": "released", "released_on": date(2021, 9, 10)}


@pytest.mark.usefixtures("scenario")
def test_it_goes_on_from_its_place_after_it_was_stopped(register: Register) -> None:
    register.project()
    run(register.office, RELEASING, END, lambda: False)
    assert register.facts(SanctionReleased) == []

    run(register.office, RELEASING, END)
    assert len(register.facts(SanctionReleased)) == 2
