"""What was signed of a log is remembered, and only moves forward."""

import sqlite3
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from projections.ledger.seen import Head, Moved, Seen
from tests.processes import mode

LOG = "example.org/log"


@pytest.fixture
def seen(tmp_path: Path) -> Seen:
    return Seen(tmp_path / "seen")


def head(size: int, root: bytes = b"r") -> Head:
    return Head(size, root.ljust(32), f"note of {size}")


def test_nothing_is_known_of_a_log_before_its_first_head(seen: Seen) -> None:
    assert seen.latest(LOG) is None
    assert seen.origins() == []


def test_the_last_head_of_each_log_is_remembered(seen: Seen) -> None:
    seen.advance(LOG, 0, head(3))
    seen.advance(LOG, 3, head(5))
    seen.advance("other", 0, head(2**63 - 1))

    again = Seen.existing(seen.path)
    assert again.latest(LOG) == head(5)
    assert again.latest("other") == head(2**63 - 1)
    assert again.origins() == [LOG, "other"]


def test_a_head_is_kept_only_in_the_place_of_the_one_it_is_said_to_follow(
    seen: Seen,
) -> None:
    seen.advance(LOG, 0, head(3))

    for old in (0, 2, 4):
        with pytest.raises(Moved) as moved:
            seen.advance(LOG, old, head(5))
        assert moved.value.size == 3
    with pytest.raises(Moved) as moved:
        seen.advance("other", 3, head(5))
    assert moved.value.size == 0
    assert seen.latest(LOG) == head(3)


def test_a_size_is_signed_again_with_the_same_root_alone(seen: Seen) -> None:
    seen.advance(LOG, 0, head(3))
    seen.advance(LOG, 3, Head(3, head(3).root, "signed again"))

    with pytest.raises(ValueError, match="size 3 does not follow size 3"):
        seen.advance(LOG, 3, head(3, b"another"))
    assert seen.latest(LOG) == Head(3, head(3).root, "signed again")


def test_no_smaller_size_follows(seen: Seen) -> None:
    seen.advance(LOG, 0, head(3))

    with pytest.raises(ValueError, match="size 2 does not follow size 3"):
        seen.advance(LOG, 3, head(2))
    assert seen.latest(LOG) == head(3)


def test_what_the_judge_refuses_changes_nothing(seen: Seen) -> None:
    seen.advance(LOG, 0, head(3))

    def refuse(last: Head | None) -> Head:
        assert last == head(3)
        raise RuntimeError("no")

    with pytest.raises(RuntimeError, match="no"):
        seen.advance_by(LOG, 3, refuse)
    assert seen.latest(LOG) == head(3)
    assert seen.advance_by(LOG, 3, lambda _: head(4)) == head(4)


def test_the_judge_is_not_asked_where_the_size_is_another(seen: Seen) -> None:
    with pytest.raises(Moved):
        seen.advance_by(LOG, 1, lambda _: pytest.fail("it was asked"))


def test_a_root_of_another_length_is_not_kept(seen: Seen) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        seen.advance(LOG, 0, Head(1, b"short", "note"))
    assert seen.latest(LOG) is None


def test_the_file_is_for_its_owner_alone(seen: Seen) -> None:
    assert mode(seen.path) == 0o600


def test_a_file_that_is_gone_is_not_made_anew_by_itself(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="another history could be signed"):
        Seen.existing(tmp_path / "seen")
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_something_else_is_not_used(tmp_path: Path) -> None:
    (tmp_path / "seen").write_bytes(b"no database" * 1000)

    with pytest.raises(sqlite3.DatabaseError):
        Seen(tmp_path / "seen")


def climb(path: Path, who: str, turns: int) -> list[int]:
    """Move the log on as often as it is our turn; return the sizes that we kept."""
    seen, kept = Seen.existing(path), []
    for _ in range(turns):
        last = seen.latest(LOG)
        size = last.size if last else 0
        try:
            seen.advance(LOG, size, Head(size + 1, who.encode().ljust(32), who))
        except Moved:
            continue
        kept.append(size + 1)
    return kept


def test_of_many_at_once_one_alone_moves_each_size(seen: Seen) -> None:
    spawning = get_context("spawn")
    with (
        ProcessPoolExecutor(2, spawning) as processes,
        ThreadPoolExecutor(3) as threads,
    ):
        done = [
            pool.submit(climb, seen.path, f"climber {number}", 30)
            for number, pool in enumerate([processes, threads] * 3)
        ]
        kept = [size for future in done for size in future.result()]

    last = seen.latest(LOG)
    assert last is not None
    assert sorted(kept) == list(range(1, last.size + 1))
