"""Nothing is public by default: a decision releases fields, and gives reasons."""

from typing import Any

import pytest

from domain.amending import WithdrawDisclosure
from domain.errors import Invalid, NotAllowed, Unknown, WrongStage
from domain.records.release import (
    DecideRelease,
    Release,
    ReleaseDecided,
    ReleaseWithdrawn,
    WithdrawRelease,
    release_stream,
)
from domain.regime.types import Handling
from tests.domain.cast import FILES, INSTANT, PERSONAL, book
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

LAW = "Supervision Law, Art. 56"


def decides(**changes: Any) -> DecideRelease:
    usual: dict[str, Any] = {
        "release": "R-1",
        "disclosure": "D-1",
        "fields": ("tables", "cost"),
        "to": "public",
        "reasons": "public money was spent",
    }
    return DecideRelease(**(usual | changes))


def withdraws(**changes: Any) -> WithdrawRelease:
    usual = {"release": "R-1", "reason": "a child is named in it"}
    return WithdrawRelease(**(usual | changes))


def released() -> Scenario:
    return anna(reported()).given(decides())


def test_s1_23_no_rulebook_makes_anything_public_by_itself() -> None:
    assert Handling().publication == "none"
    assert {book(file).handling.publication for file in FILES} == {
        "none",
        "by_decision",
    }


def test_s1_23_a_release_names_who_why_which_fields_and_by_what_law() -> None:
    scenario = anna(reported()).when(decides())
    fact = scenario.one(ReleaseDecided)
    assert (fact.person, fact.disclosure) == ("shen", "D-1")
    assert (fact.fields, fact.to) == (("tables", "cost"), "public")
    assert (fact.cited.rulebook, fact.cited.rule) == (INSTANT, "handling.publication")
    assert fact.reasons == "public money was spent"
    assert scenario.news[0].actor.id == "anna"
    assert scenario.news[0].subject == "shen"
    assert "public money" not in stored(scenario)
    assert scenario.state(Release(), release_stream("R-1")).live


@pytest.mark.parametrize(
    ("changes", "match"),
    [
        ({"reasons": " "}, "reasons: say why"),
        ({"fields": ()}, "fields: say which fields"),
        ({"fields": ("tables", "weather")}, "weather is not one of event_date"),
        ({"to": "press"}, "to: press is not one of public, recipient"),
        ({"recipient": "a newspaper"}, "recipient: the public needs no name"),
        ({"to": "recipient", "basis": LAW}, "recipient: say to whom"),
        ({"to": "recipient", "recipient": "court"}, "basis: say on what law it rests"),
    ],
)
def test_s1_23_a_release_that_says_too_little_is_refused(
    changes: dict[str, Any], match: str
) -> None:
    anna(reported()).when(decides(**changes)).then_refused(Invalid, match=match)


def test_s1_23_where_the_rulebook_keeps_all_to_itself_nothing_becomes_public() -> None:
    scenario = anna(reported(under(law_with(publication=None))))
    scenario.when(decides()).then_refused(
        NotAllowed, match="nothing of it becomes public"
    )


def test_s1_23_a_named_recipient_needs_a_law_and_not_the_rulebooks_leave() -> None:
    scenario = anna(reported(under(law_with(publication=None))))
    scenario.when(decides(to="recipient", recipient="the city court", basis=LAW))
    fact = scenario.one(ReleaseDecided)
    assert (fact.to, fact.recipient, fact.basis) == ("recipient", "the city court", LAW)
    assert "the city court" not in stored(scenario)


def test_s1_23_of_a_report_about_a_relative_only_what_must_be_is_released() -> None:
    """As the Court of Justice held in C-184/20 of the names of partners."""
    daughter: dict[str, Any] = {"subject": "child", "relative": "daughter"}
    scenario = anna(reported(**daughter))
    scenario.when(decides()).then_refused(Invalid, match="proportionality: say why")
    assert "C-184/20" in str(scenario.failure)
    scenario.when(decides(proportionality="the public paid for it"))
    fact = scenario.one(ReleaseDecided)
    assert (fact.about, fact.confidentiality) == ("daughter", "restricted")
    assert fact.proportionality == "the public paid for it"


def annual() -> Scenario:
    report = files("annual", {"nil": True}, rulebook=PERSONAL, period=2017)
    scenario = office(PERSONAL).on("2017-01-10").declarant("shen").given(report)
    return anna(scenario)


@pytest.mark.parametrize("field", ["family_employment", "items[0].family_employment"])
def test_s1_23_so_is_a_field_about_the_family_in_ones_own_report(field: str) -> None:
    to_court = {"to": "recipient", "recipient": "the city court", "basis": LAW}
    scenario = annual().when(decides(fields=("pay", field), **to_court))
    scenario.then_refused(Invalid, match="proportionality: say why nothing less")
    scenario.when(decides(fields=("pay",), **to_court)).then_kinds(ReleaseDecided)


def test_s1_23_what_was_withdrawn_is_not_released() -> None:
    scenario = reported().declarant("shen")
    scenario.given(WithdrawDisclosure(disclosure="D-1", reason="it is off"))
    anna(scenario).when(decides()).then_refused(WrongStage, match="was withdrawn")
    scenario.when(decides(disclosure="D-9")).then_refused(Unknown)


def test_s1_23_a_release_may_be_withdrawn_with_a_reason_and_that_is_the_end_of_it() -> (
    None
):
    scenario = released()
    scenario.when(withdraws(reason=None)).then_refused(Invalid, match="reason: say why")
    scenario.when(withdraws()).then(ReleaseWithdrawn())
    assert not scenario.state(Release(), release_stream("R-1")).live
    scenario.when(withdraws()).then_nothing()
    scenario.when(decides()).then_refused(WrongStage, match="release R-1 is taken")
    anna(office()).when(withdraws()).then_refused(Unknown)


def test_the_same_release_again_records_nothing_and_its_number_is_taken() -> None:
    released().when(decides()).then_nothing()
    released().when(decides(fields=("cost",))).then_refused(WrongStage, match="R-1")


@pytest.mark.parametrize(("who", "why"), CONFLICTS)
def test_i2_nobody_releases_what_is_their_own_a_relatives_or_a_superiors(
    who: str, why: str
) -> None:
    scenario = anna(reported(person="zhang")).given(decides())
    scenario.by(who, "records_officer")
    scenario.when(decides(release="R-2")).then_refused(NotAllowed, match=why)
    scenario.when(withdraws()).then_refused(NotAllowed, match=why)


def test_a_release_reads_the_report_at_once() -> None:
    assert decides().stream in decides().reads()
    assert len(decides().reads()) == 2
