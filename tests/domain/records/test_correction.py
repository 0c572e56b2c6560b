"""A request to correct: answered by a note beside the report, never by an edit."""

from datetime import date
from typing import Any

import pytest

from domain.disclosure import Disclosure, ReviewerAnnotated, disclosure_stream
from domain.errors import Incomplete, Invalid, NotAllowed, Unknown, WrongStage
from domain.records.correction import (
    CorrectionDecided,
    CorrectionRequested,
    DecideCorrection,
    RequestCorrection,
)
from tests.domain.cast import PERSONAL
from tests.domain.papers import files
from tests.domain.records.cast import (
    CONFLICTS,
    anna,
    law_with,
    office,
    reported,
    stored,
    under,
)
from tests.spec import Scenario


def requests(**changes: Any) -> RequestCorrection:
    usual = {
        "request": "Q-1",
        "person": "shen",
        "disclosure": "D-1",
        "field": "location",
        "text": "It was in Ningbo.",
    }
    return RequestCorrection(**(usual | changes))


def decides(*, granted: bool = True, **changes: Any) -> DecideCorrection:
    usual: dict[str, Any] = {"request": "Q-1", "text": "The bill says so."}
    return DecideCorrection(granted=granted, **(usual | changes))


def asked(scenario: Scenario | None = None, **changes: Any) -> Scenario:
    scenario = scenario or reported()
    return scenario.declarant(changes.get("person", "shen")).given(requests(**changes))


def test_s1_21_a_request_names_the_field_and_is_due_when_the_rulebook_says() -> None:
    scenario = reported().declarant("shen").when(requests())
    fact = scenario.one(CorrectionRequested)
    assert (fact.disclosure, fact.field) == ("D-1", "location")
    assert (fact.received_on, fact.due_on) == (date(2016, 12, 2), date(2017, 1, 2))
    assert fact.cited.rule == "handling.correction"
    assert (fact.about, fact.confidentiality) == (None, "confidential")
    assert scenario.news[0].subject == "shen"
    assert "Ningbo" not in stored(scenario)


def test_where_the_rulebook_gives_no_time_one_may_ask_all_the_same() -> None:
    scenario = reported(under(law_with(correction=None))).declarant("shen")
    assert scenario.when(requests()).one(CorrectionRequested).due_on is None


def test_i11_a_correction_that_is_granted_is_a_note_and_the_report_stays() -> None:
    scenario = anna(asked())
    before = scenario.state(Disclosure(), disclosure_stream("D-1"))
    scenario.when(decides(reason="seen"))
    scenario.then(
        CorrectionDecided(granted=True, text="The bill says so."),
        ReviewerAnnotated(
            text="Corrected on request Q-1: It was in Ningbo.\nThe bill says so.",
            field="location",
        ),
    )
    assert scenario.state(Disclosure(), disclosure_stream("D-1")) == before
    assert before.items[0]["location"] == "Hangzhou"
    assert "The bill says so" not in stored(scenario)


def test_a_correction_that_is_refused_says_why_and_where_to_turn() -> None:
    scenario = anna(asked()).when(decides(granted=False))
    scenario.then(
        CorrectionDecided(
            granted=False,
            text="The bill says so.",
            turn_to="discipline inspection organ of the next higher level",
        )
    )


def test_where_nobody_says_where_to_turn_the_refusal_is_incomplete() -> None:
    scenario = anna(asked(reported(under(law_with(complaint_to=None)))))
    scenario.when(decides(granted=False)).then_refused(Incomplete, match="turn_to")
    scenario.when(decides(granted=False, turn_to="the court"))
    assert scenario.one(CorrectionDecided).turn_to == "the court"


@pytest.mark.parametrize("granted", [True, False])
def test_a_decision_without_words_is_refused(*, granted: bool) -> None:
    scenario = anna(asked()).when(decides(granted=granted, text=""))
    scenario.then_refused(Invalid, match="text: say what was decided, and why")


@pytest.mark.parametrize(
    ("changes", "match"),
    [
        ({"field": "weather"}, "fields: weather is not one of event_date"),
        ({"field": "items[0].weather"}, "items[0].weather is not one of"),
        ({"text": " "}, "text: say what is wrong"),
    ],
)
def test_a_request_that_cannot_be_followed_is_refused(
    changes: dict[str, Any], match: str
) -> None:
    scenario = reported().declarant("shen").when(requests(**changes))
    scenario.then_refused(Invalid, match=match)


@pytest.mark.parametrize("field", [None, "items[0].location"])
def test_a_request_may_be_about_the_whole_or_about_one_event(field: str | None) -> None:
    scenario = anna(asked(field=field)).when(decides())
    assert scenario.one(ReviewerAnnotated).field == field


def test_one_asks_for_the_correction_of_ones_own_reports_only() -> None:
    scenario = reported().declarant("li").when(requests(person="li"))
    scenario.then_refused(NotAllowed, match="D-1 is another's")
    scenario.when(requests()).then_refused(NotAllowed, match="li may not write")
    scenario.clerk(on_behalf_of="shen").when(requests())
    scenario.then_kinds(CorrectionRequested)
    scenario.when(requests(disclosure="D-9")).then_refused(Unknown)


def test_the_same_request_again_records_nothing_and_its_number_is_taken() -> None:
    scenario = asked().on("2016-12-20")
    scenario.when(requests()).then_nothing()
    scenario.when(requests(text="In Wenzhou.")).then_refused(
        WrongStage, match="request Q-1 is taken"
    )


def test_a_request_is_decided_once() -> None:
    scenario = anna(asked()).given(decides())
    scenario.when(decides()).then_refused(WrongStage, match="Q-1 was decided")
    anna(office()).when(decides()).then_refused(Unknown)


def test_s1_05_words_on_a_report_about_a_relative_are_kept_as_strictly_as_it_is() -> (
    None
):
    daughter: dict[str, Any] = {"subject": "child", "relative": "daughter"}
    scenario = asked(reported(**daughter))
    fact = scenario.log()[-1].fact
    assert isinstance(fact, CorrectionRequested)
    assert (fact.about, fact.confidentiality) == ("daughter", "restricted")
    assert fact.relative_concerned == "daughter"
    assert fact.class_of("text") == "restricted"
    decided = anna(scenario).when(decides()).one(CorrectionDecided)
    assert (decided.about, decided.confidentiality) == ("daughter", "restricted")


def test_s1_05_so_are_words_on_a_report_with_a_field_about_the_family() -> None:
    scenario = office(PERSONAL).on("2016-12-20").declarant("shen")
    annual = files(
        "annual", {"nil": True}, rulebook=PERSONAL, period=2017, disclosure="D-1"
    )
    scenario.on("2017-01-10").given(annual).when(requests(field="securities"))
    fact = scenario.one(CorrectionRequested)
    assert (fact.about, fact.confidentiality) == (None, "restricted")


@pytest.mark.parametrize("granted", [True, False])
@pytest.mark.parametrize(("who", "why"), CONFLICTS)
def test_i2_nobody_decides_a_request_of_their_own_a_relatives_or_a_superiors(
    who: str, why: str, *, granted: bool
) -> None:
    scenario = asked(reported(person="zhang"), person="zhang")
    scenario.by(who, "records_officer").when(decides(granted=granted))
    scenario.then_refused(NotAllowed, match=why)


def test_a_request_reads_the_report_at_once() -> None:
    assert requests().reads() == (requests().stream, disclosure_stream("D-1"))
