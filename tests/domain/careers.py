"""Mei's career: a post in the college since March 2012, and what may become of it."""

from datetime import date
from typing import Any

from domain.person import CoveredPerson, person_stream
from tests.domain.cast import joins, register
from tests.spec import Scenario

SPRING, SUMMER = date(2012, 3, 1), date(2012, 6, 1)


def employed() -> Scenario:
    """Return a register in which Mei holds a post in the college since March 2012."""
    return register().given(*joins("mei", from_on=SPRING, rank="officer"))


def post(kind: type[Any], **changes: Any) -> Any:
    usual = {"number": "mei", "post": "post", "unit": "college", "title": "Officer"}
    return kind(**(usual | {"from_on": SPRING, "rank": "officer"} | changes))


def mei(scenario: Scenario) -> CoveredPerson:
    return scenario.state(CoveredPerson(), person_stream("mei"))
