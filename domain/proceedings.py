"""Which proceedings there are about a person: where decisions find all of them."""

from typing import ClassVar, Literal, Self
from uuid import UUID

from msgspec.structs import replace

from domain.record import Command, Decision, Fact, Given, Value, stream_of

Kind = Literal["verification", "case", "appeal", "candidacy", "recommendation", "track"]


class Said(Fact):
    """What is said in a proceeding about somebody: few may read it."""

    def class_of(self, field: str) -> str:  # noqa: ARG002  it is said of somebody
        return "restricted"


class ProceedingEntered(Fact):
    """A proceeding about the person was opened; `key` names it within its kind."""

    TOPIC: ClassVar = "proceedings.entered"
    person: str
    kind: Kind
    key: str


class Proceedings(Value):
    """All proceedings there ever were about a person, in the order of their opening."""

    person: str = ""
    entered: tuple[tuple[Kind, str], ...] = ()

    @property
    def subject(self) -> str | None:
        return self.person or None

    def evolve(self, fact: Fact) -> Self:
        match fact:
            case ProceedingEntered():
                entered = (*self.entered, (fact.kind, fact.key))
                return replace(self, person=fact.person, entered=entered)
        return self

    def of(self, kind: Kind) -> tuple[str, ...]:
        """Return the keys of the proceedings of one kind."""
        return tuple(key for known, key in self.entered if known == kind)


def proceedings_stream(person: str) -> UUID:
    return stream_of("proceedings", person)


def proceedings_of(given: Given, person: str) -> Proceedings:
    return given.look(Proceedings(), proceedings_stream(person))


def acted(given: Given, *streams: UUID) -> frozenset[str]:
    """Return everybody who recorded anything on these streams, or had it recorded."""
    actors = [record.actor for s in streams for record in given.history(s)]
    return frozenset(who for a in actors for who in (a.id, a.on_behalf_of) if who)


class EnterProceeding(Command[Proceedings]):
    """Enter a proceeding that is being opened; part of the command that opens it."""

    person: str
    kind: Kind
    key: str

    @property
    def stream(self) -> UUID:
        return proceedings_stream(self.person)

    def blank(self) -> Proceedings:
        return Proceedings()

    def decide(self, state: Proceedings, given: Given) -> Decision:  # noqa: ARG002
        if (self.kind, self.key) not in state.entered:
            yield ProceedingEntered(person=self.person, kind=self.kind, key=self.key)
