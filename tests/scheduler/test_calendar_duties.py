"""Yearly duties are laid on the whole population, once, and on whoever joins later."""

from datetime import date

from domain.obligation import ObligationRaised
from domain.personnel import AssumePosition, Retire
from domain.rulebooks import shipped
from projections import runs
from projections.models import personnel_file
from scheduler.jobs import JOBS, run
from scheduler.sweeping import go_through, open_duties, sweep
from tests.scheduler.register import Register, noon, rule, rulebook

ANNUAL = rule(
    "annual",
    "calendar",
    'due = { yearly = "01-31" }\nopens = "-30d"',
    population="seniors_ever",
)
BEFORE, OPEN = noon("2023-12-01"), noon("2024-01-02")
OPENING = next(job for job in JOBS if job.name == "open duties")


def raised(register: Register) -> list[tuple[str, str, date, date]]:
    return sorted(
        (fact.person, fact.key, fact.triggered_on, fact.due_on)
        for fact in register.facts(ObligationRaised)
    )


def test_s5_11_every_january_each_person_covered_owes_the_report_until_the_31st(
    register: Register,
) -> None:
    register.publish(BEFORE, rulebook(ANNUAL))
    register.employ(BEFORE, "p1", "p2")
    register.employ(BEFORE, "junior", rank="section")
    register.settle(BEFORE)
    assert raised(register) == []

    list(open_duties(register.office, OPEN))
    register.settle(OPEN)

    assert raised(register) == [
        ("p1", "2024", date(2024, 1, 1), date(2024, 1, 31)),
        ("p2", "2024", date(2024, 1, 1), date(2024, 1, 31)),
    ]


def test_s5_11_the_shipped_rulebook_asks_it_too(register: Register) -> None:
    book = shipped()["cn-personal-matters-annual.toml"]
    register.publish(BEFORE, book, "cn-personal-matters-annual")
    register.employ(BEFORE, "p1")
    register.settle(BEFORE)

    list(open_duties(register.office, OPEN))
    register.settle(OPEN)

    annual = [f for f in register.facts(ObligationRaised) if f.trigger == "calendar"]
    assert [(f.person, f.due_on) for f in annual] == [("p1", date(2024, 1, 31))]


def test_s5_12_a_retired_senior_still_owes_the_annual_report(
    register: Register,
) -> None:
    register.publish(BEFORE, rulebook(ANNUAL))
    register.employ(BEFORE, "senior", rank="provincial")
    register.employ(BEFORE, "other", rank="county")
    for number in ("senior", "other"):
        register.act(BEFORE, Retire(number=number, on=date(2023, 11, 30)))
    register.settle(BEFORE)

    list(open_duties(register.office, OPEN))
    register.settle(OPEN)

    assert [person for person, *_ in raised(register)] == ["senior"]


def test_nothing_is_laid_twice_on_anybody(register: Register) -> None:
    register.publish(BEFORE, rulebook(ANNUAL))
    register.employ(BEFORE, "p1")
    for _ in range(3):
        list(open_duties(register.office, OPEN))
        register.settle(OPEN)

    assert len(raised(register)) == 1


def test_a_population_is_gone_through_once_a_year_and_not_each_morning(
    register: Register,
) -> None:
    register.publish(BEFORE, rulebook(ANNUAL))
    register.employ(BEFORE, "p1")
    register.settle(BEFORE)
    list(open_duties(register.office, OPEN))
    register.settle(OPEN)

    list(open_duties(register.office, noon("2024-01-03")))

    assert list(sweep(register.office, noon("2024-01-03"))) == []


def test_s5_07_who_joins_while_a_yearly_duty_is_open_owes_it_from_that_day(
    register: Register,
) -> None:
    register.publish(BEFORE, rulebook(ANNUAL))
    register.employ(BEFORE, "p1")
    register.settle(BEFORE)
    list(open_duties(register.office, OPEN))
    register.settle(OPEN)

    register.employ(noon("2024-01-20"), "p2", from_on=date(2024, 1, 18))
    register.settle(noon("2024-01-20"))

    assert raised(register)[1:] == [
        ("p2", "2024", date(2024, 1, 18), date(2024, 1, 31))
    ]


