"""Projectors at work, as threads and as processes."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from projections.follow import Follower
from projections.models import MODELS, live_models
from projections.postgres.address import Address
from tests.history import History
from tests.postgres import as_role
from tests.projections.kinds import Connection
from tests.projections.vault import IndexVault

NAMES = [model.name for model in MODELS]


def people(count: int) -> History:
    history = History()
    for number in range(count):
        history.person(f"P{number}")
    return history


@contextmanager
def following(database: Address, **options: Any) -> Iterator[Follower]:
    """Run a follower beside the test."""

    def connect() -> Connection:
        return as_role(database, "probity_projector")

    follower = Follower(connect, live_models(IndexVault()), **options)
    thread = threading.Thread(target=follower.run)
    thread.start()
    try:
        yield follower
    finally:
        follower.stopping.set()
        thread.join()
