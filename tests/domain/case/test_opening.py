"""How a case is opened: about whom, by whom, on what basis; and what is alleged."""

from datetime import date

import pytest

from domain.case.facts import (
    Allegation,
    AllegationAdded,
    InvestigationOpened,
    Occurrence,
    PreliminaryInquiryOpened,
)
from domain.case.opening import (
    AddAllegation,
    OpenInquiry,
    OpenInvestigation,
    alleged,
)
from domain.case.procedure import Law
from domain.errors import Incomplete, Invalid, NotAllowed, Unknown, WrongStage
from domain.proceedings import ProceedingEntered, Proceedings, proceedings_stream
from domain.regime.discipline import Track
from domain.verification.verification import OpenVerification
from tests.domain.case.proceeding import GOVERNMENT, Proceeding, office, under
from tests.domain.cast import INSTANT, V2
from tests.spec import Scenario

DAY = "2021-03-10"


def opens(**more: str | None) -> OpenInquiry:
    usual = {"case": "C-1", "person": "li", "rulebook": GOVERNMENT}
    usual |= {"basis": "supervision", "reason": "it was heard of"}
    return OpenInquiry(**(usual | more))  # type: ignore[arg-type]  # all are texts


def decider(scenario: Scenario | None = None) -> Scenario:
    return (scenario or office()).on(DAY).by("han", "deciding_authority")


def test_an_inquiry_is_opened_on_a_basis_and_stands_with_the_persons_proceedings() -> (
    None
):
    scenario = decider().when(opens(source="complaint:2021-7"))

    scenario.then_kinds(PreliminaryInquiryOpened, ProceedingEntered)
    fact = scenario.one(PreliminaryInquiryOpened)
    assert (fact.basis, fact.source) == ("supervision", "complaint:2021-7")
    assert str(fact.cited) == f"{GOVERNMENT} v1, rule due_process"
    entered = scenario.state(Proceedings(), proceedings_stream("li"))
    assert entered.of("case") == ("C-1",)


def test_opening_it_again_just_so_records_nothing_and_otherwise_is_refused() -> None:
    scenario = decider().given(opens())

    scenario.when(opens()).then_nothing()
    scenario.when(opens(person="wang")).then_refused(WrongStage, match="another case")


def test_s2_11_who_is_not_registered_has_no_case() -> None:
    decider().when(opens(person="citizen")).then_refused(Unknown, match="citizen")


@pytest.mark.parametrize("who", ["li", "zhang"])
def test_i2_nobody_opens_a_case_on_themselves_or_a_superior(who: str) -> None:
    scenario = decider().by("li", "investigator")

    scenario.when(opens(person=who)).then_refused(NotAllowed)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"basis": "envy"}, "basis"),
        ({"reason": " "}, "reason"),
        ({"rulebook": INSTANT}, "rulebook"),
        ({"source": "Mrs Wu told us of it"}, "source"),
        ({"source": "tip:Wu"}, "source"),
        ({"source": "verification:V-1"}, "source"),
    ],
)
def test_i16_a_basis_is_known_and_a_source_is_a_reference_and_no_name(
    more: dict[str, str], field: str
) -> None:
    scenario = decider(office(V2, GOVERNMENT))

    scenario.when(opens(**more)).then_refused(Invalid, match=field)


def test_a_source_that_is_a_verification_is_one_of_the_same_person() -> None:
    scenario = decider(office(V2, GOVERNMENT)).by("wang", "verifier")
    for person in ("li", "shen"):
        verify = OpenVerification(
            verification=f"V-{person}", person=person, basis="risk", reason="x"
        )
        scenario.given(verify)
    scenario.by("han", "deciding_authority")

    scenario.when(opens(source="verification:V-shen")).then_refused(Invalid)
    scenario.when(opens(source="verification:V-li"))
    assert scenario.one(PreliminaryInquiryOpened).source == "verification:V-li"


def test_a_case_needs_a_rulebook_that_is_published_and_in_force() -> None:
    decider().when(opens(rulebook="mine")).then_refused(Unknown)
    early = office().on("2019-01-01").by("han", "deciding_authority")
    early.when(opens()).then_refused(WrongStage, match="binds")


