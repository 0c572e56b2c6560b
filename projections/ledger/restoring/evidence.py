"""What shows elsewhere how far a log had come whose database was restored."""

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from psycopg import Connection

from domain.ledger import LedgerEntryLost
from projections.ledger.errors import LedgerProblem
from projections.ledger.publishing.export import CHECKPOINT, folder
from projections.ledger.publishing.written import Written
from projections.ledger.restoring.closing import Closing, Tree
from projections.ledger.restoring.held import Held
from projections.ledger.restoring.lost import leaves_of, lost_of, split
from projections.ledger.seen import Seen
from projections.ledger.standard.checkpoint import parse_checkpoint
from projections.ledger.standard.note import BadNote, Note, Verifier, parse, verified
from projections.ledger.standard.policy import Policy
from projections.ledger.standard.tiles import BadTile
from projections.ledger.standard.tree import SIZE, root_of
from projections.statements import Statements

SQL = Statements(Path(__file__).with_name("restoring_queries.sql"))
NUMBERED = re.compile(r"(.+)/e([1-9][0-9]*)")


class Unproven(LedgerProblem):
    """What is given does not show what was published."""


@dataclass(frozen=True)
class Found:
    """A checkpoint that the log has signed, and where its tree lies, if it does.

    Attributes:
        note: as it was found.
        cosigned: whether as many witnesses as are needed have cosigned it.
        site: the static files, whose tiles lead to its root.
    """

    note: Note
    cosigned: bool
    site: Written | None = None

    @property
    def tree(self) -> Tree:
        checkpoint = parse_checkpoint(self.note.text)
        return Tree(checkpoint.size, checkpoint.root)


@dataclass(frozen=True)
class Trust:
    """The keys of the log, and whom it takes for a witness; no policy needs none."""

    keys: tuple[Verifier, ...]
    policy: Policy | None

    def cosigned(self, note: Note) -> bool:
        """Return whether a note has the cosignatures that are needed.

        Raises:
            BadNote: the log has not signed it, or a signature does not fit.
        """
        verified(note, self.keys)
        if self.policy is None or not self.policy.needs_witnesses:
            return True
        witnesses = [one.verifier for one in self.policy.witnesses.values()]
        signatures = verified(note, (*self.keys, *witnesses))
        return self.policy.satisfied(signatures)


def find(source: Path, origin: str, trust: Trust) -> Found:
    """Return what a file or a directory shows of a log.

    Args:
        source: a checkpoint as a signed note; or an export, or the folder in it.
        origin: the log.
        trust: its keys, and its witnesses.

    Raises:
        Unproven: it shows nothing, or not this log, or is not whole.
    """
    site = None
    if source.is_dir():
        inner = folder(source, origin)
        site = Written(inner if inner.is_dir() else source)
        source = site.root / CHECKPOINT
    try:
        note = parse(source.read_bytes().decode())
        found = Found(note, trust.cosigned(note), site)
        check(found, origin)
    except (OSError, ValueError) as error:
        raise Unproven(f"{source} is no checkpoint of {origin}: {error}") from error
    return found


def check(found: Found, origin: str) -> None:
    """Demand that it is of this log, and that the tiles lead to it.

    Raises:
        ValueError: of what it is else, or what is wrong with the tiles.
    """
    named = parse_checkpoint(found.note.text).origin
    if named != origin:
        raise BadNote(f"it is of {named}")
    if found.site is None:
        return
    size = found.tree.size
    leaves = leaves_of(found.site, size)
    if len(leaves) != size * SIZE:
        raise BadTile("not all tiles are beside it")
    if root_of(split(leaves)) != found.tree.root:
        raise BadTile("the tiles beside it lead to another root")


@dataclass(frozen=True)
class Evidence:
    """What is known of a log from outside its database.

    Attributes:
        found: the checkpoints that were given.
        seen: what the log's own keys remember to have signed.
        trust: its public keys and its witnesses.
    """

    found: Sequence[Found]
    seen: Seen
    trust: Trust

    def cosigned(self) -> Found:
        """Return the newest that has all the cosignatures that are needed."""
        found = [one for one in self.found if one.cosigned]
        if not found:
            raise Unproven(
                "none of the checkpoints that are given has the cosignatures which the"
                " policy asks for: give the directory of the export, or a copy of it"
            )
        return max(found, key=lambda one: one.tree.size)

    def exported(self) -> Found | None:
        """Return the newest whose tree was given too."""
        found = [one for one in self.found if one.site]
        return max(found, key=lambda one: one.tree.size, default=None)

    def signed(self, origin: str) -> Tree:
        """Return the newest tree that is known to have been signed."""
        trees = [one.tree for one in self.found]
        if head := self.seen.latest(origin):
            trees.append(Tree(head.size, head.root))
        return max(trees, key=lambda tree: tree.size)

    def retained(self, connection: Connection[Any], held: Held) -> int:
        """Return how many first entries are known to be those that were signed.

        The tree as it was published tells exactly; without it, the newest checkpoint
        does that fits the database.
        """
        signed = self.signed(held.origin)
        trees = [signed, *(one.tree for one in self.found)]
        sizes = [tree.size for tree in trees if held.has(tree.size, tree.root)]
        here = signed_here(connection, held.origin, self.trust)
        sizes += [next((t.size for t in here if held.has(t.size, t.root)), 0)]
        if (exported := self.exported()) and exported.site:
            sizes += [held.common(leaves_of(exported.site, exported.tree.size))]
        return min(max(sizes), signed.size)

    def next_name(self, origin: str) -> str:
        """Return the name of the next epoch: one that was never used."""
        match = NUMBERED.fullmatch(origin)
        base, number = (match[1], int(match[2])) if match else (origin, 1)
        names = [*self.seen.origins(), *(f"{base}/{name}" for name in self.folders())]
        used = [found for found in map(NUMBERED.fullmatch, names) if found]
        numbers = [int(found[2]) for found in used if found[1] == base]
        return f"{base}/e{max([number, *numbers]) + 1}"

    def folders(self) -> Iterator[str]:
        """Yield the names of all that lies beside the tree that was given."""
        for one in self.found:
            if one.site:
                yield from (path.name for path in one.site.root.parent.iterdir())

    def lost(self, closing: Closing) -> Iterator[LedgerEntryLost]:
        """Yield what is known of the entries that are gone."""
        exported = self.exported()
        if exported and exported.site:
            span = closing.retained, exported.tree.size
            yield from lost_of(exported.site, closing.origin, *span)


def signed_here(
    connection: Connection[Any], origin: str, trust: Trust
) -> Iterator[Tree]:
    """Yield the trees that the log has signed and the database knows, newest first."""
    for _, text in connection.execute(SQL["list_signed"], {"origin": origin}):
        with suppress(BadNote):
            note = parse(text)
            trust.cosigned(note)
            yield Found(note, cosigned=False).tree
