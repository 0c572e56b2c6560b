"""What was kept long enough is destroyed, in its time, unless a hold forbids it."""

from collections.abc import Callable
from datetime import date, datetime
from itertools import count

import pytest

from domain.amending import AmendDisclosure
from domain.filing import FileDisclosure
from domain.personnel import Retire
from domain.record import Actor
from domain.records.custody import RetentionReached, SubjectKeyDestroyed
from domain.records.holds import PlaceHold, ReleaseHold
from projections import work
from projections.models.schedule import Which, retained
from scheduler.jobs import JOBS, Job, run
from scheduler.reads import Behind
from scheduler.retaining import RETAINING, destroy_after_retention
from tests.postgres import admin
from tests.scheduler.register import Register, noon, rule, rulebook

(JOB,) = (job for job in JOBS if job.name == RETAINING)
START, OVER, EVE = noon("2016-03-01"), noon("2023-01-01"), noon("2022-12-31")
OFFICER = Actor(id="records 1", role="records_officer")
TEXT = rulebook(
    rule("reports", "calendar", 'due = { yearly = "12-31" }'),
    handling='retention = "6Y"\nretention_after_departure = "8Y"\n'
    'legal_basis = [{ cite = "Act 9" }]',
)


@pytest.fixture
def office(register: Register) -> Register:
    """An office in which p1 and p2 reported something in 2016, and p1 in 2017 too."""
    register.publish(START, TEXT)
    register.employ(START, "p1", "p2", from_on=date(2015, 1, 1))
    report(register, "p1", START)
    report(register, "p2", START)
    report(register, "p1", noon("2017-03-01"))
    register.settle(noon("2017-03-01"))
    return register


def report(register: Register, person: str, at: datetime) -> None:
    filing = FileDisclosure(
        disclosure=f"{person} in {at.year}",
        person=person,
        rulebook="ethics",
        rule="reports",
        period=at.year,
        items=({"matters": "a house"},),
    )
    register.act(at, filing, by=Actor(id=person, role="declarant"))


def keep(register: Register, now: datetime) -> None:
    """Do what the job has to do, and all that follows."""
    run(register.office, JOB, now)
    register.settle(now)


def keys(register: Register) -> list[tuple[str, int]]:
    rows = register.rows(
        "SELECT subject, year FROM keys.data_key WHERE subject <> ''"
        " ORDER BY subject, year"
    )
    return [(row["subject"], row["year"]) for row in rows]


EVERYTHING = [("p1", 0), ("p1", 2016), ("p1", 2017), ("p2", 0), ("p2", 2016)]


def test_what_was_declared_in_a_year_is_destroyed_on_the_day_and_not_before(
    office: Register,
) -> None:
    keep(office, EVE)
    assert keys(office) == EVERYTHING

    keep(office, OVER)
    assert keys(office) == [("p1", 0), ("p1", 2017), ("p2", 0)]
    found = office.facts(SubjectKeyDestroyed)
    assert sorted((f.person, f.year, f.basis, f.on) for f in found) == [
        ("p1", 2016, "retention", date(2023, 1, 1)),
        ("p2", 2016, "retention", date(2023, 1, 1)),
    ]
    assert {str(c) for f in found for c in f.cited} == {
        "ethics v1, rule handling.retention"
    }


def test_what_was_amended_is_kept_as_long_again(office: Register) -> None:
    amended = AmendDisclosure(disclosure="p1 in 2016", items=({"matters": "two"},))
    later = noon("2019-05-01")
    office.act(later, amended, by=Actor(id="p1", role="declarant"))
    office.settle(later)
    keep(office, noon("2025-04-30"))
    assert ("p1", 2016) in keys(office)

    keep(office, noon("2025-05-01"))
    assert ("p1", 2016) not in keys(office)
    reached = {(f.person, f.year): f for f in office.facts(RetentionReached)}
    assert reached["p1", 2016].reached_on == date(2025, 5, 1)


def test_it_is_destroyed_once_however_often_the_job_is_done(office: Register) -> None:
    for day in ("2023-01-01", "2023-01-02", "2023-01-03"):
        keep(office, noon(day))

    assert len(office.facts(SubjectKeyDestroyed)) == 2


def test_who_they_were_is_destroyed_when_they_left_long_enough_ago(
    office: Register,
) -> None:
    office.act(noon("2018-05-31"), Retire(number="p1", on=date(2018, 5, 31)))
    office.settle(noon("2018-05-31"))
    keep(office, noon("2026-05-30"))
    assert keys(office) == [("p1", 0), ("p2", 0)]

    keep(office, noon("2026-05-31"))
    assert keys(office) == [("p2", 0)]


def test_what_is_under_a_hold_is_listed_and_not_tried(office: Register) -> None:
    hold = PlaceHold(
        person="p1",
        hold="h1",
        basis="Order 5",
        review_on=date(2024, 1, 1),
        reason="an inquiry",
    )
    office.act(EVE, hold, by=OFFICER)
    office.settle(EVE)
    keep(office, OVER)

    assert keys(office) == [("p1", 0), ("p1", 2016), ("p1", 2017), ("p2", 0)]
    with office.office.connection() as connection:
        due = retained(connection, OVER.date(), Which(due_by=OVER.date())).rows
        assert work.parked(connection) == []
    assert [(row.person, row.year, row.held) for row in due] == [("p1", 2016, True)]

    release = ReleaseHold(person="p1", hold="h1", reason="it came to nothing")
    office.act(OVER, release, by=OFFICER)
    office.settle(OVER)
    keep(office, noon("2023-01-02"))
    assert ("p1", 2016) not in keys(office)


def test_nothing_is_destroyed_while_the_read_model_may_not_know_everything(
    office: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scheduler.reads.PATIENCE", 0.0)
    report(office, "p1", noon("2018-03-01"))

    with pytest.raises(Behind, match="the read model records is behind"):
        run(office.office, JOB, OVER)
    assert office.facts(SubjectKeyDestroyed) == []

    office.project()
    keep(office, OVER)
    assert len(office.facts(SubjectKeyDestroyed)) == 2


def test_of_whom_the_read_model_does_not_know_everything_nothing_is_destroyed(
    office: Register,
) -> None:
    with admin(office.database) as connection:
        connection.execute(
            "INSERT INTO projection.parked (model, position, subject, error)"
            " VALUES ('records', 1, 'p1', 'unreadable')"
        )
    keep(office, OVER)

    assert [fact.person for fact in office.facts(SubjectKeyDestroyed)] == ["p2"]


def steps(taken: int) -> Callable[[], bool]:
    """Return what says that we lead for so many steps."""
    asked = count()
    return lambda: next(asked) < taken


def test_it_goes_on_where_it_was_stopped(
    office: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scheduler.retaining.PAGE", 1)
    run(office.office, JOB, OVER, steps(2))
    assert len(office.facts(SubjectKeyDestroyed)) == 1

    office.settle(OVER)
    keep(office, OVER)
    assert sorted(fact.person for fact in office.facts(SubjectKeyDestroyed)) == [
        "p1",
        "p2",
    ]
    with office.office.connection() as connection:
        assert work.parked(connection) == []


def test_it_is_done_once_a_day() -> None:
    assert isinstance(JOB, Job)
    assert JOB.work is destroy_after_retention
    assert JOB.due_every and JOB.due_every.days == 1  # noqa: PT018  for mypy
