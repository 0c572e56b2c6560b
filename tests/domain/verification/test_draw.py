"""A draw among covered persons, and the verifications that it opens."""

from datetime import date
from typing import Any

import pytest

from domain.errors import Invalid, NotAllowed, Unknown, WrongStage
from domain.personnel import DeclareRelative
from domain.verification.draw import Draw, Drawing, DrawSample, draw_stream, repeated
from domain.verification.drawing import METHOD, digest_of, drawn
from domain.verification.facts import SampleDrawn, VerificationOpened
from domain.verification.state import Verification, verification_stream
from domain.verification.verification import OpenVerification, QueryRegister, openings
from domain.view import Occasion, View
from tests.domain.cast import SHIPPED, V1, law
from tests.domain.verification.cast import HOMES, LAW, office
from tests.spec import Scenario

STAFF = ("chief", "li", "shen", "wang", "zhang")


def draws(**more: Any) -> DrawSample:
    usual: dict[str, Any] = {
        "draw": "W-1",
        "rulebook": HOMES,
        "persons": STAFF,
        "seed": "03 17 22 29 31",
        "seed_from": "lottery of 1 December 2016",
    }
    return DrawSample(**(usual | more))


def verifier() -> Scenario:
    return office().by("vera", "verifier")


def sample(scenario: Scenario) -> SampleDrawn:
    return scenario.one(SampleDrawn)


def test_s5_06_s3_26_a_draw_records_all_that_is_needed_to_repeat_it() -> None:
    fact = sample(verifier().when(draws()))

    assert (fact.method, fact.seed) == (METHOD, "03 17 22 29 31")
    assert fact.seed_from == "lottery of 1 December 2016"
    assert (fact.population, fact.as_of) == ("all_staff", date(2016, 12, 2))
    assert (fact.population_size, fact.size) == (5, 3)  # a half, rounded up
    assert fact.population_sha256 == digest_of(STAFF)
    assert fact.drawn == drawn(METHOD, fact.seed, STAFF, 3)
    assert fact.cited.legal_basis == ("Measures of 2017",)


def test_s5_06_it_comes_out_the_same_from_what_the_log_says() -> None:
    scenario = verifier().when(draws())
    fact = sample(scenario)
    given = Occasion(by=scenario.who, at=scenario.now)
    given.begin(View(scenario.app.read))

    people = Drawing.then(given, fact).covered(given, [*STAFF, "citizen"])

    assert repeated(fact, people) == fact
    fewer = repeated(fact, ["li", "shen"])
    assert fewer.population_sha256 != fact.population_sha256
    assert (fewer.population_size, len(fewer.drawn)) == (2, 2)
    assert repeated(fact, []).drawn == ()


def test_the_same_draw_again_records_nothing_and_its_name_is_taken() -> None:
    scenario = verifier().given(draws())
    scenario.when(draws()).then_nothing()
    scenario.when(draws(seed="other")).then_refused(WrongStage, match="drawn otherwise")


def test_size_population_day_and_unit_may_be_told() -> None:
    asked = draws(
        persons=("shen", "zhang"), population="senior", size=1, unit="college"
    )
    fact = sample(verifier().when(asked))
    assert (fact.population, fact.unit, fact.size) == ("senior", "college", 1)
    then = draws(as_of=date(2016, 1, 1))
    assert sample(verifier().when(then)).as_of == date(2016, 1, 1)


@pytest.mark.parametrize(
    ("change", "error", "match"),
    [
        ({"persons": (*STAFF, "citizen")}, Invalid, "persons: citizen is not in"),
        ({"population": "senior"}, Invalid, "persons: li is not in senior"),
        ({"unit": "college"}, Invalid, "persons: chief is not in"),
        ({"persons": ("shen", "shen")}, Invalid, "persons: shen stands twice"),
        ({"persons": ()}, Invalid, "size: from 0 people"),
        ({"size": 6}, Invalid, "size: from 5 people 6"),
        ({"seed": " "}, Invalid, "seed"),
        ({"seed_from": ""}, Invalid, "seed_from: say where"),
        ({"population": "everybody"}, Unknown, "population everybody"),
        ({"rulebook": "none"}, Unknown, "rulebook in force"),
        ({"as_of": date(2016, 12, 3)}, Invalid, "as_of: 2016-12-03 lies in the"),
        ({"as_of": date(2009, 1, 1)}, Unknown, "rulebook in force"),
    ],
)
def test_what_cannot_be_repeated_or_is_not_covered_is_refused(
    change: dict[str, Any], error: type[Exception], match: str
) -> None:
    verifier().when(draws(**change)).then_refused(error, match=match)


