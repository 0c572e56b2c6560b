"""What README says is true: its commands run, its events and its map are complete."""

import os
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from domain.facts import FACTS

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
EVENTS = (ROOT / "docs/events.md").read_text(encoding="utf-8")
PAGES = sorted((ROOT / "docs").glob("*.md"))
ADDRESS = "127.0.0.1:8000"
SHELL = r"```sh\n(.*?)```"
# A walk that stumbles leaves its server running, and us waiting for what it prints.
LEAVE_NOTHING = "trap 'kill %1 2> /dev/null || true' EXIT"


def test_every_event_stands_in_the_table_and_no_other() -> None:
    rows = re.findall(r"^\| `([a-z.@0-9-]+)` \| (\w+) \|", EVENTS, re.MULTILINE)

    assert sorted(rows) == sorted((fact.TOPIC, fact.__name__) for fact in FACTS)


def test_every_room_is_on_the_map() -> None:
    rooms = set(re.findall(r"^    ([a-z]+)/ ", README, re.MULTILINE))

    tracked = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    folders = {
        line.split("/")[0] for line in tracked.stdout.splitlines() if "/" in line
    }
    assert rooms == {folder for folder in folders if not folder.startswith(".")}


@pytest.mark.parametrize(
    "path",
    sorted(
        {
            path
            for page in (README, *(page.read_text("utf-8") for page in PAGES))
            for path in re.findall(r"`((?:\w+/)+[\w.]+)`", page)
        }
    ),
)
def test_every_file_that_is_named_exists(path: str) -> None:
    assert (ROOT / path).exists()


def test_the_filing_that_is_walked_through_comes_out_as_told(tmp_path: Path) -> None:
    told = walked(README, tmp_path)

    assert '"position":' in told
    assert re.search(r"P100 .*social_organisation .*2017-04-04", told)
    assert "obligation.fulfilled-late" in told


def test_the_case_that_is_walked_through_comes_out_as_told(tmp_path: Path) -> None:
    told = walked((ROOT / "docs/proceedings.md").read_text("utf-8"), tmp_path)

    results = re.findall(r"^P100 .*?([A-Z_]{4,})", told, re.MULTILINE)
    assert results == ["NOT_ELIGIBLE", "UNDETERMINED"]
    for paper in ("certificate.pdf", "case.pdf"):
        assert (tmp_path / paper).read_bytes().startswith(b"%PDF-")


def walked(page: str, tmp_path: Path) -> str:
    """Run what a page walks through, in an empty place; return what it printed."""
    assert shutil.which("curl"), "the walk calls curl: install it"
    port = free_port()
    script = "\n".join((LEAVE_NOTHING, *re.findall(SHELL, page, re.DOTALL)))
    script = script.replace(
        "probity serve &", f"probity serve --bind 127.0.0.1:{port} &"
    ).replace(ADDRESS, f"127.0.0.1:{port}")
    shutil.copytree(ROOT / "docs/example", tmp_path / "docs/example")

    run = subprocess.run(
        ["bash", "-euo", "pipefail", "-m", "-c", script],
        cwd=tmp_path,
        env=os.environ | {"PATH": path(), "PROBITY_HOME": str(tmp_path / "home")},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )

    assert run.returncode == 0, run.stdout + run.stderr
    return run.stdout


def path() -> str:
    return f"{Path(sys.executable).parent}:{os.environ['PATH']}"


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])
