"""A measure is no sanction: it takes a finding, and bars nothing unless it says so."""

from datetime import date
from typing import Any

import pytest

from domain.errors import Incomplete, Invalid, NotAllowed, Unknown, WrongStage
from domain.sanction.facts import MeasureTaken, SanctionImposed
from domain.sanction.measuring import EnterMeasure, Measuring, TakeMeasure
from tests.domain.case.proceeding import GOVERNMENT, Proceeding
from tests.domain.cast import PERSONAL, SHIPPED, law
from tests.domain.sanction.cast import PARTY, decides, mistaken, ready, record, tracks
from tests.spec import Scenario


def measuring(
    case: Proceeding, kind: str = "criticism_education", **more: Any
) -> Measuring:
    usual: dict[str, Any] = {
        "rulebook": GOVERNMENT,
        "kind": kind,
        "findings": tuple(found.finding for found in case.state.findings),
        "text": "It shall not happen again.",
    }
    return Measuring(**(usual | more))


def takes(case: Proceeding, kind: str = "criticism_education", **more: Any) -> Scenario:
    asked = measuring(case, kind, **more)
    command = TakeMeasure(person="li", asked=asked, case=case.case)
    return case.scenario.by("han", "deciding_authority").when(command)


def test_s3_16_criticism_and_education_bar_nothing_by_themselves() -> None:
    case = ready(tracks())
    case.decision(None, measures=(measuring(case),))

    (taken,) = record(case.scenario).measures
    assert (taken.measure, taken.kind) == ("li:government:m1", "criticism_education")
    assert (taken.blocks, taken.until_on) == ((), None)
    assert record(case.scenario).sanctions == ()
    assert record(case.scenario).conducts() == frozenset()


def test_s3_16_an_admonition_bars_promotion_for_six_months() -> None:
    taken = takes(ready(tracks()).decision(), "admonition").one(MeasureTaken)

    assert "promotion" in taken.blocks
    assert taken.until_on == date(2021, 9, 10)
    assert any("Art. 12" in cite for cite in taken.cited.legal_basis)


def test_s3_16_several_measures_may_be_taken_on_several_tracks() -> None:
    case = ready(tracks()).decision()
    takes(case)
    assert takes(case, "admonition").one(MeasureTaken).measure == "li:government:m2"
    assert takes(case, rulebook=PARTY).one(MeasureTaken).measure == "li:party:m1"


def test_s3_17_a_leader_answers_for_those_led() -> None:
    scenario = tracks()
    ready(scenario, case="C-2", person="li").decision("warning")
    (below,) = ready(scenario, case="C-3", person="wang").state.findings
    case = Proceeding(scenario, person="zhang").upto("response")
    case.finding(supervises=("case:C-2:1", below.finding)).decision(None)
    asked = measuring(case)

    command = TakeMeasure(person="zhang", asked=asked, case="C-1")
    taken = scenario.by("han", "deciding_authority").when(command).one(MeasureTaken)
    assert taken.findings == tuple(found.finding for found in case.state.findings)
    assert case.state.findings[-1].supervises == ("case:C-2:1", below.finding)


def omitted(scenario: Scenario) -> Proceeding:
    """Return a case in which a storage room was left out by an honest mistake."""
    case = Proceeding(scenario, violation="unreported_major_matter")
    case.inquiry().investigation().notice().waiver()
    return case.finding(class_="omission", mental="negligence")


def test_t18_i6_an_omission_takes_a_measure_and_never_a_sanction() -> None:
    case = omitted(tracks())

    decides(case, "warning").then_refused(
        NotAllowed, match="omission takes a measure, no sanction"
    )
    assert case.scenario.all(SanctionImposed) == []
    assert takes(case.decision()).one(MeasureTaken).findings == ("case:C-1:1",)


def verified() -> Scenario:
    return mistaken(law(tracks(), SHIPPED[f"{PERSONAL}.toml"]).on("2021-03-10"))


def after_verification(scenario: Scenario, **more: Any) -> Scenario:
    asked = Measuring(
        rulebook=GOVERNMENT,
        kind="criticism_education",
        findings=("verification:V-1:1",),
        text="Report the room.",
    )
    command = EnterMeasure(
        person="li", track="government", asked=asked, verification="V-1", **more
    )
    return scenario.when(command)


def test_t18_s3_16_a_verification_alone_takes_a_measure_without_a_case() -> None:
    taken = after_verification(verified()).one(MeasureTaken)
    assert (taken.findings, taken.case) == (("verification:V-1:1",), None)


def test_a_measure_has_a_name_of_its_own() -> None:
    scenario = verified()
    taken = after_verification(scenario, name="talk").one(MeasureTaken)

    assert taken.measure == "li:government:talk"
    after_verification(scenario, name="talk").then_refused(
        WrongStage, match="li:government:talk is taken"
    )


@pytest.mark.parametrize(
    ("more", "kind", "match"),
    [
        ({"kind": "scolding"}, Invalid, "kind: scolding is not one of"),
        ({"text": ""}, Invalid, "text: say why"),
        ({"findings": ()}, Incomplete, "nothing was found"),
        ({"findings": ("case:C-1:9",)}, Invalid, "findings: there is no case:C-1:9"),
        ({"rulebook": "none"}, Unknown, "no published rulebook none"),
    ],
)
def test_a_measure_is_one_of_the_rulebooks_and_answers_a_finding(
    more: dict[str, Any], kind: type[Exception], match: str
) -> None:
    takes(ready(tracks()), **more).then_refused(kind, match=match)


def test_i6_what_the_rulebook_says_leads_to_nothing_leads_to_no_measure() -> None:
    text = SHIPPED[f"{PERSONAL}.toml"]
    lenient = text.replace(
        'class = "late"\nat_most = "measure"', 'class = "late"\nat_most = "none"'
    )
    scenario = law(tracks(), lenient)
    case = Proceeding(scenario).inquiry().investigation().notice().waiver()
    case.finding(class_="late", rulebook=PERSONAL)

    takes(case).then_refused(NotAllowed, match="case:C-1:1: late leads to nothing")


def test_a_rulebook_of_reports_has_no_measures() -> None:
    case = ready(law(tracks(), SHIPPED[f"{PERSONAL}.toml"]))
    takes(case, rulebook=PERSONAL).then_refused(
        Invalid, match="rulebook: it has no disciplinary track"
    )


def test_i2_nobody_takes_a_measure_against_a_superior_or_themselves() -> None:
    case = ready(tracks(), person="zhang")
    command = TakeMeasure(person="zhang", asked=measuring(case), case="C-1")

    for who in ("zhang", "li"):
        case.scenario.by(who, "deciding_authority").when(command)
        case.scenario.then_refused(NotAllowed)


def test_a_measure_rests_on_a_proceeding_about_the_person() -> None:
    case = ready(tracks())
    scenario = case.scenario.by("han", "deciding_authority")
    proceedings: list[dict[str, Any]] = [{"case": "C-1"}, {"verification": "V-1"}, {}]
    for more in proceedings:
        command = TakeMeasure(person="shen", asked=measuring(case), **more)
        scenario.when(command).then_refused(Unknown)


def test_a_track_takes_measures_of_its_own_rulebook() -> None:
    case = ready(tracks())
    command = EnterMeasure(
        person="li", track="party", asked=measuring(case), case="C-1"
    )
    case.scenario.when(command).then_refused(Invalid, match="not party")
