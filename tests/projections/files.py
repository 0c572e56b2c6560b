"""An office whose people have files."""

from datetime import date
from typing import Any

from projections.models.personnel_file import (
    File,
    Kind,
)
from tests.history import History

JUNE = date(2016, 6, 20)
BEGAN = date(2010, 1, 1)


def office() -> History:
    history = History()
    history.unit("HQ")
    history.unit("North", "HQ")
    history.person("P1", "Ash, Mary")
    history.post("P1", "North", BEGAN, rank="clerk")
    return history


def data(found: File, kind: Kind) -> list[dict[str, Any]]:
    return [entry.data for entry in found.of(kind)]
