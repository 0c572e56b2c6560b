"""Once a day it is attested what the rows of a read model are."""

from datetime import date
from typing import Any

from domain.attestation import Attested, AttestProjection, ProjectionAttested
from tests.domain.golden import full
from tests.spec import Scenario

MONDAY, TUESDAY = date(2016, 12, 5), date(2016, 12, 6)


def attestation(**changes: Any) -> ProjectionAttested:
    usual: dict[str, Any] = {
        "model": "calendar",
        "layout": "tables program",
        "position": 812,
        "on": MONDAY,
        "form": "copy-text@v1",
        "digest": "ab" * 32,
        "tables": {"obligation": "cd" * 32},
        "rows": {"obligation": 12},
    }
    return ProjectionAttested(**(usual | changes))


def attests(**changes: Any) -> AttestProjection:
    return AttestProjection(attested=attestation(**changes))


def machine() -> Scenario:
    return Scenario().by("scheduler", "scheduler")


def test_what_is_attested_is_recorded_about_nobody() -> None:
    scenario = machine().when(attests())

    scenario.then(attestation())
    (record,) = scenario.news
    assert (record.subject, record.actor.id) == (None, "scheduler")


def test_a_second_time_on_the_same_day_records_nothing() -> None:
    attested = machine().given(attests())

    attested.when(attests()).then_nothing()
    attested.when(attests(position=900, digest="ef" * 32)).then_nothing()


def test_another_day_and_another_model_are_attested_for_themselves() -> None:
    attested = machine().given(attests())

    attested.when(attests(on=TUESDAY)).then(attestation(on=TUESDAY))
    attested.when(attests(model="records")).then(attestation(model="records"))


def test_it_is_known_on_which_day_it_was_attested_last() -> None:
    known = Attested().evolve(attestation())

    assert known.said_on(MONDAY)
    assert not known.said_on(TUESDAY)
    assert not Attested().said_on(MONDAY)
    assert known.subject is None


def test_the_fact_says_all_that_a_rebuild_is_compared_with() -> None:
    fact = full(ProjectionAttested)

    assert fact == ProjectionAttested(
        model="text",
        layout="text",
        position=7,
        on=date(2016, 12, 20),
        form="text",
        digest="text",
        tables={"name": "text"},
        rows={"name": 7},
        parked=7,
    )
