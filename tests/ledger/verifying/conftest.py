"""Fixtures: an auditor, with whatever an auditor has of a register."""

import io
import json
from contextlib import redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from projections.ledger.verifier.main import main
from tests.ledger.verifying.register import Register, policy


@dataclass
class Found:
    """What the verifier said, and its exit code."""

    code: int
    said: Any

    @property
    def kinds(self) -> list[str]:
        return [one["kind"] for one in self.said["differences"]]

    @property
    def remarks(self) -> str:
        return "\n".join(self.said["remarks"])

    @property
    def obstacles(self) -> str:
        return "\n".join(self.said["obstacles"])


@dataclass
class Auditor:
    """Has a trust policy, perhaps a checkpoint, and perhaps a copy of the tree."""

    home: Path
    trusted: list[str] = field(default_factory=list)

    def file(self, name: str, content: str) -> Path:
        path = self.home / name
        path.write_bytes(content.encode())
        return path

    def trust(self, text: str) -> None:
        self.trusted = ["--policy", str(self.file("policy", text))]

    def run(self, *words: str | Path) -> Found:
        """Run the verifier in this process."""
        told = io.StringIO()
        with redirect_stdout(told):
            code = main([*map(str, words), "--json"])
        return Found(code, json.loads(told.getvalue()))

    def check(self, path: Path, *more: str | Path) -> Found:
        """Check a dump or a directory."""
        return self.run("log", path, *self.trusted, *more)

    def judge(self, register: Register, *more: str | Path) -> Found:
        """Check what a register dumps."""
        return self.check(register.dump(self.home / "dump.sql"), *more)


@pytest.fixture
def auditor(tmp_path: Path) -> Auditor:
    """Whoever checks, and trusts two of three witnesses."""
    found = Auditor(tmp_path)
    found.trust(policy())
    return found
