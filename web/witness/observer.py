"""Judges whether a log has only grown, cosigns that, and never forgets what it saw."""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from projections.ledger.seen import Head, Seen
from projections.ledger.standard.cosignature import Cosigner, timestamp_of
from projections.ledger.standard.note import (
    BadNote,
    Note,
    Signature,
    Verifier,
    parse,
    verified,
)
from projections.ledger.standard.tree import EMPTY_ROOT, check_consistency
from web.witness.submission import Submission

HOUR = 3600  # seconds


class UnknownLog(Exception):
    """The witness does not watch this log."""


class NotSigned(Exception):
    """The log has not signed this checkpoint, as far as the witness knows its keys."""


class TooLarge(Exception):
    """The old size is larger than that of the checkpoint."""


@dataclass(frozen=True)
class Observer:
    """A witness: its keys, those of the logs it watches, and what it has cosigned."""

    cosigners: Sequence[Cosigner]
    logs: Sequence[Verifier]
    seen: Seen
    clock: Callable[[], float] = time.time

    def add(self, submission: Submission) -> Sequence[Signature]:
        """Cosign a checkpoint that the last one grew into, by each of our keys.

        The last size is compared, and the new checkpoint stored durably, in one go.

        Raises:
            UnknownLog: its origin is of no log that we watch.
            NotSigned: no known key of the log has signed it, or one has not.
            TooLarge: the old size is over that of the checkpoint.
            Moved: the old size is not the one that we cosigned last.
            BadProof: nothing proves that the tree grew out of the one before.
        """
        checkpoint = submission.checkpoint
        by_log = self._signed(submission)
        if submission.old > checkpoint.size:
            raise TooLarge(f"old size {submission.old} is over {checkpoint.size}")
        cosignatures: list[Signature] = []

        def judge(last: Head | None) -> Head:
            check_growth(last, submission)
            # Only now, with the record held: an earlier time would not be true of it.
            at = time_after(int(self.clock()), self._last_time(last))
            text = submission.note.text
            cosignatures.extend(one.cosign(text, at) for one in self.cosigners)
            note = Note(text, (*by_log, *cosignatures))
            return Head(checkpoint.size, checkpoint.root, str(note))

        self.seen.advance_by(checkpoint.origin, submission.old, judge)
        return cosignatures

    def latest(self, origin_hash: str) -> str | None:
        """Return the last note we cosigned of the log whose origin has this SHA-256."""
        for origin in self.seen.origins():
            if sha256(origin.encode()).hexdigest() == origin_hash:
                last = self.seen.latest(origin)
                return last.note if last else None
        return None

    def _signed(self, submission: Submission) -> Sequence[Signature]:
        origin = submission.checkpoint.origin
        keys = [log for log in self.logs if log.name == origin]
        if not keys:
            raise UnknownLog(f"this witness does not watch a log named {origin!r}")
        try:
            valid = verified(submission.note, keys)
        except BadNote as error:
            raise NotSigned(str(error)) from error
        # One of each key: whoever repeats a line does not make our record longer.
        return list({one.key_id: one for one in valid}.values())

    def _last_time(self, last: Head | None) -> int:
        """Return when we cosigned last, 0 if never."""
        ours = {(one.name, one.key_id) for one in self.cosigners}
        return max(cosigned_at(last.note, ours), default=0) if last else 0


def time_after(now: int, last: int) -> int:
    """Return the time to cosign at: not before the last, if the clock was set back.

    A clock that was an hour ahead is a mistake, which is not carried on for ever.
    """
    return last if now < last <= now + HOUR else now


def check_growth(last: Head | None, submission: Submission) -> None:
    """Raise `BadProof` unless the submitted tree grew out of the last one."""
    check_consistency(
        last.size if last else 0,
        last.root if last else EMPTY_ROOT,
        submission.checkpoint.size,
        submission.checkpoint.root,
        submission.proof,
    )


def cosigned_at(note: str, keys: Iterable[tuple[str, bytes]]) -> list[int]:
    """Return the times in the cosignatures by these keys."""
    under = parse(note).signatures
    return [timestamp_of(one) for one in under if (one.name, one.key_id) in keys]
