"""The closed registry of facts: how they are stored, and how old ones are read."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec

from domain.errors import UnreadableEvent
from domain.record import Fact, Recorded

Upcast = Callable[[dict[str, Any]], dict[str, Any]]

# All that bytes from elsewhere, or an upcaster that meets them, can raise.
ODDITIES = (
    LookupError,
    TypeError,
    ValueError,
    RecursionError,
    msgspec.MsgspecError,
)


@dataclass(frozen=True)
class Place:
    """Where an event stands, as an error message names it."""

    event: str
    position: str


@dataclass
class Topics:
    """Reads the facts it knows, and no others.

    `upcasters` maps the topic of an old version to the topic that follows it and to the
    function that turns the old fields into the new: a stored event is never rewritten.
    """

    facts: Iterable[type[Fact]]
    upcasters: Mapping[str, tuple[str, Upcast]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.decoders: dict[str, msgspec.json.Decoder[Recorded[Any]]] = {
            fact.TOPIC: msgspec.json.Decoder(Recorded[fact])  # type: ignore[valid-type]
            for fact in self.facts
        }

    def decode(self, topic: str, state: bytes, place: Place) -> Recorded[Any]:
        """Return the event, or raise `UnreadableEvent` naming what and where."""
        try:
            if topic in self.decoders:
                return self.decoders[topic].decode(state)
            return self._upcast(topic, msgspec.json.decode(state, type=dict[str, Any]))
        except ODDITIES as error:
            raise UnreadableEvent(
                place.event, topic=topic, position=place.position, reason=_words(error)
            ) from error

    def _upcast(self, topic: str, envelope: dict[str, Any]) -> Recorded[Any]:
        while topic not in self.decoders:
            if topic not in self.upcasters:
                raise LookupError(
                    f"this version of the program does not know the topic {topic}"
                )
            topic, upcast = self.upcasters[topic]
            envelope["fact"] = upcast(envelope["fact"])
        record: Recorded[Any] = msgspec.convert(envelope, self.decoders[topic].type)
        return record


def encode(record: Recorded[Any]) -> bytes:
    """Return the bytes that are stored: plain JSON, readable in SQL."""
    return msgspec.json.encode(record)


def _words(error: Exception) -> str:
    return f"it has no {error}" if isinstance(error, KeyError) else str(error)
