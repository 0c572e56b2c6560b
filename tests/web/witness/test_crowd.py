"""However many ask at once, what a witness cosigns has only grown.

Clients in several processes ask two workers for larger, equal, smaller and inconsistent
trees of one log, all signed by it. Every cosignature is collected: any two of them must
be of consistent trees, and none of a smaller tree than one that was cosigned before it.
The same campaign against a witness that checks and stores in two steps must find fault.
"""

import os
import random
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from multiprocessing import get_context
from pathlib import Path

import pytest

from projections.ledger.standard.cosignature import timestamp_of
from projections.ledger.standard.note import parse
from projections.ledger.standard.tree import BadProof
from tests.web.witness.running import PROGRAM, Answer, Site, running, settled
from tests.web.witness.watched import (
    FALSE,
    TRUE,
    Head,
    WatchedLog,
    check_consistent,
)

SOAK = bool(os.environ.get("PROBITY_SOAK"))
PROCESSES, THREADS = 3, 4
EACH = 100 if SOAK else 20  # requests of each thread
LOG = WatchedLog("example.org/crowd")
# Looks, waits for others, and stores: what a witness must not do.
CARELESS = """
import time
from projections.ledger.seen import STATEMENTS, Moved, Seen, find
def advance_by(self, origin, old, judge):
    with self._open() as connection:
        last = find(connection, origin)
        if (last.size if last else 0) != old:
            raise Moved(last.size if last else 0)
        head = judge(last)
        time.sleep(0.01)
        row = {"origin": origin, **vars(head)}
        connection.execute(STATEMENTS["put_latest"], row)
    return head
Seen.advance_by = advance_by
from web.cli import main
main()
"""


@dataclass(frozen=True)
class Cosigned:
    """A tree that was cosigned, and when that was asked for, answered and stated."""

    head: Head
    asked: float
    answered: float
    answer: Answer


def ask_often(witness: Site, seed: int) -> tuple[list[int], list[Cosigned]]:
    """Ask for many trees, most of which should follow; return what came of it."""
    chance = random.Random(seed)  # noqa: S311  a campaign that can be repeated
    known, statuses, cosigned = 0, [], []
    for _ in range(EACH):
        head = next_head(known, chance)
        old = known if chance.random() < 0.9 else chance.randint(0, known)
        asked = time.monotonic()
        answer = witness.post(LOG.body(old, head))
        if answer.status == 200:
            cosigned.append(Cosigned(head, asked, time.monotonic(), answer))
        statuses.append(answer.status)
        known = size_after(answer, head, known)
    return statuses, cosigned


def next_head(known: int, chance: random.Random) -> Head:
    """Return a larger, equal or smaller tree to ask for, in one of two histories."""
    size = known + chance.choice((0, 0, 1, 1, 1, 2, 3, 8, -1, -2))
    return Head(max(size, 0), chance.choice((TRUE, TRUE, TRUE, FALSE)))


def size_after(answer: Answer, head: Head, known: int) -> int:
    if answer.status == 409:
        return int(answer.text)
    return head.size if answer.status == 200 else known


def crowd(witness: Site, seed: int) -> list[tuple[list[int], list[Cosigned]]]:
    """Ask in some threads at once."""
    with ThreadPoolExecutor(THREADS) as threads:
        seeds = range(seed, seed + THREADS)
        return list(threads.map(lambda one: ask_often(witness, one), seeds))


def campaign(witness: Site) -> tuple[set[int], list[Cosigned]]:
    """Ask in some processes at once; return the statuses, and all that was cosigned."""
    asking = partial(crowd, Site(witness.directory, witness.port))
    with ProcessPoolExecutor(PROCESSES, get_context("spawn")) as processes:
        seeds = range(0, PROCESSES * THREADS, THREADS)
        done = [one for found in processes.map(asking, seeds) for one in found]
    statuses = {status for found, _ in done for status in found}
    return statuses, [one for _, cosigned in done for one in cosigned]


def check(cosigned: Sequence[Cosigned]) -> None:
    check_consistent({one.head for one in cosigned})
    check_order(cosigned, lambda one: one.asked, lambda one: one.answered)
    check_order(cosigned, stated_at, stated_at)


def check_order(
    cosigned: Sequence[Cosigned],
    begun: Callable[[Cosigned], float],
    over: Callable[[Cosigned], float],
) -> None:
    """Demand that no tree is smaller than one that was over before it had begun."""
    waiting = sorted(cosigned, key=over)
    largest = 0
    for one in sorted(cosigned, key=begun):
        while over(waiting[0]) < begun(one):
            largest = max(largest, waiting.pop(0).head.size)
        assert one.head.size >= largest


def stated_at(one: Cosigned) -> float:
    """Return the time in the cosignatures, which is the same in all of one answer."""
    found = parse(f"{LOG.text(one.head)}\n{one.answer.text}").signatures
    (at,) = {timestamp_of(signature) for signature in found}
    return at


@pytest.mark.soak
def test_of_all_that_is_cosigned_at_once_any_two_trees_are_consistent(
    tmp_path: Path,
) -> None:
    with running(settled(tmp_path / "state"), [LOG], workers=2) as witness:
        statuses, cosigned = campaign(witness)

        assert statuses == {200, 400, 409, 422}
        check(cosigned)
        for one in cosigned:
            assert witness.cosigned(LOG.text(one.head), one.answer)


def test_the_campaign_finds_a_witness_that_checks_and_stores_in_two_steps(
    tmp_path: Path,
) -> None:
    directory = settled(tmp_path / "state")
    careless = ("-c", CARELESS)

    with running(directory, [LOG], workers=2, program=careless) as witness:
        _, cosigned = campaign(witness)

    assert careless != PROGRAM
    with pytest.raises((AssertionError, BadProof)):
        check(cosigned)


def test_the_checks_of_the_campaign_find_what_they_look_for() -> None:
    answer = Answer(200, "", "")
    true = [Cosigned(Head(n), n, n + 0.5, answer) for n in range(1, 9)]

    check_consistent(one.head for one in true)
    with pytest.raises(BadProof):
        check_consistent([Head(7), Head(8, FALSE)])
    for one, other in pairwise(true):
        check_order([one, other], lambda each: each.asked, lambda each: each.answered)
        with pytest.raises(AssertionError):
            check_order(
                [one, other], lambda each: -each.asked, lambda each: -each.asked
            )
