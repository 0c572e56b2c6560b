"""The table of contents of a bundle: what each file is, and the digest of each."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any

FORMAT = "probity-bundle@v1"
MANIFEST, README, POLICY = "manifest.json", "README.txt", "policy"
CHECKPOINT, TOKEN = "checkpoint", "timestamp.tsr"
STAMPED, GROWN = "timestamp.checkpoint", "timestamp.consistency"
STRINGS = dict[str, str]


class BadManifest(ValueError):
    """A table of contents that is not one, or not written as ours are."""


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """What a bundle says of itself; nobody has signed it.

    Attributes:
        about: what it is about: its `kind`, its `id` and its `stream`.
        streams: how each stream belongs to that, by its UUID.
        whole: the streams of which every event there was is in the bundle.
        events: by position: the stream, the version in it and the topic.
        redacted: the positions of events whose state was left out on purpose.
        rulebooks: by file, the positions of the events `drafted` and `published`.
        checkpoints: by the origin of a log, the file with its checkpoint.
        files: the SHA-256 of every other file, in hexadecimal.
    """

    about: Mapping[str, str]
    streams: Mapping[str, str]
    whole: tuple[str, ...]
    events: Mapping[str, Mapping[str, Any]]
    redacted: tuple[int, ...]
    rulebooks: Mapping[str, Mapping[str, int]]
    checkpoints: Mapping[str, str]
    files: Mapping[str, str]

    def written(self) -> bytes:
        """Return the file, always the same for the same contents."""
        said = {"format": FORMAT, **asdict(self)}
        text = json.dumps(said, indent=1, sort_keys=True, ensure_ascii=False)
        return f"{text}\n".encode()


def parse(content: bytes) -> Manifest:
    """Read the file.

    Raises:
        BadManifest: it is not what `Manifest.written` returns, to the letter.
    """
    try:
        said = _of(dict, json.loads(content))
        form = said.pop("format")
        manifest = Manifest(**{name: CHECKED[name](said[name]) for name in said})
        rewritten = manifest.written()
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as bad:
        raise BadManifest(f"it is no table of contents of a bundle: {bad}") from bad
    if form != FORMAT or rewritten != content:
        raise BadManifest(f"it is not written as the register writes it ({FORMAT})")
    return manifest


def digest(content: bytes) -> str:
    """Return the SHA-256 of a file, as the table of contents has it."""
    return sha256(content).hexdigest()


def _texts(said: Any) -> STRINGS:
    return {str(name): _of(str, said[name]) for name in said.keys()}  # noqa: SIM118


def _of(kind: type, said: Any) -> Any:
    if type(said) is not kind:
        raise BadManifest(f"{said!r} stands where {kind.__name__} should")
    return said


def _positions(said: Any) -> tuple[int, ...]:
    return tuple(_of(int, one) for one in _of(list, said))


def _about(said: Any) -> STRINGS:
    found = _texts(said)
    if found.keys() != {"kind", "id", "stream"}:
        raise BadManifest("it does not say what the bundle is about")
    return found


def _event(said: Any) -> dict[str, Any]:
    shape = {"stream": str, "version": int, "topic": str}
    if said.keys() != shape.keys():
        raise BadManifest("an event has a stream, a version and a topic")
    return {name: _of(kind, said[name]) for name, kind in shape.items()}


def _law(said: Any) -> dict[str, int]:
    if said.keys() != {"drafted", "published"}:
        raise BadManifest("a rulebook has two events: drafted and published")
    return {name: _of(int, at) for name, at in said.items()}


CHECKED: Mapping[str, Any] = {
    "about": _about,
    "streams": _texts,
    "whole": lambda said: tuple(_of(str, one) for one in _of(list, said)),
    "events": lambda said: {str(int(at)): _event(said[at]) for at in said},
    "redacted": _positions,
    "rulebooks": lambda said: {file: _law(said[file]) for file in said},
    "checkpoints": _texts,
    "files": _texts,
}
