"""A log that was closed after a restore, and the one it goes on as: each by itself."""

from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest

from projections.ledger.restoring.closing import Closing, Tree
from projections.ledger.standard.note import Note
from projections.ledger.standard.tree import root_of
from tests.ledger.verifying.conftest import Auditor
from tests.ledger.verifying.register import ORIGIN, Register, made, policy, signer

NEXT = "register.example/log/e2"
SIGNED, RETAINED, STANDS = 300, 240, 260


class Restored:
    """A register that was restored to 240 of 300 entries, and went on to 260."""

    def __init__(self) -> None:
        self.whole = made(SIGNED)
        old = self.whole.copy()
        del old.events[RETAINED:]
        old.size = RETAINED
        for table in (old.roots, old.signed, old.cosigned):
            for size in [size for size in table if size > RETAINED]:
                del table[size]
        old.rebuild()
        old.append(Random(8), STANDS - RETAINED)  # noqa: S311  no secret
        self.old = old
        self.new = Register(origin=NEXT, first=STANDS + 1)
        self.new.append(Random(9), 70)  # noqa: S311  no secret
        self.new.sequence()
        self.new.witness()

    def closing(self, *, origin: str = ORIGIN, key: str = ORIGIN) -> str:
        signed = Tree(SIGNED, root_of(self.whole.leaves))
        text = Closing(
            origin=origin,
            signed=signed,
            cosigned=signed,
            stands=Tree(STANDS, root_of(self.old.leaves)),
            retained=RETAINED,
            next=NEXT,
            closed_at=datetime(2026, 5, 1, tzinfo=UTC),
            reason="a disk was lost",
        ).text()
        return str(Note(text, (signer(key).sign(text),)))

    def dump(self, path: Path, closing: str | None) -> Path:
        self.new.epochs = [
            {"number": 1, "origin": ORIGIN, "first": 1, "closing": closing},
            {"number": 2, "origin": NEXT, "first": STANDS + 1, "closing": None},
        ]
        before = self.old.dump(path).read_text().partition("COPY log.probity_events")
        after = self.new.dump(path).read_text()
        path.write_text("".join(before[1:]) + after)
        return path


@pytest.fixture
def restored() -> Restored:
    return Restored()


@pytest.fixture
def outside(auditor: Auditor, restored: Restored) -> list[str | Path]:
    """What the auditor kept: the newest checkpoint of the old name, and its key.

    The log goes on under the next name with the same key.
    """
    auditor.trust(policy(ORIGIN))
    note = auditor.file("note", restored.whole.cosigned[SIGNED])
    return ["--checkpoint", note]


def test_what_a_closing_statement_admits_is_lost_and_not_tampered_with(
    auditor: Auditor, restored: Restored, outside: list[str | Path]
) -> None:
    path = restored.dump(auditor.home / "dump.sql", restored.closing())

    found = auditor.check(path, *outside)

    assert (found.code, found.said["differences"]) == (0, [])
    assert "60 that were signed are lost" in found.remarks
    assert "20 were never signed. The reason: a disk was lost" in found.remarks
    leaves = {name: one["leaves"] for name, one in found.said["counts"].items()}
    assert leaves == {ORIGIN: STANDS, NEXT: 70}


def test_without_the_statement_the_end_is_missing(
    auditor: Auditor, restored: Restored, outside: list[str | Path]
) -> None:
    path = restored.dump(auditor.home / "dump.sql", None)

    assert auditor.check(path, *outside).code == 1


@pytest.mark.parametrize("forged", ["key", "origin"])
def test_a_statement_that_the_log_did_not_sign_closes_nothing(
    auditor: Auditor, restored: Restored, outside: list[str | Path], forged: str
) -> None:
    closing = restored.closing(**{forged: NEXT})
    path = restored.dump(auditor.home / "dump.sql", closing)

    found = auditor.check(path, *outside)

    assert found.code == 1
    assert "checkpoint-edited" in found.kinds


def test_a_statement_does_not_hide_that_more_was_signed(
    auditor: Auditor, restored: Restored, outside: list[str | Path]
) -> None:
    restored.whole.append(Random(3), 5)  # noqa: S311  no secret
    restored.whole.sequence()
    later = auditor.file("later", restored.whole.witness())
    del restored.whole.events[SIGNED:]
    path = restored.dump(auditor.home / "dump.sql", restored.closing())

    found = auditor.check(path, *outside, "--checkpoint", later)

    assert (found.code, found.kinds) == (1, ["truncated"])
    assert "closed with 300 leaves signed" in found.said["differences"][0]["text"]


def test_what_was_retained_is_proven_by_the_copy_of_what_was_lost(
    auditor: Auditor, restored: Restored, outside: list[str | Path]
) -> None:
    copy = restored.whole.export(auditor.home / "copy")
    old = restored.old
    old.events[100]["topic"] = "another"
    old.events[100]["leaf"] = old.leaf(old.events[100])
    old.rebuild()
    path = restored.dump(auditor.home / "dump.sql", restored.closing())

    found = auditor.check(path, *outside, "--against", copy)

    said = next(o for o in found.said["differences"] if o["kind"] == "edited")
    assert (said["origin"], said["index"], said["fields"]) == (ORIGIN, 100, ["topic"])


def test_each_epoch_is_checked_by_itself(
    auditor: Auditor, restored: Restored, outside: list[str | Path]
) -> None:
    restored.new.events[7]["state"] = b"another"
    path = restored.dump(auditor.home / "dump.sql", restored.closing())

    (said,) = auditor.check(path, *outside).said["differences"]

    assert (said["origin"], said["kind"], said["index"]) == (NEXT, "edited", 7)


def test_an_epoch_whose_key_is_not_trusted_cannot_be_checked(
    auditor: Auditor, restored: Restored
) -> None:
    auditor.trust(policy("another.example/log/e1"))
    path = restored.dump(auditor.home / "dump.sql", restored.closing())

    found = auditor.check(path)

    assert found.code == 2
    for name in (ORIGIN, NEXT):
        assert f"the policy has no key of the log {name}" in found.remarks
