"""One checkpoint in a file of its own: believed, or why not."""

from pathlib import Path

from projections.ledger.standard.checkpoint import Checkpoint
from projections.ledger.standard.policy import Policy
from projections.ledger.verifier.judging.trust import (
    Anchor,
    Edited,
    Foreign,
    Kept,
    weigh,
)
from projections.ledger.verifier.verdict import CannotCheck, Difference, Verdict


def trusted(kept: Kept, policy: Policy, verdict: Verdict) -> Checkpoint | None:
    """Return the checkpoint in a note if the policy accepts it, or say why not."""
    found = weigh(kept, policy)
    if isinstance(found, Anchor):
        if found.accepted:
            return found.checkpoint
        verdict.obstacles.append(f"{kept.name}: {found.why_not}")
    elif isinstance(found, Edited):
        words = f"{kept.name} is not as it was signed: {found.why}"
        verdict.differences.append(Difference("checkpoint-edited", words, found.origin))
    elif isinstance(found, Foreign):
        verdict.obstacles.append(f"{kept.name}: {found.why}")
    return None


def read(path: Path) -> str:
    """Return a file as text, line ends as they are.

    Raises:
        CannotCheck: it cannot be read.
    """
    try:
        return path.read_bytes().decode(errors="surrogateescape")
    except OSError as error:
        raise CannotCheck(str(error)) from error
