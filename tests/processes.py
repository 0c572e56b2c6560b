"""Other processes that use an embedded server, and what there is to see of it."""

import contextlib
import os
import pwd
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg

from projections.postgres import binaries

# A process that uses a server until its standard input ends.
USE = """
import sys
from pathlib import Path
from projections.postgres.cluster import Cluster
cluster = Cluster(Path(sys.argv[1])).start()
print(cluster.url(), flush=True)
sys.stdin.read()
"""
REPOSITORY = Path(__file__).parents[1]
LONG = 60.0  # seconds after which a wait is a failure


@contextlib.contextmanager
def user_of(root: Path, major: int) -> Iterator[subprocess.Popen[str]]:
    """Another process that starts the server of a directory, and uses it."""
    process = subprocess.Popen(
        [sys.executable, "-c", USE, str(root)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | programs_of(major),
    )
    with process:
        yield process
        process.kill()


def url_of(process: subprocess.Popen[str]) -> str:
    """Wait until the process uses its server; return how to reach that."""
    assert process.stdout is not None
    return process.stdout.readline().strip()


def programs_of(major: int) -> dict[str, str]:
    """Return the environment that makes a process use this version."""
    found = binaries.installed(major)
    assert found is not None
    return {"PROBITY_PG_BIN": str(found.directory)}


def ask(url: str, question: str) -> object:
    """Return the one value that answers a question."""
    with psycopg.connect(url, autocommit=True) as connection:
        row = connection.execute(question.encode()).fetchone()
    return row and row[0]


def note(url: str, text: str) -> None:
    """Commit something that has to outlive the server."""
    with psycopg.connect(url) as connection:
        connection.execute("DROP TABLE IF EXISTS noted")
        connection.execute("CREATE TABLE noted (text text)")
        connection.execute("INSERT INTO noted VALUES (%s)", (text,))


def noted(url: str) -> object:
    return ask(url, "SELECT text FROM noted")


def postmaster(root: Path) -> int:
    """Return the process that is the server of a directory."""
    return int((root / "data" / "postmaster.pid").read_text().split()[0])


def keepers(root: Path) -> list[int]:
    """Return the processes that look after the server of a directory."""
    columns = ["-o", "pid=", "-o", "args="]
    listed = subprocess.run(
        ["ps", "-A", "-ww", *columns], capture_output=True, text=True, check=True
    ).stdout
    mine = [x for x in listed.splitlines() if "keeper.py" in x and f'"{root}/' in x]
    return [int(line.split()[0]) for line in mine]


def kill(process: int) -> None:
    """Kill a process whose parent sees to it, and wait until it is no more."""
    os.kill(process, signal.SIGKILL)
    with contextlib.suppress(ProcessLookupError):
        wait_for(lambda: os.kill(process, 0))


def wait_for(condition: Callable[[], object]) -> None:
    """Look again and again until something is the case."""
    deadline = time.monotonic() + LONG
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError
        time.sleep(0.01)


def mode(path: Path) -> int:
    """Return who may do what with a file, as chmod takes it."""
    return stat.S_IMODE(path.stat().st_mode)


def python_for(user: str) -> tuple[list[str], dict[str, str]] | None:
    """Return a Python and an environment with which a user can run our code, if any."""
    packages = [path for path in sys.path if path.endswith("site-packages")]
    path = ":".join([str(REPOSITORY), *packages])
    environment = {
        "PYTHONPATH": path,
        "PYTHONDONTWRITEBYTECODE": "1",
        "PATH": os.defpath,
    }
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    for python in (sys.executable, f"/usr/bin/{version}", f"/usr/local/bin/{version}"):
        probe = [python, "-c", "import psycopg, projections.postgres.setup"]
        with contextlib.suppress(OSError):
            if run_as(user, probe, environment).returncode == 0:
                return [python], environment
    return None


def run_as(
    user: str, command: list[str], environment: dict[str, str]
) -> subprocess.CompletedProcess[str]:
    """Run a program as another user; root alone can."""
    found = pwd.getpwnam(user)
    return subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
        env=environment,
        user=found.pw_uid,
        group=found.pw_gid,
        extra_groups=[],
    )
