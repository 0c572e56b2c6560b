"""Logs that no command wrote: whatever stands in them, it is told and never raised."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from domain.person import CoveredPerson, person_stream
from domain.personnel import EndEmployment
from domain.record import Actor, Fact, Recorded
from domain.records.destruction import DestroyAfterRetention
from domain.replaying.replay import RECOMPUTE
from domain.rulebook import RulebookDrafted
from tests.domain.cast import V1, V2, joins, police
from tests.domain.golden import bare, full
from tests.domain.papers import files, wedding
from tests.domain.replaying.logs import replayed, sealed
from tests.domain.replaying.stories import much_computed
from tests.history import History

DAY = date(2016, 12, 20)


# What a person said, where a machine might have said it too.
HUMAN = {"case.response-waived", "disclosure.deficiency-cured"}


@pytest.mark.parametrize("fact", [f.TOPIC for f in RECOMPUTE])
def test_a_fact_that_stands_alone_is_told_and_nothing_breaks(fact: str) -> None:
    kind = next(each for each in RECOMPUTE if fact == each.TOPIC)
    for said in (full(kind), bare(kind)):
        history = History()
        history.add(person_stream("x"), said)

        found = replayed(history.records)

        told = found.different or found.not_replayable or found.identical
        assert told or fact in HUMAN, said


def open_again(records: list[Recorded[Any]]) -> Iterator[Recorded[Any]]:
    """Yield the records with what they sealed in the open."""
    for record in records:
        fact: Any = record.fact
        if fact.TOPIC == "disclosure.filed":
            record = replace(record, fact=replace(fact, items=(wedding(),)))  # noqa: PLW2901  it is the same, open
        yield record


def test_where_the_dates_are_open_the_version_is_computed_from_them() -> None:
    scenario = police(V1, V2).on("2017-07-03").declarant("shen")
    scenario.given(files("wedding", wedding()))
    records = list(open_again(sealed(scenario)))

    found = replayed(records)

    assert found.differences == []
    assert ("disclosure.filed", "cited") not in {
        (n.topic, n.field) for n in found.not_replayable
    }


def test_a_demanded_report_falls_under_the_version_of_the_demand() -> None:
    assert replayed(sealed(much_computed())).differences == []


def kept(last_on: date | None = None) -> list[Recorded[Any]]:
    """Let all that was declared in a year be destroyed when its time is over."""
    scenario = police(V1).on("2016-12-01").given(*joins("gone"))
    scenario.on("2017-01-02").given(EndEmployment(number="gone", on=date(2017, 1, 1)))
    destroyed = DestroyAfterRetention(
        person="gone",
        year=2016,
        rulebooks=("cn-zj-psd-instant-report",),
        last_on=last_on,
    )
    scenario.who = Actor(id="scheduler", role="scheduler")
    scenario.on("2040-01-01").given(destroyed)
    return sealed(scenario)


def test_the_end_of_retention_is_computed_from_the_law_and_the_year() -> None:
    found = replayed(kept())

    assert found.differences == []
    later = replayed(kept(last_on=date(2018, 6, 1)))
    assert later.differences == []
    assert [n.topic for n in later.not_replayable] == ["records.retention-reached"]


def test_a_retention_that_ended_too_early_is_told() -> None:
    records = kept()
    n = next(
        i for i, r in enumerate(records) if r.fact.TOPIC == "records.retention-reached"
    )
    fact = replace(records[n].fact, reached_on=DAY)
    records[n] = replace(records[n], fact=fact)

    (found,) = replayed(records).differences

    assert (found.field, found.stored) == ("reached_on", "2016-12-20")


def test_an_unknown_event_of_no_decision_is_passed_by() -> None:
    history = History()
    history.unit("HQ")
    drafted: Fact = RulebookDrafted(rulebook="x", version=1, text="", drafted_by="a")
    history.add(person_stream("x"), drafted)

    found = replayed(history.records)

    assert (found.replayed, found.position) == (0, 2)
    assert CoveredPerson().evolve(drafted) == CoveredPerson()
