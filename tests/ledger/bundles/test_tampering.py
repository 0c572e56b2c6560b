"""Whatever is done to a bundle on its way is found, and the file is named."""

from pathlib import Path
from typing import Any

import pytest

from tests.domain.cast import INSTANT, LEAVING
from tests.ledger.bundles.court import (
    Court,
    Files,
    files_in,
    listed,
    manifest_of,
    positions,
    saved,
    told,
)
from tests.ledger.bundles.flipping import amended

UNSIGNED = {"README.txt", "manifest.json", "policy"}


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
