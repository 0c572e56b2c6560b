"""The verifier needs nothing but Python and `cryptography`: no register, no library."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.ledger.verifying.conftest import Auditor
from tests.ledger.verifying.register import made

HOME = Path(__file__).parents[3]
# Runs a program that may import these, the standard library and nothing else.
ALLOWED = """
import sys, runpy

OURS = {
    "domain", "domain.leaf", "domain.errors", "domain.vault",
    "projections", "projections.ledger",
}
PURE = ("standard", "restoring", "verifier")
OTHERS = {*sys.stdlib_module_names, "__main__", "cryptography", "_cffi_backend"}

class Blocker:
    def find_spec(self, name, path=None, target=None):
        top, parts = name.partition(".")[0], name.split(".")
        ours = name in OURS or (
            parts[:2] == ["projections", "ledger"] and parts[2] in PURE)
        if top not in OTHERS and not ours:
            raise ImportError(f"{name} is not for the verifier")
        return None

sys.meta_path.insert(0, Blocker())
"""
RUN = "sys.argv = sys.argv[1:]; runpy.run_path(sys.argv[0], run_name='__main__')"


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The verifier as one file."""
    target = tmp_path_factory.mktemp("packed") / "probity-verify.pyz"
    pack(target)
    return target


def pack(target: Path) -> None:
    command = (sys.executable, "-m", "projections.ledger.verifier.pack", str(target))
    subprocess.run(command, check=True, cwd=HOME)


def run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-I", *map(str, command)],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
    )


def test_it_runs_as_one_file_where_there_is_no_project(
    packed: Path, auditor: Auditor
) -> None:
    register = made(300)
    clean = register.dump(auditor.home / "clean.sql")
    register.events[5]["topic"] = "another"
    lied = register.dump(auditor.home / "lied.sql")

    fine = run(packed, "log", clean, *auditor.trusted, cwd=auditor.home)
    assert (fine.returncode, fine.stderr) == (0, "")
    assert fine.stdout.endswith("Fine: nothing differs from what was proven.\n")
    tampered = run(packed, "log", lied, *auditor.trusted, cwd=auditor.home)
    assert tampered.returncode == 1
    assert "leaf 5): the event is not as it was" in tampered.stdout
    missing = run(packed, "log", "none.sql", *auditor.trusted, cwd=auditor.home)
    assert missing.returncode == 2


def test_it_imports_nothing_else(packed: Path, auditor: Auditor) -> None:
    dump = made(20).dump(auditor.home / "dump.sql")

    asked = ("log", dump, *auditor.trusted, "--jobs", "2")
    found = run("-c", ALLOWED + RUN, packed, *map(str, asked), cwd=auditor.home)

    assert (found.returncode, found.stderr) == (0, "")
    blocked = run("-c", f"{ALLOWED}\nimport msgspec", cwd=auditor.home)
    assert "msgspec is not for the verifier" in blocked.stderr


def test_it_holds_no_other_module_and_is_the_same_whenever_it_is_made(
    packed: Path, tmp_path: Path
) -> None:
    again = tmp_path / "again.pyz"

    pack(again)

    assert again.read_bytes() == packed.read_bytes()
    listed = run("-m", "zipfile", "-l", packed, cwd=tmp_path).stdout
    assert "psycopg" not in listed
    assert "store.py" not in listed


def test_without_what_it_needs_it_says_so(packed: Path, tmp_path: Path) -> None:
    bare = run("-S", packed, "--help", cwd=tmp_path)

    assert bare.returncode == 2
    assert "probity-verify needs Python 3.11, its package cryptography" in bare.stderr
