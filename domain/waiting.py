"""A command that waits for its turn at the door, and what becomes of it."""

import threading
from collections.abc import Mapping, Sequence
from typing import Any

from domain.errors import KeyReused, VersionClash
from domain.receipt import Answer, Entry, Key, Receipt, Request
from domain.record import Command
from domain.view import Occasion, View

Answers = Mapping[Key, tuple[bytes, Receipt]]
Outcome = Receipt | Exception | None


class Waiting:
    """A command that waits for its turn, and then holds its outcome."""

    def __init__(
        self,
        command: Command[Any],
        occasion: Occasion,
        request: Request | None,
        expected: int | None,
    ) -> None:
        self.command, self.occasion = command, occasion
        self.request, self.expected = request, expected
        self.version = 0
        self.outcome: Receipt | Exception | None = None
        self.awake = threading.Event()

    def decide(self, view: View, answers: Answers) -> Receipt | None:
        """Decide in sight of *view*; return a receipt where nothing is to be stored."""
        self.occasion.begin(view)
        if self.request and self.request.key in answers:
            digest, receipt = answers[self.request.key]
            if digest == self.request.digest:
                return receipt
            raise KeyReused(f"{self.request.key.key} was used for another request")
        stream, version = self.command.stream, view.version(self.command.stream)
        if self.expected is not None and self.expected != version:
            raise VersionClash(stream, expected=self.expected, actual=version)
        self.occasion.carry_out(self.command)
        self.version = view.version(stream)
        if self.occasion.records:
            return None
        return Receipt(stream=stream, version=version, position=None)


def conclude(
    waiting: Waiting, origin: str, entries: Sequence[Entry], span: range
) -> Answer:
    """Return what to answer: *span* are the places of its events among the entries.

    The receipt is for the last event of the command's own stream; for the last of all
    where the command has only made others record something.
    """
    stream = waiting.command.stream
    ours = [nth for nth in span if entries[nth].originator_id == stream]
    own = ours[-1] if ours else span[-1]
    return Answer(
        request=waiting.request or Request(key=Key(actor="", key=""), digest=b""),
        stream=stream,
        version=waiting.version,
        nth=span.stop,
        own=own + 1,
        draft=entries[own].draft(origin),
    )
