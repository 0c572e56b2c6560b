"""What was recorded can be computed again, from the facts and the rulebooks alone."""

from domain.record import Citation
from domain.regime.types import Rulebook
from domain.rulebook import Regime, regime_stream
from domain.sanction.computing import imposed, restored, varied, weighed
from domain.sanction.facts import SanctionImposed
from domain.sanction.sanctions import Sanctions
from domain.sanction.standing import before
from tests.domain.case.proceeding import GOVERNMENT
from tests.domain.sanction.cast import (
    PARTY,
    appealed,
    day,
    ready,
    record,
    sanctioned,
    tracks,
)
from tests.spec import Scenario


def law_of(scenario: Scenario, rulebook: str) -> Regime:
    return scenario.state(Regime(), regime_stream(rulebook))


def test_i14_every_imposed_sanction_comes_out_as_it_was_recorded() -> None:
    scenario = tracks()
    for month, kind in enumerate(("demerit", "warning", "demotion"), 1):
        sanctioned(scenario, kind, f"2022-{month:02}-01", case=f"C-{month}")
    regime = law_of(scenario, GOVERNMENT)

    state = Sanctions()
    for known in record(scenario).sanctions:
        fact = known.imposed
        book = regime.in_force(fact.decided_on)
        assert book
        what, earlier = weighed(fact), state.sanctions
        assert imposed(regime, book, lambda _: book, what, earlier) == fact.terms  # noqa: B023  it is called at once
        state = state.evolve(fact)


def test_a_period_that_was_chosen_is_on_record_and_comes_out_again() -> None:
    case = ready(tracks(), "2024-02-01", rulebook=PARTY)
    asked = case.sanctioning("probation", term="1Y")
    case.decision("probation", sanctions=(asked,))
    (known,) = record(case.scenario, "li:party:1").sanctions
    fact: SanctionImposed = known.imposed

    regime = law_of(case.scenario, PARTY)
    book = regime.version(fact.terms.cited.version)
    assert fact.chosen.term == "1Y"
    assert imposed(regime, book, lambda _: book, weighed(fact), ()) == fact.terms


def test_what_an_appeal_made_of_it_comes_out_again() -> None:
    case = ready(tracks(), "2022-01-01").decision("demerit")
    appealed(case, "2022-03-01", "varied", kind="warning")
    state = record(case.scenario)
    (known,) = state.sanctions
    regime = law_of(case.scenario, GOVERNMENT)

    def law(citation: Citation) -> Rulebook:
        return regime.version(citation.version)

    assert varied(law, known, known.imposed.chosen, before(state, known.id)) == (
        known.terms
    )
    assert restored(law, known, day("2022-01-01"), ()).until_on == known.terms.until_on
