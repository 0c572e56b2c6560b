"""S3-13: a recommendation that nobody answers is overdue, once, by the clock alone."""

from datetime import UTC, date, datetime, timedelta

import pytest

from domain.recommendation import RecommendationOverdue
from domain.recommending import IssueRecommendation, RefuseRecommendation
from scheduler.answers import NOTING, note_unanswered
from scheduler.jobs import JOBS, run
from tests.domain.case.proceeding import GOVERNMENT
from tests.domain.cast import SHIPPED, UNITS, everybody, law
from tests.scheduler.register import Register, noon
from tests.spec import Scenario

JOB = next(job for job in JOBS if job.name == NOTING)
LAST = date(2021, 4, 9)
# In Shanghai it is the day after the last from here on.
OVER = datetime(2021, 4, 9, 16, tzinfo=UTC)


@pytest.fixture
def scenario(register: Register) -> Scenario:
    """Two recommendations of 10 March 2021, to be answered by 9 April."""
    found = Scenario(register.office.casework).on("2021-03-10")
    law(found, SHIPPED[f"{GOVERNMENT}.toml"]).given(*UNITS, *everybody())
    found.by("han", "deciding_authority")
    for name in ("R-1", "R-2"):
        issue = IssueRecommendation(
            recommendation=name,
            person="li",
            rulebook=GOVERNMENT,
            to="unit",
            unit="college",
            text="Talk to him.",
        )
        found.given(issue)
    return found


def noted(register: Register, *times: datetime) -> int:
    """Let the job run at these times; return how many are overdue."""
    for now in times:
        register.project()
        list(note_unanswered(register.office, now))
    return len(register.facts(RecommendationOverdue))


@pytest.mark.usefixtures("scenario")
def test_s3_13_it_is_overdue_once_its_day_is_over_where_the_rulebook_holds(
    register: Register,
) -> None:
    before = OVER - timedelta(minutes=1)

    assert (noted(register, before), noted(register, OVER, OVER)) == (0, 2)
    assert register.facts(RecommendationOverdue)[0].answer_by == LAST


def test_what_was_answered_is_not_overdue(
    register: Register, scenario: Scenario
) -> None:
    refusal = RefuseRecommendation(recommendation="R-1", text="He was ill.")
    scenario.by("hr", "hr").given(refusal)

    assert noted(register, OVER) == 1


@pytest.mark.usefixtures("scenario")
def test_the_job_makes_up_for_days_on_which_nobody_was_at_work(
    register: Register,
) -> None:
    register.project()
    run(register.office, JOB, noon("2021-12-24"))
    run(register.office, JOB, noon("2021-12-24"))

    assert len(register.facts(RecommendationOverdue)) == 2
