"""An entry of the log, read back: what it says of its event."""

import re
from dataclasses import dataclass

from domain.leaf import FORMAT

UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
ENTRY = re.compile(
    rf"(?P<origin>[^\n]+)/{FORMAT}\n(?P<stream>{UUID})\n(?P<version>[1-9][0-9]{{0,18}})\n"
    r"(?P<topic>[^\n]+)\n(?P<position>[1-9][0-9]{0,18})\n"
    r"(?P<at>[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}\.[0-9]{6}Z)\n(?P<digest>[0-9a-f]{64})\n"
)


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What an entry says of its event."""

    text: str
    origin: str
    stream: str
    version: int
    topic: str
    position: int
    at: str
    digest: str


def parse_entry(content: bytes) -> Entry | None:
    """Return what an entry says; None where it is not one, to the letter."""
    try:
        text = content.decode()
    except UnicodeDecodeError:
        return None
    found = ENTRY.fullmatch(text)
    if found is None:
        return None
    return Entry(
        text=text,
        origin=found["origin"],
        stream=found["stream"],
        version=int(found["version"]),
        topic=found["topic"],
        position=int(found["position"]),
        at=found["at"],
        digest=found["digest"],
    )
