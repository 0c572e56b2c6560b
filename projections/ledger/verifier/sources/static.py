"""Reads the tree as static files (C2SP tlog-tiles): tiles, entries and a checkpoint."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from projections.ledger.standard.checkpoint import parse_checkpoint
from projections.ledger.standard.note import BadNote, parse
from projections.ledger.standard.tiles import WIDTH, BadTile, unpack
from projections.ledger.standard.tree import SIZE, leaf_hash
from projections.ledger.verifier.judging.explaining import POSITION
from projections.ledger.verifier.judging.hashes import BLANK
from projections.ledger.verifier.judging.trust import Kept, Where
from projections.ledger.verifier.sources.shown import Copy, Shown, Tiles, row
from projections.ledger.verifier.verdict import CannotCheck

CHECKPOINT = "checkpoint"
PATH = re.compile(r"(\d+|entries)/((?:x\d{3}/)*\d{3})(?:\.p/(\d+))?", re.ASCII)
ENTRIES = "entries"
LEAVES = 0


@dataclass(frozen=True, slots=True)
class Found:
    """A file of the tree: its kind or level, its number, and how wide it says it is."""

    kind: str
    n: int
    width: int
    path: Path


def sites(directory: Path) -> list["Site"]:
    """Return the trees in a directory: itself, or the folders in it, one an origin.

    Raises:
        CannotCheck: there is no checkpoint in it.
    """
    found = sorted(directory.glob(CHECKPOINT)) or sorted(directory.glob("*/checkpoint"))
    if not found:
        raise CannotCheck(f"there is no file `{CHECKPOINT}` in {directory}")
    return [Site(checkpoint.parent) for checkpoint in found]


class Site:
    """One tree as files.

    Raises:
        CannotCheck: its checkpoint is none.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.note = (root / CHECKPOINT).read_bytes().decode(errors="surrogateescape")
        try:
            self.origin = parse_checkpoint(parse(self.note).text).origin
        except BadNote as error:
            raise CannotCheck(f"{root / CHECKPOINT}: {error}") from error
        self.opened = lru_cache(maxsize=64)(opened)
        self.files = sorted(self._files(), key=lambda file: (file.n, file.width))
        self.bundles = {f.n: f for f in self.files if f.kind == ENTRIES}

    def copy(self) -> Copy:
        """Return the tree as an auditor's own copy of it."""
        return Copy(self.origin, self.tiles(), [self.kept(Where.COPY)], self.entry)

    def shown(self) -> Shown:
        """Return the tree as a log that is to be judged."""
        tiles = self.tiles()
        bare = not self.bundles
        leaves = (data for _, data in row(tiles, LEAVES))
        return Shown(
            self.origin,
            self.first(),
            computed=b"".join(leaves if bare else self.hashed()),
            bare=bare,
            entry=self.entry,
            tiles=tiles,
            narrow=list(self.narrow(tiles)),
            notes=[self.kept(Where.SHOWN)],
        )

    def kept(self, where: Where) -> Kept:
        return Kept(str(self.root / CHECKPOINT), self.note, where)

    def tiles(self) -> Tiles:
        """Return the widest of each tile."""
        return {
            (int(file.kind), file.n): file.path.read_bytes()
            for file in self.files
            if file.kind != ENTRIES
        }

    def narrow(self, tiles: Tiles) -> Iterator[tuple[tuple[int, int], bytes]]:
        """Yield tiles that have been published before a wider one was."""
        for file in self.files:
            at = (LEAVES if file.kind == ENTRIES else int(file.kind), file.n)
            if file.kind != ENTRIES:
                data = file.path.read_bytes()
                if data != tiles[at]:
                    yield at, data
            elif file is not self.bundles[file.n]:
                yield at, b"".join(map(leaf_hash, self.opened(file.path)))

    def hashed(self) -> Iterator[bytes]:
        """Yield the leaf hashes of each bundle; blank ones where a bundle is lost."""
        last = max(n for n in self.bundles if n < 2 * len(self.bundles))
        for n in range(last + 1):
            bundle = self.opened(self.bundles[n].path) if n in self.bundles else []
            hashes = b"".join(map(leaf_hash, bundle))
            lost = 0 if n == last else WIDTH - len(hashes) // SIZE
            yield hashes + BLANK * lost

    def entry(self, index: int) -> str | None:
        """Return an entry as it is published."""
        n, at = divmod(index, WIDTH)
        bundle = self.opened(self.bundles[n].path) if n in self.bundles else ()
        return bundle[at].decode(errors="replace") if at < len(bundle) else None

    def first(self) -> int:
        """Return the position of leaf 0, as its entry says it."""
        lines = (self.entry(0) or "").split("\n")
        position = lines[POSITION] if len(lines) > POSITION else ""
        return int(position) if position.isdecimal() else 1

    def _files(self) -> Iterator[Found]:
        base = self.root / "tile"
        for path in base.rglob("*"):
            match = PATH.fullmatch(path.relative_to(base).as_posix())
            if match and path.is_file():
                digits = match[2].replace("x", "").replace("/", "")
                yield Found(match[1], int(digits), int(match[3] or WIDTH), path)


def opened(path: Path) -> tuple[bytes, ...]:
    """Return the entries of a bundle; none where it is not made as one."""
    try:
        return tuple(unpack(path.read_bytes()))
    except BadTile:
        return ()
