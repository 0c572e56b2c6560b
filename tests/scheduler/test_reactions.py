"""When X has happened, Y is asked for: at least once asked, once recorded."""

from datetime import date

import pytest

from domain.campaign import LaunchCampaign
from domain.obligation import ObligationRaised
from domain.person import PositionAssumed
from domain.personnel import (
    AssumePosition,
    ChangePosition,
    EndEmployment,
    Retire,
    VacatePosition,
)
from domain.rulebooks import shipped
from projections import runs, work
from scheduler.follower import follow
from tests.postgres import admin
from tests.scheduler.register import Register, noon, rule, rulebook

ENTRY = rule(
    "baseline",
    "appointment",
    'due = { anchor = "appointment_date", offset = "30d" }',
    population="seniors",
)
EXIT = rule(
    "exit",
    "departure",
    'due = { anchor = "departure_date", offset = "30d" }',
    population="whoever",
)
CARDS = rule(
    "cards",
    "campaign",
    "due = { on = 2013-06-20 }\nnil_return = true",
    population="seniors",
)
DAY = noon("2013-05-27")


def raised(register: Register) -> list[tuple[str, str, str, date]]:
    return sorted(
        (fact.person, fact.cited.rule, fact.key, fact.due_on)
        for fact in register.facts(ObligationRaised)
    )


def test_s5_07_who_takes_up_a_post_owes_the_baseline_report(
    register: Register,
) -> None:
    register.publish(DAY, rulebook(ENTRY))
    register.employ(DAY, "p1", from_on=date(2013, 5, 20))
    register.employ(DAY, "junior", rank="section", from_on=date(2013, 5, 20))
    register.settle(DAY)

    assert raised(register) == [("p1", "baseline", "post of p1", date(2013, 6, 19))]


@pytest.mark.parametrize(
    ("file", "rulebook_", "rule_", "due_on"),
    [
        (
            "cn-personal-matters-annual.toml",
            "cn-personal-matters-annual",
            "baseline",
            date(2013, 6, 19),
        ),
        ("us-oge-278e.toml", "us-oge-278e", "new_entrant", date(2013, 6, 19)),
    ],
)
def test_s5_07_the_shipped_rulebooks_ask_it_too(
    register: Register, file: str, rulebook_: str, rule_: str, due_on: date
) -> None:
    employer = "us-executive" if rulebook_.startswith("us") else "agency"
    register.publish(DAY, shipped()[file], rulebook_)
    register.employ(DAY, "p1", from_on=date(2013, 5, 20), employer_type=employer)
    register.settle(DAY)

    assert (("p1", rule_, "post of p1", due_on)) in raised(register)


def test_s5_07_a_promotion_into_the_population_brings_it_too(
    register: Register,
) -> None:
    register.publish(DAY, rulebook(ENTRY))
    register.employ(DAY, "p1", rank="section", from_on=date(2013, 1, 1))
    promoted = ChangePosition(
        number="p1",
        post="post of p1",
        unit="hq",
        title="Officer",
        rank="county",
        from_on=date(2013, 5, 27),
    )
    register.act(DAY, promoted)
    register.settle(DAY)

    assert raised(register) == [("p1", "baseline", "post of p1", date(2013, 6, 26))]


def test_an_obligation_names_the_event_that_led_to_it(register: Register) -> None:
    register.publish(DAY, rulebook(ENTRY))
    register.employ(DAY, "p1")
    register.settle(DAY)

    (cause,) = register.events(PositionAssumed)
    (effect,) = register.events(ObligationRaised)
    assert effect.causation_id == cause.event_id
    assert effect.actor.id == "scheduler"


def test_a_rulebook_asks_nothing_of_posts_taken_up_before_it_was_published(
    register: Register,
) -> None:
    register.employ(DAY, "p1", from_on=date(2013, 5, 20))
    register.publish(DAY, rulebook(ENTRY))
    register.settle(DAY)

    assert raised(register) == []


def test_who_retires_owes_one_report_for_all_posts(register: Register) -> None:
    register.publish(DAY, rulebook(EXIT))
    register.employ(DAY, "p1")
    second = AssumePosition(
        number="p1", post="board", unit="hq", title="Member", from_on=date(2012, 1, 1)
    )
    register.act(DAY, second, Retire(number="p1", on=date(2013, 5, 27)))
    register.settle(DAY)

    assert raised(register) == [("p1", "exit", "service", date(2013, 6, 26))]


