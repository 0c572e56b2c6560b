"""Reports that are filed over HTTP, sequenced, signed, and bundled at the terminal."""

import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from domain.duties import RaiseObligation
from domain.person import person_stream
from domain.record import Actor
from domain.rulebook import DraftRulebook, PublishRulebook
from domain.rulebooks import shipped
from projections.ledger import store
from projections.ledger.standard.policy import Policy, parse_policy
from projections.ledger.verifier.bundles.archive import zipped
from projections.ledger.verifier.bundles.bundle import check
from projections.ledger.verifier.bundles.manifest import (
    MANIFEST,
    Manifest,
    digest,
    parse,
)
from projections.ledger.verifier.verdict import Verdict
from projections.ledger.vkeys import log_vkeys
from projections.postgres.address import Address
from tests.domain.cast import INSTANT, LEAVING, PERSONAL
from tests.domain.papers import wedding
from tests.postgres import as_role
from tests.web.cli.terminal import Terminal
from tests.web.office import SCHEDULER, Office, at_work

HOME = Path(__file__).parents[3]
Files = dict[str, bytes]
AUTHOR = Actor(id="author", role="rulebook_steward")
# A verifier may import what comes with Python, cryptography, and our pure modules.
ALONE = """
import sys
class Nothing:
    def find_spec(self, name, path=None, target=None):
        top = name.partition(".")[0]
        known = sys.stdlib_module_names | {"cryptography", "_cffi_backend", "cffi"}
        if top not in known | {"domain", "projections"}:
            raise ImportError(f"a verifier has no {name}")
sys.meta_path.insert(0, Nothing())
sys.path.insert(0, sys.argv[1])
from projections.ledger.verifier.main import main
sys.exit(main(["bundle", *sys.argv[2:]]))
"""


