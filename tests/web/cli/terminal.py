"""A terminal at which a test types `probity ...`, with a database of its own."""

import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from domain.rulebooks import shipped
from projections.postgres.address import Address
from tests.postgres import environ
from web.cli import main

INSTANT = "cn-zj-psd-instant-report"
TWO = ("--by", "anna", "--approved-by", "ben")
PERSON = {
    "number": "P1",
    "name": "Ann Lee",
    "post": "main",
    "unit": "traffic",
    "title": "Officer",
    "from_on": "2010-01-01",
    "rank": "officer",
    "employer_type": "police",
}


@dataclass
class Terminal:
    """What is typed acts on this database; files lie in this directory."""

    database: Address
    directory: Path
    variables: dict[str, str] = field(default_factory=dict)

    def type(self, *words: str, says: str = "") -> Result:
        """Run a command to its end, whatever that is; `says` is its standard input."""
        given = {**environ(self.database), **self.variables}
        hidden = {name: None for name in os.environ if name.startswith("PROBITY_")}
        runner = CliRunner(env={**hidden, **given})
        return runner.invoke(main, words, says, catch_exceptions=False)

    def run(self, *words: str) -> str:
        """Run a command that must succeed; return what it printed as data."""
        result = self.type(*words)
        assert result.exit_code == 0, result.output
        return result.stdout

    def json(self, *words: str) -> Any:
        """Run a command with --json; what it prints must be one JSON document."""
        return json.loads(self.run(*words, "--json"))

    def refused(self, *words: str, code: int = 1) -> str:
        """Run a command that must not succeed; return what it said, no traceback."""
        result = self.type(*words)
        assert result.exit_code == code, result.output
        assert result.stdout == ""
        assert "Traceback" not in result.stderr
        return result.stderr

    def file(self, name: str, text: str) -> str:
        path = self.directory / name
        path.write_text(text)
        return str(path)

    def publish(self, *names: str) -> None:
        for name in names:
            self.run("rulebook", "publish", name, *TWO)

    def rulebook(self, name: str) -> str:
        return shipped()[f"{name}.toml"]
