"""What the terminal tells: on record, and in the clear only for a purpose."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

from domain.access import Grant
from domain.casework import Casework
from domain.record import Actor
from domain.records.reading import PURPOSES, usual_purpose
from web.cli.register import user
from web.reading import Reader

F = TypeVar("F", bound=Callable[..., Any])
ROLE = "admin"
TERMINAL = "the terminal of the register"


def purpose_options(command: F) -> F:
    """Give a command --purpose and --reason: without a purpose, contents are masked."""
    for option in (
        click.option("--reason", help="Why, in words; of one person only. Sealed."),
        click.option(
            "--purpose",
            type=click.Choice(sorted(PURPOSES)),
            help="What for: shows what is sealed. That you read it is on record.",
        ),
    ):
        command = option(command)
    return command


def at_terminal(
    casework: Casework,
    what: str,
    *,
    key: str = "",
    person: str | None = None,
    purpose: str | None = None,
    reason: str | None = None,
) -> Reader:
    """Return whoever sits at the terminal, reading *what*; see `web.reading.Reader`."""
    return Reader(
        casework=casework,
        by=Actor(id=user(), role=ROLE),
        grant=Grant(actor=user(), role=ROLE, basis=TERMINAL),
        what=what,
        key=key,
        person=person,
        purpose=purpose or usual_purpose(ROLE),
        reason=reason,
        unmasked=purpose is not None,
    )
