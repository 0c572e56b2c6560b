"""An open case holds up what its law says, from the stage that the law names on."""

from datetime import date
from typing import Any

from domain.case.case import case_stream
from domain.case.facts import (
    AllegationAdded,
    CaseClosed,
    CaseReopened,
    DecisionTimeExtended,
    InterimMeasureImposed,
    InterimMeasureLifted,
    NoCaseFound,
)
from domain.sanction.facts import ReleaseWithheld, SanctionReleased
from tests.domain.promotion.cast import LAW, asked, past, told
from tests.past import GOVERNMENT, PARTY, Past

INDIA = "in-vigilance"


def opened(decide_by: date | None = None) -> Past:
    known = past().on("2024-02-01")
    known.inquire("P1", "K")
    known.on("2024-03-01").investigate("K", decide_by=decide_by)
    return known


def test_t12_an_open_case_holds_what_its_law_says() -> None:
    known = opened(date(2024, 9, 1))

    answer = asked(known, "2024-03-01")
    assert told(answer) == ("HELD", None, ["open_case"])
    assert answer.review_on == date(2024, 9, 1)
    (reason,) = answer.reasons
    assert (reason.source, reason.key, reason.track) == ("case", "K", "government")
    assert reason.cited.rule == "due_process.pending"
    assert "Art. 52" in str(reason.cited.legal_basis)
    for purpose in ("reward", "transfer", "retirement", "exit"):
        assert asked(known, "2024-03-01", purpose=purpose).result == "HELD"
    assert asked(known, "2024-03-01", purpose="rehire").result == "ELIGIBLE"


def test_an_inquiry_holds_nothing_where_the_law_begins_with_the_investigation() -> None:
    assert asked(opened(), "2024-02-15").result == "ELIGIBLE"


def test_a_mere_investigation_holds_nothing_where_the_law_begins_with_the_notice() -> (
    None
):
    known = past().laws(INDIA).on("2024-02-01")
    known.inquire("P1", "K", INDIA)
    known.investigate("K", INDIA)
    assert asked(known, "2024-06-01").result == "ELIGIBLE"

    known.on("2024-03-01").notify("K", INDIA)
    known.notify("K", INDIA)
    assert asked(known, "2024-02-28").result == "ELIGIBLE"
    assert asked(known, "2024-03-01").result == "HELD"


def test_what_is_decided_holds_no_more_and_what_is_opened_again_does() -> None:
    known = opened()
    known.on("2024-05-01").decide("K")
    known.add(
        case_stream("K"), CaseClosed(closing="no_sanction", closed_on=known.today)
    )
    results = [asked(known, f"2024-0{month}-01").result for month in (3, 4, 5)]
    assert results == ["HELD", "HELD", "ELIGIBLE"]

    known.on("2024-06-01")
    known.add(case_stream("K"), CaseReopened(text="anew", opened_on=known.today))
    known.add(case_stream("K"), CaseReopened(text="anew", opened_on=known.today))
    results = [asked(known, f"2024-0{month}-01").result for month in (4, 5, 6)]
    assert results == ["HELD", "ELIGIBLE", "HELD"]


def test_where_no_case_is_found_nothing_is_held() -> None:
    known = opened().on("2024-04-01")
    known.add(case_stream("K"), NoCaseFound(text="nothing to it"))

    assert asked(known, "2024-04-01").result == "ELIGIBLE"


def test_more_time_to_decide_moves_the_day_to_look_again() -> None:
    known = opened(date(2024, 9, 1))
    later = date(2025, 3, 1)
    fact = DecisionTimeExtended(
        decide_by=later, text="much", cited=known.cite(GOVERNMENT)
    )
    known.add(case_stream("K"), fact)

    assert asked(known, "2024-04-01").review_on == later


def test_only_cases_of_the_tracks_that_are_asked_about_count() -> None:
    one = '[[eligibility.requires]]\nwhat = "cases"\ntracks = ["party"]\n'
    known = past(LAW + one).on("2024-03-01")
    known.inquire("P1", "K")
    known.investigate("K")
    assert asked(known, "2024-04-01").result == "ELIGIBLE"

    known.inquire("P1", "L", PARTY)
    known.investigate("L", PARTY)
    assert [r.key for r in asked(known, "2024-04-01").reasons] == ["L"]


def test_a_case_under_a_law_without_due_process_holds_nothing() -> None:
    known = past().on("2024-03-01")
    known.inquire("P1", "K", "plain")
    known.investigate("K", "plain")
    piece = AllegationAdded(conduct="c", violation="v", text="x", from_on=known.today)
    known.add(case_stream("K"), piece)

    assert asked(known, "2024-04-01").result == "ELIGIBLE"


def interim(name: str, until: date | None = None) -> InterimMeasureImposed:
    return InterimMeasureImposed(
        measure=name,
        from_on=date(2024, 3, 1),
        until_on=until,
        blocks=("pay_step",),
        text="why",
        cited=past().cite(GOVERNMENT),
    )


def test_an_interim_measure_holds_until_it_is_lifted_or_the_case_is_closed() -> None:
    known = opened()
    pay: dict[str, Any] = {"purpose": "pay_step"}
    for name in ("suspension", "K:other", "brief"):
        until = date(2024, 3, 5) if name == "brief" else None
        known.add(case_stream("K"), interim(name, until))
    keys = [reason.key for reason in asked(known, "2024-03-04", **pay).reasons]
    assert keys == ["K:brief", "K:other", "K:suspension"]

    known.on("2024-04-01")
    lifted = InterimMeasureLifted(measure="suspension", text="why")
    known.add(case_stream("K"), lifted)
    assert [r.key for r in asked(known, "2024-04-01", **pay).reasons] == ["K:other"]
    known.on("2024-05-01")
    known.add(case_stream("K"), CaseClosed(closing="withdrawn", closed_on=known.today))
    assert asked(known, "2024-05-01", **pay).result == "ELIGIBLE"
    assert len(asked(known, "2024-03-15", **pay).reasons) == 2


def test_t16_a_release_that_is_withheld_holds_until_it_is_given() -> None:
    known = past().on("2024-01-10")
    known.sanction("P1:government:1", "warning", "2024-07-10")
    known.on("2024-07-11")
    cited = known.cite(GOVERNMENT, "track.release")
    name, day = "P1:government:1", known.today
    known.disciplined(ReleaseWithheld(sanction=name, on=day, case="K", cited=cited))

    assert told(asked(known, "2024-07-09"))[0] == "NOT_ELIGIBLE"
    answer = asked(known, "2024-12-01")
    assert told(answer) == ("HELD", None, ["release_pending:warning"])
    assert answer.reasons[0].from_on == date(2024, 7, 10)

    known.on("2025-01-15")
    day = known.today
    known.disciplined(SanctionReleased(sanction=name, on=day, restores_level=False))
    assert asked(known, "2024-12-01").result == "HELD"
    assert asked(known, "2025-01-15").result == "ELIGIBLE"
