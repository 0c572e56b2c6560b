"""The ledger over the log: that it was closed and goes on under another name."""

from datetime import datetime
from typing import ClassVar, Self
from uuid import UUID

from msgspec.structs import replace

from domain.errors import WrongStage
from domain.record import Command, Decision, Fact, Given, Value, stream_of
from domain.records.words import demand

RESTORED = "a log that was published is never continued from an older copy"


class LedgerEpochOpened(Fact):
    """The log goes on as `origin`, since less is left of `closed` than was signed.

    `checkpoint` is the last one of it that was cosigned, and `closing` the log's own
    last statement, both as signed notes. Its first `retained` entries are here still;
    `lost` are not. `stranded` were recorded under that name since, and never published:
    the statement has the root over them.
    """

    TOPIC: ClassVar = "ledger.epoch-opened"
    number: int
    origin: str
    closed: str
    checkpoint: str
    closing: str
    retained: int
    lost: int
    stranded: int


class LedgerEntryLost(Fact):
    """An entry of a closed log that is not here: whoever made it is to do so again.

    `leaf` is the digest on its receipt. What follows is what its entry said, where
    entries were published and not their hashes alone; `digest` is that of its state.
    """

    TOPIC: ClassVar = "ledger.entry-lost"
    origin: str
    index: int
    leaf: str
    stream: UUID | None = None
    version: int | None = None
    topic: str | None = None
    position: int | None = None
    recorded_at: datetime | None = None
    digest: str | None = None


class Ledger(Value):
    """How many names the ledger has had, its own among them."""

    number: int = 1

    @property
    def subject(self) -> str | None:
        return None

    def evolve(self, fact: Fact) -> Self:
        if isinstance(fact, LedgerEpochOpened):
            return replace(self, number=fact.number)
        return self


def ledger_stream() -> UUID:
    return stream_of("ledger", "epochs")


class OpenLedgerEpoch(Command[Ledger]):
    """Put on record that a log was closed, what is left of it, and what is lost."""

    opened: LedgerEpochOpened
    lost: tuple[LedgerEntryLost, ...] = ()

    @property
    def stream(self) -> UUID:
        return ledger_stream()

    def blank(self) -> Ledger:
        return Ledger()

    def decide(self, ledger: Ledger, given: Given) -> Decision:  # noqa: ARG002
        demand("reason", self.reason, what="say why", rule=RESTORED)
        if self.opened.number <= ledger.number:
            raise WrongStage(
                f"there has been an epoch {ledger.number} already", rule=RESTORED
            )
        yield self.opened
        yield from self.lost
