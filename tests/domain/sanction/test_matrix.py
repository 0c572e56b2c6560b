"""Each violation has kinds for its gravity; anything else takes a ground for it."""

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from domain.errors import Invalid, NotAllowed, WrongStage
from domain.person import CoveredPerson, Post
from domain.regime.discipline import Ground
from domain.sanction.facts import SanctionImposed
from domain.sanction.founding import founded
from domain.sanction.matrix import Grounds, ladders, refuse_grounds, refuse_personnel
from tests.domain.case.proceeding import Proceeding
from tests.domain.cast import joins
from tests.domain.sanction.cast import (
    GOV_BOOK,
    decides,
    ready,
    sanctioned,
    tracks,
)
from tests.spec import Scenario

EXIT = "unauthorised_exit"
DAY = date(2021, 3, 10)


def judged(kind: str, tier: str = "ordinary", **asked: Any) -> Scenario:
    """Decide that leaving without leave deserves a kind, in a tier."""
    case = ready(tracks(), violation=EXIT)
    one = case.determined(kind, violation=EXIT, tier=tier)
    return decides(case, kind, determined=one, **asked)


@pytest.mark.parametrize("kind", ["demerit", "major_demerit"])
def test_s3_15_a_tier_has_its_kinds(kind: str) -> None:
    assert judged(kind).one(SanctionImposed).terms.kind == kind


@pytest.mark.parametrize("kind", ["warning", "demotion"])
def test_s3_15_a_kind_outside_of_the_tier_is_refused_and_the_tier_told(
    kind: str,
) -> None:
    judged(kind).then_refused(
        Invalid, match=f"kind: {kind} is none of demerit, major_demerit for {EXIT}"
    )


def test_s3_15_a_mitigating_ground_of_the_law_carries_a_lighter_kind() -> None:
    fact = judged("warning", mitigating=("self_report",)).one(SanctionImposed)
    assert (fact.terms.kind, fact.mitigating) == ("warning", ("self_report",))


def test_s3_15_an_aggravating_ground_carries_a_heavier_kind_not_a_lighter() -> None:
    grounds = ("obstructing_informants",)

    judged("demotion", aggravating=grounds).one(SanctionImposed)
    judged("warning", aggravating=grounds).then_refused(Invalid, match="kind: warning")
    judged("demotion", mitigating=("self_report",)).then_refused(
        Invalid, match="kind: demotion"
    )


@pytest.mark.parametrize("field", ["mitigating", "aggravating"])
def test_s3_15_a_ground_is_one_of_the_rulebooks(field: str) -> None:
    grounds: dict[str, Any] = {field: ("good_manners",)}
    judged("demerit", **grounds).then_refused(
        Invalid, match=f"{field}: good_manners is none of"
    )


def test_s3_15_a_ground_without_a_legal_basis_carries_nothing() -> None:
    assert GOV_BOOK.track
    bare = Ground(id="bare", label="Because we say so")
    track = replace(GOV_BOOK.track, mitigating=(bare,))

    with pytest.raises(Invalid, match="bare is none of"):
        refuse_grounds(replace(GOV_BOOK, track=track), Grounds(mitigating=("bare",)))


def test_s3_08_never_having_been_told_of_the_rule_mitigates() -> None:
    judged("warning", mitigating=("never_notified",)).one(SanctionImposed)


@pytest.mark.parametrize(
    ("said", "match"),
    [
        ({"violation": "sneezing"}, "violation: sneezing is not one of"),
        ({"tier": "terrible"}, "tier: terrible is not one of ordinary, serious"),
        ({"kind": "scolding"}, "scolding"),
    ],
)
def test_what_is_determined_is_in_the_rulebook(
    said: dict[str, str], match: str
) -> None:
    case = ready(tracks(), violation=EXIT)
    one = case.determined(said.pop("kind", "demerit"), **said)
    decides(case, "demerit", determined=one).then_refused(Invalid, match=match)


