"""What the shipped rulebooks say of verification, discipline, holds and candidates."""

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

import domain
from domain.regime.basis import Bases
from domain.regime.discipline import SanctionKind, Track
from domain.regime.sections import Part, sections, walk
from domain.regime.types import Rulebook
from tests.domain.regime.samples import SHIPPED, book

NAMES = [name.removesuffix(".toml") for name in SHIPPED]
GOVERNMENT, SELECTION = "cn-governmental-sanctions", "cn-selection"
PARTY = [f"cn-party-discipline-v{n}" for n in (1, 2, 3)]
DOMAIN = Path(domain.__path__[0])
DOUBTFUL = r"example|from memory|not verified|NewsChina|not found"


def parts(name: str) -> Iterator[Part]:
    for section in sections(book(name)):
        yield from walk(section)


def track(name: str) -> Track:
    found = book(name).track
    assert found
    return found


def kinds(name: str) -> dict[str, SanctionKind]:
    return {kind.id: kind for kind in track(name).kinds}


def checked(basis: Bases) -> str:
    """Return what of it was checked, as one text."""
    return "; ".join(entry.cite for entry in basis if entry.verified)


@pytest.mark.parametrize("name", NAMES)
def test_every_part_that_can_cite_its_basis_does(name: str) -> None:
    silent = [
        part.place
        for part in parts(name)
        if "legal_basis" in part.value.__struct_fields__ and not part.legal_basis
    ]
    # What a book leaves out stands at its default, which nobody wrote.
    written = [place for place in silent if not place.startswith("track, ")]
    assert [p for p in written if "pending" not in p] == []
    named = r"kinds|violations|measures|personnel |mitigating|aggravating|reparations"
    assert [p for p in silent if re.match(rf"track, ({named})", p)] == []


@pytest.mark.parametrize("name", NAMES)
def test_what_is_an_example_in_a_section_is_not_called_verified(name: str) -> None:
    for part in parts(name):
        for basis in part.legal_basis:
            assert not (basis.verified and re.search(DOUBTFUL, basis.cite))


@pytest.mark.parametrize("name", NAMES)
def test_i6_no_shipped_rulebook_lets_an_omission_be_sanctioned(name: str) -> None:
    said = book(name).verification
    for consequence in said.consequences if said else ():
        if consequence.class_ == "omission":
            assert consequence.at_most == "measure"
    tracked = book(name).track
    for violation in tracked.violations if tracked else ():
        assert "omission" not in violation.classes


@pytest.mark.parametrize("name", NAMES)
def test_s2_09_who_can_be_sanctioned_can_turn_to_another_authority(name: str) -> None:
    tracked = book(name).track
    if tracked and tracked.kinds:
        assert {stage.to for stage in book(name).appeals} - {"same"}
        assert not any(stage.stays for stage in book(name).appeals)


def test_the_six_governmental_sanctions_run_and_block_as_the_law_says() -> None:
    said = {k: (v.period, v.blocks, v.for_ever) for k, v in kinds(GOVERNMENT).items()}
    both = ("promotion", "pay_step")
    assert said == {
        "warning": ("6M", ("promotion",), False),
        "demerit": ("12M", both, False),
        "major_demerit": ("18M", both, False),
        "demotion": ("24M", both, False),
        "removal": ("24M", both, False),
        "dismissal": (None, ("promotion", "equal_post", "pay_step", "rehire"), True),
    }
    assert list(said)[0::5] == ["warning", "dismissal"]


def test_two_sanctions_one_after_another_rest_on_the_older_regulation() -> None:
    law = track(GOVERNMENT)
    assert (law.concurrent.cap, law.sequential.cap) == ("48M", "48M")
    assert checked(law.concurrent.legal_basis).startswith("Art. 15")
    after = checked(law.sequential.legal_basis)
    assert "2007, Art. 10" in after
    assert "Art. 15" not in after


def test_s3_15_the_two_tiers_of_what_was_not_reported() -> None:
    rows = {row.id: row.tiers for row in track(GOVERNMENT).violations}
    light = ("warning", "demerit", "major_demerit")
    assert rows["unreported_major_matter"] == {
        "relatively_serious": light,
        "serious": ("demotion", "removal"),
    }
    assert rows["concealed_personal_matter"] == {"relatively_serious": light}


