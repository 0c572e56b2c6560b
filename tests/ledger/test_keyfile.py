"""The keys that sign are in files that their owner alone can read."""

from base64 import b64encode
from pathlib import Path

import pytest

from domain.errors import VaultClosed
from projections.ledger.keyfile import (
    ED25519,
    Seeds,
    create,
    log_key_file,
    read,
    receipt_key_file,
)
from tests.processes import mode

SEED = b64encode(b"s" * 32).decode()


def written(path: Path, text: str) -> Path:
    path.write_text(text)
    path.chmod(0o600)
    return path


def test_a_new_file_has_both_keys_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "ledger.key"

    assert create(path)
    seeds = read(path)
    assert seeds.ml_dsa is not None
    assert len(seeds.ed25519) == len(seeds.ml_dsa) == 32
    assert seeds.ed25519 != seeds.ml_dsa
    assert mode(path) == 0o600
    assert mode(path.parent) == 0o700


def test_a_key_of_receipts_is_ed25519_alone(tmp_path: Path) -> None:
    create(tmp_path / "receipt.key", [ED25519])

    assert read(tmp_path / "receipt.key").ml_dsa is None


def test_a_file_that_is_there_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "ledger.key"
    create(path)
    before = path.read_bytes()

    assert not create(path)
    assert path.read_bytes() == before


def test_the_lines_of_a_file_are_a_kind_and_a_seed(tmp_path: Path) -> None:
    path = written(tmp_path / "key", f"# ours\n\nml-dsa-44 {SEED}\ned25519 {SEED}\n")

    assert read(path) == Seeds(b"s" * 32, b"s" * 32)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "no ed25519 key"),
        (f"ml-dsa-44 {SEED}\n", "no ed25519 key"),
        (f"ed25519 {SEED[:-2]}\n", "line 1: this is not a signing key"),
        (f"ed25519 {SEED}{SEED}\n", "line 1"),
        (f"\nrsa {SEED}\n", "line 2"),
        (f"{SEED}\n", "line 1"),
    ],
)
def test_a_damaged_file_is_refused_and_none_of_it_repeated(
    tmp_path: Path, text: str, reason: str
) -> None:
    path = written(tmp_path / "key", text)

    with pytest.raises(VaultClosed, match=reason) as refused:
        read(path)
    assert refused.value.__context__ is None
    assert SEED[:8] not in str(refused.value)


def test_a_file_that_others_may_read_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path / "key", f"ed25519 {SEED}\n")
    path.chmod(0o640)

    with pytest.raises(VaultClosed, match="open to others"):
        read(path)


def test_a_file_that_is_missing_is_told(tmp_path: Path) -> None:
    with pytest.raises(VaultClosed, match="cannot be read"):
        read(tmp_path / "key")


def test_no_key_lies_where_the_database_does(tmp_path: Path) -> None:
    (tmp_path / "PG_VERSION").touch()

    with pytest.raises(VaultClosed, match="data directory of PostgreSQL"):
        create(tmp_path / "key")


def test_a_key_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(VaultClosed, match="no signing key could be made"):
        create(tmp_path / "file" / "key")


def test_seeds_do_not_show_where_they_are_printed() -> None:
    assert "s" * 32 not in repr(Seeds(b"s" * 32, b"s" * 32))


def test_the_environment_says_where_the_files_are(tmp_path: Path) -> None:
    named = {
        "PROBITY_LOG_KEY_FILE": str(tmp_path / "log"),
        "PROBITY_RECEIPT_KEY_FILE": str(tmp_path / "receipt"),
    }

    assert log_key_file(named) == tmp_path / "log"
    assert receipt_key_file(named) == tmp_path / "receipt"
    assert log_key_file({}).name == "ledger.key"
    assert receipt_key_file({}).name == "receipt.key"
