"""A report is certified by one who may judge it, and only when nothing is missing."""

from datetime import date

import pytest

from domain.amending import WithdrawDisclosure
from domain.disclosure import (
    CertificationWithdrawn,
    Disclosure,
    DisclosureCertified,
    ReviewerAssigned,
    disclosure_stream,
)
from domain.errors import Invalid, NotAllowed, Unknown, WrongStage
from domain.record import Command
from domain.review import (
    Annotate,
    AssignReviewer,
    Certify,
    CloseUncertified,
    NoteDeficiency,
    WithdrawCertification,
)
from tests.domain.cast import police
from tests.domain.papers import files, wedding
from tests.spec import Scenario

CERTIFY = Certify(disclosure="D-1")


def filed() -> Scenario:
    return police().declarant("shen").given(files("wedding", wedding())).reviewer()


def test_s1_22_a_report_is_certified_and_stays_on_the_record_of_its_declarant() -> None:
    scenario = filed().on("2016-12-05")

    scenario.when(CERTIFY).then(DisclosureCertified())
    (certified,) = scenario.news
    assert (certified.subject, certified.actor.id) == ("shen", "wang")
    assert certified.recorded_at.date() == date(2016, 12, 5)


def test_i7_a_certification_says_nothing_of_what_was_certified() -> None:
    assert DisclosureCertified.__struct_fields__ == ()
    assert CertificationWithdrawn.__struct_fields__ == ()


def test_i7_what_a_report_says_of_relatives_is_restricted_from_the_start() -> None:
    hers = files("funeral", *FUNERAL, subject="parent")

    scenario = police().on("2016-12-22").declarant("shen").given(hers)
    filing = scenario.state(Disclosure(), disclosure_stream("D-1")).filing
    assert filing is not None
    assert filing.confidentiality == "restricted"


def test_a_report_is_certified_once() -> None:
    (
        filed()
        .given(CERTIFY)
        .when(CERTIFY)
        .then_refused(WrongStage, match="the disclosure is already certified")
    )


def test_a_certification_can_be_withdrawn_with_a_reason() -> None:
    (
        filed()
        .given(CERTIFY)
        .when(WithdrawCertification(disclosure="D-1", reason="new evidence"))
        .then(CertificationWithdrawn())
        .when(CERTIFY)
        .then(DisclosureCertified())
    )


def test_a_certification_is_not_withdrawn_without_a_reason() -> None:
    (
        filed()
        .given(CERTIFY)
        .when(WithdrawCertification(disclosure="D-1"))
        .then_refused(Invalid, match="reason: say why")
    )


def test_what_is_not_certified_has_no_certification_to_withdraw() -> None:
    (
        filed()
        .when(WithdrawCertification(disclosure="D-1", reason="by mistake"))
        .then_refused(WrongStage, match="it is not certified")
    )


def test_a_reviewer_is_assigned_once() -> None:
    assign = AssignReviewer(disclosure="D-1", reviewer="wang")

    filed().clerk().when(assign).then(ReviewerAssigned(reviewer="wang")).when(
        assign
    ).then_nothing()


def test_nobody_is_assigned_to_review_a_superior() -> None:
    (
        police()
        .declarant("zhang")
        .given(files("wedding", wedding(), person="zhang"))
        .reviewer()
        .when(AssignReviewer(disclosure="D-1", reviewer="li"))
        .then_refused(NotAllowed, match="zhang is a superior of li")
    )


REVIEW: list[Command[Disclosure]] = [
    CERTIFY,
    AssignReviewer(disclosure="D-1", reviewer="wang"),
    NoteDeficiency(disclosure="D-1", fields=("cost",), text="how much?"),
    CloseUncertified(disclosure="D-1", reason="nothing to see"),
    Annotate(disclosure="D-1", text="hm"),
    WithdrawCertification(disclosure="D-1", reason="oh"),
]


@pytest.mark.parametrize("command", REVIEW, ids=lambda c: type(c).__name__)
def test_what_was_never_filed_is_not_reviewed(command: Command[Disclosure]) -> None:
    police().reviewer().when(command).then_refused(Unknown, match="no disclosure D-1")


@pytest.mark.parametrize("command", REVIEW[:4], ids=lambda c: type(c).__name__)
def test_what_was_withdrawn_is_not_reviewed(command: Command[Disclosure]) -> None:
    (
        filed()
        .declarant("shen")
        .given(WithdrawDisclosure(disclosure="D-1", reason="called off"))
        .reviewer()
        .when(command)
        .then_refused(WrongStage, match="the disclosure is already withdrawn")
    )


FUNERAL = [
    {
        "event_date": "2016-12-20",
        "location": "Hangzhou",
        "relation": "mother",
        "cost": {"amount": "5000", "currency": "CNY"},
    }
]
