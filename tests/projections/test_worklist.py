"""The worklist: which disclosures await review, whose turn it is, and until when."""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID

import pytest

from domain.disclosure import (
    CertificationWithdrawn,
    DeficiencyCured,
    DeficiencyNoted,
    DisclosureCertified,
    ReviewerAssigned,
)
from projections.models.paging import Page
from projections.models.worklist import Review, Which, waiting
from tests.chance import UNITS, chance_history
from tests.history import History
from tests.naive import Naive
from tests.projections.kinds import Connection, Tell
from tests.projections.vault import IndexVault

JUNE = date(2016, 6, 20)


def office() -> History:
    history = History()
    history.unit("HQ")
    history.unit("North", "HQ")
    history.person("P1")
    history.post("P1", "North", date(2010, 1, 1), rank="chief")
    return history


def every(ask: Callable[[str | None], Page[Review]]) -> list[UUID]:
    page = ask(None)
    streams = [row.stream for row in page.rows]
    while page.next:
        page = ask(page.next)
        streams += [row.stream for row in page.rows]
    return streams


def test_s1_06_every_filing_waits_for_review_from_its_receipt_on(
    tell: Tell, reader: Connection
) -> None:
    history = office()
    stream = history.file("P1", "D1", JUNE)
    tell(history)

    (row,) = waiting(reader, JUNE).rows

    assert (row.stream, row.disclosure, row.person) == (stream, "D1", "P1")
    assert (row.received_on, row.review_due_on) == (JUNE, date(2016, 7, 20))
    assert (row.unit, row.rank, row.reviewer) == ("North", "chief", None)
    assert (row.stage, row.deficiencies, row.cure_by) == ("filed", 0, None)


def test_a_certified_disclosure_leaves_the_list_until_that_is_withdrawn(
    tell: Tell, reader: Connection
) -> None:
    history = office()
    stream = history.file("P1", "D1", JUNE)
    history.add(stream, DisclosureCertified())
    tell(history)
    assert waiting(reader, JUNE).rows == ()

    history.add(stream, CertificationWithdrawn())
    tell(history)

    assert len(waiting(reader, JUNE).rows) == 1


def test_the_nearest_day_to_cure_an_open_deficiency_is_shown(
    tell: Tell, reader: Connection
) -> None:
    history = office()
    stream = history.file("P1", "D1", JUNE)
    for number, days in enumerate((30, 10, 20), start=1):
        cure_by = JUNE + timedelta(days=days)
        fact = DeficiencyNoted(number=number, fields=(), text="x", cure_by=cure_by)
        history.add(stream, fact)
    tell(history)
    (row,) = waiting(reader, JUNE).rows
    assert (row.deficiencies, row.cure_by) == (3, JUNE + timedelta(days=10))

    history.add(stream, DeficiencyCured(number=2))
    tell(history)

    (row,) = waiting(reader, JUNE).rows
    assert (row.deficiencies, row.cure_by) == (2, JUNE + timedelta(days=20))


def test_the_list_is_narrowed_by_reviewer_and_by_what_is_overdue(
    tell: Tell, reader: Connection
) -> None:
    history = office()
    mine, nobodys = (history.file("P1", d, JUNE) for d in ("D1", "D2"))
    history.add(mine, ReviewerAssigned(reviewer="R1"))
    tell(history)

    def found(which: Which) -> set[UUID]:
        return {row.stream for row in waiting(reader, JUNE, which).rows}

    assert found(Which(reviewer="R1")) == {mine}
    assert found(Which(unassigned=True)) == {nobodys}
    assert found(Which(due_before=date(2016, 7, 20))) == set()
    assert found(Which(due_before=date(2016, 7, 21))) == {mine, nobodys}
    assert found(Which(unit="HQ", category="wedding")) == {mine, nobodys}
    assert found(Which(unit="HQ", category="travel")) == set()


@pytest.mark.parametrize("seed", range(4))
def test_the_list_is_that_of_the_log_folded_in_plain_python(
    tell: Tell, reader: Connection, seed: int, vault: IndexVault
) -> None:
    history = tell(chance_history(seed, 500, vault if seed % 2 else None))
    naive = Naive(history.records)
    today = history.now.date()
    for unit in (None, *UNITS):
        for which in (
            Which(unit=unit),
            Which(unit=unit, reviewer="R1"),
            Which(unit=unit, due_before=today),
        ):
            found = every(
                lambda after, which=which: waiting(  # type: ignore[misc]
                    reader, today, which, after=after, limit=2
                )
            )
            assert found == naive.waiting(today, which)
