"""The questions asked at the terminal: overdue, late, a file, a history."""

from datetime import UTC, datetime

import pytest

from domain.duties import RaiseObligation
from domain.record import Actor
from domain.records.reading import PersonalDataRead
from tests.web.cli.terminal import INSTANT, PERSON, Terminal
from tests.web.cli.test_import import CAR, OPENLY
from tests.web.intake.inbox import csv
from web.cli.register import opened

PERSONAL = "cn-personal-matters-annual"
HEAD = PERSON | {"number": "P2", "name": "Bo", "unit": "motorway", "rank": "county"}


@pytest.fixture
def office(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Ann, who reported a car late, and Bo, whose yearly report of 2018 is missing."""
    terminal.publish(f"{INSTANT}-v1", f"{INSTANT}-v2", PERSONAL)
    people = terminal.file("people.csv", csv(PERSON, HEAD))
    terminal.run("import", "people", people)
    terminal.run("import", "disclosures", terminal.file("cars.csv", csv(CAR)))
    monkeypatch.setenv("DATABASE_URL", terminal.database.url)
    wanted = RaiseObligation(
        person="P2",
        rulebook=PERSONAL,
        rule="annual",
        key="2018",
        triggered_on=datetime(2018, 1, 2, tzinfo=UTC).date(),
        year=2018,
    )
    with opened("test") as casework:
        machine = Actor(id="scheduler", role="scheduler")
        casework.handle(wanted, by=machine, at=datetime.now(UTC))
    return terminal


def test_what_is_overdue_is_listed_up_to_the_last_event(office: Terminal) -> None:
    (row,) = office.json("overdue")

    assert (row["person"], row["category"], row["due_on"]) == (
        "P2",
        "annual",
        "2018-01-31",
    )
    header, line = office.run("overdue", *OPENLY).splitlines()
    assert header.split()[:4] == ["person", "name", "unit", "category"]
    assert line.split()[:4] == ["P2", "Bo", "motorway", "annual"]


def test_what_was_late_says_by_how_many_days(office: Terminal) -> None:
    (row,) = office.json("late")

    wanted = ("person", "category", "due_on", "received_on", "days_late")
    assert [row[name] for name in wanted] == [
        "P1",
        "vehicle",
        "2018-05-08",
        "2018-05-18",
        10,
    ]


@pytest.mark.parametrize(
    ("words", "count"),
    [
        (["--unit", "traffic"], 1),
        (["--unit", "motorway"], 0),
        (["--category", "vehicle", "--person", "P1"], 1),
        (["--from", "2018-05-08", "--to", "2018-05-08"], 1),
        (["--from", "2018-05-09"], 0),
        (["--days", "10", "--sort", "person"], 1),
        (["--days", "11"], 0),
    ],
)
def test_lists_can_be_narrowed(office: Terminal, words: list[str], count: int) -> None:
    assert len(office.json("late", *words)) == count


def test_an_empty_list_says_so_to_people_and_is_empty_to_programs(
    terminal: Terminal,
) -> None:
    result = terminal.type("overdue")

    assert (result.stdout, result.stderr) == ("", "There is nothing.\n")
    assert terminal.json("late") == []


def test_a_file_is_printed_by_kinds(office: Terminal) -> None:
    lines = office.run("file", "P1", *OPENLY).splitlines()

    assert lines[:2] == ["IDENTITY", "  P1, Ann Lee"]
    assert "  2010-01-01  Officer, traffic, officer" in lines
    late = "vehicle, due 2018-05-08: reported 2018-05-18, 10 days late"
    assert f"  2018-05-18  {late}" in lines
    filed = "vehicle, received 2018-05-18, 1 event(s): filed"
    assert f"  2018-05-18  {filed}" in lines


def test_without_a_purpose_what_is_sealed_stays_so(office: Terminal) -> None:
    file, overdue = office.run("file", "P1"), office.run("overdue")

    assert "P1, (withheld)" in file
    assert "Ann" not in file
    assert overdue.splitlines()[1].split()[:3] == ["P2", "(withheld)", "motorway"]


def test_s1_21_what_was_read_at_the_terminal_is_on_record(office: Terminal) -> None:
    office.run("file", "P1")
    office.run("file", "P1", *OPENLY, "--reason", "complaint 7")
    with opened("test") as casework:
        page = casework.recorder.select_notifications(1, 1000)
        facts = [casework.mapper.to_domain_event(event).fact for event in page]  # type: ignore[attr-defined]
    reads = [fact for fact in facts if isinstance(fact, PersonalDataRead)]

    masked, read = reads
    assert (masked.persons, masked.masked) == (("P1",), True)
    assert (read.purpose, read.masked) == ("review", False)
    assert "confidential" in read.classes


def test_a_file_can_be_asked_for_another_day_and_another_knowledge(
    office: Terminal,
) -> None:
    before = office.json("file", "P1", "--as-of", "2018-05-01")
    assert "disclosure" not in {entry["kind"] for entry in before["entries"]}
    position = office.json("history", "P1")[0]["position"]
    known = office.json("file", "P1", "--known-at", str(position))
    assert {entry["kind"] for entry in known["entries"]} == {"identity", "service"}
    now = datetime.now(UTC).isoformat()
    assert office.json("file", "P1", "--known-at", now)["entries"]


def test_who_has_no_file_or_had_none_then_is_unknown(office: Terminal) -> None:
    assert "there is no file of P9" in office.refused("file", "P9")
    early = ("--known-at", "2001-01-01T00:00:00")
    assert "there is no file of P1" in office.refused("file", "P1", *early)
    said = office.refused("file", "P1", "--known-at", "once", code=2)
    assert "expected a place in the log (17) or a time" in said


def test_a_history_tells_every_event_of_a_thing(office: Terminal) -> None:
    text = office.run("history", "P1", *OPENLY)

    assert "person.registered" in text
    assert "    reason: imported from people.csv, line 2" in text
    for name in ("traffic", INSTANT):
        assert office.json("history", name)[0]["originator_version"] == 1


def test_the_history_of_a_report_has_the_duties_it_fulfils(office: Terminal) -> None:
    number = office.json("late")[0]["disclosure"]

    topics = [event["topic"] for event in office.json("history", number)]

    assert topics == [
        "disclosure.filed",
        "obligation.raised",
        "obligation.fulfilled-late",
    ]
    only = office.json("history", number, "--only")
    assert [event["topic"] for event in only] == ["disclosure.filed"]
    stream = only[0]["originator_id"]
    assert office.json("history", stream, "--only") == only
    assert "(cli:" in office.run("history", number)


def test_a_name_of_nothing_has_no_history(office: Terminal) -> None:
    assert "or campaign nix" in office.refused("history", "nix")


def test_a_long_list_is_printed_to_its_end(
    office: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    more = [CAR | {"key": f"B-{number}"} for number in range(3)]
    office.run("import", "disclosures", office.file("more.csv", csv(*more)))
    monkeypatch.setattr("web.cli.asking.PAGE", 2)

    assert len(office.json("late")) == 4
