"""Asks all witnesses of a policy at once for cosignatures; none holds up another."""

import queue
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from projections.ledger.publishing.peer import (
    LATE,
    PATIENCE,
    Heard,
    Peer,
    Prove,
    Submission,
    Trouble,
)
from projections.ledger.standard.note import Note, Signature
from projections.ledger.standard.policy import Policy

GRACE = 0.5  # more seconds for the others, once there are answers enough


@dataclass
class Turns:
    """Lets one thread at a time ask for a proof, and none when time is over."""

    asked: Prove
    over: bool = False
    turn: threading.Lock = field(default_factory=threading.Lock)

    def prove(self, old: int) -> Sequence[bytes]:
        with self.turn:
            if self.over:
                raise Trouble(LATE)
            return self.asked(old)

    def end(self) -> None:
        with self.turn:
            self.over = True


@dataclass
class Witnesses:
    """All witnesses of a policy; keep it, since it remembers what each has cosigned."""

    policy: Policy
    patience: float = PATIENCE
    peers: list[Peer] = field(init=False)

    def __post_init__(self) -> None:
        known = self.policy.witnesses.values()
        self.peers = [Peer(witness, self.patience) for witness in known]

    def ask(self, note: Note, prove: Prove) -> list[Heard]:
        """Ask all of them at once, and return what was heard of each.

        Args:
            note: the checkpoint, signed by the log.
            prove: called by one thread at a time.
        """
        turns = Turns(prove)
        submission = Submission(note, turns.prove)
        answers: queue.SimpleQueue[Heard] = queue.SimpleQueue()
        for peer in self.peers:
            # A daemon: the end of the program does not wait for a slow witness.
            threading.Thread(
                target=ask_one,
                args=(peer, submission, answers),
                name=f"witness {peer.witness.name}",
                daemon=True,
            ).start()
        heard = {one.witness: one for one in self.gathered(answers)}
        turns.end()
        return [
            heard.get(peer.witness.name) or peer.heard(submission, trouble=LATE)
            for peer in self.peers
        ]

    def close(self) -> None:
        """Let go of the connections that are kept for the next question."""
        for peer in self.peers:
            peer.session.close()

    def gathered(self, answers: "queue.SimpleQueue[Heard]") -> Iterator[Heard]:
        """Yield answers until all are there, or time is over; enough end it sooner."""
        deadline = time.monotonic() + self.patience
        cosignatures: list[Signature] = []
        for _ in self.peers:
            try:
                one = answers.get(timeout=max(0.0, deadline - time.monotonic()))
            except queue.Empty:
                return
            yield one
            cosignatures += one.cosignatures
            if self.policy.satisfied(cosignatures):
                deadline = min(deadline, time.monotonic() + GRACE)


def ask_one(
    peer: Peer, submission: Submission, answers: "queue.SimpleQueue[Heard]"
) -> None:
    answers.put(peer.answer(submission))
