"""I10 and I11 hold for reports and duties in any order; broken, each is found."""

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

import pytest
from hypothesis import Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from msgspec.structs import replace

import domain.duties
from domain.casework import Casework
from domain.disclosure import DisclosureAmended, DisclosureFiled
from domain.record import Recorded
from tests.domain.machines.trial import QUIET
from tests.domain.test_one_person import OnePerson

ONCE = settings(
    QUIET,
    max_examples=500,
    stateful_step_count=12,
    derandomize=True,
    phases=(Phase.generate,),
    report_multiple_bugs=False,
)


def finds(invariant: str) -> None:
    """Demand that the machine of `test_one_person` trips over this invariant."""
    with pytest.raises(AssertionError) as found:
        run_state_machine_as_test(OnePerson, settings=ONCE)
    assert invariant in [entry.name for entry in found.traceback]


def test_i10_a_report_that_is_late_by_the_day_it_was_keyed_is_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    decide = domain.duties.FulfilObligation.decide

    def keyed(self: Any, obligation: Any, given: Any) -> Any:
        return decide(replace(self, received_on=given.at.date()), obligation, given)

    monkeypatch.setattr(domain.duties.FulfilObligation, "decide", keyed)
    finds("i10_duties_are_open_or_late_as_in_the_model")


def test_i11_an_amendment_that_changes_the_original_is_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read = Casework.read

    def amended(self: Casework, streams: Collection[UUID]) -> Iterable[Recorded[Any]]:
        records = list(read(self, streams))
        latest = {
            r.originator_id: r.fact.items
            for r in records
            if isinstance(r.fact, DisclosureAmended)
        }
        for record in records:
            items = latest.get(record.originator_id)
            if items and isinstance(record.fact, DisclosureFiled):
                yield replace(record, fact=replace(record.fact, items=items))
            else:
                yield record

    monkeypatch.setattr(Casework, "read", amended)
    finds("i11_the_original_never_changes")
