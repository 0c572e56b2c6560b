"""Each night it is attested what the rows of every read model are, once."""

from datetime import timedelta
from typing import Any

import pytest

from domain.attestation import ProjectionAttested
from projections import runs, work
from projections.auditing import compare_all
from projections.digest import digest
from projections.models import MODELS, live_models
from scheduler.attesting import ATTESTING, attest
from scheduler.jobs import JOBS, run
from scheduler.office import MACHINE
from tests.postgres import admin, as_role
from tests.scheduler.register import Register, noon, rule, rulebook

NIGHT = noon("2024-01-17")
(JOB,) = [job for job in JOBS if job.work is attest]
ANNUAL = rule("annual", "calendar", 'due = { yearly = "01-31" }\nopens = "-30d"')


@pytest.fixture
def staffed(register: Register) -> Register:
    """A register with rows in its read models."""
    register.publish(NIGHT, rulebook(ANNUAL))
    register.employ(NIGHT, "p1", "p2")
    register.project()
    return register


def attested(register: Register) -> list[Any]:
    return register.facts(ProjectionAttested)


def test_every_read_model_is_attested_where_it_stands_by_the_scheduler(
    staffed: Register,
) -> None:
    with as_role(staffed.database, "probity_scheduler") as connection:
        wanted = [digest(connection, model) for model in live_models(None)]

    run(staffed.office, JOB, NIGHT)

    found = attested(staffed)
    assert [(f.model, f.position, f.layout, f.digest, f.tables) for f in found] == [
        (d.model, d.position, d.layout, d.digest, d.tables) for d in wanted
    ]
    assert {f.on for f in found} == {NIGHT.date()}
    assert found[0].rows["person"] == 2
    assert {e.actor for e in staffed.events(ProjectionAttested)} == {MACHINE}


def test_what_was_attested_is_what_the_log_makes(staffed: Register) -> None:
    run(staffed.office, JOB, NIGHT)
    staffed.project()

    with as_role(staffed.database, "probity_projector") as connection:
        assert {found.verdict for found in compare_all(connection)} == {"same"}


def test_the_same_day_it_is_attested_once_and_the_next_day_again(
    staffed: Register,
) -> None:
    run(staffed.office, JOB, NIGHT)
    run(staffed.office, JOB, NIGHT + timedelta(hours=1))
    list(attest(staffed.office, NIGHT + timedelta(hours=2)))
    assert len(attested(staffed)) == len(MODELS)

    run(staffed.office, JOB, NIGHT + timedelta(days=1))
    assert len(attested(staffed)) == 2 * len(MODELS)


def test_what_was_stopped_on_the_way_attests_the_rest_and_nothing_twice(
    staffed: Register,
) -> None:
    run(staffed.office, JOB, NIGHT, iter([True, True, True, False]).__next__)
    assert len(attested(staffed)) == 2

    run(staffed.office, JOB, NIGHT + timedelta(minutes=1))

    assert [f.model for f in attested(staffed)] == [model.name for model in MODELS]


def test_what_was_killed_behind_the_event_attests_nothing_twice(
    staffed: Register,
) -> None:
    with staffed.office.connection() as connection:
        runs.claim_run(connection, ATTESTING, NIGHT.replace(hour=0), NIGHT)
    steps = attest(staffed.office, NIGHT)
    next(steps)
    del steps  # before it was noted how far it came

    run(staffed.office, JOB, NIGHT + timedelta(minutes=1))

    assert [f.model for f in attested(staffed)] == [model.name for model in MODELS]


def test_of_a_model_that_has_seen_nothing_there_is_nothing_to_say(
    register: Register,
) -> None:
    run(register.office, JOB, NIGHT)

    assert attested(register) == []


def set_aside(register: Register) -> list[tuple[str, str]]:
    with register.office.connection() as connection:
        return [
            (one.item, one.error)
            for one in work.parked(connection)
            if one.job == ATTESTING
        ]


def test_rows_that_may_be_hidden_are_set_aside_and_the_others_attested(
    staffed: Register,
) -> None:
    with admin(staffed.database) as superuser:
        superuser.execute("DROP POLICY scheduler ON calendar.obligation")

    run(staffed.office, JOB, NIGHT)

    assert "calendar" not in {f.model for f in attested(staffed)}
    assert len(attested(staffed)) == len(MODELS) - 1
    ((item, error),) = set_aside(staffed)
    assert item == "calendar"
    assert "row security may hide rows of obligation" in error


def test_rows_of_another_program_are_set_aside_until_they_are_rebuilt(
    staffed: Register,
) -> None:
    with admin(staffed.database) as superuser:
        superuser.execute(
            "UPDATE projection.position SET layout = split_part(layout, ' ', 1) || ' x'"
            " WHERE name = 'records'"
        )

    run(staffed.office, JOB, NIGHT)

    assert len(attested(staffed)) == len(MODELS) - 1
    ((item, error),) = set_aside(staffed)
    assert item == "records"
    assert "run `probity rebuild records`" in error
