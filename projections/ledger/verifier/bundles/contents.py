"""What goes with the events of a bundle: the rulebooks they cite, and a timestamp."""

import json
from base64 import b64decode
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any

from projections.ledger.standard.checkpoint import parse_checkpoint
from projections.ledger.standard.note import parse as parse_note
from projections.ledger.standard.tree import BadProof, check_consistency
from projections.ledger.verifier.bundles.entry import Entry
from projections.ledger.verifier.bundles.events import Files, Head
from projections.ledger.verifier.bundles.finding import Finding, note, unchecked
from projections.ledger.verifier.bundles.manifest import (
    CHECKPOINT,
    GROWN,
    STAMPED,
    TOKEN,
    Manifest,
)

Entries = Mapping[int, Entry]
DRAFTED, PUBLISHED = "rulebook.drafted", "rulebook.published"
CITED = {"rulebook", "version", "rule"}


def state_of(files: Files, position: int) -> Any:
    """Return the state of an event as JSON; None where it is not there or is none."""
    try:
        return json.loads(files[f"events/{position}.state"])
    except (KeyError, ValueError, RecursionError):
        return None


def fact_of(files: Files, position: int) -> Mapping[str, Any]:
    state = state_of(files, position)
    fact = state.get("fact") if isinstance(state, dict) else None
    return fact if isinstance(fact, dict) else {}


def check_rulebooks(
    files: Files, manifest: Manifest, entries: Entries
) -> Iterator[Finding]:
    """Compare each rulebook with the event that holds its text; miss what is cited."""
    for file, law in manifest.rulebooks.items():
        yield from check_rulebook(file, law, files, entries)
    for file, position in sorted(cited(files, entries)):
        if file not in manifest.rulebooks:
            says = f"events/{position}.state cites it, and it is not here"
            yield Finding(file, says)


def check_rulebook(
    file: str, law: Mapping[str, int], files: Files, entries: Entries
) -> Iterator[Finding]:
    drafted, published = law["drafted"], law["published"]
    topics = {name: entries[at].topic for name, at in law.items() if at in entries}
    if topics != {"drafted": DRAFTED, "published": PUBLISHED}:
        yield Finding(file, "its events are not those of a rulebook that was published")
        return
    draft, act = fact_of(files, drafted), fact_of(files, published)
    if not draft or not act:
        yield unchecked(file, "the state of an event that it comes from is not here")
    elif files.get(file) != str(draft.get("text")).encode(errors="replace"):
        yield Finding(file, f"it is not the text in events/{drafted}.state")
    elif (file, act.get("version")) != (file_of(draft), draft.get("version")):
        says = f"events/{drafted}.state and events/{published}.state are of another"
        yield Finding(file, says)
    elif entries[drafted].stream != entries[published].stream or drafted > published:
        yield Finding(file, "its text was not drafted before it was published")


def cited(files: Files, entries: Entries) -> set[tuple[str, int]]:
    """Return the files of the rulebooks that are cited, each with where it is."""
    return {
        (file_of(citation), position)
        for position in entries
        for citation in citations(state_of(files, position))
    }


def citations(said: Any) -> Iterator[Mapping[str, Any]]:
    """Yield what says a rulebook, a version and a rule, wherever it stands."""
    left = [said]
    while left:
        part = left.pop()
        if isinstance(part, dict):
            if part.keys() >= CITED:
                yield part
            left += part.values()
        elif isinstance(part, list):
            left += part


def file_of(law: Mapping[str, Any]) -> str:
    """Return the file of the rulebook that a citation, or a draft, names."""
    return f"rulebooks/{law['rulebook']}-v{law['version']}.toml"


def check_timestamp(files: Files, heads: Mapping[str, Head]) -> Iterator[Finding]:
    """Check that the timestamp is of a checkpoint that the bundle's one grew out of."""
    token, stamped = files.get(TOKEN), STAMPED if STAMPED in files else CHECKPOINT
    if token is None:
        return
    if sha256(files.get(stamped, b"")).digest() not in token:
        yield Finding(TOKEN, f"it is not of {stamped}")
        return
    yield note(TOKEN, f"it is of {stamped}; who gave it is for openssl to check")
    if stamped == STAMPED:
        yield from check_grown(files, heads)


def check_grown(files: Files, heads: Mapping[str, Head]) -> Iterator[Finding]:
    """Check that the checkpoint of the events grew out of the stamped one.

    Who signed that does not matter: it is the beginning of what the reader trusts.
    """
    try:
        old = parse_checkpoint(parse_note(files[STAMPED].decode()).text)
        new = next(h.checkpoint for h in heads.values() if h.file == CHECKPOINT)
        if old.origin != new.origin:
            raise BadProof(f"{STAMPED} is of {old.origin} and not of {new.origin}")
        grown = [b64decode(line, validate=True) for line in files[GROWN].split()]
        check_consistency(old.size, old.root, new.size, new.root, grown)
    except (LookupError, ValueError, StopIteration) as error:
        yield Finding(GROWN, f"it does not lead from {STAMPED} on: {error}")
