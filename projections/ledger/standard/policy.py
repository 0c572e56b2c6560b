"""Trust policies (C2SP tlog-policy): which logs and how many witnesses are needed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from projections.ledger.standard.checkpoint import Checkpoint, parse_checkpoint
from projections.ledger.standard.note import (
    BadNote,
    Note,
    Signature,
    Verifier,
    verified,
)
from projections.ledger.standard.policy_lines import (
    NONE,
    BadPolicy,
    Group,
    Witness,
    read_lines,
)

__all__ = [
    "BadPolicy",
    "Group",
    "Policy",
    "Untrusted",
    "Witness",
    "parse_policy",
    "read_policy",
]


class Untrusted(ValueError):
    """A checkpoint is not signed and cosigned as the policy demands."""


@dataclass(frozen=True)
class Policy:
    """What a policy file says; `groups` is in its order, so members come first."""

    logs: tuple[Verifier, ...]
    witnesses: Mapping[str, Witness]
    groups: Mapping[str, Group]
    quorum: str
    text: str = field(repr=False)

    @property
    def needs_witnesses(self) -> bool:
        return self.quorum != NONE

    def satisfied(self, signatures: Iterable[Signature]) -> bool:
        """Return whether verified signatures reach the quorum."""
        return not self.needs_witnesses or self.quorum in self.witnessing(signatures)

    def witnessing(self, signatures: Iterable[Signature]) -> set[str]:
        """Return the names of the witnesses and groups by whom these count as seen."""
        keys = {(one.name, one.key_id) for one in signatures}
        named = {
            name
            for name, witness in self.witnesses.items()
            if (witness.verifier.name, witness.verifier.key_id) in keys
        }
        for group in self.groups.values():
            if len(named.intersection(group.members)) >= group.needed:
                named.add(group.name)
        return named

    def check(self, note: Note, logs: Iterable[Verifier] = ()) -> Checkpoint:
        """Return the checkpoint in a note that the policy trusts.

        Args:
            note: a signed checkpoint.
            logs: keys of logs that are known from elsewhere, beside those it lists.

        Raises:
            Untrusted: its log has not signed, the quorum is not reached, a signature by
                a known key does not fit, or it is no checkpoint; which, is said.
        """
        known = (*self.logs, *logs)
        witnesses = [witness.verifier for witness in self.witnesses.values()]
        try:
            signatures = verified(note, dict.fromkeys((*known, *witnesses)))
            checkpoint = parse_checkpoint(note.text)
        except BadNote as error:
            raise Untrusted(str(error)) from error
        self._check_log(checkpoint.origin, known, signatures)
        self._check_quorum(signatures)
        return checkpoint

    def _check_log(
        self, origin: str, known: Iterable[Verifier], signatures: Iterable[Signature]
    ) -> None:
        keys = {(log.name, log.key_id) for log in known if log.name == origin}
        if not keys:
            raise Untrusted(f"no key of the log {origin!r} is trusted")
        if keys.isdisjoint((one.name, one.key_id) for one in signatures):
            raise Untrusted(f"the log {origin!r} itself has not signed its checkpoint")

    def _check_quorum(self, signatures: Iterable[Signature]) -> None:
        if self.satisfied(signatures):
            return
        missing = sorted(set(self.witnesses) - self.witnessing(signatures))
        raise Untrusted(
            f"the quorum {self.quorum!r} is not reached: no cosignature by"
            f" {', '.join(missing)}"
        )


def read_policy(path: Path) -> Policy:
    """Read a policy file; octets that are no UTF-8 are kept as they are.

    Raises:
        OSError: the file cannot be read.
        BadPolicy: see `parse_policy`.
    """
    return parse_policy(path.read_bytes().decode(errors="surrogateescape"))


def parse_policy(text: str) -> Policy:
    """Read a policy, to the letter of the specification.

    Raises:
        BadPolicy: a line is not one of a policy, or there is not exactly one quorum;
            the message names the line.
    """
    reading = read_lines(text)
    if reading.quorum is None:
        raise BadPolicy("the policy has no quorum line; `quorum none` asks for none")
    return Policy(
        tuple(reading.logs), reading.witnesses, reading.groups, reading.quorum, text
    )
