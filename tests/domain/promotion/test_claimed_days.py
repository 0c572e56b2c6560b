"""When something is said to have happened decides nothing about eligibility."""

from datetime import date
from typing import Any

import pytest

from domain.case.case import case_stream
from domain.case.facts import NoCaseFound
from domain.hold import HoldOverridden, holds_stream
from tests.domain.promotion.cast import LAW, REQUIRES, VERIFIED, asked, past
from tests.past import GOVERNMENT, Past

CLAIMS = (date(1990, 1, 1), None, date(2999, 1, 1))
claims = pytest.mark.parametrize("claimed", CLAIMS)


def claiming(claimed: date | None, text: str = LAW + REQUIRES, **more: Any) -> Past:
    known = past(text, **more).on("2024-03-01")
    known.claimed = claimed
    return known


@claims
def test_s1_13_a_finding_bars_from_the_day_of_its_record(claimed: date | None) -> None:
    known = claiming(claimed)
    known.verify("P1", "V")
    known.find("V", "concealment", "intent", cited=known.cite("strict"))

    assert asked(known, "2024-04-01").until == date(2025, 3, 1)


@claims
def test_t12_a_case_holds_from_the_record_of_its_inquiry(claimed: date | None) -> None:
    known = claiming(claimed)
    known.inquire("P1", "K")
    known.investigate("K", GOVERNMENT)
    assert asked(known, "2024-04-01").result == "HELD"

    known.on("2024-05-01").add(case_stream("K"), NoCaseFound(text="nothing"))
    results = [asked(known, f"2024-0{month}-01").result for month in (4, 5)]
    assert results == ["HELD", "ELIGIBLE"]


@claims
def test_a_verification_is_done_on_the_day_of_its_record(claimed: date | None) -> None:
    known = claiming(claimed, LAW + VERIFIED)
    known.verify("P1", "V")
    known.on("2024-04-01").verified("V")

    days = ("2024-03-31", "2024-04-01", "2024-10-01")
    results = [asked(known, day).result for day in days]
    assert results == ["HELD", "ELIGIBLE", "UNDETERMINED"]


@claims
def test_an_override_is_shown_from_the_day_of_its_record(claimed: date | None) -> None:
    known = claiming(claimed)
    known.hold("P1:1", "promotion", "2024-06-01")
    fact = HoldOverridden(hold="P1:1", override="O", target="B", proposed_by="chief")
    known.on("2024-04-01").add(holds_stream("P1"), fact)

    assert [len(asked(known, f"2024-{day}").reasons) for day in ("03-31", "04-01")] == [
        1,
        2,
    ]
