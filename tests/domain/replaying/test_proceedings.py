"""Proceedings come out the same again; and what is forged in them is found."""

import pytest

from domain.replaying.replay import RECOMPUTE
from tests.domain.replaying.forging import unfound
from tests.domain.replaying.logs import replayed, sealed
from tests.domain.replaying.proceedings import STORIES
from tests.domain.replaying.stories import much_computed

# What is told of elsewhere: figures, and records that were kept long enough.
ELSEWHERE = {
    "figures.reported",
    "obligation.fulfilment-withdrawn",
    "projection.attested",
    "records.retention-reached",
}


@pytest.mark.parametrize("story", STORIES)
def test_s2_14_what_was_decided_in_proceedings_comes_out_the_same(story: str) -> None:
    records = sealed(STORIES[story]())

    found = replayed(records)

    assert found.differences == []
    assert found.identical == found.replayed > 3


@pytest.mark.parametrize("story", STORIES)
def test_whatever_is_forged_in_proceedings_is_found(story: str) -> None:
    count, missed = unfound(sealed(STORIES[story]()))

    assert missed == []
    assert count > 10


def test_whatever_is_forged_in_reports_and_duties_is_found() -> None:
    count, missed = unfound(sealed(much_computed()))

    assert missed == []
    assert count > 50


def test_every_kind_of_fact_that_is_replayed_stands_in_some_story() -> None:
    logs = [sealed(story()) for story in (*STORIES.values(), much_computed)]
    told = {record.fact.TOPIC for log in logs for record in log}

    assert {fact.TOPIC for fact in RECOMPUTE} - told == ELSEWHERE