def test_a_rulebook_must_say_something_of_verification() -> None:
    scenario = law(office(), SHIPPED[f"{V1}.toml"]).by("vera", "verifier")
    asked = draws(rulebook="cn-zj-psd-instant-report")
    scenario.when(asked).then_refused(Invalid, match="says nothing of verification")


def test_a_rulebook_that_names_no_population_needs_one() -> None:
    text = LAW.replace('id = "homes"', 'id = "bare"')
    text = text.replace('population = "all_staff"\nexplain', "explain")
    text = text.replace("share = 0.5\n", "")
    scenario = law(office(), text).by("vera", "verifier")
    asked = draws(rulebook="bare")
    scenario.when(asked).then_refused(Invalid, match="population: the rulebook names")


def test_s5_06_each_who_was_drawn_is_verified_whoever_drew_them() -> None:
    """Vera is nobody here; Zhang draws, and is drawn: that cannot be helped."""
    scenario = office().by("zhang", "verifier").when(draws(size=5))
    opens = list(openings(sample(scenario)))

    scenario.given(*opens)

    assert [command.verification for command in opens] == [
        f"W-1-{n}" for n in range(1, 6)
    ]
    state = scenario.state(Verification(), verification_stream("W-1-1"))
    assert state.opened is not None
    assert (state.opened.basis, state.opened.draw) == ("random", "W-1")
    assert state.opened.cited == sample_of(scenario).cited
    for command in opens:
        scenario.when(command).then_nothing()


def sample_of(scenario: Scenario) -> SampleDrawn:
    fact = scenario.state(Draw(), draw_stream("W-1")).sample
    assert fact is not None
    return fact


def test_i2_though_nobody_verifies_themselves_because_they_were_drawn() -> None:
    scenario = office().by("zhang", "verifier").when(draws(size=5))
    opens = {o.person: o for o in openings(sample(scenario))}
    scenario.given(*opens.values())
    asks = QueryRegister(verification=opens["zhang"].verification, source="land")
    scenario.when(asks).then_refused(NotAllowed, match="zhang is the person concerned")


def opens(**more: Any) -> OpenVerification:
    usual: dict[str, Any] = {"verification": "V-2", "basis": "random", "draw": "W-1"}
    return OpenVerification(**(usual | more), reason="x")


def test_nobody_is_verified_for_a_draw_they_were_not_drawn_in() -> None:
    scenario = verifier().when(draws(size=2))
    drawn_ones = sample(scenario).drawn
    others = [number for number in STAFF if number not in drawn_ones]

    for wrong in (
        *(opens(person=other) for other in others),
        opens(person=drawn_ones[0], basis="risk"),
        opens(person=drawn_ones[0], draw="W-9"),
    ):
        scenario.when(wrong).then_refused(NotAllowed, match="was not drawn in W-")


@pytest.mark.parametrize(
    ("who", "refused"), [("li", False), ("zhang", True), ("wang", True)]
)
def test_i2_who_enters_candidates_opens_their_verification_but_not_of_kin(
    who: str,
    refused: bool,  # noqa: FBT001  it is the table's
) -> None:
    uncle = DeclareRelative(
        number="wang", relative="R", relation="uncle", related_number="zhang"
    )
    opens = OpenVerification(
        verification="V-2", person="zhang", basis="promotion", board="B-1", reason="x"
    )
    scenario = office().given(uncle).by(who, "hr").when(opens)
    if refused:
        scenario.then_refused(NotAllowed)
    else:
        assert scenario.one(VerificationOpened).board == "B-1"
