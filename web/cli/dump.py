"""`probity ledger dump`: what an auditor takes away to check without us."""

import os
from pathlib import Path

import click

from projections.ledger.dumping import dump as write
from projections.models import MODELS
from web.cli.output import json_option, note, print_json
from web.cli.verify import bar, examining


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--models", is_flag=True, help="The rows of the read models as well.")
@json_option
def dump(file: Path, *, models: bool, as_json: bool) -> None:
    """Write the log and the ledger to FILE, for `probity-verify log FILE`.

    What is sealed stays sealed. It names people's streams and the kinds of events, and
    with --models whatever the read models show in the clear: give it to nobody who may
    not see that.
    """
    schemas = [model.name for model in MODELS] if models else []
    begun = file.with_name(f"{file.name}.part")
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    with (
        os.fdopen(os.open(begun, flags, 0o600), "wb") as opened,
        bar("events") as progress,
        examining("dump") as (connection, warnings),
    ):
        events = write(connection, opened, models=schemas, progress=progress)
    begun.replace(file)
    for warning in warnings:
        note(warning)
    if as_json:
        print_json({"file": str(file), "events": events, "bytes": file.stat().st_size})
    note(f"{events} events were written to {file}.")
