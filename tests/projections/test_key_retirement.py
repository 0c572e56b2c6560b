"""Wrapping keys come and go: the first of a register, and those it has done with."""

from pathlib import Path

import psycopg
import pytest

from projections.log import PostgresLog
from projections.postgres.address import Address
from projections.vault.first import first_wrapping
from projections.vault.keyfile import KeyFile
from projections.vault.keyring import open_vault
from projections.vault.rotation import (
    Connection,
    RotationRefused,
    retire,
    rotate,
    versions,
)
from projections.vault.wrapping import Given, name_of
from tests.projections.rotating import ANN, KEK, OTHER, PLACE, with_keys

# Retirement


def test_a_version_in_use_cannot_be_retired(
    log: PostgresLog, operator: Connection, file: KeyFile
) -> None:
    open_vault(log, file).provide([ANN])
    (only,) = file.versions()

    with pytest.raises(RotationRefused, match=rf"{only} is in use.*data keys \(1\)"):
        retire(operator, file, only)
    with pytest.raises(RotationRefused, match="never used a wrapping key kek-1"):
        retire(operator, file, "kek-1")

    assert file.versions() == [only]


def test_a_retired_version_is_forgotten_and_never_used_again(
    log: PostgresLog, operator: Connection, file: KeyFile
) -> None:
    vault = open_vault(log, file)
    id_ = vault.provide([ANN])[ANN].id
    (old,) = file.versions()
    new = rotate(operator, file).kek

    for _ in range(2):
        assert retire(operator, file, old)

    assert file.versions() == [new]
    assert open_vault(log, file).fetch([id_]).keys() == {id_}
    assert [v.name for v in versions(operator) if v.retired_at] == [old]
    with pytest.raises(psycopg.errors.RaiseException, match="was retired"):
        operator.execute("SELECT keys.adopt(%s)", (old,))


def test_what_the_operator_gave_the_operator_takes_away(
    log: PostgresLog, operator: Connection
) -> None:
    with_keys(log, KEK).provide([ANN])
    rotate(operator, Given([KEK, OTHER], PLACE))

    assert not retire(operator, Given([KEK, OTHER], PLACE), name_of(KEK))
    assert retire(operator, Given([OTHER], PLACE), name_of(KEK))


# The first


def test_a_new_register_is_given_a_file_where_one_is_named(
    database: Address, tmp_path: Path
) -> None:
    path = tmp_path / "there" / "wrapping-keys"
    named = {"PROBITY_KEK_FILE": str(path), "DATABASE_URL": database.url}

    assert first_wrapping(database.admin_url, named) == path
    assert first_wrapping(database.admin_url, named) is None
    assert len(KeyFile(path).versions()) == 1


def test_the_embedded_servers_register_has_its_own_at_home(
    database: Address, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PROBITY_HOME", str(tmp_path))

    assert first_wrapping(database.admin_url, {"DATABASE_URL": "elsewhere"}) is None
    assert first_wrapping(database.admin_url, {"PROBITY_KEK": "given"}) is None
    path = first_wrapping(database.admin_url, {})
    assert path == tmp_path / "keys" / "wrapping-keys"


def test_a_register_that_has_used_a_wrapping_key_is_never_given_another(
    log: PostgresLog, database: Address, tmp_path: Path
) -> None:
    with_keys(log, KEK).provide([ANN])
    path = tmp_path / "wrapping-keys"

    assert first_wrapping(database.admin_url, {"PROBITY_KEK_FILE": str(path)}) is None
    assert not path.exists()
