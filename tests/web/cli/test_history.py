"""`probity history`: a thing with what belongs to it, narrowed down, and on paper."""

from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest

from tests.domain.case.proceeding import GOVERNMENT, Proceeding
from tests.spec import Scenario
from tests.web.cli.terminal import INSTANT, PERSON, Terminal
from tests.web.cli.test_import import CAR, OPENLY
from tests.web.intake.inbox import csv
from web.cli.register import opened


@pytest.fixture
def office(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Ann, who reported a car, and against whom there is a decision."""
    terminal.publish(f"{INSTANT}-v1", f"{INSTANT}-v2", GOVERNMENT)
    terminal.run("import", "people", terminal.file("people.csv", csv(PERSON)))
    terminal.run("import", "disclosures", terminal.file("cars.csv", csv(CAR)))
    monkeypatch.setenv("DATABASE_URL", terminal.database.url)
    with opened("test") as casework:
        today = datetime.now(UTC).date()
        case = Proceeding(Scenario(casework), on=today, person="P1")
        case.upto("finding").decision("warning")
    return terminal


def topics(office: Terminal, *words: str) -> list[str]:
    return [event["topic"] for event in office.json("history", *words)]


def test_with_a_person_comes_all_that_is_about_them(office: Terminal) -> None:
    kinds = {event["kind"] for event in office.json("history", "P1")}
    assert kinds >= {"person", "disclosure", "proceedings", "case", "track"}

    alone = office.json("history", "P1", "--only")
    assert {event["kind"] for event in alone} == {"person"}
    by_stream = office.json("history", alone[0]["originator_id"])
    assert {event["kind"] for event in by_stream} == kinds
    assert "or campaign" in office.refused("history", str(UUID(int=7)))


def test_with_a_case_come_its_sanctions(office: Terminal) -> None:
    both = topics(office, "C-1")

    assert both[0] == "case.inquiry-opened"
    assert "sanction.imposed" in both
    assert "sanction.imposed" not in topics(office, "C-1", "--only")
    assert set(topics(office, "P1:government:1")) == set(both)
    assert "P1:government:7" in office.refused("history", "P1:government:7")


def test_it_is_narrowed_down(office: Terminal) -> None:
    assert set(topics(office, "C-1", "--topic", "sanction.imposed")) == {
        "sanction.imposed"
    }
    assert set(topics(office, "C-1", "--actor", "P1")) == {"case.response-received"}
    assert topics(office, "C-1", "--to", "2020-01-01") == []
    assert topics(office, "C-1", "--from", "2020-01-01", "--rule", GOVERNMENT)
    assert "does not match" in office.refused(
        "history", "C-1", "--from", "soon", code=2
    )


def test_text_and_paper_tell_what_changed_and_what_it_came_from(
    office: Terminal, tmp_path: Path
) -> None:
    text = office.run("history", "C-1", *OPENLY)

    assert "    * told: False -> True" in text
    assert "; because of " in text
    assert "(withheld)" in office.run("history", "C-1")
    file = tmp_path / "case.pdf"
    assert office.run("history", "C-1", "--pdf", str(file), *OPENLY) == ""
    assert file.read_bytes().startswith(b"%PDF-")
