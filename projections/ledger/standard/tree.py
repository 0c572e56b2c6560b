"""The Merkle tree of RFC 6962: its root, its proofs, and how a proof is checked."""

from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256

SIZE = 32  # bytes in a hash
EMPTY_ROOT = sha256().digest()

Read = Callable[[int, int], bytes]
"""Gives the hash of the complete subtree over entries n * 2**level and on, 2**level."""


class BadProof(ValueError):
    """A proof that does not prove what it should."""


def leaf_hash(data: bytes) -> bytes:
    """Return the hash of an entry (RFC 6962, section 2.1)."""
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of two subtrees that stand side by side (section 2.1)."""
    return sha256(b"\x01" + left + right).digest()


def fold(hashes: bytes) -> bytes:
    """Return the hash over a complete subtree.

    Args:
        hashes: those at its foot, one behind the other; as many as a power of two.
    """
    while len(hashes) > SIZE:
        pairs = range(0, len(hashes), 2 * SIZE)
        hashes = b"".join(
            [sha256(b"\x01" + hashes[at : at + 2 * SIZE]).digest() for at in pairs]
        )
    return hashes


def root_of(leaf_hashes: Sequence[bytes]) -> bytes:
    """Return the root over these leaf hashes, all of them at hand."""

    def read(level: int, n: int) -> bytes:
        return fold(b"".join(leaf_hashes[n << level : (n + 1) << level]))

    return root(len(leaf_hashes), read)


def root(size: int, read: Read) -> bytes:
    """Return the root of the tree over the first *size* entries (section 2.1)."""
    return _over(0, size, read) if size else EMPTY_ROOT


def inclusion(index: int, size: int, read: Read) -> list[bytes]:
    """Return the proof that an entry is in the tree of a size (section 2.1.1).

    Args:
        index: which entry, from 0.
        size: the size of the tree.
        read: the complete subtrees of that tree.

    Raises:
        ValueError: the tree has no such entry.
    """
    if not 0 <= index < size:
        raise ValueError(f"there is no entry {index} in a tree of {size}")
    path, start, stop = [], 0, size
    while stop - start > 1:
        middle = start + _split(stop - start)
        if index < middle:
            path.append(_over(middle, stop, read))
            stop = middle
        else:
            path.append(_over(start, middle, read))
            start = middle
    return path[::-1]


def consistency(old: int, new: int, read: Read) -> list[bytes]:
    """Return the proof that a tree grew out of a smaller one (section 2.1.2).

    Args:
        old: the size that it had. For 0 and for *new* the proof is empty.
        new: the size that it has.
        read: the complete subtrees of the tree of size *new*.

    Raises:
        ValueError: the old size is greater than the new one.
    """
    if not 0 <= old <= new:
        raise ValueError(f"a tree of {new} did not grow out of one of {old}")
    path, start, stop = [], 0, new
    while old not in (0, stop):
        middle = start + _split(stop - start)
        if old <= middle:
            path.append(_over(middle, stop, read))
            stop = middle
        else:
            path.append(_over(start, middle, read))
            start = middle
    if start:
        path.append(_over(start, stop, read))
    return path[::-1]


def check_inclusion(
    leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes
) -> None:
    """Demand that a proof leads from a leaf to a root (RFC 9162, section 2.1.3.2).

    The size is believed, and must come with the root in what the log signed: a root
    says by itself little of how many entries are under it.

    Args:
        leaf: the hash of the entry.
        index: which entry of the tree it is said to be, from 0.
        size: the size of the tree.
        proof: what `inclusion` returned.
        root: the root of that tree.

    Raises:
        BadProof: it does not.
    """
    _check_hashes((leaf, root, *proof))
    if not 0 <= index < size:
        raise BadProof(f"there is no entry {index} in a tree of {size}")
    reached = leaf
    for left, sibling in _steps(index, size - 1, proof):
        reached = node_hash(sibling, reached) if left else node_hash(reached, sibling)
    if reached != root:
        raise BadProof(f"the proof for entry {index} of {size} leads to another root")


def check_consistency(
    old: int, old_root: bytes, new: int, new_root: bytes, proof: Sequence[bytes]
) -> None:
    """Demand that a tree grew out of a smaller one (RFC 9162, section 2.1.4.2).

    The sizes are believed, as in `check_inclusion`.

    Args:
        old: the size that it had; of nothing, every tree grew, and the proof is empty.
        old_root: the root that it had; `EMPTY_ROOT` for size 0.
        new: the size that it has; where it is the same, the proof is empty.
        new_root: the root that it has.
        proof: what `consistency` returned.

    Raises:
        BadProof: it did not, or the proof does not show it.
    """
    _check_hashes((old_root, new_root, *proof))
    if not 0 <= old <= new:
        raise BadProof(f"a tree of {new} did not grow out of one of {old}")
    _check_empty((old, old_root), (new, new_root))
    if old in (0, new):
        _check_unchanged(old, old_root, new_root, proof)
        return
    if _grown(old, old_root, new, proof) != (old_root, new_root):
        raise BadProof(f"the proof from {old} to {new} does not lead to both roots")


def _split(size: int) -> int:
    """Return the largest power of two that is smaller than a size."""
    return 1 << (size - 1).bit_length() - 1


def _over(start: int, stop: int, read: Read) -> bytes:
    """Return the root over some entries, from a place where a subtree begins."""
    hashes = []
    while start < stop:
        level = (stop - start).bit_length() - 1
        hashes.append(read(level, start >> level))
        start += 1 << level
    over = hashes.pop()
    while hashes:
        over = node_hash(hashes.pop(), over)
    return over


def _steps(at: int, last: int, proof: Sequence[bytes]) -> Iterator[tuple[bool, bytes]]:
    """Return the hashes of a proof, each with whether it belongs to the left."""
    sides = list(_sides(at, last))
    if len(sides) != len(proof):
        raise BadProof(f"the proof has {len(proof)} hashes and not {len(sides)}")
    return zip(sides, proof, strict=True)


def _sides(at: int, last: int) -> Iterator[bool]:
    """Go from a node to the root, and yield whether each sibling is to the left.

    Args:
        at: which node of its level it is.
        last: which one is the last of that level.
    """
    while last:
        left = at & 1 == 1 or at == last
        while left and at and not at & 1:  # the last node has no sibling here
            at, last = at >> 1, last >> 1
        at, last = at >> 1, last >> 1
        yield left


def _grown(
    old: int, old_root: bytes, new: int, proof: Sequence[bytes]
) -> tuple[bytes, bytes]:
    """Return the roots of both trees, as a proof of consistency has them."""
    path = list(proof) if old & (old - 1) else [old_root, *proof]
    if not path:
        raise BadProof(f"there is no proof that the tree grew from {old} to {new}")
    shift = (old & -old).bit_length() - 1  # the old tree's last complete subtree
    before = after = path[0]
    for left, sibling in _steps(old - 1 >> shift, new - 1 >> shift, path[1:]):
        after = node_hash(sibling, after) if left else node_hash(after, sibling)
        before = node_hash(sibling, before) if left else before
    return before, after


def _check_hashes(hashes: Sequence[bytes]) -> None:
    if any(len(each) != SIZE for each in hashes):
        raise BadProof(f"a hash has {SIZE} bytes, and not all of these have")


def _check_empty(*heads: tuple[int, bytes]) -> None:
    if any((size == 0) != (root == EMPTY_ROOT) for size, root in heads):
        raise BadProof(
            "only a tree without entries has the hash of nothing as its root"
        )


def _check_unchanged(
    old: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]
) -> None:
    if proof:
        raise BadProof("where the tree did not grow, or out of nothing, nothing proves")
    if old and old_root != new_root:
        raise BadProof(f"there are two roots of the same size, {old}")
