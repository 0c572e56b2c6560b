"""What the environment says of publishing, and what is said where that is wrong."""

from pathlib import Path

import pytest

from projections.ledger.errors import LedgerProblem
from projections.ledger.publishing.export import Export
from projections.ledger.publishing.outlets import Outlets, given_export, given_outlets

DIRECTORY = {"PROBITY_LEDGER_EXPORT": "/srv/ledger"}
ENTRIES = "PROBITY_LEDGER_EXPORT_ENTRIES"


def test_where_nothing_is_said_nothing_leaves() -> None:
    assert given_outlets({}) == Outlets()


def test_entries_leave_only_where_that_is_said() -> None:
    site = Path("/srv/ledger")

    assert given_export(DIRECTORY) == Export(site, entries=False)
    assert given_export(DIRECTORY | {ENTRIES: "no"}) == Export(site, entries=False)
    assert given_export(DIRECTORY | {ENTRIES: "yes"}) == Export(site, entries=True)


def test_a_word_that_is_neither_yes_nor_no_is_refused() -> None:
    with pytest.raises(LedgerProblem, match="is yes or no, and not 'maybe'"):
        given_export(DIRECTORY | {ENTRIES: "maybe"})


def test_a_policy_that_is_not_there_is_told(tmp_path: Path) -> None:
    missing = tmp_path / "policy"

    with pytest.raises(LedgerProblem, match="PROBITY_LEDGER_POLICY names"):
        given_outlets({"PROBITY_LEDGER_POLICY": str(missing)})
