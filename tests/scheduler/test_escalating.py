"""S2-13: an appeal that nobody decides comes before the oversight body by itself."""

from datetime import date, timedelta

import pytest

from domain.appeal import AppealEscalated
from domain.record import Actor
from scheduler.jobs import JOBS, run
from tests.domain.case.proceeding import GOVERNMENT
from tests.domain.cast import SHIPPED
from tests.scheduler.register import Register, noon
from tests.web.recourse import Lodged, lodged

ESCALATING = next(job for job in JOBS if job.name == "escalate appeals")
DUE = date(2024, 3, 15)
LODGED = noon("2024-02-15")


@pytest.fixture
def appealed(register: Register) -> Register:
    """An appeal that is to be decided by 15 March, and one that has time left."""
    day = noon("2023-12-01")
    register.publish(day, SHIPPED[f"{GOVERNMENT}.toml"], name=GOVERNMENT)
    register.employ(day, "p1", "p2")
    for person, by in (("p1", DUE), ("p2", date(2024, 6, 1))):
        fact = lodged(person, f"A-{person}", decide_by=by)
        register.act(LODGED, Lodged(fact=fact), by=Actor(id=person, role="declarant"))
    register.settle(LODGED)
    return register


def looked_at(register: Register, day: date) -> list[AppealEscalated]:
    run(register.office, ESCALATING, noon(day))
    register.settle(noon(day))
    return register.facts(AppealEscalated)


def test_s2_13_until_the_last_day_nobody_is_told(appealed: Register) -> None:
    assert looked_at(appealed, DUE) == []


def test_s2_13_the_day_after_oversight_is_told_once_without_anybodys_help(
    appealed: Register,
) -> None:
    tomorrow = DUE + timedelta(days=1)

    (fact,) = looked_at(appealed, tomorrow)
    assert (fact.decide_by, fact.on) == (DUE, tomorrow)
    assert len(looked_at(appealed, DUE + timedelta(days=5))) == 1
    (row,) = appealed.rows(
        "SELECT appeal, escalated_on FROM recourse.appeal"
        " WHERE escalated_on IS NOT NULL"
    )
    assert (row["appeal"], row["escalated_on"]) == ("A-p1", tomorrow)
