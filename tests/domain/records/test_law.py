"""Which version says how records are handled, and what is cited for it."""

from domain.records.custody import RetentionReached
from domain.records.law import cite_handling
from domain.regime.parse import parse
from tests.domain.cast import INSTANT, SHIPPED, V2, law
from tests.domain.records.cast import law_with, under
from tests.domain.records.keys import clears
from tests.domain.records.test_retention import later
from tests.domain.regime.samples import SMALLEST


def test_the_version_in_force_when_it_is_done_decides_and_not_the_first() -> None:
    """The first kept for ever, the second keeps for six years."""
    scenario = law(under(law_with(retention=None)), SHIPPED[f"{V2}.toml"])
    reached = later("2023-01-01", scenario).when(clears()).one(RetentionReached)
    assert [str(each) for each in reached.cited] == [
        f"{INSTANT} v2, rule handling.retention"
    ]


def test_where_handling_has_no_basis_of_its_own_that_of_the_book_is_cited() -> None:
    book = parse(f'legal_basis = [{{ cite = "The Act" }}]\n{SMALLEST}')
    assert cite_handling(book, "retention").legal_basis == ("The Act",)
    handled = SMALLEST.replace(
        "[populations]",
        '[handling]\nlegal_basis = [{ cite = "The Rules" }]\n\n[populations]',
    )
    assert cite_handling(parse(handled), "retention").legal_basis == ("The Rules",)
