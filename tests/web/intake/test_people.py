"""People come in by the file: each as a whole, or not at all, and nobody twice."""

from datetime import date

import pytest

from domain.errors import Invalid
from domain.person import Post
from domain.unit import Unit, unit_stream
from tests.web.intake.inbox import Inbox, csv

ANN = {
    "number": "P1",
    "name": "Ann Lee",
    "email": "ann@example.org",
    "born_on": "1970-02-28",
    "post": "main",
    "unit": "traffic",
    "unit_name": "Traffic Police",
    "parent_unit": "",
    "title": "Officer",
    "from_on": "2010-01-01",
    "rank": "officer",
    "category": "",
    "employer_type": "police",
}
BO = ANN | {
    "number": "P2",
    "name": "Bo",
    "unit": "motorway",
    "unit_name": "",
    "parent_unit": "traffic",
}
NOBODY = dict.fromkeys(ANN, "") | {"number": "P3", "name": "Cy"}


def test_a_plain_table_registers_people_with_units_and_posts(inbox: Inbox) -> None:
    sums = inbox.people(csv(ANN, BO, NOBODY))

    assert (sums.rows, sums.taken, sums.refused) == (3, 3, 0)
    assert inbox.person("P1").posts == (
        Post(
            post="main",
            unit="traffic",
            title="Officer",
            from_on=date(2010, 1, 1),
            rank="officer",
            employer_type="police",
        ),
    )
    assert inbox.person("P3").posts == ()
    motorway = inbox.casework.look(Unit(), unit_stream("motorway"))
    assert (motorway.name, motorway.parent) == ("motorway", "traffic")


def test_running_it_again_records_nothing(inbox: Inbox) -> None:
    inbox.people(csv(ANN, BO))
    size = inbox.size()

    sums = inbox.people(csv(ANN, BO, ANN))

    assert (sums.taken, sums.already_there, sums.refused) == (0, 3, 0)
    assert inbox.size() == size


def test_every_row_says_who_brought_it_and_from_which_line(inbox: Inbox) -> None:
    inbox.people(csv(ANN))

    stream = inbox.casework.history(unit_stream("traffic"))
    assert stream[0].actor.id == "clerk-7"
    assert stream[0].reason == "imported from people.csv, line 2"


def test_what_cannot_be_taken_is_listed_with_its_line_and_the_rest_is_taken(
    inbox: Inbox,
) -> None:
    sums = inbox.people(
        csv(
            ANN | {"name": ""},
            BO,
            ANN | {"number": "P4", "from_on": "long ago"},
            ANN | {"number": "P5", "title": ""},
            NOBODY,
        )
    )

    assert (sums.rows, sums.taken, sums.refused) == (5, 1, 4)
    assert sums.report == str(inbox.report)
    assert [(line, reason) for line, _, reason in inbox.refusals()] == [
        (2, "name: it is blank"),
        (4, "from_on: long ago is not a day such as Y-m-d"),
        (5, "title: it is blank"),
        (3, "None: there is no unit traffic"),
    ]


def test_a_refused_row_leaves_no_trace(inbox: Inbox) -> None:
    inbox.people(csv(BO))

    assert inbox.size() == 0


def test_somebody_elses_number_is_refused(inbox: Inbox) -> None:
    inbox.people(csv(ANN))

    inbox.people(csv(ANN | {"name": "Dee"}))

    assert inbox.refusals() == [(2, None, "None: P1 is the file of another")]


def test_what_differs_from_the_register_is_refused_and_not_overwritten(
    inbox: Inbox,
) -> None:
    inbox.people(csv(ANN))

    inbox.people(csv(ANN | {"rank": "section_head"}))

    reason = "the register has officer, not section_head: record the change"
    assert inbox.refusals() == [(2, None, f"rank: {reason}")]
    assert inbox.person("P1").posts[0].rank == "officer"


def test_a_report_of_an_earlier_run_does_not_outlive_its_refusals(inbox: Inbox) -> None:
    inbox.people(csv(ANN | {"name": ""}))

    sums = inbox.people(csv(ANN))

    assert sums.report is None
    assert not inbox.report.exists()


def test_columns_that_are_not_read_are_named(inbox: Inbox) -> None:
    assert inbox.people(csv(ANN | {"unti": "x"})).columns_not_read == ("unti",)


def test_a_column_that_the_mapping_names_must_be_there(inbox: Inbox) -> None:
    with pytest.raises(Invalid, match="it has no column bioguide, birthday, chamber"):
        inbox.people(csv(ANN), "legislators")


def test_members_of_congress_come_with_chamber_and_state(inbox: Inbox) -> None:
    member = {
        "bioguide": "X000001",
        "family_name": "Doe",
        "given_name": "Jo",
        "birthday": "1960-01-01",
        "chamber": "House",
        "state": "WA",
        "service_began": "2001-01-03",
    }
    inbox.people(csv(member), "legislators")

    person = inbox.person("X000001")
    assert (person.name, person.posts[0].title) == ("Jo Doe", "Representative")
    unit = inbox.casework.look(Unit(), unit_stream("House-WA"))
    assert (unit.name, unit.parent) == ("House, WA", "House")


def test_a_title_in_a_unit_is_a_post_though_the_table_has_no_such_column(
    inbox: Inbox,
) -> None:
    inbox.people(csv({key: value for key, value in ANN.items() if key != "post"}))

    assert [post.post for post in inbox.person("P1").posts] == ["main"]
