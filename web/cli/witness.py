"""`probity witness`: for an office that watches over the logs of others."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import click

from projections.ledger.standard.note import BadNote
from projections.ledger.standard.policy import BadPolicy
from web.cli.output import json_option, note, print_json, print_table
from web.witness.server import WitnessServer
from web.witness.standing import standing
from web.witness.state import (
    NoWitness,
    cosigners,
    open_observer,
    read_logs,
    settle,
)

F = TypeVar("F", bound=Callable[..., Any])
COLUMNS = ("origin", "size", "root", "cosigned_at")


def state_option(command: F) -> F:
    """Give a command the option --state."""
    directory = click.Path(file_okay=False, path_type=Path)
    described = "The directory of the witness: its keys, and what it has cosigned."
    return click.option("--state", type=directory, required=True, help=described)(
        command
    )


@click.group()
def witness() -> None:
    """Watch logs, and cosign what has only grown. It needs no register of its own."""


@contextmanager
def refusals() -> Iterator[None]:
    """Tell a person what is wrong with what was given."""
    try:
        yield
    except (NoWitness, BadNote, BadPolicy) as error:
        raise click.ClickException(str(error)) from error


@witness.command()
@click.option("--name", required=True, help="Such as witness.example.org/w1.")
@state_option
@json_option
def init(name: str, state: Path, *, as_json: bool) -> None:
    """Make the keys of a new witness, and print those that others configure."""
    with refusals():
        settle(state, name)
        vkeys = [one.vkey for one in cosigners(state)]
    if as_json:
        print_json({"name": name, "vkeys": vkeys})
    else:
        click.echo("\n".join(vkeys))
    note(f"The keys of {name} are in {state}. Keep a copy of witness.key elsewhere;")
    note("never put back an old copy of cosigned.sqlite: see docs/witness.md.")


@witness.command()
@state_option
@click.option("--log", "vkeys", multiple=True, metavar="VKEY", help="A key of a log.")
@click.option(
    "--policy",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A trust policy (C2SP tlog-policy); its log lines are used.",
)
@click.option("--bind", default="127.0.0.1:8700", show_default=True)
@click.option("--workers", type=click.IntRange(1, 64), default=1, show_default=True)
@click.option("--threads", type=click.IntRange(1, 256), default=8, show_default=True)
def serve(
    state: Path,
    vkeys: tuple[str, ...],
    policy: Path | None,
    bind: str,
    workers: int,
    threads: int,
) -> None:
    """Answer the logs that are named, until told to stop."""
    with refusals():
        logs = read_logs(vkeys, policy)
        open_observer(state, logs)  # what is wrong is told now, not by each worker
    for origin in sorted({log.name for log in logs}):
        note(f"Watching {origin}")
    WitnessServer(state, logs, bind=bind, workers=workers, threads=threads).run()


@witness.command()
@state_option
@json_option
def status(state: Path, *, as_json: bool) -> None:
    """Show the keys of the witness, and what it has cosigned last of each log."""
    with refusals():
        found = standing(state)
    if as_json:
        print_json(found)
        return
    click.echo("\n".join(found["vkeys"]))
    print_table(found["logs"], COLUMNS, empty="Nothing has been cosigned yet.")
