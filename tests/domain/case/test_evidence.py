"""Evidence: flagged where it is used again, and never out of the chain of custody."""

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from domain.case.evidence import (
    EvidenceAccessed,
    EvidenceAdded,
    EvidenceExcluded,
    EvidenceTransferred,
)
from domain.case.evidencing import (
    AccessEvidence,
    AddEvidence,
    ExcludeEvidence,
    TransferEvidence,
)
from domain.case.recusal import RequestRecusal
from domain.errors import Invalid, NotAllowed, Unknown, WrongStage
from domain.record import Sealed
from tests.domain.case.proceeding import GOVERNMENT, Proceeding, office
from tests.spec import Scenario

MARK, PICTURE = "a" * 32, "b" * 32


def adds(case: str = "C-1", **changes: Any) -> AddEvidence:
    usual: dict[str, Any] = {
        "kind": "photo",
        "sha256": "0" * 64,
        "stripped_sha256": "1" * 64,
        "size": 1000,
        "media_type": "image/jpeg",
        "mark": MARK,
        "picture_mark": PICTURE,
        "found_on": date(2021, 3, 9),
        "text": "handed in by the owner of the stall",
    }
    return AddEvidence(case=case, **(usual | changes))


def case(scenario: Scenario, name: str = "C-1", **more: Any) -> Scenario:
    """Return the register with an investigation under way; the investigator acts."""
    Proceeding(scenario, case=name, **more).inquiry().investigation()
    return scenario.by("jia", "investigator")


@pytest.fixture(name="scenario")
def begun() -> Scenario:
    return case(office())


def test_evidence_is_numbered_within_its_case(scenario: Scenario) -> None:
    first = scenario.when(adds()).one(EvidenceAdded)
    second = scenario.when(adds(mark="c" * 32, picture_mark=None)).one(EvidenceAdded)

    assert (first.evidence, first.flags) == ("C-1:1", ())
    assert second.evidence == "C-1:2"


def test_its_digest_is_sealed_with_what_is_said_of_it(scenario: Scenario) -> None:
    scenario.given(adds(place="30.25, 120.17", device="a phone"))

    stored = next(
        record.fact
        for record in scenario.app.history(adds().stream)
        if isinstance(record.fact, EvidenceAdded)
    )
    sealed = (stored.sha256, stored.stripped_sha256, stored.text)
    assert all(isinstance(value, Sealed) for value in (*sealed, stored.place))
    assert stored.mark == MARK


def test_s2_06_the_same_file_in_two_cases_raises_an_alert(scenario: Scenario) -> None:
    case(scenario.given(adds()), "C-2", conduct="other")

    fact = scenario.when(adds("C-2", alike=("C-1",))).one(EvidenceAdded)

    assert fact.flags == ("reused:C-1:1",)


def test_s2_06_the_same_picture_in_other_bytes_raises_one_too(
    scenario: Scenario,
) -> None:
    case(scenario.given(adds()), "C-2", conduct="other")

    other = adds("C-2", mark="d" * 32, alike=("C-1", "C-2"), flags=("unstamped",))
    fact = scenario.when(other).one(EvidenceAdded)

    assert fact.flags == ("unstamped", "reused-picture:C-1:1")
    again = adds("C-2", mark="f" * 32, alike=("C-1", "C-2"))
    flags = scenario.when(again).one(EvidenceAdded).flags
    assert flags == ("reused-picture:C-2:1", "reused-picture:C-1:1")


def test_s2_06_what_was_kept_but_never_recorded_is_no_alert(scenario: Scenario) -> None:
    case(scenario, "C-2", conduct="other")

    without = adds("C-2", picture_mark=None, alike=("C-1",))
    fact = scenario.when(without).one(EvidenceAdded)

    assert fact.flags == ()
    other = adds("C-2", mark="e" * 32, picture_mark=None, alike=("C-1",))
    assert scenario.when(other).one(EvidenceAdded).flags == ()


def test_the_same_file_is_evidence_of_a_case_once(scenario: Scenario) -> None:
    scenario.given(adds()).when(adds()).then_refused(Invalid, match="C-1:1 already")


def test_evidence_is_not_found_tomorrow(scenario: Scenario) -> None:
    later = adds(found_on=date(2021, 3, 11))

    scenario.when(later).then_refused(Invalid, match="lies after 2021-03-10")
    scenario.when(adds(text=" ")).then_refused(Invalid, match="how and where")


