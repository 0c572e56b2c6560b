"""A bundle that somebody else signed, or whose log is out of order, is not believed."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from domain.leaf import leaf_of
from projections.ledger.standard.checkpoint import Checkpoint
from projections.ledger.standard.note import Note, ed25519_signer
from projections.ledger.standard.policy import parse_policy
from projections.ledger.standard.proof import Proof
from projections.ledger.standard.proof import parse as parse_proof
from projections.ledger.standard.tree import inclusion, root_of
from projections.ledger.verifier.bundles.bundle import check
from tests.ledger.bundles.court import (
    Court,
    Files,
    alone,
    listed,
    manifest_of,
    saved,
    told,
)
from tests.ledger.bundles.flipping import amended, swapped

SEED = bytes(range(100, 132))


Edit = Callable[[str], str]


NOWHERE: Mapping[int, int] = {}


@pytest.mark.parametrize("ours", [True, False])
def test_a_checkpoint_that_another_key_signed_is_not_trusted(
    court: Court, bundled: Path, files: Files, *, ours: bool
) -> None:
    """Everything else fits: it is what a forger with a log of their own makes."""
    forged = resigned(files, court.origin if ours else "other.example/e1")

    verdict = court.check(saved(bundled, forged))

    assert verdict.code == (1 if ours else 2)
    assert told(verdict).count("checkpoint: ") == len(told(verdict).splitlines())


def resigned(
    files: Files, origin: str, edit: Edit = str, places: Mapping[int, int] = NOWHERE
) -> Files:
    """Return the bundle with all as a forger has it, who makes a log to go with it.

    Args:
        files: of the true bundle.
        origin: of the forger's log.
        edit: what they make of each entry.
        places: where in the tree they put the event of a position, if not in its place.
    """
    manifest = manifest_of(files)
    (old,) = manifest.checkpoints
    forged = dict(files)
    found = {at: places.get(at, at - 1) for at in map(int, manifest.events)}
    leaves = [bytes(32)] * (max(found.values()) + 1)
    for at, place in found.items():
        entry = edit(files[f"events/{at}.entry"].decode().replace(old, origin))
        forged[f"events/{at}.entry"] = entry.encode()
        leaves[place] = leaf_of(entry)
    text = Checkpoint(origin, len(leaves), root_of(leaves)).text()
    signer = ed25519_signer(origin, SEED)
    signed = str(Note(text, (signer.sign(text),)))
    for at, place in found.items():
        proof = Proof(place, tuple(path_in(leaves, place)), signed)
        forged[f"events/{at}.tlog-proof"] = proof.text().encode()
    forged["checkpoint"] = signed.encode()
    forged["policy"] = f"log {signer.vkey}\nquorum none\n".encode()
    return listed(forged, checkpoints={origin: "checkpoint"})


def path_in(leaves: list[bytes], index: int) -> list[bytes]:
    def read(level: int, n: int) -> bytes:
        return root_of(leaves[n << level : (n + 1) << level])

    return inclusion(index, len(leaves), read)


def test_a_forgers_policy_in_the_bundle_vouches_only_to_who_brings_none(
    court: Court, bundled: Path, files: Files
) -> None:
    path = saved(bundled, resigned(files, court.origin))

    believed = alone(path)

    assert believed.returncode == 0
    assert "NO POLICY OF YOURS WAS GIVEN" in believed.stdout
    assert alone(path, court.policy.text).returncode == 1


def test_a_log_that_is_out_of_order_is_not_believed_though_it_is_signed(
    bundled: Path, files: Files, court: Court
) -> None:
    one, other = amended(files)
    turned = resigned(files, court.origin, swapped)
    events = dict(manifest_of(files).events)
    for at, version in ((one, 3), (other, 2)):
        events[str(at)] = {**events[str(at)], "version": version}
    moved = resigned(files, court.origin, places={other: other + 5})

    for forged, named in (
        (listed(turned, events=events), f"events/{one}.entry: its version"),
        (moved, f"events/{other}.tlog-proof: its place in the tree"),
    ):
        policy = parse_policy(forged["policy"].decode())
        verdict = check(saved(bundled, forged), policy)

        assert verdict.code == 1
        assert named in told(verdict)


def test_proofs_for_several_checkpoints_are_not_one_bundle(
    court: Court, bundled: Path, files: Files
) -> None:
    court.file()
    later = court.checkpoint()
    at = amended(files)[0]
    name = f"events/{at}.tlog-proof"
    proof = parse_proof(files[name].decode())
    other = f"{files[name].decode().removesuffix(proof.checkpoint)}{later}".encode()

    verdict = court.check(saved(bundled, listed(files | {name: other})))

    assert verdict.code == 1
    assert "it is for another checkpoint than checkpoint" in told(verdict)
