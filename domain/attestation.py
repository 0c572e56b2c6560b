"""An attestation: what the rows of a read model were at a position of the log."""

from collections.abc import Mapping
from datetime import date
from typing import ClassVar, Self
from uuid import UUID

from msgspec.structs import replace

from domain.record import Command, Decision, Fact, Given, Value, stream_of


class ProjectionAttested(Fact):
    """What a read model had made of the log up to `position` had this `digest`.

    `tables` and `rows` are the digest and the number of the rows of each table, by its
    name; `form` is how a digest is made, and `layout` stands for the tables and the
    program that made the rows. Of `parked` events it could make nothing then.
    """

    TOPIC: ClassVar = "projection.attested"
    model: str
    layout: str
    position: int
    on: date
    form: str
    digest: str
    tables: Mapping[str, str]
    rows: Mapping[str, int]
    parked: int = 0


class Attested(Value):
    """What was last attested of a read model."""

    last: ProjectionAttested | None = None

    @property
    def subject(self) -> str | None:
        return None

    def evolve(self, fact: Fact) -> Self:
        if isinstance(fact, ProjectionAttested):
            return replace(self, last=fact)
        return self

    def said_on(self, day: date) -> bool:
        """Return whether it was last attested on that day."""
        return self.last is not None and self.last.on == day


def projection_stream(model: str) -> UUID:
    return stream_of("projection", model)


class AttestProjection(Command[Attested]):
    """Attest it, once a day: a second time on the same day records nothing."""

    attested: ProjectionAttested

    @property
    def stream(self) -> UUID:
        return projection_stream(self.attested.model)

    def blank(self) -> Attested:
        return Attested()

    def decide(self, state: Attested, given: Given) -> Decision:  # noqa: ARG002
        if not state.said_on(self.attested.on):
            yield self.attested
