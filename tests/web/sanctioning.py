"""Sanctions in an office that is reached over HTTP, without the cases before them."""

from datetime import date
from typing import Any
from uuid import UUID

from domain.record import Citation, Command, Decision, Fact, Given
from domain.sanction.facts import (
    Determined,
    MeasureTaken,
    PersonnelChangeOrdered,
    ReparationOrdered,
    SanctionImposed,
    Terms,
)
from domain.sanction.sanctions import Sanctions, stream_of_sanction
from tests.domain.case.proceeding import GOVERNMENT
from tests.web.office import Office
from tests.web.proceedings import today

THEN = date(2020, 4, 20)
CITED = Citation(rulebook=GOVERNMENT, version=1, rule="track.kinds.demotion")


class Happened(Command[Sanctions]):
    """Record what nobody here decided, as it stands in the log of an older office."""

    sanction: str
    facts: tuple[Fact, ...]

    @property
    def stream(self) -> UUID:
        return stream_of_sanction(self.sanction)

    def blank(self) -> Sanctions:
        return Sanctions()

    def decide(self, state: Sanctions, given: Given) -> Decision:  # noqa: ARG002
        yield from self.facts


def sanctioned(office: Office, person: str) -> str:
    """Let somebody have been demoted, with all that may follow, and admonished."""
    name = f"{person}:government:1"
    facts = (demoted(name, person), *due(name), admonished(person))
    today(office).by("office", "deciding_authority").given(
        Happened(sanction=name, facts=facts)
    )
    return name


def demoted(name: str, person: str) -> SanctionImposed:
    terms = Terms(
        kind="demotion",
        from_on=THEN,
        until_on=date(2022, 4, 20),
        blocks=("promotion",),
        basis="single",
        cited=CITED,
        period="24M",
    )
    one = Determined(
        finding="case:C:1",
        conduct="trip",
        violation="unauthorised_exit",
        tier="serious",
        kind="demotion",
    )
    return SanctionImposed(
        sanction=name,
        person=person,
        track="government",
        case="C",
        decided_on=THEN,
        determined=(one,),
        terms=terms,
        text="It weighs as much.",
    )


def due(name: str) -> tuple[Fact, ...]:
    change = PersonnelChangeOrdered(
        sanction=name, due_on=date(2020, 5, 20), at_most=None, cited=CITED
    )
    task = ReparationOrdered(
        sanction=name, task="compensate_pay", due_on=date(2020, 6, 20), cited=CITED
    )
    return (change, task)


def admonished(person: str, **more: Any) -> MeasureTaken:
    return MeasureTaken(
        measure=f"{person}:government:m1",
        person=person,
        track="government",
        kind="admonition",
        decided_on=THEN,
        findings=("case:C:1",),
        text="It shall not happen again.",
        cited=CITED,
        **more,
    )
