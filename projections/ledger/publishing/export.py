"""Publishes the tree as static files, under the paths of C2SP tlog-tiles."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from psycopg import Connection

from projections.ledger import store
from projections.ledger.errors import Inconsistent
from projections.ledger.proving import published
from projections.ledger.publishing.outgoing import Outgoing, Progress, sizes_by
from projections.ledger.publishing.written import Written
from projections.ledger.standard.checkpoint import Checkpoint, parse_checkpoint
from projections.ledger.standard.note import parse
from projections.ledger.standard.policy import Policy
from projections.ledger.standard.tree import EMPTY_ROOT
from projections.postgres import files

CHECKPOINT = "checkpoint"
LOCK = ".export.lock"
FOLDER = re.compile(r"[\w-][\w.-]*")


def no_progress(done: int, total: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True)
class Export:
    """A directory with a folder for each origin, which any web server may serve.

    Attributes:
        directory: where; the folder of `example.org/log/e1` is `e1` in it.
        entries: whether entries are published too, and not their hashes alone. They
            name streams, kinds of events and times; not what was said.
    """

    directory: Path
    entries: bool = False

    def bring(
        self,
        connection: Connection[Any],
        policy: Policy | None,
        progress: Progress = no_progress,
    ) -> Checkpoint | None:
        """Publish the newest checkpoint that may be, and before it all that it covers.

        What is there already stays; so it goes on where it was interrupted. Everything
        is checked on its way out.

        Args:
            connection: as probity_ledger or probity_web, in autocommit mode.
            policy: where it asks for witnesses, only what they cosigned is published.
            progress: is told how many files of how many are done.

        Returns:
            What is published now, or None where nothing may be yet.

        Raises:
            Behind: more was published here than the database holds.
            Inconsistent: something else was published, or the tiles are not right.
            LeafDiffers: an event is not the one in the tree.
            Altered: a file here is not what was published.
        """
        head = store.origin(connection)
        newest = published(connection, head.origin, policy)
        if newest is None:
            return None
        site = Written(folder(self.directory, head.origin))
        site.root.mkdir(parents=True, exist_ok=True)
        with files.alone(site.root / LOCK):
            before, now = held(site, head.origin), checkpoint_of(newest.note)
            outgoing = Outgoing(connection, site, head.first, before, now)
            outgoing.write(sizes_by(policy), entries=self.entries, progress=progress)
            if site.read(CHECKPOINT) != newest.note.encode():
                site.replace(CHECKPOINT, newest.note.encode())
            site.settle()
        return now


def folder(directory: Path, origin: str) -> Path:
    """Return where the files of an origin are: in a folder by the end of its name."""
    last = origin.rpartition("/")[2]
    if not FOLDER.fullmatch(last):
        raise ValueError(f"the origin {origin!r} ends in what cannot name a folder")
    return directory / last


def checkpoint_of(note: str) -> Checkpoint:
    """Return the checkpoint in a note of ours; who signed it is not looked at."""
    return parse_checkpoint(parse(note).text)


def held(site: Written, origin: str) -> Checkpoint:
    """Return the checkpoint that a folder holds; where there is none, that of nothing.

    Raises:
        Inconsistent: it is of another log.
    """
    note = site.read(CHECKPOINT)
    if note is None:
        return Checkpoint(origin, 0, EMPTY_ROOT)
    checkpoint = checkpoint_of(note.decode())
    if checkpoint.origin != origin:
        raise Inconsistent(origin, 0, f"{site.root} is of {checkpoint.origin}")
    return checkpoint