def test_who_ends_service_owes_the_report(register: Register) -> None:
    register.publish(DAY, rulebook(EXIT))
    register.employ(DAY, "p1")
    register.act(DAY, EndEmployment(number="p1", on=date(2013, 5, 27)))
    register.settle(DAY)

    assert raised(register) == [("p1", "exit", "service", date(2013, 6, 26))]


def test_who_leaves_one_of_two_posts_owes_the_report_for_that_one(
    register: Register,
) -> None:
    register.publish(DAY, rulebook(EXIT))
    register.employ(DAY, "p1")
    second = AssumePosition(
        number="p1", post="board", unit="hq", title="Member", from_on=date(2012, 1, 1)
    )
    leaving = VacatePosition(number="p1", post="board", on=date(2013, 5, 27))
    register.act(DAY, second, leaving)
    register.settle(DAY)

    assert raised(register) == [("p1", "exit", "board", date(2013, 6, 26))]


def launch(register: Register) -> None:
    campaign = LaunchCampaign(
        campaign="cards-2013",
        name="Membership cards",
        rulebook="ethics",
        rule="cards",
        launched_on=date(2013, 5, 27),
    )
    register.act(DAY, campaign)


def test_s5_01_a_campaign_asks_everybody_whom_the_rule_covers_that_day(
    register: Register,
) -> None:
    register.publish(DAY, rulebook(CARDS))
    register.employ(DAY, "p1", "p2")
    launch(register)
    register.settle(DAY)

    assert raised(register) == [
        ("p1", "cards", "cards-2013", date(2013, 6, 20)),
        ("p2", "cards", "cards-2013", date(2013, 6, 20)),
    ]
    assert all(fact.nil_return for fact in register.facts(ObligationRaised))


def test_s5_01_the_shipped_campaign_falls_due_on_the_20th_of_june(
    register: Register,
) -> None:
    name = "cn-membership-card-campaign"
    register.publish(DAY, shipped()[f"{name}.toml"], name)
    register.employ(DAY, "officer", category="integrity_staff")
    campaign = LaunchCampaign(
        campaign="cards-2013",
        name="Membership cards",
        rulebook=name,
        rule="membership_cards",
        launched_on=date(2013, 5, 27),
    )
    register.act(DAY, campaign)
    register.settle(DAY)

    assert [due_on for *_, due_on in raised(register)] == [date(2013, 6, 20)]


def test_s5_01_who_was_there_at_the_launch_and_is_registered_later_is_asked_too(
    register: Register,
) -> None:
    register.publish(DAY, rulebook(CARDS))
    launch(register)
    register.settle(DAY)

    later = noon("2013-06-10")
    register.employ(later, "p1", from_on=date(2013, 5, 1))
    register.employ(later, "newcomer", from_on=date(2013, 6, 1))
    register.settle(later)

    assert [person for person, *_ in raised(register)] == ["p1"]


def test_what_is_met_again_is_not_asked_again(register: Register) -> None:
    register.publish(DAY, rulebook(ENTRY, EXIT, CARDS))
    register.employ(DAY, "p1", "p2")
    register.act(DAY, Retire(number="p2", on=date(2013, 5, 27)))
    launch(register)
    register.settle(DAY)
    before, mails = raised(register), register.mails()

    with admin(register.database) as connection:
        connection.execute("UPDATE work.follower SET position = 0")
        connection.execute("UPDATE work.sweep SET finished_at = NULL, cursor = NULL")
    register.settle(DAY)

    assert raised(register) == before
    assert register.mails() == mails


def test_two_that_follow_at_once_do_not_take_each_other_back(
    register: Register,
) -> None:
    register.publish(DAY, rulebook(ENTRY))
    list(follow(register.office, DAY))

    with register.office.connection() as connection:
        place = runs.position(connection, work.FOLLOWER)
        assert not runs.move_position(connection, work.FOLLOWER, old=0, new=1)
        assert runs.position(connection, work.FOLLOWER) == place
