"""`python -m web.cli.hold`: keeps the embedded server while somebody is connected."""

import subprocess
import sys
import time

import psycopg
from psycopg.conninfo import make_conninfo

from projections.postgres.address import locate
from web.cli.supervisor import python

PATIENCE = 60.0  # seconds for whoever was given the address to connect
NAME = "probity hold"
LOOK = 1.0  # seconds between two looks at who is connected
OTHERS = (
    "SELECT count(*) FROM pg_stat_activity"
    " WHERE backend_type = 'client backend' AND application_name <> %s"
)


def leave_running() -> None:
    """Have a process of its own keep the server for those who come from elsewhere.

    It has the server in use when this returns.
    """
    process = subprocess.Popen(  # noqa: S603  a program of ours
        python("web.cli.hold", str(PATIENCE)),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    if process.stdout:
        process.stdout.readline()


def hold(patience: float) -> None:
    """Return once nobody has been connected for that many seconds."""
    where = make_conninfo(locate().admin_url, application_name=NAME)
    with psycopg.connect(where, autocommit=True) as connection:
        print(flush=True)  # noqa: T201  to the one who waits for us
        quiet_since = time.monotonic()
        while time.monotonic() - quiet_since < patience:
            row = connection.execute(OTHERS, (NAME,)).fetchone()
            if row and row[0]:
                quiet_since = time.monotonic()
            time.sleep(LOOK)


if __name__ == "__main__":
    hold(float(sys.argv[1]))
