"""Art. 47, 48: who is near to a case takes no part, and does not decide on that."""

import pytest

from domain.case.facts import RecusalDecided, RecusalDeclared, RecusalRequested
from domain.case.investigating import AssignInvestigator, RelieveInvestigator
from domain.case.notice import ServeNotice
from domain.case.opening import AddAllegation
from domain.case.recusal import DecideRecusal, DeclareRecusal, RequestRecusal
from domain.errors import Invalid, NotAllowed, WrongStage
from tests.domain.case.proceeding import Proceeding, office

DAY = "2021-03-10"


def begun() -> Proceeding:
    return Proceeding(office(), on=DAY).inquiry().investigation()


def declare(ground: str = "witness", text: str = "I was there.") -> DeclareRecusal:
    return DeclareRecusal(case="C-1", ground=ground, text=text)


def request(who: str = "jia") -> RequestRecusal:
    return RequestRecusal(case="C-1", who=who, ground="interest", text="He owes me.")


def decide(
    who: str = "jia", *, recused: bool = True, text: str = "So."
) -> DecideRecusal:
    return DecideRecusal(case="C-1", who=who, recused=recused, text=text)


def adds(case: Proceeding) -> AddAllegation:
    return AddAllegation(case="C-1", allegation=case.allegation(conduct="another"))


def test_who_declares_it_takes_no_part_from_then_on() -> None:
    case = begun()
    scenario = case.scenario.by("jia", "investigator")

    scenario.when(declare()).then(
        RecusalDeclared(who="jia", ground="witness", text="I was there.")
    )
    scenario.when(declare()).then_nothing()
    scenario.when(adds(case)).then_refused(NotAllowed, match="not decided yet")


def test_the_person_may_ask_and_until_it_is_decided_that_one_does_not_act() -> None:
    case = begun().notice()
    scenario = case.scenario.declarant("li")

    scenario.when(request()).then(
        RecusalRequested(who="jia", ground="interest", text="He owes me.")
    )
    scenario.by("jia", "investigator").when(adds(case)).then_refused(NotAllowed)
    told = ServeNotice(
        case="C-1", allegations=(case.conduct,), evidence=(), text="Once more."
    )
    scenario.when(told).then_refused(NotAllowed)


def test_it_is_never_decided_by_whom_it_is_about_nor_by_who_is_recused() -> None:
    case = begun()
    scenario = case.scenario.by("han", "deciding_authority").given(request("han"))

    scenario.when(decide("han")).then_refused(NotAllowed, match="han")
    scenario.by("HAN", "deciding_authority")
    scenario.when(decide("han")).then_refused(NotAllowed, match="HAN")
    scenario.by("wei", "deciding_authority").given(declare())
    scenario.when(decide("han")).then_refused(NotAllowed, match="wei")
    scenario.by("gu", "deciding_authority").given(decide("han"), request())
    scenario.by("han", "deciding_authority").when(decide()).then_refused(NotAllowed)


def test_naming_everybody_stops_those_who_work_on_the_case_and_nobody_else() -> None:
    case = begun().notice()
    named = ("han", "jia", "luo", "wei", "gu")
    scenario = case.declarant(*(request(who) for who in named)).scenario

    assert [r.who for r in case.state.recusals] == list(named)
    for who in ("han", "jia", "luo"):
        scenario.by(who, "deciding_authority")
        scenario.when(decide("wei")).then_refused(NotAllowed, match=who)
    scenario.by("gu", "deciding_authority")
    scenario.when(decide("gu")).then_refused(NotAllowed, match="gu")
    scenario.given(*(decide(who, recused=False) for who in ("han", "jia", "luo")))
    scenario.given(decide("wei", recused=False))
    case.waiver().finding()


def test_who_was_named_and_is_assigned_afterwards_waits_for_what_is_decided() -> None:
    case = begun().decider(
        request("wei"), AssignInvestigator(case="C-1", investigator="wei")
    )

    scenario = case.scenario.by("wei", "investigator")
    scenario.when(adds(case)).then_refused(NotAllowed, match="not decided yet")
    scenario.by("Wei", "investigator")
    scenario.when(adds(case)).then_refused(NotAllowed, match="not decided yet")


def test_what_was_refused_is_not_asked_again_by_the_same_on_the_same_ground() -> None:
    case = begun().notice().declarant(request())
    scenario = case.scenario.when(request("Jia")).then_nothing()
    case.decider(decide(recused=False)).scenario.declarant("li")

    for who in ("jia", "JIA"):
        scenario.when(request(who)).then_refused(WrongStage, match="takes part")
    scenario.clerk(on_behalf_of="li")
    scenario.when(request()).then_refused(WrongStage, match="takes part")
    other = RequestRecusal(case="C-1", who="jia", ground="witness", text="He saw it.")
    scenario.declarant("li").when(other).then_kinds(RecusalRequested)
    case.decider(decide(recused=False), request())
    assert [r.who for r in case.state.recusals] == ["jia"], "another may ask it too"


def test_who_is_recused_under_another_spelling_is_recused() -> None:
    case = begun().declarant(request("JIA"))
    scenario = case.scenario.by("gu", "deciding_authority").given(decide("Jia"))

    assert case.state.investigators == ("luo",)
    assert case.state.recused == ("jia",)
    scenario.by("Jia", "investigator")
    scenario.when(adds(case)).then_refused(NotAllowed, match="Jia is recused")
    scenario.when(declare()).then_nothing()


def test_who_is_recused_is_off_the_case_and_is_not_assigned_again() -> None:
    case = begun().decider(request())
    scenario = case.scenario

    scenario.when(decide()).then(RecusalDecided(who="jia", recused=True, text="So."))
    assert case.state.investigators == ("luo",)
    again = AssignInvestigator(case="C-1", investigator="jia")
    scenario.when(again).then_refused(NotAllowed, match="jia is recused")
    scenario.by("jia", "investigator").when(adds(case)).then_refused(NotAllowed)
    scenario.by("luo", "investigator").when(request()).then_nothing()


def test_who_is_not_recused_goes_on() -> None:
    case = begun().decider(request(), decide(recused=False))

    case.investigator(adds(case))

    assert case.state.recusals == ()
    assert case.state.investigators == ("jia", "luo")


def test_nobody_is_assigned_while_it_is_asked_whether_they_take_part() -> None:
    case = begun().decider(
        RelieveInvestigator(case="C-1", investigator="jia", reason="ill"), request()
    )

    again = AssignInvestigator(case="C-1", investigator="jia")
    case.scenario.when(again).then_refused(NotAllowed, match="not decided yet")


def test_what_nobody_asked_is_not_decided() -> None:
    begun().scenario.when(decide()).then_refused(WrongStage, match="nobody asked")


def test_i2_the_person_concerned_neither_decides_it_nor_recuses_themselves() -> None:
    case = begun().decider(request())

    case.scenario.declarant("li").when(decide()).then_refused(NotAllowed)
    case.scenario.when(declare()).then_refused(NotAllowed, match="takes no part")


@pytest.mark.parametrize(
    ("command", "field"),
    [
        (declare(ground="boredom"), "ground"),
        (declare(text=""), "text"),
        (RequestRecusal(case="C-1", who=" ", ground="other", text="x"), "who"),
        (decide(text=" "), "text"),
    ],
)
def test_a_ground_is_one_of_the_rulebooks_and_is_explained(
    command: DeclareRecusal, field: str
) -> None:
    begun().scenario.when(command).then_refused(Invalid, match=field)
