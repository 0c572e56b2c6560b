"""An export: what left the register, of whom, masked or not, for what purpose."""

from typing import ClassVar, Self
from uuid import UUID

from msgspec.structs import replace

from domain.errors import NotAllowed
from domain.record import Command, Decision, Fact, Given, Value, stream_of
from domain.records.reading import ON_RECORD, RecordRead, sole
from domain.records.words import demand

MASKED = "an export is masked, unless the purpose cannot be reached otherwise"
# What may need more than masked data.
UNMASKING = frozenset({"appeal", "audit", "investigation", "oversight", "records"})


class ExportMade(Fact):
    """`kind` is what was exported, and `sha256` the digest of the file that left."""

    TOPIC: ClassVar = "records.export-made"
    export: str
    kind: str
    rows: int
    persons: tuple[str, ...]
    purpose: str
    authority: str
    masked: bool
    sha256: str | None = None


class Export(Value):
    made: ExportMade | None = None

    @property
    def subject(self) -> str | None:
        return sole(self.made.persons) if self.made else None

    def evolve(self, fact: Fact) -> Self:
        if isinstance(fact, ExportMade):
            return replace(self, made=fact)
        return self


def export_stream(export: str) -> UUID:
    return stream_of("export", export)


class RecordExport(Command[Export]):
    """Put an export on record, before it leaves, and the read that it is.

    What a read must say an export must say too: see `RecordRead`.
    """

    export: str
    kind: str
    rows: int
    persons: tuple[str, ...]
    purpose: str
    authority: str
    masked: bool = True
    sha256: str | None = None

    @property
    def stream(self) -> UUID:
        return export_stream(self.export)

    def blank(self) -> Export:
        return Export()

    def decide(self, export: Export, given: Given) -> Decision:  # noqa: ARG002
        demand("kind", self.kind, what="say what is exported", rule=ON_RECORD)
        if not self.masked and self.purpose not in UNMASKING:
            known = ", ".join(sorted(UNMASKING))
            reason = f"for {self.purpose} it stays masked, but not for {known}"
            raise NotAllowed(reason, rule=MASKED)
        if export.made:
            return
        yield ExportMade(
            export=self.export,
            kind=self.kind,
            rows=self.rows,
            persons=self.persons,
            purpose=self.purpose,
            authority=self.authority,
            masked=self.masked,
            sha256=self.sha256,
        )
        yield self.read()

    def read(self) -> RecordRead:
        return RecordRead(
            read=f"export:{self.export}",
            what="export",
            key=self.export,
            purpose=self.purpose,
            authority=self.authority,
            persons=self.persons,
            masked=self.masked,
            reason=self.reason,
        )
