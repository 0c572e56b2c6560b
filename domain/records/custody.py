"""What is done with the whole of one person's records: holds, orders, destruction."""

from collections.abc import Mapping
from datetime import date
from typing import ClassVar, Literal, Self, TypeVar
from uuid import UUID

from msgspec.structs import replace

from domain.errors import WrongStage
from domain.record import Citation, Command, Fact, Value, stream_of
from domain.vault import KeyName

K = TypeVar("K")
V = TypeVar("V")
HOLD = "a legal hold outlasts every retention and every order"


# Facts: what happened.


class Custodial(Fact):
    """What is kept of the records themselves as long as there is a file."""

    STANDING: ClassVar = True


class LegalHoldPlaced(Custodial):
    """Nothing of the person's is destroyed while it lasts; the envelope says why.

    `basis` is the law or the decision it rests on: it stays in the open, and names
    nobody. On `review_on` somebody looks whether it is still needed.
    """

    TOPIC: ClassVar = "records.hold-placed"
    person: str
    hold: str
    basis: str
    review_on: date


class LegalHoldReleased(Custodial):
    TOPIC: ClassVar = "records.hold-released"
    hold: str


class DestructionOrdered(Custodial):
    """The first of two people wants it destroyed; what, `SubjectKeyDestroyed` says."""

    TOPIC: ClassVar = "records.destruction-ordered"
    person: str
    order: int
    basis: str
    ordered_by: str
    relative: str | None = None
    year: int | None = None


class DestructionDeclined(Custodial):
    TOPIC: ClassVar = "records.destruction-declined"
    order: int


class RetentionReached(Custodial):
    """Under every rulebook cited the time is over for which it had to be kept."""

    TOPIC: ClassVar = "records.retention-reached"
    person: str
    year: int
    reached_on: date
    cited: tuple[Citation, ...]
    relative: str | None = None


class SubjectKeyDestroyed(Custodial):
    """The keys named here are to be destroyed: nobody opens any more what they sealed.

    `relative`: None is the person and all relatives, "" the person alone. `year`: None
    is all there was `on` that day, else as in `KeyName`.
    """

    TOPIC: ClassVar = "records.key-destroyed"
    person: str
    basis: Literal["retention", "order"]
    on: date
    relative: str | None = None
    year: int | None = None
    cited: tuple[Citation, ...] = ()
    order: int | None = None

    def destroys(self, key: KeyName) -> bool:
        """Return whether the key of this name is meant."""
        return (
            key.subject == self.person
            and self.relative in (None, key.relative)
            and self.year in (None, key.year)
        )


# State: what the facts add up to.


class Custody(Value):
    """What may be done with a person's records; `orders` wait for a second person."""

    person: str | None = None
    holds: Mapping[str, LegalHoldPlaced] = {}
    orders: Mapping[int, DestructionOrdered] = {}
    ordered: int = 0
    destroyed: tuple[SubjectKeyDestroyed, ...] = ()

    @property
    def subject(self) -> str | None:
        return self.person

    def evolve(self, fact: Fact) -> Self:  # noqa: PLR0911, C901  one line a fact
        match fact:
            case LegalHoldPlaced():
                holds = {**self.holds, fact.hold: fact}
                return replace(self, person=fact.person, holds=holds)
            case LegalHoldReleased():
                return replace(self, holds=without(self.holds, fact.hold))
            case DestructionOrdered():
                orders = {**self.orders, fact.order: fact}
                return replace(
                    self, person=fact.person, orders=orders, ordered=fact.order
                )
            case DestructionDeclined():
                return replace(self, orders=without(self.orders, fact.order))
            case RetentionReached():
                return replace(self, person=fact.person)
            case SubjectKeyDestroyed():
                orders = without(self.orders, fact.order)
                return replace(self, orders=orders, destroyed=(*self.destroyed, fact))
        return self

    def destroyed_since(
        self, relative: str | None, year: int, since: date
    ) -> SubjectKeyDestroyed | None:
        """Return what destroyed all of this, on that day or later."""
        for fact in self.destroyed:
            whose, when = fact.relative in (None, relative), fact.year in (None, year)
            if whose and when and fact.on >= since:
                return fact
        return None


def without(held: Mapping[K, V], key: K | None) -> dict[K, V]:
    return {each: fact for each, fact in held.items() if each != key}


def records_stream(person: str) -> UUID:
    return stream_of("records", person)


def refuse_held(custody: Custody) -> None:
    """Raise if a legal hold lies on the person's records."""
    for hold in custody.holds.values():
        raise WrongStage(f"legal hold {hold.hold} forbids it ({hold.basis})", rule=HOLD)


# Commands: what someone asks for, and when the rules allow it.


class CustodyCommand(Command[Custody]):
    person: str

    @property
    def stream(self) -> UUID:
        return records_stream(self.person)

    def blank(self) -> Custody:
        return Custody()
