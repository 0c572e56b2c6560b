"""A case that was remitted on appeal is decided anew, and never more heavily (I3)."""

from datetime import date, timedelta
from typing import Any

import pytest

from domain.case.facts import ReputationRestored
from domain.case.opening import AddAllegation
from domain.errors import NotAllowed, WrongStage
from domain.sanction.facts import SanctionImposed
from tests.domain.appeal.appeals import CASE, Matter
from tests.domain.case.proceeding import Proceeding, office
from tests.domain.sanction.cast import PARTY, appealed, ready, tracks

PROCEDURE: dict[str, Any] = {"grounds": ("procedure",)}


def remitted(kind: str | None = "demerit") -> Proceeding:
    """Return Li's case, told and answered once more after the review remitted it."""
    matter = Matter(kind=kind)
    matter.lodged().constituted().decides("remitted", **PROCEDURE)
    case = Proceeding(matter.scenario, on=matter.day, case=CASE)
    return case.notice().waiver().finding()


@pytest.mark.parametrize("kind", ["warning", "demerit"])
def test_i3_after_a_remittal_it_may_be_as_heavy_or_lighter(kind: str) -> None:
    case = remitted()

    case.decision(kind)

    facts = [record.fact for record in case.scenario.log()]
    (first, second) = [f for f in facts if isinstance(f, SanctionImposed)]
    assert (first.terms.kind, second.terms.kind) == ("demerit", kind)


def test_i3_after_a_remittal_it_is_never_heavier() -> None:
    case = remitted()

    with pytest.raises(NotAllowed, match="demerit was undone"):
        case.decision("major_demerit")


def test_i3_what_was_decided_without_a_sanction_leads_to_none_after_the_appeal() -> (
    None
):
    case = remitted(None)

    with pytest.raises(NotAllowed, match="decided without a sanction"):
        case.decision("warning")
    assert case.decision(None).stage == "decided"


def test_of_what_was_alleged_since_a_sanction_may_come() -> None:
    case = remitted(None)
    more = case.allegation(conduct="another", from_on=date(2020, 6, 1))
    case.decider(AddAllegation(case=CASE, allegation=more))
    case.notice().waiver().finding(conduct="another")

    assert case.decision("warning").sanction == "li:government:1"


def test_i3_nor_in_another_case_once_that_was_quashed() -> None:
    matter = Matter(kind=None)
    matter.lodged().constituted().decides("quashed", **PROCEDURE)
    other = Proceeding(
        matter.scenario, on=matter.day, case="C-2", conduct="Conduct-C-1"
    )

    with pytest.raises(NotAllowed, match="decided without a sanction"):
        other.upto("finding").decision("warning")


def test_another_track_sanctions_what_fell_without_a_sanction_on_this_one() -> None:
    first = ready(tracks(), conduct="gift").decision(None)
    appealed(first, "2021-03-12", "quashed")
    party = ready(
        first.scenario, "2021-04-10", case="C-2", conduct="gift", rulebook=PARTY
    )

    assert party.decision("warning").sanction == "li:party:1"


def test_what_was_upheld_without_a_sanction_is_no_shield_for_other_conduct() -> None:
    matter = Matter(kind=None)
    matter.lodged().constituted().decides("upheld")
    other = Proceeding(matter.scenario, on=matter.day, case="C-2")

    assert other.upto("finding").decision("warning").sanction == "li:government:1"


def test_what_is_alleged_for_the_first_time_was_never_appealed() -> None:
    case = remitted()
    more = case.allegation(conduct="another", from_on=date(2020, 6, 1))
    case.decider(AddAllegation(case=CASE, allegation=more))
    case.notice().waiver().finding(conduct="another")
    found = [one for one in case.determined("major_demerit") if one.conduct != CASE]

    alone = case.sanctioning("major_demerit", determined=tuple(found[-1:]))
    case.decision("major_demerit", sanctions=(alone,))

    assert case.sanction == "li:government:2"


def test_a_case_that_was_never_remitted_is_weighed_by_its_notice_alone() -> None:
    case = Proceeding(office()).upto("finding")

    assert case.decision("major_demerit").sanction == "li:government:1"


def test_s2_09_what_was_quashed_without_a_sanction_is_made_known_too() -> None:
    matter = Matter(kind=None, announced="unit")
    matter.lodged().constituted()

    quashed = matter.decides("quashed", **PROCEDURE)

    assert quashed.one(ReputationRestored).scope == "unit"


def test_5_usc_7513_a_decision_comes_thirty_days_after_the_notice_at_the_soonest() -> (
    None
):
    adverse = "us-adverse-action"
    case = Proceeding(office(adverse), rulebook=adverse, violation="misconduct")
    case.inquiry().investigation().notice().response().finding()
    served = case.scenario.now.date()
    kind = case.track.kinds[0].id

    case.at(served + timedelta(days=29))
    with pytest.raises(WrongStage, match="the notice was served"):
        case.decision(kind)
    case.at(served + timedelta(days=30)).decision(kind)
    assert case.sanction
