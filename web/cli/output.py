"""How commands print: a table for people, or one JSON document for programs."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

import click
import msgspec

from web.wording import shown

F = TypeVar("F", bound=Callable[..., Any])
Row = Mapping[str, Any]


def json_option(command: F) -> F:
    """Give a command the option --json, as the argument `as_json`."""
    described = "Print one JSON document."
    return click.option("--json", "as_json", is_flag=True, help=described)(command)


def print_json(data: Any) -> None:
    """Print one JSON document, and nothing else, to standard output."""
    click.echo(msgspec.json.format(msgspec.json.encode(data), indent=2))


def print_table(rows: Sequence[Row], columns: Sequence[str], *, empty: str) -> None:
    """Print rows under the names of their columns; *empty* says that there are none."""
    if not rows:
        note(empty)
        return
    cells = [list(columns), *([shown(row.get(c)) for c in columns] for row in rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    for line in cells:
        padded = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        click.echo("  ".join(padded).rstrip())


def rows_of(things: Iterable[Any]) -> list[Row]:
    """Return structs or dataclasses as rows of a table."""
    return [msgspec.to_builtins(thing) for thing in things]


def note(message: str) -> None:
    """Tell the person at the terminal something that is not data."""
    click.echo(message, err=True)
