"""The tree as RFC 6962, section 2.1, defines it: recursive, slow, and sharing no code.

What is over a range is remembered, for the ranges of many trees are the same.
"""

from collections.abc import Callable
from functools import cache
from hashlib import sha256

Over = Callable[[int, int], bytes]


def largest_power_below(n: int) -> int:
    """Return k, the largest power of two smaller than n: k < n <= 2k."""
    k = 1
    while not k < n <= 2 * k:
        k *= 2
    return k


def itself(start: int, stop: int) -> tuple[int, int]:
    return start, stop


def definition(
    leaf: Callable[[int], bytes],
    like: Callable[[int, int], tuple[int, int]] = itself,
) -> Over:
    """Return MTH(D[start:stop]).

    Args:
        leaf: gives the hash of each leaf, by its index.
        like: gives for a range another one with the same leaves, to hash them once.
    """

    def mth(start: int, stop: int) -> bytes:
        return hashed(*like(start, stop))

    @cache
    def hashed(start: int, stop: int) -> bytes:
        n = stop - start
        if n == 0:
            return sha256(b"").digest()
        if n == 1:
            return leaf(start)
        k = largest_power_below(n)
        return sha256(b"\x01" + mth(start, start + k) + mth(start + k, stop)).digest()

    return mth


def path(mth: Over, m: int, start: int, stop: int) -> list[bytes]:
    """Return PATH(m, D[start:stop]), of section 2.1.1."""
    n = stop - start
    if n == 1:
        return []
    k = largest_power_below(n)
    if m < k:
        return [*path(mth, m, start, start + k), mth(start + k, stop)]
    return [*path(mth, m - k, start + k, stop), mth(start, start + k)]


def proof(mth: Over, m: int, n: int) -> list[bytes]:
    """Return PROOF(m, D[0:n]), of section 2.1.2, which defines it for 0 < m < n."""
    return subproof(mth, m, 0, n, known=True)


def subproof(mth: Over, m: int, start: int, stop: int, *, known: bool) -> list[bytes]:
    """Return SUBPROOF(m, D[start:stop], b), of section 2.1.2."""
    n = stop - start
    if m == n:
        return [] if known else [mth(start, stop)]
    k = largest_power_below(n)
    if m <= k:
        rest = subproof(mth, m, start, start + k, known=known)
        return [*rest, mth(start + k, stop)]
    rest = subproof(mth, m - k, start + k, stop, known=False)
    return [*rest, mth(start, start + k)]


def sides(m: int, n: int) -> str:
    """Return on which side each hash of PATH(m, D[n]) belongs, in their order.

    Two claims that differ in the size alone, and of which the sides are the same, are
    the same claim to whoever checks the proof: the root does not tell the size.
    """
    if n == 1:
        return ""
    k = largest_power_below(n)
    return sides(m, k) + "R" if m < k else sides(m - k, n - k) + "L"


def recipe(m: int, n: int, *, known: bool = True) -> tuple[str, str, int]:
    """Return how both roots follow from PROOF(m, D[n]), and how many hashes it has.

    As with `sides`: claims of which the recipes are the same are the same claim.
    """
    if m == n:
        return ("old", "old", 0) if known else ("0", "0", 1)
    k = largest_power_below(n)
    if m <= k:
        old, new, count = recipe(m, k, known=known)
        return old, f"({new} {count})", count + 1
    old, new, count = recipe(m - k, n - k, known=False)
    return f"({count} {old})", f"({count} {new})", count + 1
