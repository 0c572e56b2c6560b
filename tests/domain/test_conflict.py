"""Invariant I2: nobody judges their own matter, a relative's or a superior's."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from domain.approval import (
    ApprovalRequested,
    DecideApproval,
    EndorseApproval,
    RevokeApproval,
)
from domain.disclosure import ReviewerAssigned
from domain.duties import (
    CancelObligation,
    DecideExtension,
    IssueDelinquencyNotice,
    WaiveObligation,
)
from domain.errors import NotAllowed
from domain.mandating import GiveMandate
from domain.personnel import AssumePosition, DeclareRelative, VacatePosition
from domain.record import Command
from domain.review import (
    AcceptCure,
    Annotate,
    AssignReviewer,
    Certify,
    CloseUncertified,
    NoteDeficiency,
    ReviewCommand,
    WithdrawCertification,
)
from domain.unit import EstablishUnit, NameHead
from tests.domain.cast import INSTANT, LEAVING, V1, demand, joins, police
from tests.domain.leave import EPIDEMIC, asks
from tests.domain.papers import files, wedding
from tests.spec import Scenario

D: dict[str, Any] = {"disclosure": "D-1"}
EVENT = {"event_date": date(2016, 12, 20)}
DUTY = demand(INSTANT, "wedding", "2016-12-20", person="zhang", anchors=EVENT)


def matters() -> Scenario:
    """Return a register in which Zhang, a head, has a report, a request and a duty."""
    report = files("wedding", wedding(tables=None), person="zhang")
    related = DeclareRelative(
        number="wang", relative="R", relation="uncle", related_number="zhang"
    )
    return (
        police(V1, LEAVING)
        .given(EPIDEMIC, DUTY, related)
        .declarant("zhang")
        .given(report)
        .on("2020-04-20")
        .given(asks(person="zhang"))
    )


JUDGEMENTS: list[Command[Any]] = [
    AssignReviewer(reviewer="office", **D),
    NoteDeficiency(fields=("cost",), text="how much?", **D),
    AcceptCure(number=1, reason="seen", **D),
    Annotate(text="hm", **D),
    Certify(**D),
    WithdrawCertification(reason="oh", **D),
    CloseUncertified(reason="enough", **D),
    DecideApproval(approval="A-1", granted=True),
    EndorseApproval(approval="A-1"),
    DecideExtension(obligation=DUTY.stream, granted=True),
    IssueDelinquencyNotice(obligation=DUTY.stream, noncompliance="late", reason="late"),
    WaiveObligation(obligation=DUTY.stream, reason="mercy"),
    CancelObligation(obligation=DUTY.stream, reason="it is off"),
]


@pytest.mark.parametrize("command", JUDGEMENTS, ids=lambda c: type(c).__name__)
@pytest.mark.parametrize(
    ("who", "why"),
    [
        ("zhang", "zhang is the person concerned"),
        ("wang", "wang is a relative of zhang"),
        ("li", "zhang is a superior of li"),
    ],
)
def test_i2_nobody_judges_a_matter_of_their_own(
    command: Command[Any], who: str, why: str
) -> None:
    matters().reviewer(who).when(command).then_refused(NotAllowed, match=why)


def test_i2_leave_is_revoked_by_nobody_in_conflict() -> None:
    scenario = matters().reviewer("chief")
    scenario.given(DecideApproval(approval="A-1", granted=True)).reviewer("li")

    scenario.when(RevokeApproval(approval="A-1", reason="no")).then_refused(NotAllowed)


def test_i2_a_superior_may_judge_and_so_may_a_stranger() -> None:
    accept = AcceptCure(number=1, reason="seen", **D)
    matters().reviewer("chief").given(accept).reviewer("office").given(Certify(**D))


def test_i2_holds_for_whomever_one_acts_on_behalf_of() -> None:
    (
        matters()
        .by("clerk", "clerk", on_behalf_of="li")
        .when(Certify(**D))
        .then_refused(NotAllowed, match="zhang is a superior of li")
    )


def test_i2_a_relative_is_one_whoever_of_the_two_declared_it() -> None:
    declared = DeclareRelative(
        number="zhang", relative="R", relation="cousin", related_number="chief"
    )
    (
        matters()
        .given(declared)
        .reviewer("chief")
        .when(Certify(**D))
        .then_refused(NotAllowed, match="chief is a relative of zhang")
    )


def test_i2_a_relative_outside_the_service_is_in_nobodys_way() -> None:
    mother = DeclareRelative(number="zhang", relative="M", relation="mother")
    matters().given(mother).reviewer("office").given(Annotate(text="seen", **D))


def test_i2_a_superior_in_any_of_several_posts_is_one() -> None:
    new = EstablishUnit(code="lab", name="Laboratory")
    second = AssumePosition(
        number="li", post="lab", unit="lab", title="Guest", from_on=date(2015, 1, 1)
    )
    (
        matters()
        .given(new, second)
        .reviewer("li")
        .when(Certify(**D))
        .then_refused(NotAllowed, match="zhang is a superior of li")
    )


def test_i2_the_head_of_a_unit_that_one_has_left_is_no_superior() -> None:
    left = VacatePosition(number="li", post="post", on=date(2020, 1, 1))
    matters().given(left).reviewer("li").given(Annotate(text="seen", **D))


def test_s3_09_who_leads_two_units_in_a_row_asks_the_one_above_both() -> None:
    scenario = matters().given(
        *joins("head", unit="training"),
        NameHead(code="training", head="head"),
        NameHead(code="college", head="head"),
    )

    request = scenario.declarant("head").when(asks(approval="A-2", person="head"))
    assert request.one(ApprovalRequested).addressed_to == "department"


TWO_WATCHERS = [
    *joins("mei", unit="training"),
    *joins("gao", unit="training"),
    GiveMandate(
        actor="mei",
        mandate="M-1",
        role="investigator",
        basis="Order 4 of 2016",
        until=datetime(2017, 1, 1, tzinfo=UTC),
        unit="college",
    ),
]
REVIEWS = [command for command in JUDGEMENTS if isinstance(command, ReviewCommand)]


def watchers() -> Scenario:
    """Return a register in which Mei, an investigator, has a report under review."""
    report = files("wedding", wedding(tables=None), person="mei")
    return police(V1, LEAVING).given(*TWO_WATCHERS).declarant("mei").given(report)


@pytest.mark.parametrize("command", REVIEWS[1:], ids=lambda c: type(c).__name__)
def test_s2_14_what_investigators_file_is_not_reviewed_by_their_own_unit(
    command: Command[Any],
) -> None:
    (
        watchers()
        .reviewer("gao")
        .when(command)
        .then_refused(NotAllowed, match="gao works in the unit of mei")
    )


def test_s2_14_the_office_hands_it_on_to_another_unit_and_to_no_colleague() -> None:
    scenario = watchers().reviewer("gao")

    scenario.when(AssignReviewer(reviewer="gao", **D)).then_refused(
        NotAllowed, match="reviewed by another unit"
    )
    scenario.when(AssignReviewer(reviewer="wang", **D)).then_kinds(ReviewerAssigned)
    accept = AcceptCure(number=1, reason="seen", **D)
    scenario.reviewer("wang").given(accept, Certify(**D))


def test_s2_14_it_holds_for_whomever_one_acts_on_behalf_of() -> None:
    (
        watchers()
        .by("clerk", "clerk", on_behalf_of="gao")
        .when(Annotate(text="hm", **D))
        .then_refused(NotAllowed, match="gao works in the unit of mei")
    )


def test_s2_14_who_is_not_integrity_staff_any_more_is_reviewed_like_others() -> None:
    scenario = watchers().on("2017-02-01").reviewer("gao")

    scenario.given(Annotate(text="hm", **D))


def test_s2_14_who_has_left_the_unit_is_no_colleague() -> None:
    left = VacatePosition(number="gao", post="post", on=date(2016, 11, 1))

    watchers().given(left).reviewer("gao").given(Annotate(text="hm", **D))


def test_s2_14_an_administrator_is_not_of_the_integrity_office() -> None:
    admin = GiveMandate(
        actor="li",
        mandate="M-2",
        role="admin",
        basis="Order 5 of 2016",
        until=datetime(2017, 1, 1, tzinfo=UTC),
    )
    report = files("wedding", wedding(tables=None), person="li")
    scenario = police(V1, LEAVING).given(*TWO_WATCHERS, admin).declarant("li")

    scenario.given(report).reviewer("gao").given(Annotate(text="hm", **D))