def test_the_investigation_says_by_when_it_is_decided() -> None:
    case = Proceeding(office(), on=DAY).inquiry()
    command = OpenInvestigation(case="C-1", allegations=(case.allegation(),))

    scenario = case.scenario.when(command)

    scenario.then_kinds(InvestigationOpened, AllegationAdded)
    fact = scenario.one(InvestigationOpened)
    assert (fact.opened_on, fact.decide_by) == (date(2021, 3, 10), date(2021, 9, 10))


def test_where_the_rulebook_sets_no_time_there_is_none() -> None:
    scenario = under(('decide_within = "6M"\n', ""), ('extended_by = "6M"\n', ""))
    case = Proceeding(scenario, on=DAY).inquiry().investigation()

    assert case.state.decide_by is None


def test_nothing_is_investigated_before_the_inquiry_was_opened() -> None:
    command = OpenInvestigation(case="C-9", allegations=())

    decider().when(command).then_refused(Unknown, match="C-9")


def test_nothing_is_alleged_or_twice_the_same_is_refused() -> None:
    case = Proceeding(office(), on=DAY).inquiry()
    twice = (case.allegation(), case.allegation(text="Again."))

    for allegations, kind in (((), Incomplete), (twice, Invalid)):
        command = OpenInvestigation(case="C-1", allegations=allegations)
        case.scenario.when(command).then_refused(kind)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"conduct": " "}, "conduct"),
        ({"text": ""}, "text"),
        ({"violation": "boredom"}, "violation"),
        ({"from_on": date(2030, 1, 1)}, "to_on"),
        ({"to_on": date(2020, 11, 30)}, "to_on"),
        ({"to_on": date(2030, 1, 1)}, "to_on"),
        ({"occurrences": (Occurrence(on=date(2020, 11, 1)),)}, "occurrences"),
        ({"occurrences": (Occurrence(on=date(2020, 12, 1)),) * 2}, "occurrences"),
    ],
)
def test_an_allegation_names_a_violation_and_days_that_are_past(
    more: dict[str, object], field: str
) -> None:
    case = Proceeding(office(), on=DAY).inquiry()
    command = OpenInvestigation(case="C-1", allegations=(case.allegation(**more),))

    case.scenario.when(command).then_refused(Invalid, match=field)


def test_a_track_without_sanctions_may_leave_open_what_a_violation_is() -> None:
    book = Proceeding(office(), on=DAY).book
    assert book.due_process
    law = Law(book, Track(id="handling"), book.due_process, date(2021, 3, 10))
    rude = Allegation(
        conduct="c", violation="rudeness", text="x", from_on=date(2021, 3, 1)
    )

    assert alleged(rude, law).violation == "rudeness"


def test_alleging_the_same_again_records_nothing() -> None:
    case = Proceeding(office(), on=DAY).inquiry().investigation()
    again = AddAllegation(case="C-1", allegation=case.allegation(text="In short."))

    assert case.scenario.when(again).one(AllegationAdded).text == "In short."
    case.scenario.when(again).then_nothing()


def test_s3_12_eighteen_exits_are_one_pattern_with_eighteen_times() -> None:
    times = tuple(
        Occurrence(on=date(2017 + n // 6, n % 6 + 1, 5), disclosure=f"D-{n}")
        for n in range(18)
    )
    case = Proceeding(office(), on=DAY, violation="unauthorised_exit").inquiry()
    pattern = case.allegation(
        from_on=date(2017, 1, 5), to_on=date(2019, 6, 5), occurrences=times
    )
    case.investigation(pattern).notice().waiver().finding()

    assert [len(each.occurrences) for each in case.state.allegations] == [18]
    assert case.state.findings[0].disclosures == tuple(f"D-{n}" for n in range(18))


def test_what_is_alleged_of_the_same_conduct_takes_the_place_of_what_was() -> None:
    case = Proceeding(office(), on=DAY).inquiry().investigation()
    other = case.allegation(violation="dereliction")
    case.investigator(AddAllegation(case="C-1", allegation=other))

    known: Allegation | None = case.state.allegation(case.conduct)
    assert known == other
    assert len(case.state.allegations) == 1
