"""Runs every bench on a database of its own, prints a table and writes bench.json."""

import json
import os
import sys
import tempfile
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks import (
    chronicle,
    commands,
    eligibility,
    filing,
    ledger,
    projecting,
    proving,
    reading,
    replaying,
    sealing,
)
from benchmarks.figures import Figure, table
from projections.ledger import keyfile
from projections.models import create_models
from projections.postgres.address import Address, prepare
from projections.postgres.cluster import Cluster
from projections.postgres.setup import initialise

BENCHES: tuple[Callable[[Address], Iterator[Figure]], ...] = (
    commands.figures,
    filing.figures,
    projecting.figures,
    reading.figures,
    eligibility.figures,
    chronicle.figures,
    sealing.figures,
    ledger.figures,
    proving.figures,
    replaying.figures,
)


@contextmanager
def database() -> Iterator[Address]:
    """Yield a fresh register on the embedded server, with durable defaults."""
    with tempfile.TemporaryDirectory(prefix="probity-bench-") as folder:
        Path(folder).chmod(0o711)
        give_keys(Path(folder) / "home")
        cluster = Cluster(Path(folder) / "postgres").start()
        address = prepare(cluster)
        initialise(address, models=create_models)
        try:
            yield address
        finally:
            cluster.stop()


def give_keys(home: Path) -> None:
    """Give all processes a home with new keys in it."""
    os.environ["PROBITY_HOME"] = str(home)
    os.environ["PROBITY_KEK"] = b64encode(os.urandom(32)).decode()
    keyfile.create(keyfile.log_key_file())
    keyfile.create(keyfile.receipt_key_file(), [keyfile.ED25519])


def main() -> int:
    figures: list[Figure] = []
    for bench in BENCHES:
        with database() as address:
            for figure in bench(address):
                print(
                    f"{figure.work}: {figure.value:,.1f} {figure.unit}", file=sys.stderr
                )
                figures.append(figure)
    print(table(figures))
    rows = [figure.row() for figure in figures]
    Path("bench.json").write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
    return 0 if all(figure.met is not False for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main())
