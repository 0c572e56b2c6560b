"""A personnel file as a person reads it: a line for each thing that holds."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import click

from web.wording import shown

Said = Mapping[str, Any]
# In the order in which people ask.
ORDER = (
    "identity",
    "service",
    "post",
    "relative",
    "flag",
    "obligation",
    "disclosure",
    "approval",
    "rules_notified",
    "rules_acknowledged",
)


def print_file(file: Said) -> None:
    """Print a file, as it was told, by kinds of entries, each under its name."""
    for kind in ORDER:
        entries = [entry for entry in file["entries"] if entry["kind"] == kind]
        if entries:
            click.echo(kind.replace("_", " ").upper())
        for entry in entries:
            click.echo(f"  {period(entry)}{LINES.get(kind, plain)(entry['data'])}")


def period(entry: Said) -> str:
    """Return since when it holds, and until when if that is over."""
    if entry["effective_from"] is None:
        return ""
    until = f" to {entry['effective_to']}" if entry["effective_to"] else ""
    return f"{entry['effective_from']}{until}  "


def plain(data: Said) -> str:
    return shown({k: v for k, v in data.items() if v not in (None, [], {}, False, "")})


def identity(data: Said) -> str:
    said = (data["number"], data["name"], data.get("email"))
    return ", ".join(shown(value) for value in said if value)


def post(data: Said) -> str:
    rank = f", {data['rank']}" if data.get("rank") else ""
    return f"{data['title']}, {data['unit']}{rank}"


def relative(data: Said) -> str:
    said = (data["relation"], data.get("name"))
    return ": ".join(shown(value) for value in said if value)


def flag(data: Said) -> str:
    return f"{data['flag']} ({shown(data['cited'])})"


def obligation(data: Said) -> str:
    """Return what was due when, and what became of it."""
    return f"{data['category']}, due {data['due_on']}: {became(data)}"


def became(data: Said) -> str:
    if data["stage"] == "fulfilled":
        late = f", {data['days_late']} days late" if data["days_late"] else ", in time"
        return f"reported {data['received_on']}{late}"
    if data["stage"] == "open" and data["overdue"]:
        return "overdue"
    return str(data["stage"])


def disclosure(data: Said) -> str:
    """Return what was reported, how it stands, and what is still missing."""
    unknown = data.get("content_known") is False
    events = "content unknown" if unknown else f"{len(data['items'])} event(s)"
    said = f"{data['category']}, received {data['received_on']}, {events}"
    missing = "; ".join(deficiencies(data))
    return f"{said}: {data['stage']}" + (f"; missing: {missing}" if missing else "")


def deficiencies(data: Said) -> Iterator[str]:
    for one in data.get("deficiencies") or ():
        yield shown(one.get("text") if isinstance(one, Mapping) else one)


def approval(data: Said) -> str:
    return f"{data['category']}: {data['stage']}; {shown(data['contents'])}"


def rules(data: Said) -> str:
    return f"{data['rulebook']} v{data['version']}"


LINES: Mapping[str, Callable[[Said], str]] = {
    "identity": identity,
    "post": post,
    "relative": relative,
    "flag": flag,
    "obligation": obligation,
    "disclosure": disclosure,
    "approval": approval,
    "rules_notified": rules,
    "rules_acknowledged": rules,
}