def test_s5_18_every_access_is_an_event(scenario: Scenario) -> None:
    scenario.given(adds())

    read = AccessEvidence(
        case="C-1", evidence="C-1:1", original=True, purpose="investigation"
    )
    scenario.when(read).then(
        EvidenceAccessed(evidence="C-1:1", original=True, purpose="investigation")
    )
    scenario.when(read).then_kinds(EvidenceAccessed)
    scenario.given(adds(mark="c" * 32, picture_mark=None))
    second = replace(read, evidence="C-1:2")
    assert scenario.when(second).one(EvidenceAccessed).evidence == "C-1:2"
    nothing = AccessEvidence(case="C-1", evidence="C-1:1", original=True, purpose="")
    scenario.when(nothing).then_refused(Invalid, match="what it is read for")


def test_s5_18_every_transfer_is_an_event(scenario: Scenario) -> None:
    scenario.given(adds())

    over = TransferEvidence(
        case="C-1", evidence="C-1:1", to="the court", text="sealed, for the trial"
    )
    scenario.when(over).then(
        EvidenceTransferred(
            evidence="C-1:1", to="the court", text="sealed, for the trial"
        )
    )
    nobody = TransferEvidence(case="C-1", evidence="C-1:1", to="", text="x")
    scenario.when(nobody).then_refused(Invalid, match="to whom")
    unsaid = TransferEvidence(case="C-1", evidence="C-1:1", to="x", text="")
    scenario.when(unsaid).then_refused(Invalid, match="why")


def test_excluded_evidence_stays_in_the_chain_and_in_no_notice(
    scenario: Scenario,
) -> None:
    scenario.given(adds()).by("han", "deciding_authority")

    out = ExcludeEvidence(case="C-1", evidence="C-1:1", text="no warrant")
    scenario.when(out).then(EvidenceExcluded(evidence="C-1:1", text="no warrant"))
    scenario.when(out).then_refused(WrongStage, match="excluded already")
    unsaid = ExcludeEvidence(case="C-1", evidence="C-1:1", text="")
    scenario.when(unsaid).then_refused(Invalid, match="say why")
    with pytest.raises(Invalid, match="excluded"):
        Proceeding(scenario).notice(evidence=("C-1:1",))


def test_who_gathered_it_does_not_rule_on_it(scenario: Scenario) -> None:
    out = ExcludeEvidence(case="C-1", evidence="C-1:1", text="no warrant")

    scenario.given(adds()).when(out).then_refused(NotAllowed, match="has investigated")


def test_i2_nobody_has_a_hand_in_the_evidence_against_themselves(
    scenario: Scenario,
) -> None:
    over = TransferEvidence(case="C-1", evidence="C-1:1", to="me", text="mine")
    scenario.given(adds()).by("li", "investigator")

    for command in (adds(mark="c" * 32), over):
        scenario.when(command).then_refused(NotAllowed, match="person concerned")


def test_who_may_be_recused_does_not_even_read_it(scenario: Scenario) -> None:
    asked = RequestRecusal(case="C-1", who="jia", ground="interest", text="x")
    scenario.given(adds()).declarant("li")
    Proceeding(scenario).notice()
    scenario.declarant("li").given(asked).by("jia", "investigator")

    read = AccessEvidence(case="C-1", evidence="C-1:1", original=False, purpose="x")
    scenario.when(read).then_refused(NotAllowed, match="jia")
    scenario.when(adds(mark="c" * 32)).then_refused(NotAllowed, match="jia")


def test_what_there_is_none_of_is_not_read(scenario: Scenario) -> None:
    read = AccessEvidence(case="C-1", evidence="C-1:7", original=False, purpose="x")
    scenario.when(read).then_refused(Unknown, match="evidence C-1:7", cites=False)
    nowhere = AccessEvidence(case="C-9", evidence="C-9:1", original=False, purpose="x")
    scenario.when(nowhere).then_refused(Unknown, match="case C-9", cites=False)


def test_a_decided_case_takes_no_more_evidence() -> None:
    proceeding = Proceeding(office(GOVERNMENT)).upto("finding").decision()
    scenario = proceeding.scenario.by("jia", "investigator")

    scenario.when(adds()).then_refused(WrongStage)
