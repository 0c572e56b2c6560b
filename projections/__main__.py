"""The projector process: `python -m projections`. SIGTERM lets it finish its batch."""

import gc
import os
import signal

import psycopg
import structlog

from projections.follow import Follower
from projections.models import live_models
from projections.postgres.address import connect_as, locate
from projections.postgres.safety import refuse_unsafe


def main() -> None:
    """Follow the log until the process is told to stop."""
    conninfo = connect_as(locate().url, "probity_projector", name="probity projector")
    with psycopg.connect(conninfo) as connection:
        refuse_unsafe(connection, os.environ)
    follower = Follower(
        connect=lambda: psycopg.connect(conninfo, autocommit=True),
        models=live_models(),
    )
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: follower.stopping.set())
    # What has been imported stays: the collector need not look at it after each batch.
    gc.freeze()
    follower.run()
    structlog.get_logger().info("projector stopped")


if __name__ == "__main__":
    main()
