"""A report is complete in one step: it states facts, and settles the duty they are."""

from datetime import date
from itertools import pairwise
from typing import Any

import pytest

from domain.disclosure import DeficiencyNoted, DisclosureFiled, Filing
from domain.errors import Invalid, NotAllowed, Unknown, WrongStage
from domain.obligation import (
    ObligationFulfilled,
    ObligationFulfilledLate,
    ObligationRaised,
)
from tests.domain.cast import (
    CARDS,
    INSTANT,
    SHIPPED,
    V1,
    joins,
    law,
    police,
    register,
    rule,
)
from tests.domain.papers import answers, files, paper, wedding

CATEGORIES = (
    "wedding",
    "funeral",
    "overseas_trip",
    "real_estate",
    "part_time_post",
    "social_organisation",
)


def test_s3_22_a_notification_takes_one_step_and_gives_a_receipt() -> None:
    scenario = police().declarant("shen")
    receipt = scenario.when(files("wedding", wedding())).receipt

    assert receipt is not None
    assert (receipt.version, receipt.position) == (1, scenario.size())
    assert receipt.entry.splitlines()[3] == "disclosure.filed"


def test_each_event_of_a_report_is_a_duty_of_its_own() -> None:
    early, late = wedding(event_date="2016-12-20"), wedding(event_date="2016-12-05")
    filed = police().declarant("shen").when(files("wedding", early, late))

    assert [fact.key for fact in filed.all(ObligationRaised)] == ["D-1:0", "D-1:1"]
    assert filed.one(ObligationFulfilled).received_on == date(2016, 12, 1)
    assert filed.one(ObligationFulfilledLate).days_late == 3


def test_what_is_missing_of_several_events_is_named_with_its_place() -> None:
    filed = (
        police()
        .declarant("shen")
        .when(files("wedding", wedding(), wedding(location="", cost=None)))
    )

    assert filed.one(DeficiencyNoted).fields == ("items[1].location", "items[1].cost")


def test_an_event_that_must_have_occurred_is_not_reported_before_its_day() -> None:
    (
        police()
        .on("2016-12-19")
        .declarant("shen")
        .when(files("vehicle", answers(rule(V1, "vehicle"))))
        .then_refused(Invalid, match="purchase_date: 2016-12-20 lies after the receipt")
    )


def test_of_several_events_the_one_that_lies_ahead_is_named() -> None:
    form = rule(V1, "vehicle")
    today, tomorrow = answers(form, "2016-12-19"), answers(form, "2016-12-20")
    (
        police()
        .on("2016-12-19")
        .declarant("shen")
        .when(files("vehicle", today, tomorrow))
        .then_refused(Invalid, match="items[1].purchase_date: 2016-12-20 lies after")
    )


def test_without_the_day_of_the_event_no_due_date_can_be_told() -> None:
    (
        police()
        .declarant("shen")
        .when(files("wedding", wedding(event_date=None)))
        .then_refused(Invalid, match="event_date: without it no due date can be told")
    )


def test_a_rule_that_the_rulebook_does_not_have_is_refused() -> None:
    (
        police()
        .declarant("shen")
        .when(files("yacht", wedding()))
        .then_refused(Invalid, match="rule: yacht is not one of")
    )


def test_a_report_without_any_event_is_refused() -> None:
    (
        police()
        .declarant("shen")
        .when(files("wedding"))
        .then_refused(Invalid, match="items: report at least one event")
    )


def test_what_could_not_be_foreseen_is_due_later_and_says_why() -> None:
    filed = (
        police()
        .on("2016-12-27")
        .declarant("shen")
        .when(files("wedding", wedding(), unforeseen=True, justification="moved up"))
    )

    assert filed.one(ObligationRaised).due_on == date(2016, 12, 27)
    assert filed.one(DisclosureFiled).justification == "moved up"
    assert filed.all(ObligationFulfilledLate) == []


def test_the_later_due_date_is_not_had_without_a_justification() -> None:
    (
        police()
        .declarant("shen")
        .when(files("wedding", wedding(), unforeseen=True))
        .then_refused(Invalid, match="justification: say what was unforeseen")
    )


def test_a_rule_without_an_exception_grants_none() -> None:
    funeral = answers(rule(V1, "funeral"))
    (
        police()
        .declarant("shen")
        .when(files("funeral", funeral, unforeseen=True, justification="grief"))
        .then_refused(Invalid, match="unforeseen: the rule has no exception")
    )


