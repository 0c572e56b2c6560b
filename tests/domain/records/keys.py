"""What is asked of the keys of a person's records, and what became of them."""

from typing import Any

from domain.records.destruction import (
    ConfirmDestruction,
    DestroyAfterRetention,
    OrderDestruction,
)
from tests.domain.cast import INSTANT

COURT = "judgment 7/2017"


def orders(**changes: Any) -> OrderDestruction:
    usual: dict[str, Any] = {
        "person": "shen",
        "basis": COURT,
        "reason": "it was taken unlawfully",
        "year": 2016,
    }
    return OrderDestruction(**(usual | changes))


def confirms(**changes: Any) -> ConfirmDestruction:
    usual: dict[str, Any] = {"person": "shen", "order": 1}
    return ConfirmDestruction(**(usual | changes))


def clears(**changes: Any) -> DestroyAfterRetention:
    usual: dict[str, Any] = {"person": "shen", "year": 2016, "rulebooks": (INSTANT,)}
    return DestroyAfterRetention(**(usual | changes))
