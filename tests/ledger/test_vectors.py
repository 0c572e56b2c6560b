"""The values that others published for the tree of RFC 6962.

They come from github.com/transparency-dev/merkle, of which only facts are here: eight
entries, the hashes over them, and the proofs, good and bad, in vectors.jsonl.
"""

import json
from base64 import b64decode
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from projections.ledger.standard import tree

VECTORS = [
    json.loads(line)
    for line in Path(__file__).with_name("vectors.jsonl").read_text().splitlines()
]
ENTRIES = [
    bytes.fromhex(entry)
    for entry in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
# They refuse every proof from size 0. A witness that has seen nothing starts there, and
# C2SP tlog-witness asks for an empty proof, which we accept.
FROM_NOTHING = "consistency/additional/size1-is-zero-and-size2-is-not-zero"
# By level, from the leaves to the root.
NODES = [
    [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "0298d122906dcfc10892cb53a73992fc5b9f493ea4c9badb27b791b4127a7fe7",
        "07506a85fd9dd2f120eb694f86011e5bb4662e5c415a62917033d4a9624487e7",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "4271a26be0d8a84f0bd54c8c302e7cb3a3b5d1fa6780a40bcce2873477dab658",
        "b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f",
        "46f6ffadd3d06a09ff3c5860d2755c8b9819db7df44251788c7d8e3180de8eb1",
    ],
    [
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
    ],
    [
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    ["5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"],
]
# By size, from the tree without entries.
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def read(level: int, n: int) -> bytes:
    return bytes.fromhex(NODES[level][n])


def test_leaves_have_the_published_hashes() -> None:
    assert [tree.leaf_hash(entry).hex() for entry in ENTRIES] == NODES[0]
    assert tree.leaf_hash(b"L123456").hex() == (
        "395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56"
    )


def test_nodes_have_the_published_hashes() -> None:
    for below, above in pairwise(NODES):
        pairs = zip(below[::2], below[1::2], strict=True)
        hashes = [map(bytes.fromhex, pair) for pair in pairs]
        assert [tree.node_hash(*pair).hex() for pair in hashes] == above
    assert tree.node_hash(b"N123", b"N456").hex() == (
        "aa217fe888e47007fa15edab33c2b492a722cb106c64667fc2b044444de66bbb"
    )


@pytest.mark.parametrize("size", range(len(ROOTS)))
def test_a_tree_has_the_published_root(size: int) -> None:
    leaves = [tree.leaf_hash(entry) for entry in ENTRIES[:size]]

    assert tree.root_of(leaves).hex() == ROOTS[size]
    assert tree.root(size, read).hex() == ROOTS[size]


def test_as_many_vectors_are_here_as_were_published() -> None:
    kinds = [name.split("/")[0] for name, *_ in VECTORS]

    assert kinds.count("inclusion") == 98
    assert kinds.count("consistency") == 98
    assert sum(good for *_, good in VECTORS) == 12


def hash_of(text: str) -> bytes:
    """Return a root; some vectors have a few words there, which no hash of ours is."""
    data = b64decode(text)
    return sha256(data).digest() if data.startswith(b"don't care") else data


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector[0])
def test_a_proof_is_judged_as_published(vector: list[Any]) -> None:
    name, first, second, left, right, proof, published = vector
    good = published or name == FROM_NOTHING
    hashes = [b64decode(each) for each in proof]

    def check() -> None:
        if name.startswith("inclusion"):
            tree.check_inclusion(
                hash_of(left), first, second, hashes, root=hash_of(right)
            )
        else:
            tree.check_consistency(first, hash_of(left), second, hash_of(right), hashes)

    if good:
        check()
    else:
        with pytest.raises(tree.BadProof):
            check()


@pytest.mark.parametrize(
    "vector", [each for each in VECTORS if each[-1]], ids=lambda vector: vector[0]
)
def test_a_proof_is_made_as_published(vector: list[Any]) -> None:
    name, first, second, _, _, proof, _ = vector
    prove = tree.inclusion if name.startswith("inclusion") else tree.consistency

    assert prove(first, second, read) == [b64decode(each) for each in proof]
