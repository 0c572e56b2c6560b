"""S2-14: a certificate rests on all that was known; whatever is left out is found."""

from datetime import date, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from domain.promotion.facts import CandidateDecided, EligibilityCertified
from domain.record import Recorded
from domain.replaying.replay import REFUSED
from domain.sanction.sanctions import sanctions_stream
from tests.domain.case.proceeding import sanctioned
from tests.domain.promotion.boards import sitting
from tests.domain.replaying.logs import replayed, sealed

MEETS = date(2021, 6, 1)
SANCTIONS = sanctions_stream("li", "government")
Records = list[Recorded[Any]]


def barred() -> Records:
    """Return a log that ends with a certificate of Li, who has a demerit."""
    board = sitting()
    sanctioned(board.scenario, "demerit", "2021-05-20")
    board.scenario.on("2021-05-25")
    board.convened(meets_on=MEETS).entered().verified().certified()
    assert board.answer.result == "NOT_ELIGIBLE"
    return sealed(board.scenario)


def with_fact(records: Records, **news: Any) -> Records:
    """Return the records with other values in the last fact."""
    last = records[-1]
    return [*records[:-1], replace(last, fact=replace(last.fact, **news))]


def differing(records: Records) -> set[str]:
    return {d.field for d in replayed(records).differences}


def test_s2_14_a_sanction_that_is_left_out_of_a_certificate_is_found() -> None:
    records = barred()
    fact = records[-1].fact
    answer = replace(fact.answer, result="ELIGIBLE", until=None, reasons=())
    cut = {**fact.basis, str(SANCTIONS): 0}
    none_of_it = {k: n for k, n in fact.basis.items() if k != str(SANCTIONS)}

    assert differing(records) == set()
    assert "basis" in differing(with_fact(records, answer=answer, basis=cut))
    assert "basis" in differing(with_fact(records, answer=answer, basis=none_of_it))
    below = {**fact.basis, str(SANCTIONS): -1}
    assert "basis" in differing(with_fact(records, basis=below))


def test_nor_does_the_position_say_that_less_was_known() -> None:
    records = barred()
    position = records[-1].fact.position
    assert position == len(records) - 1
    early = next(n for n, r in enumerate(records, 1) if r.originator_id == SANCTIONS)

    for other in (position + 1, early - 1, 0, -5):
        assert "position" in differing(with_fact(records, position=other))


def test_what_was_stored_while_it_was_being_decided_is_not_left_out_of_it() -> None:
    records = barred()
    certificate = records[-1]
    fact, at = certificate.fact, certificate.recorded_at
    person = next(r for r in records if str(r.originator_id) in fact.basis)
    meanwhile = replace(
        person,
        recorded_at=at + timedelta(seconds=1),
        originator_version=fact.basis[str(person.originator_id)] + 1,
    )
    between = [*records[:-1], meanwhile, certificate]
    before = replace(meanwhile, recorded_at=at)

    assert "basis" not in differing(between)
    assert "basis" in differing([*records[:-1], before, certificate])


@pytest.mark.parametrize(
    ("field", "value"), [("certificate", "B-1:li:2"), ("decided_on", "another day")]
)
def test_a_decision_of_a_board_names_its_certificate_and_its_day(
    field: str, value: str
) -> None:
    records = sealed(decided_on(recommended=False))

    assert differing(records) == set()
    assert differing(with_fact(records, **{field: value})) == {field}


def test_s2_14_who_is_recommended_though_not_eligible_is_found() -> None:
    records = sealed(decided_on(recommended=False, kind="demerit"))

    assert differing(with_fact(records, recommended=True)) == {REFUSED}


def test_a_decision_without_any_certificate_is_found() -> None:
    records = sealed(decided_on(recommended=True))
    gone = [r for r in records if not isinstance(r.fact, EligibilityCertified)]

    assert differing(gone) == {"certificate"}


def decided_on(*, recommended: bool, kind: str | None = None) -> Any:
    """Return what was recorded until a board decided, of somebody with a sanction."""
    board = sitting()
    if kind:
        sanctioned(board.scenario, kind, "2021-05-20")
    board.scenario.on("2021-05-25")
    board.convened(meets_on=MEETS).entered().verified().certified()
    board.scenario.on(MEETS)
    decided = board.decides(recommended=recommended)
    assert isinstance(decided.facts[-1], CandidateDecided)
    return decided
