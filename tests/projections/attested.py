"""Attestations straight into the log, as the nightly job has them recorded."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from typing import Any

from domain.attestation import ProjectionAttested, projection_stream
from projections.attesting import Comparison
from projections.digest import digest
from projections.models import MODELS
from tests.history import History
from tests.projections.kinds import Connection

NIGHT = date(2020, 1, 1)


def attest(
    history: History, writer: Connection, *names: str, on: date = NIGHT, **changes: Any
) -> None:
    """Let the log say of these models, or of all, what their rows are now."""
    for kind in MODELS:
        if kind.name in names or not names:
            found = digest(writer, kind(None))
            fact = ProjectionAttested(on=on, **(asdict(found) | changes))
            history.add(projection_stream(kind.name), fact, subject=None)
    history.write(writer)


def verdicts(found: Iterable[Comparison]) -> list[str]:
    return [one.verdict for one in found]
