"""Draws at the terminal: repeated with the register, or by anybody without it."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from msgspec.structs import replace

from domain.errors import NotAllowed
from domain.record import Actor
from domain.verification.draw import DrawSample
from domain.verification.drawing import METHOD, digest_of, drawn
from tests.domain.verification.cast import LAW
from tests.web.cli.terminal import PERSON, TWO, Terminal
from tests.web.intake.inbox import csv
from web.cli.register import opened
from web.drawing import open_all, sample_of

PEOPLE = [f"P{n}" for n in range(1, 8)]


@pytest.fixture(name="office")
def staffed(terminal: Terminal) -> Terminal:
    """Seven people, whom the law on homes covers."""
    people = [PERSON | {"number": number} for number in PEOPLE]
    terminal.run("rulebook", "publish", terminal.file("homes.toml", LAW), *TWO)
    terminal.run("import", "people", terminal.file("people.csv", csv(*people)))
    return terminal


def make(office: Terminal, *words: str) -> Any:
    said = ("--rulebook", "homes", "--seed", "x", "--seed-from", "lottery of 3 May")
    return office.json("draw", "make", *said, *words)


def test_s5_06_a_draw_is_repeated_from_a_list_without_any_register(
    terminal: Terminal,
) -> None:
    path = terminal.file("list.txt", "\n".join([*reversed(PEOPLE), "", ""]))

    words = ("draw", "run", path, "--seed", "x", "--size", "3")
    again = json.loads(terminal.type(*words, "--json").stdout)

    assert again["population_sha256"] == digest_of(PEOPLE)
    assert again["drawn"] == list(drawn(METHOD, "x", PEOPLE, 3))
    assert terminal.run(*words).split() == again["drawn"]
    said = terminal.refused("draw", "run", path, "--seed", "x", "--size", "8")
    assert "from 7 people 8 cannot be drawn" in said


def test_s5_06_s3_26_what_was_drawn_is_drawn_again_and_told_where_it_differs(
    office: Terminal,
) -> None:
    made = make(office)
    office.run(
        "import", "people", office.file("more.csv", csv(PERSON | {"number": "P9"}))
    )

    again = office.json("draw", "verify", made["draw"])

    assert made["drawn"] == list(drawn(METHOD, "x", PEOPLE, 4))
    assert (again["identical"], again["population_size"]) == (True, 7)
    assert "identical" in office.run("draw", "verify", made["draw"])
    assert "there is no draw none" in office.refused("draw", "verify", "none")


def test_s5_06_a_draw_that_comes_out_otherwise_is_told_and_fails(
    office: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", office.database.url)
    short = DrawSample(
        draw="W-1",
        rulebook="homes",
        seed="x",
        seed_from="lottery",
        persons=("P1", "P2"),
    )
    with opened("test") as casework:
        vera = Actor(id="vera", role="verifier")
        casework.handle(short, by=vera, at=datetime.now(UTC))
        stranger = replace(sample_of(casework, "W-1"), drawn=("nobody",))
        with pytest.raises(NotAllowed):
            open_all(casework, stranger, vera)

    told = office.type("draw", "verify", "W-1")

    assert told.exit_code == 1
    assert "W-1: DIFFERENT\n  population_size: recorded 2, repeated 7" in told.stdout
    assert office.run("draw", "open", "W-1") == "1 opened\n"


def test_what_is_missing_of_a_draw_is_opened(office: Terminal) -> None:
    made = make(office, "--size", "2", "--unit", "traffic", "--as-of", "2020-01-01")

    assert (made["size"], made["unit"]) == (2, "traffic")
    assert office.run("draw", "open", made["draw"]) == "0 opened\n"
    assert "there is no draw none" in office.refused("draw", "open", "none")
    line = office.run(
        *("draw", "make", "--rulebook", "homes", "--size", "1"),
        *("--seed", "y", "--seed-from", "lottery"),
    )
    assert line.strip() in PEOPLE
