"""Asks one witness to cosign a checkpoint (C2SP tlog-witness) and checks its answer."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import requests

from projections.discretion import told
from projections.ledger.publishing.posting import Endless, post
from projections.ledger.standard.checkpoint import Checkpoint, decimal, parse_checkpoint
from projections.ledger.standard.cosignature import timestamp_of
from projections.ledger.standard.note import BadNote, Note, Signature, parse, verified
from projections.ledger.standard.policy import Witness
from projections.ledger.standard.signature import encoded

PATIENCE = 5.0  # seconds from a question to the last answer that is waited for
CONFLICT = 409
LATE = "did not answer in time"
REFUSALS = {
    403: "does not accept the signature of this log: give it the log's vkeys",
    CONFLICT: "says another size each time: is it sent this log by others too?",
    404: "does not know this log: give it the log's vkeys",
    422: "says that this log does not follow from what it cosigned: docs/restore.md",
}

Prove = Callable[[int], Sequence[bytes]]
"""Gives the proof that the tree of the checkpoint grew out of that of a size."""


class Trouble(Exception):
    """Why there is no cosignature of a witness, in words that follow its name."""


@dataclass(frozen=True)
class Heard:
    """What came of asking one witness.

    Attributes:
        witness: its name in the policy.
        size: of the tree that it cosigned last, as far as we know.
        cosignatures: its own on this checkpoint, each one valid.
        trouble: why there is none, in words that follow its name.
    """

    witness: str
    size: int = 0
    cosignatures: tuple[Signature, ...] = ()
    trouble: str | None = None


@dataclass(frozen=True)
class Submission:
    """A checkpoint that the log has signed, and how to prove what it grew out of."""

    note: Note
    prove: Prove

    @property
    def checkpoint(self) -> Checkpoint:
        return parse_checkpoint(self.note.text)

    def body(self, old: int) -> bytes:
        """Return what is posted to a witness that has cosigned a tree of size *old*."""
        proof = self.prove(old) if 0 < old < self.checkpoint.size else ()
        lines = [f"old {old}", *map(encoded, proof), "", str(self.note)]
        return "\n".join(lines).encode()


@dataclass
class Peer:
    """One witness, and what it is known to have cosigned of each origin."""

    witness: Witness
    patience: float = PATIENCE
    sizes: dict[str, int] = field(default_factory=dict)
    session: requests.Session = field(default_factory=requests.Session)
    busy: threading.Lock = field(default_factory=threading.Lock)

    def answer(self, submission: Submission) -> Heard:
        """Ask it, unless it has not answered an earlier question yet."""
        if not self.busy.acquire(blocking=False):
            return self.heard(submission, trouble="has not answered yet")
        try:
            return self.heard(submission, self.cosigned(submission))
        except Exception as error:  # noqa: BLE001  whoever waits for it must hear of it
            return self.heard(submission, trouble=words(error))
        finally:
            self.busy.release()

    def heard(
        self,
        submission: Submission,
        cosignatures: Sequence[Signature] = (),
        trouble: str | None = None,
    ) -> Heard:
        size = self.sizes.get(submission.checkpoint.origin, 0)
        return Heard(self.witness.name, size, tuple(cosignatures), trouble)

    def cosigned(self, submission: Submission) -> Sequence[Signature]:
        """Return its cosignatures; if we were wrong about its size, ask once more."""
        checkpoint = submission.checkpoint
        status, text = self.post(submission, self.sizes.get(checkpoint.origin, 0))
        if status == CONFLICT:
            self.sizes[checkpoint.origin] = told_size(text, checkpoint.size)
            status, text = self.post(submission, self.sizes[checkpoint.origin])
        if status != requests.codes.ok:
            raise Trouble(REFUSALS.get(status, f"answered with status {status}"))
        found = own_cosignatures(self.witness, submission.note.text, text)
        self.sizes[checkpoint.origin] = checkpoint.size
        return found

    def post(self, submission: Submission, old: int) -> tuple[int, str]:
        """Return the status and the text of its answer."""
        if not self.witness.url:
            raise Trouble("has no URL in the policy, and cannot be asked")
        url = f"{self.witness.url.rstrip('/')}/add-checkpoint"
        answer = post(self.session, url, submission.body(old), self.patience)
        return answer.status, answer.body.decode(errors="replace")


def words(error: Exception) -> str:
    """Return why there is no cosignature, in words that follow the witness's name."""
    if isinstance(error, Trouble):
        return str(error)
    if isinstance(error, requests.Timeout):
        return LATE
    if isinstance(error, Endless):
        return "answers without end"
    if isinstance(error, requests.RequestException):
        return f"is out of reach ({type(error).__name__})"
    return f"could not be asked: {told(error)}"


def told_size(text: str, ours: int) -> int:
    """Return the size in an answer of status 409, if we can prove anything from it."""
    try:
        size = decimal(text.removesuffix("\n"))
    except BadNote as error:
        raise Trouble("answered 409 without the size it has") from error
    if size > ours:
        raise Trouble(
            f"says that it has cosigned {size} entries, and the log has {ours}: is the"
            " database older than what was published? See docs/restore.md"
        )
    return size


def own_cosignatures(witness: Witness, text: str, lines: str) -> Sequence[Signature]:
    """Return the signatures in an answer that are the witness's own, with their time.

    Raises:
        Trouble: there is none, or one that does not verify.
    """
    try:
        found = verified(parse(f"{text}\n{lines}"), [witness.verifier])
        stamped = [one for one in found if timestamp_of(one)]
    except BadNote as error:
        raise Trouble(f"sent no cosignature of this checkpoint: {error}") from error
    if not stamped:
        raise Trouble("sent a cosignature without a time")
    return stamped