def test_t18_a_violation_takes_findings_of_its_classes_alone() -> None:
    case = ready(tracks(), violation="concealed_personal_matter")
    one = case.determined("warning", tier="relatively_serious")

    decides(case, "warning", determined=one).then_refused(
        Invalid, match="concealed_personal_matter is concealment or false_statement"
    )


def test_t13_a_village_committee_member_is_not_demoted() -> None:
    scenario = tracks().given(*joins("cun", unit="college", employer_type="grassroots"))
    case = ready(scenario, person="cun")

    decides(case, "demotion").then_refused(NotAllowed, match="demotion is not for")
    assert "Art. 22" in str(scenario.failure)
    assert decides(case, "major_demerit").one(SanctionImposed).terms.ladders == ()


def posts(*employers: str) -> CoveredPerson:
    held = (
        Post(post=e, unit="college", title="x", from_on=DAY, employer_type=e)
        for e in employers
    )
    return CoveredPerson(number="cun", posts=tuple(held))


def test_t13_who_holds_another_post_as_well_can_be_demoted_for_it() -> None:
    with pytest.raises(NotAllowed, match="only warning, demerit, major_demerit"):
        refuse_personnel(GOV_BOOK, posts("grassroots"), "demotion", DAY)

    refuse_personnel(GOV_BOOK, posts("grassroots", "agency"), "demotion", DAY)
    refuse_personnel(GOV_BOOK, posts("grassroots", "circus"), "demotion", DAY)
    refuse_personnel(GOV_BOOK, posts(), "demotion", DAY)


def test_several_posts_have_the_ladders_of_all() -> None:
    both = ladders(GOV_BOOK, posts("agency", "soe"), DAY)

    assert {"rank", "post_grade"} <= set(both)
    assert len(both) == len(set(both))
    assert ladders(GOV_BOOK, posts("agency", "grassroots"), DAY) == ()
    assert ladders(GOV_BOOK, posts(), DAY) == ()


def test_who_holds_no_post_any_more_is_judged_by_the_last_one() -> None:
    (post,) = posts("grassroots").posts
    gone = CoveredPerson(number="cun", posts=(replace(post, to_on=DAY),))

    with pytest.raises(NotAllowed, match="demotion is not for grassroots"):
        refuse_personnel(GOV_BOOK, gone, "demotion", DAY)


AGAIN = ("again_within_period",)


def repeated(on: date, mental: str = "intent", **asked: Any) -> Scenario:
    """Have Li, sanctioned from 10 March to 10 September 2021, do wrong on a day."""
    scenario = tracks()
    sanctioned(scenario, "warning", "2021-03-10")
    case = Proceeding(scenario, on="2021-12-01", case="C-2", from_on=on)
    case.inquiry().investigation().notice().waiver()
    case.finding(mental=mental, on_intent="It was planned.")
    return decides(case, "demotion", aggravating=AGAIN, **asked)


def test_what_is_done_again_within_the_period_of_a_sanction_aggravates() -> None:
    fact = repeated(date(2021, 9, 9)).one(SanctionImposed)
    assert fact.aggravating == AGAIN


@pytest.mark.parametrize(
    ("on", "mental"),
    [
        (date(2021, 9, 10), "intent"),
        (date(2021, 3, 9), "intent"),
        (date(2021, 5, 1), "negligence"),
    ],
)
def test_it_is_no_repetition_outside_of_the_period_or_without_intent(
    on: date, mental: str
) -> None:
    repeated(on, mental).then_refused(
        Invalid, match="no sanction ran when it was done, with intent"
    )
    assert "Art. 13" in str(repeated(on, mental).failure)


def test_i1_what_stood_in_no_notice_is_not_sanctioned() -> None:
    case = ready(tracks())
    state = case.decision("warning").state
    assert state.notice
    untold = replace(state, notice=replace(state.notice, allegations=("other",)))

    with pytest.raises(WrongStage, match="conduct-C-1 stood in no notice"):
        founded(untold, case.determined("warning"), "why")
