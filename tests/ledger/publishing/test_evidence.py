"""What is evidence of how far a log had come, and what is none."""

from collections.abc import Callable
from pathlib import Path

import pytest

from projections.ledger.restoring.evidence import Found, Trust, Unproven, find
from projections.ledger.standard.policy import parse_policy
from tests.ledger.publishing.losing import (
    KEPT,
    PUBLISHED,
    Run,
    publish_and_lose,
    reopened,
    trust,
)
from tests.ledger.publishing.office import Office
from tests.ledger.publishing.played import honest, policy_of
from tests.ledger.publishing.restoring import Backup

Change = Callable[[bytes], bytes]


# What is no evidence


def test_a_checkpoint_that_too_few_witnesses_cosigned_does_not_do(
    office: Office, backup: Backup, site: Path, play: Run
) -> None:
    publish_and_lose(office, backup, site)
    policy = policy_of(play(honest, honest), 2)

    with pytest.raises(Unproven, match="has the cosignatures which the policy asks"):
        reopened(office, site, policy=policy)

    assert office.origin.endswith("/e1")


CHANGES: dict[str, tuple[str, Change]] = {
    "another size": ("checkpoint", lambda data: data.replace(b"\n300\n", b"\n301\n")),
    "another log": ("checkpoint", lambda data: data.replace(b"/e1\n", b"/e9\n")),
    "no note": ("checkpoint", lambda _: b"garbage"),
    "no text": ("checkpoint", lambda _: b"\xff\xfe"),
    "a bit": ("tile/0/000", lambda data: data[:-1] + bytes([data[-1] ^ 1])),
    "a hash less": ("tile/0/000", lambda data: data[:-32]),
    "an empty tile": ("tile/0/001.p/44", lambda _: b""),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_was_changed_is_no_evidence(
    office: Office, backup: Backup, site: Path, change: str
) -> None:
    name, changed = CHANGES[change]
    publish_and_lose(office, backup, site)
    file = site / "e1" / name
    file.write_bytes(changed(file.read_bytes()))

    with pytest.raises(Unproven, match="is no checkpoint of"):
        reopened(office, site)

    assert office.origin.endswith("/e1")


def test_entries_that_were_changed_are_not_repeated(
    office: Office, backup: Backup, site: Path
) -> None:
    publish_and_lose(office, backup, site)
    for name in ("tile/entries/000", "tile/entries/001.p/44"):
        file = site / "e1" / name
        file.write_bytes(file.read_bytes().replace(b"person.", b"nobody."))
    (site / "e1/tile/entries/001.p/44").write_bytes(b"\xff\xff cut")

    lost = reopened(office, site).lost

    assert len(lost) == PUBLISHED - KEPT
    assert {one.topic for one in lost if one.topic} & {"nobody.registered"} == set()
    assert {one.topic for one in lost if one.index >= 256} == {None}


def test_an_empty_directory_is_no_evidence(office: Office, tmp_path: Path) -> None:
    office.sign(3)

    with pytest.raises(Unproven, match="is no checkpoint of"):
        find(tmp_path, office.origin, trust(office))


def test_a_note_of_somebody_elses_key_is_no_evidence(office: Office) -> None:
    office.sign(3)
    policy = parse_policy("quorum none\n")
    stranger = Trust(office.public_keys("other.example/e1"), policy)

    with pytest.raises(ValueError, match="no key that we know"):
        stranger.cosigned(office.signed())
    assert Found(office.signed(), cosigned=True).tree.size == 3
