"""A report on paper counts from the day it was received, whenever it is keyed."""

from datetime import date

import pytest

from domain.amending import AmendDisclosure
from domain.disclosure import PaperDisclosureRecorded
from domain.duties import MarkOverdue
from domain.errors import Invalid, NotAllowed
from domain.obligation import (
    ObligationFulfilled,
    ObligationFulfilledLate,
    ObligationRaised,
    obligation_stream,
)
from tests.domain.cast import INSTANT, demand, duty, police
from tests.domain.papers import files, paper, wedding

RECEIVED = date(2016, 12, 13)
DUTY = obligation_stream("shen", INSTANT, "wedding", "E-1")


def test_s1_03_paper_is_filed_on_the_day_of_receipt_not_of_keying() -> None:
    keyed = paper("wedding", wedding(), received_on=RECEIVED, scan_sha256="ab" * 32)
    scenario = police().on("2016-12-30").clerk("shen").when(keyed)

    filed = scenario.one(PaperDisclosureRecorded)
    assert filed.received_on == RECEIVED
    assert scenario.news[0].recorded_at.date() == date(2016, 12, 30)
    assert scenario.news[0].actor.id == "clerk"
    assert filed.scan_sha256 == "ab" * 32


def test_i10_paper_received_in_time_and_keyed_late_is_in_time() -> None:
    (
        police()
        .on("2017-02-01")
        .clerk("shen")
        .when(paper("wedding", wedding(), received_on=RECEIVED))
        .then_kinds(PaperDisclosureRecorded, ObligationRaised, ObligationFulfilled)
    )


def test_i10_paper_received_a_day_late_is_a_day_late_even_if_keyed_at_once() -> None:
    keyed = paper("wedding", wedding(), received_on=date(2016, 12, 14))
    filed = police().on("2016-12-14").clerk("shen").when(keyed)

    assert filed.one(ObligationFulfilledLate).days_late == 1


def test_i10_paper_in_time_keyed_after_the_overdue_mark_leaves_nothing_overdue() -> (
    None
):
    dates = {"event_date": date(2016, 12, 20)}
    scenario = (
        police()
        .given(demand(INSTANT, "wedding", "2016-12-20", key="E-1", anchors=dates))
        .given(MarkOverdue(obligation=DUTY, today=date(2016, 12, 15)))
        .on("2016-12-15")
        .clerk("shen")
        .given(paper("wedding", wedding(), received_on=RECEIVED, obligation=DUTY))
    )

    assert duty(scenario, DUTY).overdue is False
    assert duty(scenario, DUTY).days_late == 0


def test_paper_is_not_received_tomorrow() -> None:
    (
        police()
        .on("2016-12-12")
        .clerk("shen")
        .when(paper("wedding", wedding(), received_on=RECEIVED))
        .then_refused(Invalid, match="received_on: it lies in the future")
    )


def test_the_day_of_receipt_is_the_day_where_the_rulebook_holds() -> None:
    evening = police().on("2016-12-13").declarant("shen")
    evening.now = evening.now.replace(hour=17)
    filed = evening.when(files("wedding", wedding()))

    assert filed.one(ObligationFulfilledLate).received_on == date(2016, 12, 14)


def test_a_scan_that_nobody_has_read_says_so() -> None:
    scan = paper("wedding", received_on=RECEIVED, content_known=False)

    filed = police().on("2016-12-14").clerk("shen").when(scan)
    assert filed.one(PaperDisclosureRecorded).content_known is False


@pytest.mark.parametrize(("who", "role"), [("shen", "declarant"), ("shen", "clerk")])
def test_i10_nobody_says_of_their_own_report_when_it_was_received(
    who: str, role: str
) -> None:
    (
        police()
        .on("2016-12-20")
        .by(who, role)
        .when(paper("wedding", wedding(), received_on=RECEIVED))
        .then_refused(NotAllowed, match="may not say when it came")
    )


def test_contents_that_were_unknown_are_added_when_somebody_has_read_the_scan() -> None:
    scan = paper("wedding", received_on=RECEIVED, content_known=False)
    read = AmendDisclosure(disclosure="D-1", items=(wedding(),), received_on=RECEIVED)
    scenario = police().on("2016-12-14").clerk("shen").given(scan)

    added = scenario.on("2017-02-01").when(read)
    assert added.one(ObligationFulfilled).received_on == RECEIVED


def test_paper_that_lists_nothing_says_that_its_contents_are_unknown() -> None:
    (
        police()
        .on("2016-12-14")
        .clerk("shen")
        .when(paper("wedding", received_on=RECEIVED))
        .then_refused(Invalid, match="items: report at least one event")
    )
