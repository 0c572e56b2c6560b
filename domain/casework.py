"""The door to the write side: one command in, one receipt out."""

import threading
from collections import deque
from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any
from uuid import UUID

from eventsourcing.application import Application
from eventsourcing.persistence import (
    ApplicationRecorder,
    IntegrityError,
    Mapper,
    OperationalError,
    StoredEvent,
)

from domain.errors import VersionClash
from domain.facts import TOPICS
from domain.receipt import Answer, Entry, Key, Log, Receipt, Request, entry_of
from domain.record import Actor, Command, Recorded, S
from domain.sealing import open_all, seal_all
from domain.topics import Place, Topics
from domain.vault import Vault
from domain.view import Occasion, View
from domain.waiting import Answers, Outcome, Waiting, conclude

TRIES = 4
TOGETHER = 64
# Seconds that a leader waits for those who were served just now, and will ask again:
# twice as many then share a flush. Whoever is alone waits for nobody.
LINGER = 0.0001


class FactMapper(Mapper[UUID]):
    """Writes a fact as plain JSON under its topic; reads only topics it knows."""

    def __init__(self, topics: Topics) -> None:
        self.topics = topics

    def to_stored_event(self, event: Any) -> Entry:
        return entry_of(event)

    def to_domain_event(self, stored_event: StoredEvent) -> Recorded[Any]:
        stream, version = stored_event.originator_id, stored_event.originator_version
        position = getattr(stored_event, "id", "unknown")
        place = Place(event=f"{stream} version {version}", position=str(position))
        return self.topics.decode(stored_event.topic, stored_event.state, place)