def test_there_are_seven_mitigating_and_seven_aggravating_grounds_in_the_law() -> None:
    law = track(GOVERNMENT)
    for grounds, article in ((law.mitigating, "Art. 11"), (law.aggravating, "Art. 13")):
        cited = [checked(each.legal_basis) for each in grounds]
        assert [c for c in cited if c] == [f"{article} no. {n}" for n in range(1, 8)]


def test_s3_08_that_one_was_never_told_mitigates_though_no_law_says_so() -> None:
    told = {each.id: each for each in track(GOVERNMENT).mitigating}["never_notified"]
    assert not checked(told.legal_basis)


def test_a_governmental_decision_states_six_things_and_is_reviewed_twice() -> None:
    law = book(GOVERNMENT)
    assert law.due_process
    assert len(law.due_process.statements) == 6
    first, second = law.appeals
    assert (first.to, first.within, first.decide_within) == ("same", "1M", "1M")
    assert (second.to, second.within, second.decide_within) == (
        "next_higher",
        "1M",
        "2M",
    )
    assert second.after == (first.id,)


def test_a_serious_warning_has_run_longer_since_the_second_edition() -> None:
    assert [kinds(name)["serious_warning"].period for name in PARTY] == [
        "1Y",
        "18M",
        "18M",
    ]
    assert [kinds(name)["warning"].period for name in PARTY] == ["1Y"] * 3


def test_a_further_use_is_barred_since_the_third_edition() -> None:
    barred = ["further_use" in kinds(name)["warning"].blocks for name in PARTY]
    assert barred == [False, False, True]


@pytest.mark.parametrize("name", PARTY)
def test_a_probation_counts_from_the_day_on_which_rights_are_restored(
    name: str,
) -> None:
    probation = kinds(name)["probation"]
    assert (probation.counts_from, probation.period) == ("rights_restored", "2Y")
    assert (probation.term_min, probation.term_max) == ("1Y", "2Y")
    assert {"promotion", "equal_post"} <= set(probation.blocks)


def test_the_third_edition_adds_up_periods_without_a_cap() -> None:
    after = track(PARTY[2]).sequential
    assert (after.rule, after.cap) == ("remainder_plus_new", None)
    assert checked(after.legal_basis).startswith("Art. 21")
    assert not checked(track(PARTY[1]).sequential.legal_basis)


def test_one_in_ten_is_verified_and_every_candidate() -> None:
    said = book("cn-personal-matters-annual").verification
    assert said
    assert said.share == Decimal("0.1")
    assert said.mandatory_on == ("promotion_candidate", "reserve_list", "key_transfer")
    classes = [each.class_ for each in said.presumptions]
    assert (classes.count("omission"), classes.count("concealment")) == (6, 10)


def test_s2_10_the_property_document_is_held_for_a_tax_debt() -> None:
    held = {each.id: each for each in book(SELECTION).holds}["document"]
    assert "tax_debt" in held.bases
    assert held.blocks == ("document",)


def test_s5_13_a_family_abroad_is_shown_to_the_board_and_bars_nothing() -> None:
    said = book(SELECTION).eligibility
    assert said
    assert said.flags
    assert "overdue" not in [each.what for each in said.requires]


def test_a_federal_employee_has_seven_days_to_answer_and_thirty_of_notice() -> None:
    said = book("us-adverse-action")
    assert said.due_process
    assert (said.due_process.answer_within, said.due_process.notice) == ("7d", "30d")
    assert said.due_process.representation
    assert [stage.to for stage in said.appeals] == ["independent"]


def test_without_a_return_there_is_no_vigilance_clearance() -> None:
    said = book("in-vigilance")
    assert said.eligibility
    assert said.due_process
    assert said.eligibility.sealed_cover
    (overdue,) = [r for r in said.eligibility.requires if r.what == "overdue"]
    assert overdue.rules == ("annual_return",)
    assert said.due_process.pending.from_stage == "notice"


def test_s2_17_no_track_or_sanction_is_named_in_the_code() -> None:
    code = "".join(path.read_text() for path in DOMAIN.rglob("*.py"))
    books = [book(name) for name in NAMES]
    assert [word for word in sorted(set(named(books))) if f'"{word}"' in code] == []


def named(books: list[Rulebook]) -> Iterator[str]:
    for each in books:
        if each.track:
            yield each.track.id
            yield from (kind.id for kind in each.track.kinds)