def test_who_joins_after_the_due_date_owes_nothing_for_the_year(
    register: Register,
) -> None:
    register.publish(BEFORE, rulebook(ANNUAL))
    register.settle(BEFORE)
    list(open_duties(register.office, OPEN))
    register.settle(OPEN)

    register.employ(noon("2024-02-01"), "p2", from_on=date(2024, 1, 18))
    register.employ(noon("2024-02-01"), "p3", from_on=date(2024, 2, 1))
    register.settle(noon("2024-02-01"))

    assert raised(register) == []


def test_a_promotion_into_the_population_brings_the_open_duty(
    register: Register,
) -> None:
    register.publish(BEFORE, rulebook(ANNUAL))
    register.employ(BEFORE, "p1", rank="section")
    register.settle(BEFORE)
    list(open_duties(register.office, OPEN))
    register.settle(OPEN)
    assert raised(register) == []

    promoted = AssumePosition(
        number="p1",
        post="chief",
        unit="hq",
        title="Chief",
        rank="county",
        from_on=date(2024, 1, 10),
    )
    register.act(noon("2024-01-10"), promoted)
    register.settle(noon("2024-01-10"))

    assert raised(register) == [("p1", "2024", date(2024, 1, 10), date(2024, 1, 31))]


def test_a_rulebook_published_while_its_duty_would_be_open_opens_it_at_once(
    register: Register,
) -> None:
    register.employ(BEFORE, "p1")
    register.publish(noon("2024-01-10"), rulebook(ANNUAL))
    register.settle(noon("2024-01-10"))

    assert raised(register) == [("p1", "2024", date(2024, 1, 1), date(2024, 1, 31))]


def test_a_rulebook_published_after_the_due_date_asks_nothing_of_the_past(
    register: Register,
) -> None:
    register.employ(BEFORE, "p1")
    register.publish(noon("2024-02-10"), rulebook(ANNUAL))
    register.settle(noon("2024-02-10"))
    run(register.office, OPENING, noon("2024-02-10"))
    register.settle(noon("2024-02-10"))

    assert raised(register) == []


def test_a_year_that_passed_while_the_scheduler_was_down_is_made_up_for(
    register: Register,
) -> None:
    register.publish(BEFORE, rulebook(ANNUAL))
    register.employ(BEFORE, "p1")
    register.settle(BEFORE)
    run(register.office, OPENING, BEFORE)

    run(register.office, OPENING, noon("2025-03-01"))
    register.settle(noon("2025-03-01"))

    assert [key for _, key, *_ in raised(register)] == ["2024", "2025"]


def test_a_sweep_that_was_stopped_goes_on_behind_the_last_person(
    register: Register,
) -> None:
    register.publish(BEFORE, rulebook(ANNUAL))
    register.employ(BEFORE, "p1", "p2", "p3")
    register.settle(BEFORE)
    list(open_duties(register.office, OPEN))
    with register.office.connection() as connection:
        (stopped,) = runs.unfinished_sweeps(connection)
        first_two = personnel_file.people(connection, OPEN.date(), limit=2).next
        assert runs.keep_sweep(connection, stopped, old=None, new=first_two, now=OPEN)

    list(sweep(register.office, OPEN))

    assert [person for person, *_ in raised(register)] == ["p3"]


def test_a_sweep_does_not_begin_before_everybody_is_known(register: Register) -> None:
    register.publish(BEFORE, rulebook(ANNUAL))
    register.settle(BEFORE)
    list(open_duties(register.office, OPEN))
    register.employ(BEFORE, "p1")

    assert list(sweep(register.office, OPEN)) == []

    register.project()
    list(sweep(register.office, OPEN))
    assert [person for person, *_ in raised(register)] == ["p1"]


def test_two_that_sweep_at_once_do_not_take_each_other_back(
    register: Register,
) -> None:
    register.publish(BEFORE, rulebook(ANNUAL))
    register.employ(BEFORE, "p1", "p2")
    register.settle(BEFORE)
    list(open_duties(register.office, OPEN))
    with register.office.connection() as connection:
        (slow,) = runs.unfinished_sweeps(connection)
    list(sweep(register.office, OPEN))

    assert list(go_through(register.office, slow, OPEN)) == []
    assert len(raised(register)) == 2
