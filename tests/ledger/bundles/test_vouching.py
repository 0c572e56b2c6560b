"""Who vouches for a bundle: witnesses as a policy asks for them, and a timestamp."""

import subprocess
from pathlib import Path

import pytest

from projections.ledger.standard.checkpoint import parse_checkpoint
from projections.ledger.standard.cosignature import ed25519_cosigner, ml_dsa_cosigner
from projections.ledger.standard.note import Note, parse
from projections.ledger.standard.policy import parse_policy
from projections.ledger.verifier.bundles.bundle import check
from tests.ledger.bundles.court import Court, Files, files_in, listed, saved, told
from tests.ledger.publishing.authority import found, missing, stamped
from tests.postgres import as_role

AT = 1_790_000_000
QUERY = ("-data", "note", "-sha256", "-cert", "-out", "query")
COSIGNERS = {
    "court": ml_dsa_cosigner("court.example/witness", bytes([1]) * 32),
    "press": ed25519_cosigner("press.example/witness", bytes([2]) * 32),
    "church": ed25519_cosigner("church.example/witness", bytes([3]) * 32),
}
TWO = "group two 2 court press church\nquorum two\n"


def policy_text(court: Court, ending: str = TWO) -> str:
    witnesses = (f"witness {name} {by.vkey}" for name, by in COSIGNERS.items())
    return "\n".join(["# ours", *witnesses, ending]) + "".join(
        f"log {log.vkey}\n" for log in court.policy.logs
    )


@pytest.fixture
def witnessed(court: Court, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A bundle under a checkpoint that the court and the press have cosigned."""
    report = court.file()
    note = parse(court.checkpoint())
    lines = [COSIGNERS[name].cosign(note.text, AT) for name in ("court", "press")]
    cosigned = str(Note(note.text, (*note.signatures, *lines)))
    head = parse_checkpoint(note.text)
    with as_role(court.database, "probity_ledger") as connection:
        connection.execute(
            "INSERT INTO ledger.cosigned (origin, size, note) VALUES (%s, %s, %s)",
            (head.origin, head.size, cosigned),
        )
    own = tmp_path / "policy"
    own.write_text(policy_text(court))
    monkeypatch.setitem(court.terminal.variables, "PROBITY_LEDGER_POLICY", str(own))
    return court.bundle(report)


def test_cosignatures_travel_with_it_and_are_told(
    court: Court, witnessed: Path
) -> None:
    verdict = check(witnessed, parse_policy(policy_text(court)))

    assert verdict.code == 0, told(verdict)
    said = "".join(verdict.remarks)
    assert "the witness court cosigned it" in said
    assert "2026-09-21T" in said
    assert "church" not in said
    files = files_in(witnessed)
    assert "NO WITNESS" not in files["README.txt"].decode()
    assert parse_policy(files["policy"].decode()).needs_witnesses


def test_a_reader_who_asks_for_more_witnesses_is_not_told_that_it_is_fine(
    court: Court, witnessed: Path
) -> None:
    every = "group all-of-them all court press church\nquorum all-of-them\n"

    verdict = check(witnessed, parse_policy(policy_text(court, every)))

    assert verdict.code == 2
    assert "checkpoint: the quorum 'all-of-them'" in told(verdict)


def test_a_cosignature_that_does_not_fit_is_named(
    court: Court, witnessed: Path
) -> None:
    files = files_in(witnessed)
    note = parse(files["checkpoint"].decode())
    *rest, last = note.signatures
    wrong = type(last)(last.name, last.key_id, last.value[:-1] + b"\x00")
    forged = str(Note(note.text, (*rest, wrong))).encode()
    moved = {n: c.replace(files["checkpoint"], forged) for n, c in files.items()}

    verdict = check(saved(witnessed, listed(moved)), parse_policy(policy_text(court)))

    assert verdict.code == 1
    assert "the signature by press.example/witness does not fit" in told(verdict)


def test_nothing_is_bundled_that_no_witness_has_seen(
    court: Court, witnessed: Path
) -> None:
    assert witnessed.exists()
    report = court.file()

    assert "not under a published checkpoint yet" in court.refused(report)


@pytest.fixture(scope="module")
def timed(
    court_of_its_own: Court, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Path]:
    """A bundle from after a timestamp, and the authority's certificate."""
    court = court_of_its_own
    if why := missing():
        pytest.skip(why)
    directory = tmp_path_factory.mktemp("authority") / "tsa"
    root = found(directory).roots
    court.file()
    note = court.checkpoint()
    (directory / "note").write_text(note)
    subprocess.run(
        ["openssl", "ts", "-query", *QUERY],
        cwd=directory,
        check=True,
        capture_output=True,
    )
    token = stamped(directory, (directory / "query").read_bytes())
    head = parse_checkpoint(parse(note).text)
    with as_role(court.database, "probity_ledger") as connection:
        connection.execute(
            "INSERT INTO ledger.timestamp (origin, size, token) VALUES (%s, %s, %s)",
            (head.origin, head.size, token),
        )
    return court.bundle(court.file()), root


def test_a_timestamp_comes_with_what_leads_from_it_to_the_checkpoint(
    court_of_its_own: Court, timed: tuple[Path, Path]
) -> None:
    path, _ = timed
    verdict = court_of_its_own.check(path)

    assert verdict.code == 0, told(verdict)
    assert "timestamp.tsr: it is of timestamp.checkpoint" in "".join(verdict.remarks)
    assert "THE TIMESTAMP" in files_in(path)["README.txt"].decode()


def test_the_timestamp_is_checked_as_the_page_says(
    timed: tuple[Path, Path], tmp_path: Path
) -> None:
    path, root = timed
    files = files_in(path)
    for name in ("timestamp.tsr", "timestamp.checkpoint"):
        (tmp_path / name).write_bytes(files[name])
    (command,) = (
        line.split()
        for line in files["README.txt"].decode().splitlines()
        if "openssl ts -verify" in line
    )
    command[-1] = str(root)

    done = subprocess.run(
        command, cwd=tmp_path, check=False, capture_output=True, text=True
    )

    assert "Verification: OK" in done.stdout + done.stderr


@pytest.mark.parametrize(
    ("name", "named"),
    [
        ("timestamp.tsr", "timestamp.tsr: it is not of timestamp.checkpoint"),
        ("timestamp.checkpoint", "timestamp.tsr: it is not of timestamp.checkpoint"),
        ("timestamp.consistency", "timestamp.consistency: it does not lead"),
    ],
)
def test_a_timestamp_of_something_else_is_named(
    court_of_its_own: Court, timed: tuple[Path, Path], name: str, named: str
) -> None:
    path, _ = timed
    files: Files = files_in(path)

    forged = listed(files | {name: b"AAAA\n"})
    verdict = court_of_its_own.check(saved(path, forged))

    assert verdict.code == 1
    assert named in told(verdict)
