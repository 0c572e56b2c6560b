"""A declarant may state again what is so; what was filed before stays as it was."""

from datetime import date
from typing import Any

import pytest

from domain.amending import AmendDisclosure
from domain.disclosure import (
    CertificationWithdrawn,
    Disclosure,
    DisclosureAmended,
    ReviewerAnnotated,
    disclosure_stream,
)
from domain.errors import Invalid, NotAllowed, Unknown, WrongStage
from domain.obligation import (
    ObligationFulfilled,
    ObligationFulfilledLate,
    ObligationRaised,
)
from domain.review import Annotate, Certify, CloseUncertified
from tests.domain.cast import INSTANT, PERSONAL, demand, joins, police, rule
from tests.domain.papers import answers, files, paper, wedding
from tests.spec import Scenario

STREAM = disclosure_stream("D-1")


def filed(*items: dict[str, Any]) -> Scenario:
    """Return a register in which Shen filed D-1 on 1 December 2016."""
    return police().declarant("shen").given(files("wedding", *(items or (wedding(),))))


def amend(*items: dict[str, Any], **more: Any) -> AmendDisclosure:
    return AmendDisclosure(disclosure="D-1", items=items, **more)


def test_i11_amending_never_changes_the_original() -> None:
    scenario = filed(wedding(tables=12))
    original = scenario.app.history(STREAM)[0]

    scenario.on("2016-12-05").given(amend(wedding(tables=30)))

    assert scenario.app.history(STREAM)[0] == original
    state = scenario.state(Disclosure(), STREAM)
    assert [item["tables"] for item in state.items] == [30]
    assert state.filing is not None
    assert [item["tables"] for item in state.filing.items] == [12]


def test_an_amendment_says_when_it_was_received() -> None:
    amended = filed().on("2016-12-05").when(amend(wedding(tables=30)))

    assert amended.one(DisclosureAmended).received_on == date(2016, 12, 5)


def test_an_amendment_that_changes_nothing_records_nothing() -> None:
    filed().when(amend(wedding(tables="12"))).then_nothing()


def test_i10_an_event_that_was_left_out_is_late_by_the_day_it_is_added() -> None:
    forgotten = wedding(event_date="2016-12-10")
    amended = filed().on("2016-12-15").when(amend(wedding(), forgotten))

    assert amended.one(ObligationRaised).key == "D-1:1"
    assert amended.one(ObligationFulfilledLate).days_late == 12


def test_an_amendment_raises_no_duty_twice() -> None:
    filed().when(amend(wedding(tables=30))).then_kinds(DisclosureAmended)


def test_the_duty_that_was_demanded_beforehand_is_not_raised_by_an_amendment() -> None:
    senior = joins("qian", rank="provincial")
    form = answers(rule(PERSONAL, "annual"))
    scenario = police(PERSONAL).given(*senior).on("2016-01-20").declarant("qian")
    scenario.given(files("annual", form, person="qian", rulebook=PERSONAL, period=2016))

    scenario.when(amend(form | {"pay": "more"})).then_kinds(DisclosureAmended)


def test_a_report_that_answers_one_duty_is_about_that_alone() -> None:
    event = {"event_date": date(2016, 12, 20)}
    demanded = demand(INSTANT, "wedding", "2016-12-20", anchors=event)
    both = (wedding(), wedding(event_date="2016-12-02"))
    scenario = police().given(demanded).declarant("shen")

    answer = files("wedding", *both, obligation=demanded.stream)
    scenario.when(answer).then_refused(Invalid, match="items: this answers one duty")
    scenario.given(files("wedding", wedding(), obligation=demanded.stream))
    scenario.when(amend(*both)).then_refused(Invalid, match="items: this answers one")


def test_an_event_may_be_corrected_but_not_left_out() -> None:
    (
        filed(wedding(), wedding(event_date="2016-12-31"))
        .when(amend(wedding()))
        .then_refused(Invalid, match="items: an event may be corrected, not left out")
    )


