"""One conduct is one, whatever its name looks like, and whatever class is left out."""

from typing import Any

import pytest
from msgspec.structs import replace

from domain.errors import Invalid, NotAllowed, WrongStage
from domain.sanction.conduct import same_act, same_conduct
from tests.domain.case.proceeding import Proceeding
from tests.domain.sanction.cast import decides, ready, record, sanctioned, tracks

WAYS = ("Gift", "GIFT ", "\uff47\uff49\uff46\uff54", "gi\u200bft", "\ufeffgift")


@pytest.mark.parametrize("name", WAYS)
def test_i4_one_conduct_is_sanctioned_once_however_it_is_written(name: str) -> None:
    scenario = tracks()
    sanctioned(scenario, "warning", "2021-03-10", conduct="gift")
    again = ready(scenario, "2021-06-01", case="C-2", conduct=name)

    decides(again, "warning").then_refused(WrongStage, match="sanctioned on this track")


@pytest.mark.parametrize("name", WAYS)
def test_all_ways_to_write_a_name_have_this_in_common(name: str) -> None:
    assert same_conduct(name) == "gift"
    assert same_conduct("gifts") != "gift"


def test_a_name_stays_as_it_was_given() -> None:
    case = ready(tracks(), conduct="Gift \uff11").decision("warning")

    (known,) = record(case.scenario).sanctions
    assert [one.conduct for one in known.imposed.determined] == ["Gift \uff11"]
    assert record(case.scenario).conducts() == {"gift 1"}


def test_i4_one_conduct_under_two_names_stands_once_in_a_decision() -> None:
    case = ready(tracks())
    (one,) = case.determined("warning")
    both = (one, replace(one, conduct="CONDUCT-C-1"))

    decides(case, "warning", determined=both).then_refused(Invalid)


def test_the_days_of_what_has_none_are_not_those_of_anything() -> None:
    (found,) = ready(tracks()).state.findings
    assert same_act(found, "other", found)
    for changes in ({"conduct_to": None}, {"violation": None}, {"violation": "x"}):
        assert not same_act(found, "other", replace(found, **changes))
    assert not same_act(found, "other", None)


def omitted(**more: Any) -> Proceeding:
    """Return a case in which something was left out by mistake, after a new notice."""
    case = Proceeding(tracks(), violation="unreported_major_matter", **more)
    case.inquiry().investigation().notice().waiver()
    case.finding(class_="omission")
    return case.notice().waiver()


def test_i6_no_finding_without_a_class_makes_more_of_an_omission() -> None:
    case = omitted().finding()

    refused = decides(case, "warning")
    refused.then_refused(NotAllowed, match="case:C-1:1: omission takes a measure")


def test_i6_what_is_found_to_be_concealed_after_all_is_sanctioned() -> None:
    case = omitted().finding(
        class_="concealment", mental="intent", on_intent="He had hidden the papers."
    )

    assert case.decision("warning").sanction == "li:government:1"