def test_a_number_is_used_once() -> None:
    (
        police()
        .declarant("shen")
        .given(files("wedding", wedding()))
        .when(files("wedding", wedding(tables=3)))
        .then_refused(WrongStage, match="D-1 was filed before: amend it")
    )


def test_nobody_files_for_somebody_who_is_not_registered() -> None:
    (
        police()
        .declarant("ghost")
        .when(files("wedding", wedding(), person="ghost"))
        .then_refused(Unknown, match="there is no person ghost")
    )


@pytest.mark.parametrize(
    ("who", "role", "on_behalf_of"),
    [
        ("li", "declarant", None),
        ("li", "declarant", "shen"),
        ("wang", "reviewer", "shen"),
        ("shen", "reviewer", None),
        ("clerk", "clerk", "li"),
        ("clerk", "clerk", None),
    ],
)
def test_only_the_declarant_files_or_a_clerk_in_their_name(
    who: str, role: str, on_behalf_of: str | None
) -> None:
    (
        police()
        .by(who, role, on_behalf_of=on_behalf_of)
        .when(files("wedding", wedding()))
        .then_refused(NotAllowed, match=f"{who} may not write for shen")
    )


def test_a_clerk_files_in_the_name_of_the_declarant_and_both_are_on_record() -> None:
    filed = police().clerk("shen").when(files("wedding", wedding()))

    actors = {(r.actor.id, r.actor.on_behalf_of, r.subject) for r in filed.news}
    assert actors == {("clerk", "shen", "shen")}


def test_all_that_follows_from_a_filing_names_it_as_its_cause() -> None:
    filed = police().declarant("shen").when(files("wedding", wedding())).news

    assert filed[0].causation_id is None
    assert [r.causation_id for r in filed[1:]] == [r.event_id for r in filed[:-1]]
    assert {r.correlation_id for r in filed[1:]} == {filed[0].event_id}
    assert all(a.command_id == b.command_id for a, b in pairwise(filed))


def test_a_rule_may_demand_its_own_field_of_what_was_not_foreseen() -> None:
    needs = 'requires = "justification"'
    text = SHIPPED[f"{V1}.toml"].replace(needs, 'requires = "gifts"', 1)
    scenario = law(register(), text).given(*joins("shen", rank="agency_head"))
    scenario.declarant("shen")

    silent = files("wedding", wedding(), unforeseen=True, justification="haste")
    scenario.when(silent).then_refused(Invalid, match="gifts: say what was unforeseen")
    scenario.given(files("wedding", wedding(gifts="none"), unforeseen=True))


def test_even_a_scan_says_why_it_could_not_be_foreseen() -> None:
    scan = paper(
        "wedding", received_on=date(2016, 12, 1), content_known=False, unforeseen=True
    )
    police().clerk("shen").when(scan).then_refused(Invalid, match="justification: say")


CLAIMS: list[tuple[dict[str, Any], str]] = [
    ({"period": 2016}, "period: it is no yearly duty"),
    ({"approval": "A-1"}, "approval: no leave has to be asked"),
]


@pytest.mark.parametrize(("claim", "why"), CLAIMS)
def test_an_event_cannot_pass_for_a_duty_of_another_kind(
    claim: dict[str, Any], why: str
) -> None:
    (
        police()
        .declarant("shen")
        .when(files("wedding", wedding(event_date="2016-12-02"), **claim))
        .then_refused(Invalid, match=why)
    )


def test_a_campaign_is_answered_by_naming_the_duty() -> None:
    (
        police(CARDS)
        .declarant("shen")
        .when(files("membership_cards", {"nil": True}, rulebook=CARDS))
        .then_refused(Invalid, match="obligation: say for which duty")
    )


def test_a_report_whose_contents_nobody_knows_raises_no_duty() -> None:
    scan = paper("wedding", received_on=date(2016, 12, 1), content_known=False)

    (filed,) = police().clerk("shen").when(scan).facts
    assert isinstance(filed, Filing)
    assert filed.items == ()


def test_a_rulebook_that_nobody_published_takes_no_reports() -> None:
    (
        police()
        .declarant("shen")
        .when(files("wedding", wedding(), rulebook="elsewhere"))
        .then_refused(WrongStage, match="no published version binds on 2016-12-01")
    )


def test_the_source_that_a_report_was_taken_from_is_kept() -> None:
    filed = police().declarant("shen").when(files("wedding", wedding(), source="1.csv"))

    assert filed.one(DisclosureFiled).source == "1.csv"
    assert filed.one(DisclosureFiled).cited.rulebook == INSTANT
