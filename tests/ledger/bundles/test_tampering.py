"""Whatever is done to a bundle on its way is found, and the file is named."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from domain.leaf import leaf_of
from projections.ledger.standard.checkpoint import Checkpoint
from projections.ledger.standard.note import Note, ed25519_signer
from projections.ledger.standard.policy import parse_policy
from projections.ledger.standard.proof import Proof
from projections.ledger.standard.proof import parse as parse_proof
from projections.ledger.standard.tree import inclusion, root_of
from projections.ledger.verifier.bundles.bundle import check
from tests.domain.cast import INSTANT, LEAVING
from tests.ledger.bundles.court import (
    Court,
    Files,
    alone,
    files_in,
    listed,
    manifest_of,
    positions,
    saved,
    told,
)

SEED = bytes(range(100, 132))
UNSIGNED = {"README.txt", "manifest.json", "policy"}
Edit = Callable[[str], str]
NOWHERE: Mapping[int, int] = {}


def flipped(content: bytes, at: int = -2) -> bytes:
    changed = bytearray(content)
    changed[at] ^= 1
    return bytes(changed)


def test_every_file_that_is_changed_is_named(
    court: Court, bundled: Path, files: Files
) -> None:
    for name, content in files.items():
        changed = saved(bundled, files | {name: flipped(content)})

        verdict = court.check(changed)

        assert verdict.code == 1, name
        assert name in told(verdict)


def test_every_file_that_is_missing_is_named(
    court: Court, bundled: Path, files: Files
) -> None:
    for name in files:
        rest = {other: files[other] for other in files if other != name}

        verdict = court.check(saved(bundled, rest))

        assert verdict.code == 1, name
        assert f"{name}: " in told(verdict)


@pytest.mark.parametrize(
    "name", ["events/999.entry", "events/999.state", "opened/1.json", "timestamp.tsr"]
)
def test_a_file_that_was_added_is_named(
    court: Court, bundled: Path, files: Files, name: str
) -> None:
    verdict = court.check(saved(bundled, files | {name: b"{}"}))

    assert verdict.code == 1
    assert f"{name}: it was added" in told(verdict)


@pytest.mark.parametrize(
    "name",
    [
        "events/999.state",
        "opened/999.json",
        "rulebooks/other-v1.toml",
        "checkpoint-e9",
        "timestamp.checkpoint",
    ],
)
def test_nothing_is_slipped_in_that_nothing_is_checked_against(
    court: Court, bundled: Path, files: Files, name: str
) -> None:
    verdict = court.check(saved(bundled, listed(files | {name: b"{}"})))

    assert verdict.code == 1
    assert f"{name}: " in told(verdict)


def test_a_bundle_of_nothing_proves_nothing(
    court: Court, bundled: Path, files: Files
) -> None:
    kept = {name: files[name] for name in ("README.txt", "manifest.json", "policy")}
    nothing: dict[str, Any] = {"events": {}, "streams": {}, "whole": ()}
    empty = listed(kept, rulebooks={}, checkpoints={}, **nothing)

    verdict = court.check(saved(bundled, empty))

    assert verdict.code == 1
    assert "manifest.json: there is no event of the stream" in told(verdict)


def test_a_change_is_found_though_the_table_of_contents_was_made_to_fit(
    court: Court, bundled: Path, files: Files
) -> None:
    for name in files.keys() - UNSIGNED:
        forged = listed(files | {name: flipped(files[name])})

        verdict = court.check(saved(bundled, forged))

        assert verdict.code == 1, name
        assert name in told(verdict)


def test_a_state_with_its_digest_in_the_entry_changed_too_has_no_proof(
    court: Court, bundled: Path, files: Files
) -> None:
    (at,) = positions(files, "disclosure.filed")
    state = files[f"events/{at}.state"].replace(b'"wedding"', b'"funeral"')
    entry = files[f"events/{at}.entry"].decode().splitlines()
    entry[-1] = court.sha256(state)
    changed = {
        f"events/{at}.state": state,
        f"events/{at}.entry": "".join(f"{line}\n" for line in entry).encode(),
    }

    verdict = court.check(saved(bundled, listed(files | changed)))

    assert verdict.code == 1
    says = f"events/{at}.tlog-proof: it does not prove events/{at}.entry"
    assert says in told(verdict)


def test_proofs_that_changed_places_prove_nothing(
    court: Court, bundled: Path, files: Files
) -> None:
    one, other = (f"events/{at}.tlog-proof" for at in amended(files))
    swapped = {one: files[other], other: files[one]}

    verdict = court.check(saved(bundled, listed(files | swapped)))

    assert verdict.code == 1
    assert one in told(verdict)
    assert other in told(verdict)


def amended(files: Files) -> list[int]:
    return positions(files, "disclosure.amended")


def test_an_event_that_was_taken_out_leaves_a_gap(
    court: Court, bundled: Path, files: Files
) -> None:
    gone = amended(files)[0]
    rest = {n: c for n, c in files.items() if not n.startswith(f"events/{gone}.")}
    events = manifest_of(files).events
    kept = {at: event for at, event in events.items() if at != str(gone)}

    verdict = court.check(saved(bundled, listed(rest, events=kept, whole=())))

    assert verdict.code == 1
    assert "not here are its events 2" in told(verdict)


def test_an_event_under_the_name_of_another_is_found(
    court: Court, bundled: Path, files: Files
) -> None:
    one, other = amended(files)
    moved = {
        f"events/{one}.{kind}": files[f"events/{other}.{kind}"]
        for kind in ("entry", "state", "tlog-proof")
    }

    verdict = court.check(saved(bundled, listed(files | moved)))

    assert verdict.code == 1
    assert f"events/{one}.entry: it is the entry of position {other}" in told(verdict)


def test_a_rulebook_that_nobody_cited_does_not_stand_for_the_one_that_was(
    court: Court, bundled: Path, files: Files
) -> None:
    (law,) = manifest_of(files).rulebooks
    other = law.replace("-v1", "-v2")
    forged = {n: c for n, c in files.items() if n != law} | {other: files[law]}
    named = {other: manifest_of(files).rulebooks[law]}

    verdict = court.check(saved(bundled, listed(forged, rulebooks=named)))

    assert verdict.code == 1
    assert f"{law}: events/" in told(verdict)
    assert f"{other}: " in told(verdict)


def test_a_rulebook_without_its_event_is_not_believed(
    court: Court, bundled: Path, files: Files
) -> None:
    (law,) = manifest_of(files).rulebooks
    (filed,) = positions(files, "disclosure.filed")
    unnamed = listed(files, rulebooks={})
    wrong = listed(files, rulebooks={law: {"drafted": filed, "published": filed}})

    for forged in (unnamed, wrong):
        verdict = court.check(saved(bundled, forged))
        assert verdict.code == 1
        assert law in told(verdict)


def test_one_rulebook_was_not_made_law_by_the_publication_of_another(
    court: Court, bundled: Path
) -> None:
    one, other = (files_in(court.bundle("rulebook", n)) for n in (INSTANT, LEAVING))
    (law,) = (file for file in manifest_of(one).rulebooks if "-v1" in file)
    (elsewhere,) = positions(other, "rulebook.published")
    drafted = manifest_of(one).rulebooks[law]["drafted"]
    both = manifest_of(one)
    forged = listed(
        {**other, **one},
        streams={**both.streams, **manifest_of(other).streams},
        events={**both.events, **manifest_of(other).events},
        rulebooks={law: {"drafted": drafted, "published": elsewhere}},
    )

    verdict = court.check(saved(bundled, forged))

    assert verdict.code == 1
    assert f"{law}: its text was not drafted before" in told(verdict)


@pytest.mark.parametrize(
    ("name", "value"), [("version", 9), ("topic", "disclosure.x"), ("stream", "y")]
)
def test_an_event_is_what_its_entry_says_and_not_the_table_of_contents(
    court: Court, bundled: Path, files: Files, name: str, value: object
) -> None:
    (at,) = positions(files, "disclosure.filed")
    events = dict(manifest_of(files).events)
    events[str(at)] = {**events[str(at)], name: value}

    verdict = court.check(saved(bundled, listed(files, events=events)))

    assert verdict.code == 1
    assert f"events/{at}.entry: its {name} is" in told(verdict)


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


def swapped(entry: str) -> str:
    """Give the second version of an amendment the number of the third, and back."""
    lines = entry.split("\n")
    if lines[3] == "disclosure.amended":
        lines[2] = {"2": "3", "3": "2"}[lines[2]]
    return "\n".join(lines)


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
