"""A draw is repeated by anybody: the same list, method and seed, the same people."""

from decimal import Decimal
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import Invalid, Unknown
from domain.verification.drawing import METHOD, digest_of, drawn, one_of, size_of

NUMBERS = st.sets(st.text("0123456789ABC", min_size=1, max_size=6), min_size=1)


def test_s5_06_a_draw_comes_out_as_it_does_for_whoever_follows_the_recipe() -> None:
    """The recipe: sort by SHA-256 of seed and number, written together."""
    people = ["P1", "P2", "P3", "P4"]
    by_hand = sorted(people, key=lambda p: sha256(f"lotto 3 May{p}".encode()).digest())

    assert drawn(METHOD, "lotto 3 May", people, 2) == tuple(by_hand[:2])


@pytest.mark.parametrize(
    ("seed", "people"), [("seed", ("P3", "P5", "P4")), ("other", ("P5", "P2", "P1"))]
)
def test_s5_06_known_draws_stay_what_they_are(
    seed: str, people: tuple[str, ...]
) -> None:
    """Worked out with sha256sum; another method would have another name."""
    assert drawn(METHOD, seed, [f"P{n}" for n in range(1, 6)], 3) == people


@given(NUMBERS, st.text(min_size=1).filter(str.strip), st.randoms())
def test_s5_06_the_order_of_the_list_changes_nothing(
    numbers: set[str], seed: str, random: object
) -> None:
    size = (len(numbers) + 1) // 2
    shuffled = sorted(numbers)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis' own Random

    first = drawn(METHOD, seed, sorted(numbers), size)
    assert first == drawn(METHOD, seed, shuffled, size)
    assert len(set(first)) == size
    assert set(first) <= numbers
    assert digest_of(numbers) == digest_of(shuffled)


@given(NUMBERS, st.integers(1, 5))
def test_s5_06_a_larger_draw_begins_with_the_smaller(
    numbers: set[str], size: int
) -> None:
    size = min(size, len(numbers))
    every = drawn(METHOD, "seed", numbers, len(numbers))
    assert drawn(METHOD, "seed", numbers, size) == every[:size]


def test_s3_26_the_digest_is_of_the_sorted_numbers_a_line_each() -> None:
    assert digest_of(["P2", "P1"]) == sha256(b"P1\nP2\n").hexdigest()


@pytest.mark.parametrize(
    ("seed", "people", "size", "match"),
    [
        (" ", ["P1"], 1, "without a seed"),
        ("seed", [], 1, "from 0 people 1 cannot"),
        ("seed", ["P1"], 2, "from 1 people 2 cannot"),
        ("seed", ["P1"], 0, "from 1 people 0 cannot"),
        ("seed", ["P1", "P1"], 1, "twice"),
    ],
)
def test_what_cannot_be_drawn_is_refused(
    seed: str, people: list[str], size: int, match: str
) -> None:
    with pytest.raises(Invalid, match=match):
        drawn(METHOD, seed, people, size)


def test_a_method_that_is_not_known_draws_nobody() -> None:
    with pytest.raises(Unknown):
        drawn("coin", "seed", ["P1"], 1)


def test_other_matters_have_other_luck_under_one_seed() -> None:
    pool = [f"P{n}" for n in range(50)]
    chosen = {one_of(METHOD, "seed", f"V-{n}", pool) for n in range(50)}
    assert len(chosen) > len(pool) // 3


@pytest.mark.parametrize(("people", "size"), [(1, 1), (10, 1), (11, 2), (0, 0)])
def test_a_share_of_people_is_rounded_up(people: int, size: int) -> None:
    assert size_of(Decimal("0.1"), people) == size
