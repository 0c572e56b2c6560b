"""`probity replay`: at the terminal, over everything, one thing, or a supposed law."""

import json
from datetime import UTC, datetime

import psycopg
import pytest

from domain.record import Actor
from domain.records.access_request import RequestAccess
from projections.postgres.address import connect_as
from projections.replaying import keeping
from projections.replaying.going import replay_some
from projections.replaying.reading import Reading
from tests.postgres import admin
from tests.projections.replayed import tamper
from tests.web.cli.terminal import INSTANT, PERSON, Terminal
from tests.web.cli.test_import import CAR
from tests.web.intake.inbox import csv
from web.cli.register import opened

V2 = f"{INSTANT}-v2"


@pytest.fixture
def office(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Ann, who reported a car ten days late, and asks what is kept of her."""
    terminal.publish(f"{INSTANT}-v1", V2)
    terminal.run("import", "people", terminal.file("people.csv", csv(PERSON)))
    terminal.run("import", "disclosures", terminal.file("cars.csv", csv(CAR)))
    monkeypatch.setenv("DATABASE_URL", terminal.database.url)
    wish = RequestAccess(request="R-1", person="P1", rulebook=INSTANT)
    with opened("test") as casework:
        ann = Actor(id="P1", role="declarant")
        casework.handle(wish, by=ann, at=datetime.now(UTC))
    return terminal


def test_s2_14_all_decisions_are_replayed_and_are_identical(office: Terminal) -> None:
    found = office.json("replay", "--all")

    assert found["replayed"] == found["identical"] > 4
    assert (found["different"], found["differences"]) == (0, [])
    assert (found["since"], found["resumed_from"]) == (0, None)
    hidden = {(one["topic"], one["field"]) for one in found["not_replayable"]}
    assert ("obligation.raised", "anchors") in hidden
    shown = office.run("replay", "--all")
    assert f"{found['replayed']} identical, 0 different" in shown
    assert "Not replayable" in shown
    later = office.json("replay", "--all", "--since", str(found["upto"] - 1))
    assert later["replayed"] == 1


def test_a_changed_due_date_is_told_and_ends_with_1(office: Terminal) -> None:
    with admin(office.database) as writer:
        tamper(writer, "obligation.raised", "due_on", '"2031-01-01"')

    result = office.type("replay", "--all", "--json")
    told = office.type("replay", "--all")

    assert result.exit_code == told.exit_code == 1
    found = json.loads(result.stdout)
    stored = [d["stored"] for d in found["differences"]]
    recomputed = [d["recomputed"] for d in found["differences"]]
    assert ("2031-01-01" in stored, "2018-05-08" in recomputed) == (True, True)
    assert "2031-01-01" in told.stdout
    assert "2018-05-08" in told.stdout


def test_one_decision_is_named_as_its_history_is(office: Terminal) -> None:
    (row,) = office.json("late")

    by_stream = office.json("replay", row["stream"])
    by_number = office.json("replay", INSTANT)

    assert (by_stream["replayed"], by_stream["identical"]) == (2, 2)
    assert by_number["replayed"] == 3
    assert "there is no" in office.refused("replay", "nobody")


def test_a_new_rulebook_is_supposed_by_kind_with_counts(office: Terminal) -> None:
    stricter = office.rulebook(V2).replace('offset = "7d"', 'offset = "3d"')
    file = office.file("stricter.toml", stricter)

    found = office.json("replay", "--what-if", file)

    kinds = {(change["kind"], change["field"]) for change in found["changes"]}
    assert ("earlier", "due_on") in kinds
    assert found["changed"] >= 2
    assert found["rulebook"] == f"{INSTANT} v2"
    assert "would have come out otherwise" in office.run("replay", "--what-if", file)
    assert "not TOML" in office.refused(
        "replay", "--what-if", office.file("no.toml", "id =")
    )


def test_one_thing_has_to_be_asked(office: Terminal) -> None:
    for words in ((), ("P1", "--all"), ("--all", "--what-if", __file__)):
        assert "Name one decision" in office.refused("replay", *words, code=2)


def test_a_run_that_was_stopped_says_where_it_went_on(
    office: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PROBITY_HOME", str(office.directory))
    office.variables["PROBITY_HOME"] = str(office.directory)
    where = connect_as(office.database.url, "probity_web", name="test")
    with psycopg.connect(where, autocommit=True) as connection:
        reading = Reading(connection)
        origin, size = reading.head()
        event = reading.id_at(3)
        assert event is not None
        keeping.keep(
            keeping.Kept(
                question=keeping.Question(origin=origin, since=0),
                upto=size,
                outcome=replay_some(connection, 0, 3),
                event=event,
            )
        )

    result = office.type("replay", "--all")

    assert result.exit_code == 0
    assert "Went on behind position 3" in result.stderr
