"""A unit, and its place in the hierarchy: facts, state, and commands."""

from collections.abc import Iterator
from typing import ClassVar, Self
from uuid import UUID

from msgspec.structs import replace

from domain.errors import Unknown, WrongStage
from domain.record import Command, Decision, Fact, Given, Value, stream_of

HIERARCHY = "a unit stands below one other unit, and never below itself"


# Facts: what happened.


class UnitEstablished(Fact):
    TOPIC: ClassVar = "unit.established"
    code: str
    name: str
    parent: str | None = None


class UnitMoved(Fact):
    TOPIC: ClassVar = "unit.moved"
    parent: str | None


class UnitHeadNamed(Fact):
    TOPIC: ClassVar = "unit.head-named"
    head: str | None


# State: what the facts add up to.


class Unit(Value):
    code: str = ""
    name: str = ""
    parent: str | None = None
    head: str | None = None

    @property
    def subject(self) -> str | None:
        return None

    def evolve(self, fact: Fact) -> Self:
        match fact:
            case UnitEstablished():
                return replace(self, code=fact.code, name=fact.name, parent=fact.parent)
            case UnitMoved():
                return replace(self, parent=fact.parent)
            case UnitHeadNamed():
                return replace(self, head=fact.head)
        return self


def unit_stream(code: str) -> UUID:
    return stream_of("unit", code)


def chain(given: Given, code: str | None) -> Iterator[Unit]:
    """Yield the unit with this code, then the units above it, up to the highest."""
    seen: set[str] = set()
    while code and code not in seen:
        seen.add(code)
        unit = given.look(Unit(), unit_stream(code))
        yield unit
        code = unit.parent


# Commands: what someone asks for, and when the rules allow it.


class UnitCommand(Command[Unit]):
    code: str

    @property
    def stream(self) -> UUID:
        return unit_stream(self.code)

    def blank(self) -> Unit:
        return Unit()


class EstablishUnit(UnitCommand):
    """Enter a unit; entering it again just as it stands records nothing."""

    name: str
    parent: str | None = None

    def decide(self, unit: Unit, given: Given) -> Decision:
        known(given, self.parent)
        if unit.code and (unit.name, unit.parent) != (self.name, self.parent):
            raise WrongStage(f"the code {self.code} is taken", rule=HIERARCHY)
        if not unit.code:
            yield UnitEstablished(code=self.code, name=self.name, parent=self.parent)


class MoveUnit(UnitCommand):
    parent: str | None

    def decide(self, unit: Unit, given: Given) -> Decision:
        existing(unit, self.code)
        known(given, self.parent)
        if self.code in [above.code for above in chain(given, self.parent)]:
            raise WrongStage(f"{self.parent} stands below {self.code}", rule=HIERARCHY)
        if unit.parent != self.parent:
            yield UnitMoved(parent=self.parent)


class NameHead(UnitCommand):
    """Name who leads the unit (a personnel number), or that nobody does."""

    head: str | None

    def decide(self, unit: Unit, given: Given) -> Decision:  # noqa: ARG002
        existing(unit, self.code)
        if unit.head != self.head:
            yield UnitHeadNamed(head=self.head)


def existing(unit: Unit, code: str) -> Unit:
    if not unit.code:
        raise Unknown("unit", code)
    return unit


def known(given: Given, code: str | None) -> None:
    if code is not None:
        existing(given.look(Unit(), unit_stream(code)), code)
