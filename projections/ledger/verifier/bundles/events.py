"""The events of a bundle: each entry against its state, its proof and its stream."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from domain.leaf import leaf_of
from projections.ledger.standard.checkpoint import Checkpoint
from projections.ledger.standard.proof import Proof
from projections.ledger.standard.proof import parse as parse_proof
from projections.ledger.standard.tree import BadProof, check_inclusion
from projections.ledger.verifier.bundles.entry import Entry, parse_entry
from projections.ledger.verifier.bundles.finding import Finding, note
from projections.ledger.verifier.bundles.manifest import MANIFEST, Manifest, digest

Files = Mapping[str, bytes]


@dataclass(frozen=True)
class Head:
    """A checkpoint in the bundle: its file, that file's text, and what it says."""

    file: str
    text: str
    checkpoint: Checkpoint


@dataclass(frozen=True)
class Checked:
    """What the events of a bundle add up to.

    Attributes:
        entries: those that can be read, by position.
        findings: what is wrong with any.
    """

    entries: Mapping[int, Entry]
    findings: tuple[Finding, ...]


def check_events(
    files: Files, manifest: Manifest, heads: Mapping[str, Head]
) -> Checked:
    """Check every event that the bundle lists; *heads* are by the origin of the log."""
    entries: dict[int, Entry] = {}
    findings: list[Finding] = []
    firsts: dict[str, int] = {}
    for position in sorted(map(int, manifest.events)):
        file = f"events/{position}.entry"
        entry = parse_entry(files.get(file, b""))
        if entry is None:
            findings.append(Finding(file, "there is no entry in it that can be read"))
            continue
        entries[position] = entry
        findings += check_listed(position, entry, manifest)
        findings += check_state(position, entry, files, manifest)
        findings += check_proof(position, entry, files, heads.get(entry.origin))
        findings += check_place(position, entry, files, firsts)
    findings += check_streams(entries.values(), manifest)
    return Checked(entries, tuple(findings))


def check_listed(position: int, entry: Entry, manifest: Manifest) -> Iterator[Finding]:
    """Compare an entry with its name and with the table of contents."""
    file = f"events/{position}.entry"
    if entry.position != position:
        yield Finding(file, f"it is the entry of position {entry.position}")
    said = manifest.events[str(position)]
    for name, value in said.items():
        held = getattr(entry, name)
        if value != held:
            yield Finding(file, f"its {name} is {held}, and {value} in {MANIFEST}")


def check_state(
    position: int, entry: Entry, files: Files, manifest: Manifest
) -> Iterator[Finding]:
    """Compare a state with the digest in the entry, unless it was left out."""
    file = f"events/{position}.state"
    redacted = position in manifest.redacted
    if redacted == (file in files):
        why = "it is here, and listed as left out" if redacted else "it is missing"
        yield Finding(file, why)
    elif not redacted and digest(files[file]) != entry.digest:
        yield Finding(
            file, f"its SHA-256 is {digest(files[file])}; the entry says {entry.digest}"
        )


def check_proof(
    position: int, entry: Entry, files: Files, head: Head | None
) -> Iterator[Finding]:
    """Check that an entry is in the log, as the checkpoint in the bundle has it."""
    file = f"events/{position}.tlog-proof"
    if head is None:
        says = f"there is no checkpoint of {entry.origin} to prove it by"
        yield Finding(f"events/{position}.entry", says)
        return
    try:
        check_proven(entry, read_proof(files.get(file, b"")), head)
    except BadProof as error:
        says = f"it does not prove events/{position}.entry: {error}"
        yield Finding(file, says)


def check_proven(entry: Entry, proof: Proof, head: Head) -> None:
    if proof.checkpoint != head.text:
        raise BadProof(f"it is for another checkpoint than {head.file}")
    size, root = head.checkpoint.size, head.checkpoint.root
    check_inclusion(leaf_of(entry.text), proof.index, size, proof.hashes, root)


def read_proof(content: bytes) -> Proof:
    try:
        return parse_proof(content.decode())
    except UnicodeDecodeError as error:
        raise BadProof("it is no text") from error


def check_place(
    position: int, entry: Entry, files: Files, firsts: dict[str, int]
) -> Iterator[Finding]:
    """Check that positions and places in the tree go together; *firsts* remembers."""
    file = f"events/{position}.tlog-proof"
    try:
        first = position - read_proof(files.get(file, b"")).index
    except BadProof:
        return  # already found
    known = firsts.setdefault(entry.origin, first)
    if first != known or first < 1:
        says = f"its place in the tree does not go with the position {position}"
        yield Finding(file, says)


def check_streams(entries: Iterable[Entry], manifest: Manifest) -> Iterator[Finding]:
    """Report events that are missing from a stream, and any that are out of order."""
    streams: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        streams[entry.stream].append(entry)
    for stream, found in streams.items():
        found.sort(key=lambda entry: entry.version)
        for earlier, later in pairwise(found):
            if earlier.version == later.version or earlier.position > later.position:
                says = "its version does not go with its position in the log"
                yield Finding(f"events/{later.position}.entry", says)
        yield from check_gaps(stream, [one.version for one in found], manifest)
    for stream in {*manifest.streams, manifest.about["stream"]} - streams.keys():
        yield Finding(MANIFEST, f"there is no event of the stream {stream}")


def check_gaps(
    stream: str, versions: list[int], manifest: Manifest
) -> Iterator[Finding]:
    missing = ", ".join(gaps(versions))
    if not missing:
        return
    what = manifest.streams.get(stream, "a stream that it does not list")
    says = f"stream {stream} ({what}): not here are its events {missing}"
    whole = stream in manifest.whole or stream == manifest.about["stream"]
    yield Finding(MANIFEST, says) if whole else note(MANIFEST, says)


def gaps(versions: Iterable[int]) -> Iterator[str]:
    """Yield which versions are missing before the last."""
    for before, after in pairwise((0, *versions)):
        if after == before + 2:
            yield str(before + 1)
        elif after > before + 1:
            yield f"{before + 1} to {after - 1}"
