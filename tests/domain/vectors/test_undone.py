"""T10: a sanction that is quashed was never there, but was known while it was."""

from datetime import date

from domain.appealing.serving import ImplementDecision
from domain.errors import Incomplete
from domain.sanction.carrying_out import CompleteReparation
from domain.sanction.facts import ReparationOrdered
from tests.domain.vectors.world import Office

GROUNDS = {"grounds": ("facts_or_evidence",)}


def quashed() -> Office:
    office = Office()
    office.sanctions("warning", on="2021-03-10")
    office.verified("2021-03-11")
    return office.reviewed(
        "C-1", "quashed", lodged="2021-04-01", on="2021-06-01", **GROUNDS
    )


def test_t10_since_it_was_quashed_a_warning_bars_nothing() -> None:
    office = quashed()
    assert office.asked("2021-06-01").result == "ELIGIBLE"


def test_t10_as_it_was_known_in_april_it_barred() -> None:
    office = quashed()

    answer = office.asked("2021-04-15", known="2021-04-15")
    assert (answer.result, answer.until) == ("NOT_ELIGIBLE", date(2021, 9, 10))
    assert office.asked("2021-05-31", known="2021-05-31").result == "NOT_ELIGIBLE"
    assert office.asked("2021-05-31", known="2021-06-01").result == "ELIGIBLE"


def test_t10_as_it_is_known_since_it_never_barred() -> None:
    office = quashed()
    assert office.asked("2021-04-15").result == "ELIGIBLE"
    assert office.asked("2021-03-12").result == "ELIGIBLE"


def test_t10_i17_everything_that_it_took_is_made_good() -> None:
    office = quashed()
    facts = [record.fact for record in office.scenario.log()]
    ordered = [fact for fact in facts if isinstance(fact, ReparationOrdered)]

    assert [task.task for task in ordered] == [
        "restore_level_and_pay",
        "restore_reputation",
        "return_property",
        "compensate_pay",
    ]
    assert {task.due_on for task in ordered} == {date(2021, 7, 1)}
    assert {task.cited.legal_basis[0] for task in ordered} == {"Art. 60"}


def test_t10_i17_it_is_not_carried_out_before_all_is_made_good() -> None:
    office = quashed()
    done = ImplementDecision(appeal="A-C-1", on=date(2021, 6, 1), text="Done.")
    office.scenario.by("ou", "oversight").when(done).then_refused(
        Incomplete, match="not all has been made good"
    )
    tasks = office.sanction("li:government:1").tasks
    office.does(
        "hr",
        "hr",
        *(
            CompleteReparation(sanction="li:government:1", task=t.task, text="Done.")
            for t in tasks
        ),
    )

    office.scenario.by("ou", "oversight").when(done)
    assert office.scenario.failure is None


def test_t10_the_conduct_may_be_judged_again_after_a_quashing() -> None:
    office = Office()
    office.sanctions("warning", on="2021-03-10", conduct="the gift")
    office.reviewed("C-1", "quashed", lodged="2021-04-01", on="2021-06-01", **GROUNDS)

    again = office.sanctions("warning", on="2021-07-01", conduct="the gift")
    assert office.sanction(again).terms.until_on == date(2022, 1, 1)
