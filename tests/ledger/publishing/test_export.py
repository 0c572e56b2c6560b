"""The static files: what tlog-tiles says, complete, checked, and written once."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from domain.leaf import leaf_of
from projections.ledger.publishing.export import Export, checkpoint_of, folder
from projections.ledger.publishing.written import Written
from projections.ledger.standard.tiles import (
    WIDTH,
    reading,
    tile_path,
    tiles_of,
    unpack,
)
from projections.ledger.standard.tree import check_inclusion, inclusion
from tests.ledger.publishing.office import Office
from tests.ledger.publishing.stopping import Interrupted

SIZES = (1, 3, 200, 256, 300, 700)


def naive_root(leaves: list[bytes]) -> bytes:
    """Return the root by the recursive words of RFC 6962, section 2.1."""
    if len(leaves) == 1:
        return leaves[0]
    half = 1
    while 2 * half < len(leaves):
        half *= 2
    both = naive_root(leaves[:half]) + naive_root(leaves[half:])
    return hashlib.sha256(b"\x01" + both).digest()


def names(root: Path) -> set[str]:
    found = (path.relative_to(root) for path in root.rglob("*") if path.is_file())
    return {str(path) for path in found if not path.name.startswith(".")}


def sized(office: Office, *sizes: int) -> Iterator[int]:
    """Sign a checkpoint of each size in turn."""
    for size in sizes:
        office.sign(size - office.history.written)
        assert office.history.written == size
        yield size


def test_the_site_alone_leads_from_every_entry_to_the_signed_checkpoint(
    office: Office, site: Path
) -> None:
    for _ in sized(office, 700):
        Export(site, entries=True).bring(office.connection, None)

    root = site / "e1"
    checkpoint = checkpoint_of((root / "checkpoint").read_text())
    bundles = ["000", "001", "002.p/188"]
    entries = [
        entry
        for name in bundles
        for entry in unpack((root / "tile/entries" / name).read_bytes())
    ]
    leaves = [leaf_of(entry.decode()) for entry in entries]
    assert (checkpoint.size, checkpoint.root) == (700, naive_root(leaves))
    assert b"".join(leaves) == b"".join(
        (root / "tile/0" / name).read_bytes() for name in bundles
    )
    assert [entry.decode().splitlines()[4] for entry in entries] == [
        str(n) for n in range(1, 701)
    ]
    read = reading(Written(root).fetch(), 700)
    for index in (0, 255, 256, 699):
        proof = inclusion(index, 700, read)
        check_inclusion(leaves[index], index, 700, proof, checkpoint.root)


def test_a_new_site_has_the_tiles_of_its_tree_and_of_each_published_one(
    office: Office, site: Path
) -> None:
    for _ in sized(office, *SIZES):
        pass

    Export(site).bring(office.connection, None)

    assert names(site / "e1") == {
        "checkpoint",
        "tile/0/000",
        "tile/0/001",
        "tile/0/002.p/188",
        "tile/1/000.p/1",
        "tile/1/000.p/2",
    }


def test_a_site_that_grows_keeps_what_each_published_tree_needs(
    office: Office, site: Path
) -> None:
    export = Export(site, entries=True)
    for size in sized(office, *SIZES):
        export.bring(office.connection, None)
        wanted = {tile_path(*piece) for piece in tiles_of(size)}
        assert wanted <= names(site / "e1")
        checkpoint = checkpoint_of((site / "e1/checkpoint").read_text())
        assert checkpoint.size == size

    assert "tile/0/000.p/3" in names(site / "e1")
    assert "tile/entries/001.p/44" in names(site / "e1")
    for piece in tiles_of(700):
        level, n, width = piece
        whole = (site / "e1" / tile_path(*piece)).read_bytes()
        for part in (site / "e1" / tile_path(level, n, 1)).parent.glob("*"):
            assert whole.startswith(part.read_bytes())
        assert len(whole) == 32 * width


def test_bringing_it_again_writes_nothing(office: Office, site: Path) -> None:
    office.sign(300)
    Export(site, entries=True).bring(office.connection, None)
    before = {path: path.stat().st_mtime_ns for path in site.rglob("*")}

    Export(site, entries=True).bring(office.connection, None)

    assert {path: path.stat().st_mtime_ns for path in site.rglob("*")} == before


def test_entries_can_be_added_to_a_site_that_had_none(
    office: Office, site: Path
) -> None:
    office.sign(300)
    Export(site).bring(office.connection, None)

    Export(site, entries=True).bring(office.connection, None)

    assert {"tile/entries/000", "tile/entries/001.p/44"} <= names(site / "e1")


@pytest.mark.parametrize("after", range(1, 8))
def test_an_export_goes_on_where_it_was_interrupted(
    office: Office, site: Path, after: int
) -> None:
    def interrupt(done: int, total: int) -> None:
        assert total == 7
        if done == after:
            raise Interrupted

    office.sign(700)
    export = Export(site, entries=True)
    with pytest.raises(Interrupted):
        export.bring(office.connection, None, interrupt)
    assert not (site / "e1/checkpoint").exists()
    assert len(names(site)) == after
    whole = site.with_name("whole")

    export.bring(office.connection, None)

    Export(whole, entries=True).bring(office.connection, None)
    assert names(site) == names(whole)


def test_anybody_may_read_it(office: Office, site: Path) -> None:
    office.sign(3)
    Export(site).bring(office.connection, None)

    assert (site / "e1/checkpoint").stat().st_mode & 0o777 == 0o644
    assert (site / "e1/tile/0/000.p/3").stat().st_mode & 0o777 == 0o644


@pytest.mark.parametrize("origin", ["x/..", "x/", "/", "x/a b", "x/.hidden"])
def test_an_origin_names_no_folder_elsewhere(origin: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="cannot name a folder"):
        folder(tmp_path, origin)


def test_nothing_is_written_before_something_is_signed(
    office: Office, site: Path
) -> None:
    office.file(3)

    assert Export(site).bring(office.connection, None) is None
    assert not site.exists()


def test_a_full_tile_does_for_a_part_of_it(tmp_path: Path) -> None:
    written = Written(tmp_path)
    written.put(tile_path(0, 0, WIDTH), bytes(range(256)) * 32)

    assert written.fetch()(0, 0, 3) == bytes(range(96))
    assert written.fetch()(0, 1, 3) == b""


def test_a_site_can_be_read_while_it_is_written(office: Office, site: Path) -> None:
    """Whatever is seen at any moment is whole, and is what the checkpoint says."""
    office.sign(300)
    Export(site).bring(office.connection, None)
    office.sign(400)
    seen: list[Any] = []

    def look(done: int, total: int) -> None:
        del done, total
        shown = checkpoint_of((site / "e1/checkpoint").read_text())
        read = reading(Written(site / "e1").fetch(), shown.size)
        seen.append((shown.size, inclusion(7, shown.size, read) != []))

    Export(site).bring(office.connection, None, look)

    assert set(seen) == {(300, True)}
