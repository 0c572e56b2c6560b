"""What the log holds: a fact, in an envelope of who, when and because of what."""

from abc import ABCMeta, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import (
    TYPE_CHECKING,
    Annotated,
    Any,
    ClassVar,
    Generic,
    Protocol,
    Self,
    TypeVar,
    dataclass_transform,
)
from urllib.parse import quote
from uuid import NAMESPACE_URL, UUID, uuid5

import msgspec


class ValueMeta(msgspec.StructMeta):
    """Makes values frozen, keyword-only, strict, and stored without defaults."""

    def __new__(
        cls, name: str, bases: tuple[type, ...], space: dict[str, Any], **options: Any
    ) -> "ValueMeta":
        strict = {
            "frozen": True,
            "kw_only": True,
            "forbid_unknown_fields": True,
            "omit_defaults": True,
        }
        return super().__new__(cls, name, bases, space, **(strict | options))


@dataclass_transform(frozen_default=True, kw_only_default=True)
class Value(msgspec.Struct, metaclass=ValueMeta, frozen=True, kw_only=True):
    """A plain value: compared by content, never changed."""


class Citation(Value):
    """The rule that was applied: its rulebook, version, id and legal basis."""

    rulebook: str
    version: int
    rule: str
    legal_basis: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.rulebook} v{self.version}, rule {self.rule}"


class Sealed(Value):
    """A value that only its key opens: the token that stands for it, and its class."""

    sealed: str
    class_: str = msgspec.field(name="class", default="confidential")


if TYPE_CHECKING:
    Text = str
else:
    # Sealed in the log if it is about a person. Who reads it unopened finds a `Sealed`.
    Text = str | Sealed
# What was answered on a form: sealed field by field, but for those that are open.
Contents = Annotated[Mapping[str, Any], msgspec.Meta(extra={"sealed": True})]


class Fact(Value):
    """Something that happened.

    Stored for ever under its TOPIC: a field may be added, with a default; none is ever
    renamed or removed. STANDING facts are kept as long as there is a file; what others
    say is kept by the year in which their stream began.
    """

    TOPIC: ClassVar[str]
    STANDING: ClassVar[bool] = False

    @property
    def relative_concerned(self) -> str | None:
        """Return the relative whom its contents are about; None: the person."""
        return None

    def class_of(self, field: str) -> str:  # noqa: ARG002  some facts go by the field
        """Return who may read what the field says: open, confidential, restricted."""
        return "confidential"


class Actor(Value):
    """Who acts: `id` is a personnel number, or the name of a machine."""

    id: str
    role: str
    on_behalf_of: str | None = None


class State(Protocol):
    """An aggregate as its facts have left it. `evolve` copies and never refuses."""

    @property
    def subject(self) -> str | None:
        """Return the number of the person whom the stream is about, if it is anyone."""

    def evolve(self, fact: Fact) -> Self: ...


F_co = TypeVar("F_co", bound=Fact, covariant=True)
S = TypeVar("S", bound=State)


class Recorded(Value, Generic[F_co]):
    """A fact as it stands in the log.

    `occurred_on` is the business date that somebody claims; `recorded_at` is the
    server's time. `causation_id` is the event, and `correlation_id` the first event,
    that led here.
    """

    event_id: UUID
    originator_id: UUID
    originator_version: int
    recorded_at: datetime
    actor: Actor
    command_id: UUID
    fact: F_co
    subject: str | None = None
    occurred_on: date | None = None
    reason: Text | None = None
    causation_id: UUID | None = None
    correlation_id: UUID | None = None


class Given(Protocol):
    """What a decision is given besides its own stream: who asks, when, and the log."""

    @property
    def by(self) -> Actor: ...

    @property
    def at(self) -> datetime:
        """Return the server's time (UTC) at which the command is decided."""

    def look(self, blank: S, stream: UUID) -> S:
        """Return the state of another stream as the log has it now."""

    def history(self, stream: UUID) -> Sequence["Recorded[Any]"]:
        """Return what the log has of a stream, oldest first; sealed may stay sealed."""


class CommandMeta(ValueMeta, ABCMeta):
    """Makes values that cannot exist while a method of theirs is not written."""


class Command(Value, Generic[S], metaclass=CommandMeta):
    """What someone asks for: it knows its stream, and decides from its state."""

    reason: str | None = None
    occurred_on: date | None = None
    # Whether nothing can have happened yet on its stream: then it is not looked up.
    FRESH: ClassVar[bool] = False

    @property
    @abstractmethod
    def stream(self) -> UUID:
        """Return the stream on which it is decided."""

    def reads(self) -> tuple[UUID, ...]:
        """Return the streams that the decision will need, to be read at once."""
        return (self.stream,)

    @abstractmethod
    def blank(self) -> S:
        """Return the state of a stream in which nothing has happened."""

    @abstractmethod
    def decide(self, state: S, given: Given) -> "Decision":
        """Yield the facts that follow, or raise `domain.errors.Refused`.

        A command that is yielded is decided next, on its own stream, and all that
        follows is recorded together or not at all.
        """


Decision = Iterator[Fact | Command[Any]]


@lru_cache(maxsize=4096)
def stream_of(kind: str, *key: str) -> UUID:
    """Return the stream of the aggregate of this *kind* with this natural *key*."""
    return uuid5(
        NAMESPACE_URL,
        "/".join(("probity:" + kind, *(quote(part, safe="") for part in key))),
    )
