"""All logs that a dump or a directory shows, judged by what the checker trusts."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from projections.ledger.standard.policy import Policy
from projections.ledger.verifier.judging.closings import weigh_closing
from projections.ledger.verifier.judging.trial import judge
from projections.ledger.verifier.judging.trust import (
    Anchor,
    Edited,
    Foreign,
    Kept,
    Sorted,
    Where,
    weigh,
)
from projections.ledger.verifier.judging.trusting import read
from projections.ledger.verifier.sources.dump import read_dump
from projections.ledger.verifier.sources.shown import Copy, Shown, Watch
from projections.ledger.verifier.sources.static import sites
from projections.ledger.verifier.verdict import Difference, Verdict


@dataclass(frozen=True)
class Trust:
    """What the checker believes before anything is read.

    Attributes:
        policy: whose signatures count.
        checkpoints: files with checkpoints that the checker has from outside.
        against: a directory with the checker's own copy of the tree; None for none.
    """

    policy: Policy
    checkpoints: Sequence[Path] = ()
    against: Path | None = None

    def notes(self) -> list[Kept]:
        return [Kept(str(path), read(path), Where.GIVEN) for path in self.checkpoints]

    def copies(self) -> list[Copy]:
        return [site.copy() for site in sites(self.against)] if self.against else []


def check_log(
    path: Path, trust: Trust, *, jobs: int | None = None, watch: Watch
) -> Verdict:
    """Check a dump, or the tree as static files.

    Args:
        path: a file or a directory.
        trust: what is believed.
        jobs: how many processes hash the events of a dump; None for what pays.
        watch: is told how far that is.

    Raises:
        CannotCheck: it is neither.
    """
    with shown_in(path, jobs, watch) as logs:
        return check_logs(logs, trust)


@contextmanager
def shown_in(path: Path, jobs: int | None, watch: Watch) -> Iterator[Sequence[Shown]]:
    if path.is_dir():
        yield [site.shown() for site in sites(path)]
        return
    with read_dump(path, jobs, watch) as logs:
        yield logs


def check_logs(logs: Sequence[Shown], trust: Trust) -> Verdict:
    """Judge each log by its own checkpoints and by those from outside."""
    copies = trust.copies()
    outside = [*trust.notes(), *(note for copy in copies for note in copy.notes)]
    weighed = [weigh(note, trust.policy) for note in outside]
    verdict = Verdict()
    for shown in logs:
        own = [weigh(note, trust.policy) for note in shown.notes]
        notes = [*own, *(note for note in weighed if note.origin == shown.origin)]
        copy = next((one for one in copies if one.origin == shown.origin), None)
        closed = weigh_closing(shown, trust.policy)
        if isinstance(closed, Edited | Foreign):
            notes.append(closed)
            closed = None
        verdict.join(judge(shown, notes, copy, closed))
    verdict.join(absent(weighed, {log.origin for log in logs}))
    return verdict


def absent(weighed: Sequence[Sorted], shown: Collection[str]) -> Verdict:
    """Return what follows from checkpoints of logs that are not shown at all."""
    verdict = Verdict()
    for note in weighed:
        if note.origin in shown:
            continue
        if isinstance(note, Anchor) and note.accepted:
            words = (
                f"{note.kept.name} is a checkpoint of it, and it is not shown at all"
            )
            verdict.differences.append(Difference("truncated", words, note.origin, 0))
        else:
            why = note.why_not if isinstance(note, Anchor) else note.why
            verdict.obstacles.append(f"{note.kept.name}: {why}")
    return verdict
