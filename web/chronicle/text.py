"""A history as text: a few lines for each event, as they can be read aloud."""

from collections.abc import Iterable, Iterator
from datetime import UTC

import msgspec

from web.answers.events import Who
from web.chronicle.told import Heading, Told
from web.wording import shown

LONG = 300  # characters: texts of whole rulebooks are not for a line
INDENT = "    "
NOTHING = "nothing"


def as_text(heading: Heading, entries: Iterable[Told]) -> Iterator[str]:
    """Yield a history line by line."""
    yield f"{title(heading)}\n"
    for entry in entries:
        yield "\n" + "".join(f"{line}\n" for line in lines(entry))


def head(entry: Told) -> str:
    """Return when it was recorded (UTC), what happened, and who did it."""
    at = entry["recorded_at"].astimezone(UTC)
    return f"{at:%Y-%m-%d %H:%M}  {entry['topic']}  ({who(entry['actor'])})"


def title(heading: Heading) -> str:
    whose = f", about {heading.person}" if heading.person else ""
    without = f"; without what is {', '.join(heading.left_out)}"
    left_out = without if heading.left_out else ""
    return f"History of {heading.kind} {heading.key}{whose}{left_out}"


def lines(entry: Told) -> Iterator[str]:
    """Yield the lines of one event: who and when, then all that it says."""
    yield head(entry)
    for name, value in details(entry):
        yield f"{INDENT}{name}: {value[:LONG]}"


def who(actor: Who) -> str:
    behalf = f" for {actor.on_behalf_of}" if actor.on_behalf_of else ""
    return f"{actor.id}{behalf}, {actor.role}"


def details(entry: Told) -> Iterator[tuple[str, str]]:
    """Yield what an event says of itself, what it changed, and what it came from."""
    said = {**entry["fact"], "reason": entry["reason"], "claimed": entry["occurred_on"]}
    if "cited" not in entry["fact"]:
        said["under"] = msgspec.to_builtins(entry["cited"])
    for name, value in said.items():
        if value is not None:
            yield name, shown(value)
    for change in entry["changes"]:
        if not change["said"]:
            yield (
                f"* {change['field']}",
                f"{put(change, 'before')} -> {put(change, 'after')}",
            )
    yield "event", f"{entry['position']}, {entry['kind']} {entry['key']}{links(entry)}"


def put(change: Told, when: str) -> str:
    value = change[when]
    return NOTHING if value is None else shown(value)


def links(entry: Told) -> str:
    """Return what an event came from and led to, by the positions of those events."""
    cause, effects = entry["because_of"], entry["led_to"]
    because = f"; because of {cause}" if cause else ""
    led = f"; led to {', '.join(map(str, effects))}" if effects else ""
    return because + led
