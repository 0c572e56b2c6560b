"""A log that nobody touched is fine, of whatever size and in whatever order."""

from pathlib import Path
from random import Random

import pytest

from tests.ledger.verifying.conftest import Auditor
from tests.ledger.verifying.register import ORIGIN, Register, made, policy

SIZES = (1, 2, 3, 255, 256, 257, 511, 512, 513, 700, 2049)


@pytest.mark.parametrize("size", SIZES)
def test_a_clean_log_is_fine(auditor: Auditor, size: int) -> None:
    register = made(size, steps=min(size, 4))

    found = auditor.judge(register)

    assert found.said["differences"] == found.said["obstacles"] == []
    assert found.code == 0
    assert found.said["counts"][ORIGIN]["anchored"] == size


@pytest.mark.parametrize("size", SIZES)
def test_a_clean_copy_of_the_files_is_fine(auditor: Auditor, size: int) -> None:
    tree = made(size, steps=2).export(auditor.home / "tree", entries=size % 2 == 0)

    assert auditor.check(tree).code == 0


def test_an_empty_log_is_fine(auditor: Auditor) -> None:
    found = auditor.judge(Register())

    assert found.code == 0
    assert "the log is empty" in found.remarks


def test_the_order_of_rows_and_columns_does_not_matter(auditor: Auditor) -> None:
    register, chance = made(300), Random(3)  # noqa: S311  no secret
    chance.shuffle(register.events)
    columns = list(register.events[0])
    chance.shuffle(columns)
    register.events = [{name: row[name] for name in columns} for row in register.events]

    assert auditor.judge(register).code == 0


def test_several_processes_come_to_the_same(
    auditor: Auditor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("projections.ledger.verifier.sources.rows.PIECE", 10_000)
    register = made(400)
    assert auditor.judge(register, "--jobs", "2").code == 0

    register.events[399]["topic"] = "another"
    found = auditor.judge(register, "--jobs", "2")

    assert (found.kinds, found.said["differences"][0]["index"]) == (["edited"], 399)


def test_a_log_that_nothing_anchors_cannot_be_checked(auditor: Auditor) -> None:
    register = Register()
    register.append(Random(1), 5)  # noqa: S311  no secret
    register.sequence()

    found = auditor.judge(register)

    assert found.code == 2
    assert "no checkpoint that the policy accepts" in found.obstacles


def test_what_came_after_the_last_checkpoint_is_counted(auditor: Auditor) -> None:
    register = made(300)
    register.append(Random(2), 40)  # noqa: S311  no secret
    register.sequence()
    register.append(Random(2), 2)  # noqa: S311  no secret

    found = auditor.judge(register)

    assert found.code == 0
    assert f"{ORIGIN}: not yet anchored: 42." in found.remarks
    assert found.said["counts"][ORIGIN]["not_yet_anchored"] == 42


def test_where_no_witness_is_asked_for_the_log_s_own_key_is_believed(
    auditor: Auditor,
) -> None:
    auditor.trust(policy(quorum="quorum none"))
    register = made(10)
    register.cosigned.clear()

    assert auditor.judge(register).code == 0


def test_a_dump_without_the_ledger_is_checked_by_what_the_auditor_has(
    auditor: Auditor,
) -> None:
    register = made(300)
    note = auditor.file("note", register.witness())
    path = register.dump(auditor.home / "dump.sql")
    log_only = path.read_text().partition("COPY ledger.")[0]
    path.write_text(log_only)

    assert auditor.check(path).code == 2
    assert auditor.check(path, "--checkpoint", note).code == 0


def test_a_fault_of_the_verifier_s_own_does_not_pass_for_tampering(
    auditor: Auditor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("projections.ledger.verifier.main.check_log", None)

    found = auditor.judge(made(3))

    assert found.code == 2
    assert "a fault of this program's own" in found.obstacles


def test_nothing_is_left_open_or_behind(auditor: Auditor, tmp_path: Path) -> None:
    auditor.judge(made(3))

    assert sorted(path.name for path in tmp_path.iterdir()) == ["dump.sql", "policy"]