@dataclass
class Court:
    """An office at work, its terminal, and the policy of somebody outside."""

    office: Office
    terminal: Terminal
    numbers: Iterator[int] = field(default_factory=lambda: iter(range(10**6)))

    @property
    def database(self) -> Address:
        return self.terminal.database

    @property
    def origin(self) -> str:
        with as_role(self.database, "probity_web") as connection:
            return store.origin(connection).origin

    @property
    def policy(self) -> Policy:
        """Return whom a court trusts that knows the log and wants no witnesses."""
        logs = "".join(f"log {vkey}\n" for vkey in log_vkeys(self.origin))
        return parse_policy(f"{logs}quorum none\n")

    def file(self) -> str:
        """File a report on a wedding; return its id, once it is under a checkpoint."""
        name = self.office.shen.file()
        self.sign()
        return name

    def amend(self, report: str, **answers: Any) -> None:
        items = [wedding(**answers)]
        self.office.shen.do(f"/v1/disclosures/{report}/amendments", {"items": items})

    def sign(self) -> None:
        self.terminal.run("sequence", "--once")

    def bundle(self, *words: str) -> Path:
        """Make a bundle at the terminal."""
        path = self.terminal.directory / f"{next(self.numbers)}.zip"
        self.terminal.run("bundle", *words, "-o", str(path))
        return path

    def refused(self, *words: str, code: int = 1) -> str:
        """Try to make a bundle that must not be made; return what was said."""
        path = self.terminal.directory / f"{next(self.numbers)}.zip"
        before = self.office.size()
        said = self.terminal.refused("bundle", *words, "-o", str(path), code=code)
        assert not path.exists()
        assert self.hidden() == []
        assert self.office.size() == before
        return said

    def hidden(self) -> list[Path]:
        """Return what half-written files there are."""
        return list(self.terminal.directory.glob(".*"))

    def opened(self, report: str) -> Files:
        """Return a bundle with what is sealed in the clear, and the keys."""
        path = self.bundle(report, "--open", "--purpose", "audit")
        assert self.check(path).code == 0, told(self.check(path))
        return files_in(path)

    def check(self, path: Path) -> Verdict:
        return check(path, self.policy)

    def checkpoint(self) -> str:
        """Return the newest checkpoint that is signed."""
        with as_role(self.database, "probity_web") as connection:
            newest = store.latest_signed(connection, store.origin(connection).origin)
        assert newest is not None
        return newest.note

    def facts(self) -> list[Any]:
        """Return all that happened, in its order."""
        casework = self.office.desk.casework
        page = self.office.desk.log.select_notifications(1, 10**6)
        return [casework.mapper.to_domain_event(event).fact for event in page]  # type: ignore[attr-defined]

    def caused_duty(self, year: str, cause: str) -> UUID:
        """Raise a duty of Qian's, because of what happened to *cause*; return it."""
        casework = self.office.desk.casework
        duty = RaiseObligation(
            person="qian",
            rulebook=PERSONAL,
            rule="annual",
            key=year,
            triggered_on=date(int(year), 1, 2),
            year=int(year),
        )
        casework.handle(
            duty,
            by=SCHEDULER,
            at=datetime.now(UTC),
            because_of=list(casework.history(person_stream(cause)))[-1],
        )
        self.sign()
        return duty.stream

    def draft_and_publish(self, rulebook: str) -> None:
        """Draft a law, then again, then its next version; publish the first."""
        casework, at = self.office.desk.casework, datetime.now(UTC)
        text = shipped()[f"{LEAVING}.toml"].replace(LEAVING, rulebook)
        later = text.replace("version = 1", "version = 2")
        for draft in (text, f"{text}\n# Drafted again.\n", later):
            drafting = DraftRulebook(rulebook=rulebook, text=draft)
            casework.handle(drafting, by=AUTHOR, at=at)
        publishing = PublishRulebook(rulebook=rulebook, version=1)
        casework.handle(publishing, by=SCHEDULER, at=at)
        self.sign()

    @staticmethod
    def report() -> dict[str, Any]:
        return {"rulebook": INSTANT, "rule": "wedding", "items": [wedding()]}

    @staticmethod
    def sha256(content: bytes) -> str:
        return digest(content)

    @staticmethod
    def digest(path: Path) -> str:
        return digest(path.read_bytes())

    @staticmethod
    def packed_again(path: Path, files: Files) -> Path:
        """Unpack a bundle and pack it, as a person at a desk does."""
        other = path.with_suffix(".again.zip")
        with zipfile.ZipFile(other, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.mkdir("events")
            for name in reversed(files):
                archive.writestr(name, files[name])
        return other


@contextmanager
def in_session(database: Address, directory: Path) -> Iterator[Court]:
    with at_work(database) as office:
        yield Court(office, Terminal(database, directory))


def files_in(path: Path) -> Files:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def manifest_of(files: Files) -> Manifest:
    return parse(files[MANIFEST])


def listed(files: Files, **changes: Any) -> Files:
    """Return the files with a table of contents that fits them, as a forger would."""
    here = {n: digest(files[n]) for n in files if n != MANIFEST}
    manifest = replace(manifest_of(files), **{"files": here, **changes})
    return {**files, MANIFEST: manifest.written()}


def saved(path: Path, files: Mapping[str, bytes]) -> Path:
    """Write a bundle with these files beside another; return where."""
    other = path.with_suffix(".changed.zip")
    other.write_bytes(zipped(files))
    return other


def raw(path: Path, write: Callable[[zipfile.ZipFile], None]) -> Path:
    """Write an archive as only a forger's tools do."""
    content = io.BytesIO(path.read_bytes())
    with zipfile.ZipFile(content, "a", zipfile.ZIP_DEFLATED) as archive:
        write(archive)
    other = path.with_suffix(".raw.zip")
    other.write_bytes(content.getvalue())
    return other


def alone(path: Path, policy: str | None = None) -> subprocess.CompletedProcess[str]:
    """Check a bundle in a program that has none of the register's packages."""
    words = [str(path)]
    if policy is not None:
        given = path.with_suffix(".policy")
        given.write_text(policy)
        words += ["--policy", str(given)]
    command = [sys.executable, "-I", "-c", ALONE, str(HOME), *words]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def state(files: Files, position: int) -> Any:
    return json.loads(files[f"events/{position}.state"])


def positions(files: Files, topic: str) -> list[int]:
    """Return where the events of this topic stand."""
    events = manifest_of(files).events
    return sorted(int(at) for at, event in events.items() if event["topic"] == topic)


def told(verdict: Verdict) -> str:
    """Return all that is wrong, as a person reads it."""
    return "\n".join(map(str, [*verdict.differences, *verdict.obstacles]))
