"""What stands against people, for the read models of it: facts, without their cases."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from domain.record import Citation, Fact
from domain.sanction.facts import (
    Determined,
    MeasureTaken,
    PersonnelChangeOrdered,
    ReparationOrdered,
    SanctionImposed,
    Terms,
)
from domain.sanction.sanctions import stream_of_sanction
from tests.history import History

DECIDED = date(2016, 3, 10)
CITED = Citation(rulebook="cn-governmental-sanctions", version=1, rule="track")


def terms(kind: str = "demotion", until: date | None = None, **more: Any) -> Terms:
    return Terms(
        kind=kind,
        from_on=DECIDED,
        until_on=until,
        blocks=("promotion",),
        basis="single",
        cited=CITED,
        **more,
    )


def imposed(name: str, **more: Any) -> SanctionImposed:
    person, track, _ = name.rsplit(":", 2)
    one = Determined(
        finding="case:C:1", conduct="c", violation="v", tier="t", kind="demotion"
    )
    usual: dict[str, Any] = {"terms": terms(until=date(2018, 3, 10))}
    return SanctionImposed(
        sanction=name,
        person=person,
        track=track,
        case="C",
        decided_on=DECIDED,
        determined=(one,),
        text="why",
        **(usual | more),
    )


def change(name: str) -> PersonnelChangeOrdered:
    return PersonnelChangeOrdered(
        sanction=name,
        due_on=date(2016, 4, 10),
        at_most=date(2016, 9, 10),
        cited=CITED,
    )


def reparation(name: str, task: str = "compensate_pay") -> ReparationOrdered:
    return ReparationOrdered(
        sanction=name, task=task, due_on=date(2016, 7, 1), cited=CITED
    )


def measure(name: str) -> MeasureTaken:
    person, track, _ = name.rsplit(":", 2)
    return MeasureTaken(
        measure=name,
        person=person,
        track=track,
        kind="admonition",
        decided_on=DECIDED,
        findings=("case:C:1",),
        text="why",
        cited=CITED,
        until_on=date(2016, 9, 10),
        blocks=("promotion",),
    )


def happens(history: History, *facts: Fact) -> History:
    """Let these happen on the records of the tracks that they name."""
    for fact in facts:
        name = getattr(fact, "sanction", None) or fact.measure  # type: ignore[attr-defined]  # one of both
        person, _, _ = name.rsplit(":", 2)
        history.add(stream_of_sanction(name), fact, subject=person)
    return history


def all_kinds(number: str) -> Iterator[Fact]:
    """Yield what gives a person a row in every table of the register."""
    name = f"{number}:government:1"
    yield from (imposed(name), change(name), reparation(name))
    yield measure(f"{number}:government:m1")
