"""Findings: after the answer, by who decides, on what was alleged, with reasons."""

from datetime import date

import pytest

from domain.case.facts import CaseFinding
from domain.case.finding import MakeFinding
from domain.errors import Invalid, NotAllowed, WrongStage
from domain.personnel import DeclareRelative
from tests.domain.case.proceeding import GOVERNMENT, Proceeding, office, piece
from tests.domain.cast import PERSONAL

DAY = "2021-03-10"


def find(**more: object) -> MakeFinding:
    usual: dict[str, object] = {
        "conduct": "conduct-C-1",
        "mental": "negligence",
        "standard": "clear and convincing",
        "reasons": "Two saw it.",
        "justification": "That he was ill is not shown.",
    }
    return MakeFinding(case="C-1", **(usual | more))  # type: ignore[arg-type]  # as its fields are


def told() -> Proceeding:
    case = Proceeding(office(GOVERNMENT, PERSONAL), on=DAY)
    return case.inquiry().investigation().notice()


def answered() -> Proceeding:
    case = told().response()
    case.scenario.by("han", "deciding_authority")
    return case


def test_a_finding_cites_the_violation_and_says_when_it_was() -> None:
    fact = answered().scenario.when(find()).one(CaseFinding)

    assert fact.finding == "case:C-1:1"
    assert (fact.violation, fact.class_) == ("other_violation", None)
    assert (fact.conduct_from, fact.conduct_to) == (date(2020, 12, 1),) * 2
    assert str(fact.cited).endswith("rule track.violations.other_violation")


def test_i1_nothing_is_found_before_the_person_has_answered() -> None:
    case = told()
    scenario = case.scenario.by("han", "deciding_authority")

    scenario.when(find()).then_refused(WrongStage, match="was not answered")
    case.waiver()
    scenario.by("han", "deciding_authority").when(find()).then_kinds(CaseFinding)


def test_who_investigates_finds_nothing_even_after_having_been_relieved() -> None:
    scenario = answered().scenario.by("jia", "deciding_authority")

    scenario.when(find()).then_refused(NotAllowed, match="has investigated")
    scenario.by("wei", "deciding_authority", on_behalf_of="luo")
    scenario.when(find()).then_refused(NotAllowed, match="luo has investigated")


def test_nor_does_who_added_evidence_without_being_assigned() -> None:
    case = Proceeding(office(), on=DAY).inquiry().investigation()
    case.scenario.by("wei", "investigator").given(piece(1))
    case.notice().waiver().scenario.by("wei", "deciding_authority")

    case.scenario.when(find()).then_refused(NotAllowed, match="wei has investigated")


def test_no_machine_finds_anything() -> None:
    scenario = answered().scenario.by("scheduler", "scheduler")

    scenario.when(find()).then_refused(NotAllowed, match="no person")


def test_i2_nor_does_a_relative() -> None:
    case = answered()
    cousin = DeclareRelative(
        number="li", relative="R", relation="cousin", related_number="wang"
    )
    case.scenario.clerk().given(cousin).by("wang", "deciding_authority")

    case.scenario.when(find()).then_refused(NotAllowed, match="relative")


def test_s3_14_the_excuse_is_considered_where_there_was_one() -> None:
    silent = find(justification=None)

    answered().scenario.when(silent).then_refused(Invalid, match="justification")
    case = told().waiver()
    case.scenario.by("han", "deciding_authority").when(silent).then_kinds(CaseFinding)


def test_s3_14_a_finding_carries_one_class_and_the_considered_justification() -> None:
    case = told().waiver()
    scenario = case.scenario.by("han", "deciding_authority")

    late = find(class_="late", justification=None)
    scenario.when(late).then_refused(Invalid, match="justification")
    fact = scenario.when(find(class_="late")).one(CaseFinding)
    assert (fact.class_, fact.justification) == (
        "late",
        "That he was ill is not shown.",
    )


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"conduct": "another"}, "conduct"),
        ({"reasons": " "}, "reasons"),
        ({"standard": ""}, "standard"),
        ({"class_": "concealment"}, "mental"),
        ({"class_": "concealment", "mental": "intent"}, "on_intent"),
        ({"class_": "omission", "mental": "intent"}, "mental"),
        ({"presumed": "storage"}, "presumed"),
        ({"rulebook": "mine"}, "rulebook"),
        ({"supervises": ("case:C-2:1",)}, "supervises"),
        ({"supervises": ("rumour",)}, "supervises"),
        ({"supervises": ("tip:1",)}, "supervises"),
    ],
)
def test_i5_a_finding_says_all_that_it_takes(
    more: dict[str, object], field: str
) -> None:
    answered().scenario.when(find(**more)).then_refused(Invalid, match=field)


def test_the_classes_of_another_rulebook_may_count_and_are_cited() -> None:
    under = find(rulebook=PERSONAL, class_="omission", on_intent="None is shown.")

    fact = answered().scenario.when(under).one(CaseFinding)

    assert fact.cited.rulebook == PERSONAL
    assert fact.cited.rule == "verification.consequences"


def test_a_finding_counts_for_its_notice_and_its_name_is_used_once() -> None:
    case = answered().finding()
    case.notice().waiver().finding()

    assert [found.finding for found in case.state.findings] == ["case:C-1:2"]


def test_i6_what_was_found_is_not_found_again_in_another_class() -> None:
    scenario = answered().scenario.given(find(class_="omission"))

    for more in ({}, {"class_": "concealment", "mental": "intent", "on_intent": "x"}):
        again = find(**more)
        scenario.when(again).then_refused(WrongStage, match="found already")


def test_art_43_what_was_found_in_silence_is_found_anew_once_there_is_an_answer() -> (
    None
):
    case = told().silence().decider(find(justification=None))
    case.response()

    assert case.state.findings == ()
    case.scenario.by("han", "deciding_authority")
    silent = find(justification=None)
    case.scenario.when(silent).then_refused(Invalid, match="justification")
    (found,) = case.finding().state.findings
    assert found.finding == "case:C-1:2"


def test_only_what_stands_in_the_notice_is_found() -> None:
    case = Proceeding(office(), on=DAY).inquiry()
    more = case.allegation(conduct="more")
    case.investigation(case.allegation(), more)
    case.notice(allegations=("conduct-C-1",)).waiver()

    case.scenario.by("han", "deciding_authority")
    case.scenario.when(find(conduct="more")).then_refused(Invalid, match="conduct")
    case.scenario.when(find()).then_kinds(CaseFinding)


def test_s3_17_a_finding_on_a_leader_lists_those_on_subordinates() -> None:
    scenario = office()
    below = Proceeding(scenario, on=DAY, case="C-2").upto("finding")
    leader = Proceeding(scenario, on=DAY, case="C-1", person="zhang")
    leader.inquiry().investigation().notice().waiver()

    leader.finding(supervises=("case:C-2:1",))

    assert leader.state.findings[0].supervises == ("case:C-2:1",)
    assert below.state.findings[0].finding == "case:C-2:1"
    leader.notice().waiver().scenario.by("han", "deciding_authority")
    scenario.when(find(supervises=("case:C-1:1",))).then_refused(Invalid)
