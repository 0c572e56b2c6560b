"""Art. 46, 53: a decision is served, announced in a scope, and made good in it."""

from datetime import date
from uuid import UUID

import pytest

from domain.case.closing import FindNoCase
from domain.case.facts import DecisionAnnounced, DecisionServed, ReputationRestored
from domain.case.serving import AnnounceDecision, RestoreReputation, ServeDecision
from domain.errors import Invalid, WrongStage
from domain.personnel import VacatePosition
from domain.record import Command, Decision, Given
from domain.sanction.facts import SanctionQuashed
from domain.sanction.sanctions import Sanctions, stream_of_sanction
from tests.domain.case.proceeding import Proceeding, office

DAY = "2021-03-10"
SERVE = ServeDecision(case="C-1", how="in_person")


class Quashed(Command[Sanctions]):
    """Lets it have happened that a sanction was quashed, however that came."""

    sanction: str

    @property
    def stream(self) -> UUID:
        return stream_of_sanction(self.sanction)

    def blank(self) -> Sanctions:
        return Sanctions()

    def decide(self, state: Sanctions, given: Given) -> Decision:  # noqa: ARG002
        yield SanctionQuashed(
            sanction=self.sanction,
            on=given.at.date(),
            grounds=("procedure",),
            appeal="A-1",
            text="Nobody was heard.",
        )


def restore(scope: str = "unit", text: str = "It was another.") -> RestoreReputation:
    return RestoreReputation(case="C-1", scope=scope, text=text)


def announce(scope: str) -> AnnounceDecision:
    return AnnounceDecision(case="C-1", scope=scope)


def decided() -> Proceeding:
    return Proceeding(office(), on=DAY).upto("finding").decision("warning")


def test_art_46_it_is_served_on_person_and_unit_with_the_last_day_for_a_review() -> (
    None
):
    scenario = decided().at("2021-03-31").scenario

    fact = scenario.when(SERVE).one(DecisionServed)

    assert (fact.served_on, fact.unit) == (date(2021, 3, 31), "training")
    assert fact.appeal_by == {"review": date(2021, 4, 30)}
    scenario.when(SERVE).then_nothing()


def test_who_has_no_post_any_more_is_served_alone() -> None:
    case = decided()
    left = VacatePosition(number="li", post="post", on=date(2021, 3, 1))
    case.scenario.clerk().given(left).by("han", "deciding_authority")

    assert case.scenario.when(SERVE).one(DecisionServed).unit is None


def test_it_is_served_in_one_of_the_known_ways_and_once_there_is_one() -> None:
    case = decided()
    pigeon = ServeDecision(case="C-1", how="by_pigeon")
    case.scenario.when(pigeon).then_refused(Invalid, match="how")

    early = Proceeding(case.scenario, on=DAY, case="C-2").upto("finding")
    command = ServeDecision(case="C-2", how="by_post")
    early.scenario.when(command).then_refused(WrongStage, match="stage notice")


def test_art_46_it_is_announced_within_a_scope_of_the_rulebook_once_served() -> None:
    scenario = decided().scenario

    scenario.when(announce("unit")).then_refused(WrongStage, match="not served")
    scenario.given(SERVE).when(announce("world")).then_refused(Invalid)
    scenario.when(announce("unit")).then(
        DecisionAnnounced(scope="unit", announced_on=date(2021, 3, 10))
    )
    scenario.when(announce("unit")).then_nothing()


def test_art_53_where_there_was_nothing_to_it_reputation_is_restored() -> None:
    case = Proceeding(office(), on=DAY).inquiry()
    case.decider(FindNoCase(case="C-1", text="It was another."))

    case.scenario.when(restore("world")).then_refused(Invalid, match="scope")
    case.scenario.when(restore(text=" ")).then_refused(Invalid, match="text")
    case.scenario.when(restore()).then(
        ReputationRestored(scope="unit", text="It was another.")
    )
    case.scenario.when(restore()).then_nothing()


def test_what_did_not_prove_unfounded_is_not_made_good() -> None:
    case = decided().served()

    case.scenario.when(restore()).then_refused(WrongStage, match="proved unfounded")


def test_nor_is_it_in_one_case_for_what_was_quashed_in_another() -> None:
    case = decided().served()
    other = Proceeding(case.scenario, on=DAY, case="C-2").upto("finding")
    other.decision("warning").decider(Quashed(sanction=other.sanction))

    case.scenario.when(restore()).then_refused(WrongStage, match="proved unfounded")


@pytest.mark.parametrize(("scope", "taken"), [("sector", True), ("region", False)])
def test_art_60_after_a_quash_it_is_restored_wherever_it_was_announced(
    scope: str, *, taken: bool
) -> None:
    case = decided().served().announced("sector")
    case.decider(Quashed(sanction=case.sanction))

    scenario = case.scenario.when(restore(scope))

    if taken:
        scenario.then_kinds(ReputationRestored)
    else:
        scenario.then_refused(Invalid, match="scope")
