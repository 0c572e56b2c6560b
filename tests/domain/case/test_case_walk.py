"""A case from the first inquiry to its closing, each step in its time."""

from tests.domain.case.proceeding import Proceeding, office, sanctioned


def test_a_case_goes_from_an_inquiry_to_a_sanction_that_is_served() -> None:
    case = Proceeding(office(), on="2021-03-10").upto("finding").decision("warning")

    assert case.sanction == "li:government:1"
    assert case.served().announced().closed().stage == "closed"


def test_the_whole_of_it_can_be_had_at_once() -> None:
    assert sanctioned(office(), "demerit", "2021-03-10") == "li:government:1"
