"""The second implementation, in Go (main.go): how to build it, and how to ask it."""

import json
import os
import shutil
import subprocess
from base64 import b64decode, b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SOURCE = Path(__file__).parent
LIBRARY = Path("/usr/share/gocode")  # where Debian keeps what is written in Go
INSTALL = "apt install golang-go golang-golang-x-mod-dev"


def missing() -> str:
    """Return what is missing to build it, and what to do; or nothing."""
    if shutil.which("go") is None:
        return f"Go is missing, and so no second implementation is asked: {INSTALL}"
    if not (LIBRARY / "src/golang.org/x/mod/sumdb").is_dir():
        return f"Go's library of logs (sumdb) is missing: {INSTALL}"
    return ""


@dataclass(frozen=True)
class Second:
    """The program. It forgets its tree from one call to the next."""

    program: Path

    def ask(self, questions: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
        """Return its answers to some questions, in their order."""
        asked = "".join(json.dumps(each, default=written) + "\n" for each in questions)
        done = subprocess.run(
            [self.program], input=asked, capture_output=True, text=True, check=True
        )
        return [json.loads(line) for line in done.stdout.splitlines()]


def build(place: Path) -> Second:
    """Build the program, offline, and return it."""
    found = {"GO111MODULE": "off", "GOPATH": str(LIBRARY), "GOFLAGS": ""}
    cache = {"GOCACHE": str(place / "cache")} if "HOME" not in os.environ else {}
    program = place / "second"
    subprocess.run(
        ["go", "build", "-o", program, "main.go"],
        cwd=SOURCE,
        env=os.environ | found | cache,
        check=True,
    )
    return Second(program)


def written(value: object) -> str:
    """Return bytes as Go reads them from JSON."""
    assert isinstance(value, bytes), value
    return b64encode(value).decode()


def read(values: Iterable[str] | None) -> list[bytes]:
    """Return bytes as Go wrote them to JSON."""
    return [b64decode(value) for value in values or ()]