class Casework(Application[UUID]):
    """Decides commands and stores what follows; safe to share between threads.

    Commands that wait while another is being stored go into the log together, in one
    transaction, each with an outcome of its own.
    """

    name = "probity"

    def __init__(self, log: Log, vault: Vault, topics: Topics = TOPICS) -> None:
        self.kept, self.vault, self.topics = log, vault, topics
        self.queue: deque[Waiting] = deque()
        self.turn = threading.Lock()
        self.served = 0
        super().__init__()

    def construct_recorder(self) -> ApplicationRecorder:
        return self.kept  # type: ignore[return-value]  # a recorder with more to it

    def construct_mapper(self) -> Mapper[UUID]:
        return FactMapper(self.topics)

    def handle(
        self,
        command: Command[S],
        *,
        by: Actor,
        at: datetime,
        request: Request | None = None,
        expected: int | None = None,
        because_of: Recorded[Any] | None = None,
    ) -> Receipt:
        """Carry out *command*, or raise and record nothing.

        `by` and `at` are who asks and the server's time; `request` makes a retry
        harmless; `expected` is the version that the caller has read; `because_of` is
        the event to which a machine reacts. Raises what `domain.errors` lists.
        """
        occasion = Occasion(by=by, at=at, because_of=because_of)
        waiting = Waiting(command, occasion, request, expected)
        self.queue.append(waiting)
        while waiting.outcome is None:
            if self.turn.acquire(blocking=False):
                if self.served > 1:
                    waiting.awake.wait(LINGER)
                self.take_turn(self.next_batch())
            else:
                waiting.awake.wait()
                waiting.awake.clear()
        if isinstance(waiting.outcome, Exception):
            raise waiting.outcome
        return waiting.outcome

    def take_turn(self, batch: Sequence[Waiting]) -> None:
        """Settle the batch, give up the turn, and wake its threads and the next leader.

        Whoever finds the turn taken has queued before: so who leads next is found here.
        """
        try:
            self.settle(batch)
        finally:
            self.served = len(batch)
            self.turn.release()
        with suppress(IndexError):
            self.queue[0].awake.set()
        for waiting in batch:
            waiting.awake.set()

    def handle_all(
        self, commands: Iterable[Command[Any]], *, by: Actor, at: datetime
    ) -> list[Receipt | Exception]:
        """Carry out many commands of one actor in few transactions; see `handle`."""
        waiting = [Waiting(c, Occasion(by=by, at=at), None, None) for c in commands]
        for start in range(0, len(waiting), TOGETHER):
            self.turn.acquire()
            self.take_turn(waiting[start : start + TOGETHER])
        return [w.outcome for w in waiting if w.outcome is not None]

    def next_batch(self) -> list[Waiting]:
        """Take what waits; of two requests with one key, the second waits longer."""
        batch: list[Waiting] = []
        keys: set[Key] = set()
        while self.queue and len(batch) < TOGETHER:
            request = self.queue[0].request
            if request and request.key in keys:
                break
            if request:
                keys.add(request.key)
            batch.append(self.queue.popleft())
        return batch

    def settle(self, batch: Sequence[Waiting]) -> None:
        """Give every command of the *batch* its outcome.

        If the batch cannot be stored, each is tried alone, so that one stream that
        nobody can read spoils nothing else. Where it is unknown what was stored,
        nothing is tried again.
        """
        try:
            for nth in range(TRIES):
                if self.attempt(batch, again=nth > 0):
                    return
            error: Exception = VersionClash(batch[0].command.stream)
        except Exception as failure:  # noqa: BLE001  every waiting thread must be told
            error = failure
        alone = len(batch) == 1 or isinstance(error, OperationalError)
        for waiting in batch:
            if alone:
                waiting.outcome = error
            else:
                self.settle([waiting])

    def attempt(self, batch: Sequence[Waiting], *, again: bool = False) -> bool:
        """Decide and store; return False if somebody else stored something first.

        Only what is stored tells anybody anything: a refusal may rest on what another
        command of the batch was about to record.
        """
        view = View(self.read_sealed, self.unseal)
        if not again:
            view.streams |= {w.command.stream: [] for w in batch if w.command.FRESH}
        view.fetch(stream for w in batch for stream in w.command.reads())
        view.open([w.command.stream for w in batch])
        answers = self.recall(batch) if again else {}
        outcomes = [self.decide(waiting, view, answers) for waiting in batch]
        if not again:
            outcomes = self.reconsider(batch, outcomes, view)
        pairs = list(zip(batch, outcomes, strict=True))
        try:
            self.store([waiting for waiting, outcome in pairs if outcome is None])
        except IntegrityError:
            self.vault.forget()
            return False
        for waiting, outcome in pairs:
            waiting.outcome = waiting.outcome or outcome
        return True

    def recall(self, batch: Iterable[Waiting]) -> Answers:
        keys = [waiting.request.key for waiting in batch if waiting.request]
        return self.kept.recall(keys) if keys else {}

    def reconsider(
        self, batch: Sequence[Waiting], outcomes: Sequence[Outcome], view: View
    ) -> list[Outcome]:
        """Answer again what was refused, or without effect, because it was done before.

        What is new is stored under its key, which nobody can have used; so only here is
        it worth asking what was answered.
        """
        pairs = list(zip(batch, outcomes, strict=True))
        answers = self.recall(w for w, outcome in pairs if outcome is not None)
        return [
            self.decide(waiting, view, answers)
            if waiting.request and waiting.request.key in answers
            else outcome
            for waiting, outcome in pairs
        ]

    def decide(
        self,
        waiting: Waiting,
        view: View,
        answers: Answers,
    ) -> Outcome:
        """Return the outcome, or None where there is something to store."""
        try:
            return waiting.decide(view, answers)
        except Exception as error:  # noqa: BLE001  one refusal must not touch the others
            view.forget(waiting.occasion.records)
            return error

    def store(self, decided: Sequence[Waiting]) -> None:
        dated = [pair for waiting in decided for pair in waiting.occasion.dated()]
        sealed, keys = seal_all(dated, self.vault)
        entries = [entry_of(record) for record in sealed]
        answers: list[Answer] = []
        ends: list[tuple[Waiting, Answer]] = []
        nth = 0
        for waiting in decided:
            first, nth = nth, nth + len(waiting.occasion.records)
            end = conclude(waiting, self.kept.origin, entries, range(first, nth))
            ends.append((waiting, end))
            if waiting.request:
                answers.append(end)
        base = self.append(entries, answers, keys) if entries else 0
        for waiting, end in ends:
            waiting.outcome = end.receipt(base)

    def append(
        self, entries: Sequence[Entry], answers: Sequence[Answer], keys: Sequence[UUID]
    ) -> int:
        """Store, and if the connection is lost before that, once more."""
        try:
            return self.append_once(entries, answers, keys)
        except OperationalError:
            return self.append_once(entries, answers, keys)

    def append_once(
        self, entries: Sequence[Entry], answers: Sequence[Answer], keys: Sequence[UUID]
    ) -> int:
        """Store, and on a lost connection or a clash look first whether it was us."""
        try:
            return self.kept.append(entries, answers, keys)
        except IntegrityError:
            return self.ours(entries[0])
        except OperationalError:
            with suppress(IntegrityError):
                return self.ours(entries[0])
            raise

    def ours(self, first: Entry) -> int:
        """Return the base of an append that went in unnoticed, or raise the clash."""
        position = self.kept.position_of(first.event_id)
        if position is None:
            raise IntegrityError(f"another event stands in the place of {first}")
        return position - 1

    def read(self, streams: Collection[UUID]) -> Iterable[Recorded[Any]]:
        """Return these streams in the clear: to decide by, and to show to nobody."""
        return self.unseal(list(self.read_sealed(streams)))

    def unseal(self, records: Sequence[Recorded[Any]]) -> Iterable[Recorded[Any]]:
        return open_all(records, self.vault)

    def read_sealed(self, streams: Collection[UUID]) -> Iterable[Recorded[Any]]:
        return map(self.mapper.to_domain_event, self.kept.select_streams(streams))  # type: ignore[arg-type]

    def history(self, stream: UUID) -> Sequence[Recorded[Any]]:
        """Return every event of a stream, oldest first, with what is sealed sealed."""
        return View(self.read_sealed).history(stream)

    def look(self, blank: S, stream: UUID) -> S:
        """Return the state of a stream as the log has it now, sealed where it is."""
        return View(self.read_sealed).state(blank, stream)
