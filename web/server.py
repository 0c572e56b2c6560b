"""The web server: gunicorn, its workers with threads, each with its own desk."""

import os
import shutil
import tempfile
from typing import Any

from flask import Flask
from gunicorn.app.base import (  # type: ignore[import-untyped]  # it has no types
    BaseApplication,
)

from web import create_app
from web.wiring import Settings

TOGETHER = "PROMETHEUS_MULTIPROC_DIR"


class Server(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    """gunicorn without a command line: `Server(settings, bind=..., workers=...).run()`.

    The application is built in each worker, after the fork: what is built before it
    breaks in both processes.
    """

    def __init__(
        self, settings: Settings, *, bind: str, workers: int = 1, threads: int = 8
    ) -> None:
        """Say where to listen (host:port, or unix:path), and with how many hands.

        Threads wait for the database together and share its transactions; a second
        worker pays where one cannot keep a processor busy any more.
        """
        self.settings = settings
        self.options: dict[str, Any] = {
            "bind": bind,
            "workers": workers,
            "worker_class": "gthread",
            "threads": threads,
            "preload_app": False,
            "timeout": 30,
            "graceful_timeout": 15,
            "keepalive": 15,
            "limit_request_line": 8190,
            "control_socket_disable": True,
            "child_exit": forget_metrics,
        }
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        return create_app(self.settings)

    def run(self) -> None:
        """Serve until told to stop (SIGTERM: what is under way is finished)."""
        if self.options["workers"] > 1 and TOGETHER not in os.environ:
            directory = tempfile.mkdtemp(prefix="probity-metrics-")
            os.environ[TOGETHER] = directory
            # Not a `with`: each worker would leave it too, and take the files along.
            self.cfg.set("on_exit", lambda _: shutil.rmtree(directory))
        super().run()


def forget_metrics(_: Any, worker: Any) -> None:
    """Stop counting what a worker that is gone had under way."""
    # Not before: what it counts with depends on the environment that `run` sets.
    from prometheus_client import multiprocess  # noqa: PLC0415

    if TOGETHER in os.environ:
        multiprocess.mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]
