"""The sources a verification may ask: declared ones, for a purpose and by law."""

from typing import ClassVar, Self
from uuid import UUID

from msgspec.structs import replace

from domain.errors import WrongStage
from domain.record import Command, Decision, Fact, Given, Value, stream_of
from domain.records.words import demand

SOURCES = "only a declared source is asked, for the purpose that was declared"


class SourceDeclared(Fact):
    """A register outside that may be asked, what for, and by what law."""

    TOPIC: ClassVar = "source.declared"
    source: str
    name: str
    purpose: str
    legal_basis: str


class SourceWithdrawn(Fact):
    TOPIC: ClassVar = "source.withdrawn"


class Source(Value):
    declared: SourceDeclared | None = None

    @property
    def subject(self) -> str | None:
        return None

    def evolve(self, fact: Fact) -> Self:
        match fact:
            case SourceDeclared():
                return replace(self, declared=fact)
            case SourceWithdrawn():
                return replace(self, declared=None)
        return self


def source_stream(source: str) -> UUID:
    return stream_of("source", source)


class SourceCommand(Command[Source]):
    source: str

    @property
    def stream(self) -> UUID:
        return source_stream(self.source)

    def blank(self) -> Source:
        return Source()


class DeclareSource(SourceCommand):
    """Declare a source; another purpose needs it withdrawn and declared anew."""

    name: str
    purpose: str
    legal_basis: str

    def decide(self, source: Source, given: Given) -> Decision:  # noqa: ARG002
        for field in ("name", "purpose", "legal_basis"):
            demand(field, getattr(self, field), what="say it", rule=SOURCES)
        fact = SourceDeclared(
            source=self.source,
            name=self.name,
            purpose=self.purpose,
            legal_basis=self.legal_basis,
        )
        if source.declared is None:
            yield fact
        elif source.declared != fact:
            taken = f"{self.source} was declared otherwise: withdraw it first"
            raise WrongStage(taken, rule=SOURCES)


class WithdrawSource(SourceCommand):
    def decide(self, source: Source, given: Given) -> Decision:  # noqa: ARG002
        if source.declared:
            yield SourceWithdrawn()
