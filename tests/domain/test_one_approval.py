"""One matter, one approval: what was done under it is reported, and uses it up."""

from datetime import date

from domain.approval import (
    ActivityCompleted,
    Approval,
    DeviationReported,
    approval_stream,
)
from domain.disclosure import DisclosureFiled, PaperDisclosureRecorded
from domain.duties import MarkOverdue
from domain.errors import Invalid, Unknown, WrongStage
from domain.filing import RecordPaper
from domain.obligation import (
    ObligationBecameOverdue,
    ObligationFulfilled,
    obligation_stream,
)
from tests.domain.cast import LEAVING, SHIPPED, duty_of, law
from tests.domain.leave import granted, report
from tests.domain.papers import files, trip


def test_s3_03_a_trip_with_leave_but_without_its_report_stays_open() -> None:
    stream = obligation_stream("shen", LEAVING, "leave_city", "A-1")
    scenario = granted()

    assert duty_of(scenario, LEAVING, "leave_city", "A-1").stage == "open"
    scenario.when(MarkOverdue(obligation=stream, today=date(2020, 5, 8))).then(
        ObligationBecameOverdue(due_on=date(2020, 5, 7))
    )


def test_s3_03_the_report_afterwards_closes_it() -> None:
    granted().when(report()).then_kinds(
        DisclosureFiled, ActivityCompleted, ObligationFulfilled
    )


def test_what_was_done_otherwise_than_approved_is_named() -> None:
    deviation = granted().when(report(destination="Macau", to="2020-05-05"))

    assert deviation.one(DeviationReported).fields == ("destination", "to")


def test_what_nobody_knows_differs_from_nothing_that_was_approved() -> None:
    scan = RecordPaper(
        disclosure="D-1",
        person="shen",
        rulebook=LEAVING,
        rule="leave_city",
        approval="A-1",
        received_on=date(2020, 5, 5),
        content_known=False,
    )

    granted().clerk("shen").when(scan).then_kinds(
        PaperDisclosureRecorded, ActivityCompleted, ObligationFulfilled
    )


def test_s3_24_an_approval_is_not_used_for_a_second_trip() -> None:
    scenario = granted().given(report())

    scenario.when(report(disclosure="D-2")).then_refused(
        WrongStage, match="approval A-1 was used by disclosure D-1"
    )
    approval = scenario.state(Approval(), approval_stream("A-1"))
    assert (approval.stage, approval.used_by) == ("completed", "D-1")


def test_s3_24_an_approval_is_for_the_person_who_asked() -> None:
    scenario = granted().declarant("zhang")
    other = files(
        "leave_city", trip(), rulebook=LEAVING, approval="A-1", person="zhang"
    )
    scenario.when(other).then_refused(Unknown, match="A-1")


def test_s3_24_an_approval_is_for_the_rule_under_which_it_was_asked() -> None:
    text = SHIPPED[f"{LEAVING}.toml"].replace(LEAVING, "leaving-home")
    elsewhere = {"approval": "A-1", "rulebook": "leaving-home"}
    scenario = law(granted(), text).on("2020-05-05").declarant("shen")

    scenario.when(files("leave_city", trip(), **elsewhere)).then_refused(
        Invalid, match="approval: it is for something else"
    )
