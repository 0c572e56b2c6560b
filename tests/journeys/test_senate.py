"""Real reports of real senators, judged as an independent reading of the file does."""

import csv
import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.postgres import Server
from tests.web.cli.terminal import TWO, Terminal

DATA = Path(__file__).parents[3] / "shared" / "data"
REPORTS = DATA / "senate_ptr_2012_2016.jsonl"
PEOPLE = DATA / "legislators_current.csv"
# From the transaction to the receipt; what comes after is late.
DAYS = 45

pytestmark = [
    pytest.mark.data,
    pytest.mark.skipif(
        not (REPORTS.exists() and PEOPLE.exists()),
        reason=f"THE REAL INPUT IS MISSING: there is no {REPORTS} or no {PEOPLE}",
    ),
]


class Trade(NamedTuple):
    """A transaction as the file has it, read with nothing of ours."""

    line: int
    number: int
    filer: str
    on: date
    received: date

    @property
    def possible(self) -> bool:
        return self.on <= self.received

    @property
    def days_late(self) -> int:
        return (self.received - self.on).days - DAYS


def day(text: str) -> date:
    return datetime.strptime(text, "%m/%d/%Y").date()  # noqa: DTZ007  a day has no zone


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text().splitlines()]


def reports() -> list[dict[str, Any]]:
    return lines(REPORTS)


def trades() -> Iterator[Trade]:
    for line, report in enumerate(reports(), 1):
        received = day(report["date_recieved"])
        for number, trade in enumerate(report["transactions"], 1):
            on = day(trade["transaction_date"])
            yield Trade(line, number, report["bioguide"], on, received)


@dataclass(frozen=True)
class Senate:
    """A terminal at a register that has taken the file, and what it said of that."""

    terminal: Terminal
    sums: dict[str, Any]
    refused: list[dict[str, Any]]

    def json(self, *words: str) -> Any:
        return self.terminal.json(*words)


@pytest.fixture(scope="module")
def senate(
    servers: Callable[[int], Server],
    major: int,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Senate]:
    """A register with the rulebook, the members of Congress, and their reports."""
    server, directory = servers(major), tmp_path_factory.mktemp("senate")
    terminal = Terminal(server.database(), directory)
    with pytest.MonkeyPatch.context() as patched:
        patched.chdir(directory)
        terminal.run("rulebook", "publish", "us-oge-278t", *TWO)
        terminal.run("import", "people", str(PEOPLE), "--mapping", "legislators")
        sums = take(terminal)
        yield Senate(terminal, sums, lines(Path(sums["report"])))
    server.drop(terminal.database)


def take(terminal: Terminal) -> dict[str, Any]:
    words = ("import", "disclosures", str(REPORTS), "--mapping", "senate_ptr")
    sums: dict[str, Any] = terminal.json(*words)
    return sums


def test_the_file_is_as_it_was_when_this_was_written() -> None:
    scans = [report for report in reports() if not report["transactions"]]
    possible = [trade for trade in trades() if trade.possible]

    assert (len(reports()), len(scans)) == (676, 314)
    assert (len(list(trades())), len(possible)) == (2718, 2711)
    assert sum(trade.days_late > 0 for trade in possible) == 210


def test_what_was_late_and_by_how_much_equals_the_independent_reading(
    senate: Senate,
) -> None:
    expected = Counter(
        (trade.filer, str(trade.on), str(trade.received), trade.days_late)
        for trade in trades()
        if trade.possible and trade.days_late > 0
    )

    assert expected == Counter(
        (row["person"], row["triggered_on"], row["received_on"], row["days_late"])
        for row in senate.json("late")
    )
    assert senate.json("overdue") == []


def test_everything_is_taken_but_what_cannot_have_happened(senate: Senate) -> None:
    with PEOPLE.open() as file:
        members = {row["bioguide"] for row in csv.DictReader(file)}
    filers = {report["bioguide"] for report in reports()}
    impossible = [trade for trade in trades() if not trade.possible]

    assert len(filers) == 41
    assert {name: of for name, of in senate.sums.items() if isinstance(of, int)} == {
        "rows": 676,
        "taken": 676,
        "already_there": 0,
        "refused": 0,
        "registered": len(filers - members),
        "on_paper_unknown": 314,
        "left_without_events": 1,
        "events": 2711,
        "events_refused": 7,
        "late": 210,
        "without_duty": 0,
    }
    assert [(one["line"], one["event"]) for one in senate.refused] == [
        (trade.line, trade.number) for trade in impossible
    ]
    for one, trade in zip(senate.refused, impossible, strict=True):
        said = f"{trade.on} lies after the receipt on {trade.received}"
        assert (one["field"], one["reason"]) == ("transaction_date", said)


def test_each_transaction_is_a_duty_fulfilled_by_the_report_that_lists_it(
    senate: Senate,
) -> None:
    line, longest = max(enumerate(reports()), key=lambda r: len(r[1]["transactions"]))
    file = senate.json("file", longest["bioguide"])
    (report,) = [
        entry["data"]["disclosure"]
        for entry in file["entries"]
        if entry["kind"] == "disclosure"
        and entry["data"]["source"] == longest["ptr_link"]
    ]

    events = senate.json("history", report, "--purpose", "review")

    raised = [e["fact"] for e in events if e["topic"] == "obligation.raised"]
    ended = [e for e in events if e["topic"].startswith("obligation.fulfilled")]
    assert len(raised) == len(ended) == len(longest["transactions"])
    assert {end["fact"]["disclosure"] for end in ended} == {report}
    assert events[0]["reason"].endswith(f"line {line + 1}")


def test_taking_it_again_takes_nothing(senate: Senate) -> None:
    size = senate.json("lag")[0]["events"]

    again = take(senate.terminal)

    assert (again["taken"], again["already_there"]) == (0, 676)
    assert senate.json("lag")[0]["events"] == size
