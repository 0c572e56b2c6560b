"""The server of a witness: gunicorn, with the application built in each worker."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from flask import Flask
from gunicorn.app.base import (  # type: ignore[import-untyped]  # it has no types
    BaseApplication,
)

from projections.ledger.standard.note import Verifier
from web.witness.app import create_app
from web.witness.state import open_observer


class WitnessServer(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    """gunicorn without a command line: `WitnessServer(directory, logs, ...).run()`."""

    def __init__(
        self,
        directory: Path,
        logs: Sequence[Verifier],
        *,
        bind: str,
        workers: int = 1,
        threads: int = 8,
    ) -> None:
        """Say whose witness it is, of which logs, and where to listen."""
        self.directory = directory
        self.logs = logs
        self.options: dict[str, Any] = {
            "bind": bind,
            "workers": workers,
            "worker_class": "gthread",
            "threads": threads,
            "timeout": 60,
            "graceful_timeout": 15,
            "keepalive": 15,
            "control_socket_disable": True,
        }
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        return create_app(open_observer(self.directory, self.logs))
