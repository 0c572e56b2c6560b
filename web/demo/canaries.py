"""The texts that the demonstration declares, to be looked for where none may stand."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from domain.record import Value
from domain.rulebook import DraftRulebook
from web.demo.cast import UNITS
from web.demo.script import Script

# What is said in these is law and structure, and in the open.
PUBLIC = (
    "domain.unit",
    "domain.rulebook",
    "domain.campaign",
    "domain.verification.source",
)
# The members of a command that hold what somebody says in their own words.
SAID = (
    *("name", "email", "items", "contents", "justification", "text", "reason"),
    *("reasons", "statements"),
)
# Those whose parts say something.
PARTS = ("allegations", "sanctions", "asked")
FIGURE = re.compile(r"[-0-9.:]*")
# Whatever is shorter stands in many a text by chance.
SHORTEST = 5


def canaries(script: Script) -> list[str]:
    """Return each text that the script declares of a person, in order, once.

    Left out are dates and figures, and what a rulebook or a unit's name says as well:
    that stands in the open for another reason.
    """
    commands = [step.command for step in script.steps]
    law = "\n".join(c.text for c in commands if isinstance(c, DraftRulebook))
    public = "\n".join((law, *(name for _, name, *_ in UNITS)))
    found = {text: None for command in commands for text in declared(command)}
    return [text for text in found if telling(text) and text not in public]


def declared(said: Value) -> Iterator[str]:
    """Yield what a command, or a part of one, says in somebody's own words."""
    if type(said).__module__ not in PUBLIC:
        for name in SAID:
            yield from texts(getattr(said, name, None))
        for name in PARTS:
            held = getattr(said, name, ())
            for part in held if isinstance(held, tuple) else (held,):
                yield from declared(part) if isinstance(part, Value) else ()


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from texts(list(value.values()))
    elif isinstance(value, list | tuple):
        for part in value:
            yield from texts(part)


def telling(text: str) -> bool:
    return len(text) >= SHORTEST and not FIGURE.fullmatch(text)