def test_amending_a_certified_report_takes_its_certification_away() -> None:
    (
        filed()
        .reviewer()
        .given(Certify(disclosure="D-1"))
        .declarant("shen")
        .when(amend(wedding(tables=30)))
        .then_kinds(CertificationWithdrawn, DisclosureAmended)
    )


def test_a_report_whose_review_was_closed_is_not_amended() -> None:
    (
        filed()
        .reviewer()
        .given(CloseUncertified(disclosure="D-1", reason="superseded"))
        .declarant("shen")
        .when(amend(wedding(tables=30)))
        .then_refused(WrongStage, match="the disclosure is closed")
    )


def test_what_was_never_filed_is_not_amended() -> None:
    (
        police()
        .declarant("shen")
        .when(amend(wedding()))
        .then_refused(Unknown, match="there is no disclosure D-1")
    )


@pytest.mark.parametrize("day", ["2016-11-30", "2016-12-06"])
def test_an_amendment_on_paper_came_between_the_report_and_today(day: str) -> None:
    late = amend(wedding(tables=30), received_on=date.fromisoformat(day))
    (
        filed()
        .on("2016-12-05")
        .clerk("shen")
        .when(late)
        .then_refused(
            Invalid, match="received_on: it must lie between 2016-12-01 and 2016-12-05"
        )
    )


def test_an_amendment_on_paper_counts_from_its_receipt() -> None:
    added = amend(wedding(), wedding(), received_on=date(2016, 12, 12))

    amended = filed().on("2016-12-30").clerk("shen").when(added)
    assert amended.one(ObligationFulfilled).received_on == date(2016, 12, 12)


@pytest.mark.parametrize("role", ["declarant", "clerk"])
def test_i10_nobody_dates_their_own_amendment_back(role: str) -> None:
    (
        filed()
        .on("2016-12-30")
        .by("shen", role)
        .when(amend(wedding(), wedding(), received_on=date(2016, 12, 2)))
        .then_refused(NotAllowed, match="shen may not say when it came")
    )


def test_a_clerk_amends_only_in_the_declarants_name() -> None:
    (
        filed()
        .clerk("li")
        .when(amend(wedding(tables=30)))
        .then_refused(NotAllowed, match="clerk may not write for shen")
    )


def test_an_amendment_is_warned_of_by_the_same_limits() -> None:
    feast = wedding(event_date="2017-12-20")
    scenario = (
        police().on("2017-12-01").declarant("shen").given(files("wedding", feast))
    )

    (flag,) = scenario.when(amend(feast | {"tables": 40})).one(DisclosureAmended).flags
    assert flag.startswith("tables: 40 is more than 20")


def test_a_reviewer_writes_beside_the_report_and_never_in_it() -> None:
    scenario = filed().reviewer()

    scenario.when(Annotate(disclosure="D-1", text="dear", field="cost")).then(
        ReviewerAnnotated(text="dear", field="cost")
    )
    assert scenario.state(Disclosure(), STREAM).items == (wedding(),)
    scenario.when(amend(wedding(tables=1))).then_refused(NotAllowed)


def test_a_scan_can_be_read_long_after_and_its_events_keep_their_day() -> None:
    scan = paper("wedding", received_on=date(2016, 12, 1), content_known=False)
    scenario = police().clerk("shen").given(scan).on("2017-12-01")

    read = scenario.when(amend(wedding(), received_on=date(2016, 12, 1)))
    assert read.one(ObligationFulfilled).received_on == date(2016, 12, 1)


def test_a_date_that_was_judged_by_is_not_changed_without_a_warning() -> None:
    later = filed(wedding(event_date="2016-12-05")).on("2016-12-02")

    later.when(amend(wedding(event_date="2016-12-20")))

    assert later.one(DisclosureAmended).flags == (
        "event_date was 2016-12-05, by which it was judged; now 2016-12-20",
    )
    assert not later.all(ObligationRaised)
