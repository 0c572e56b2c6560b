"""Real reports of real senators, judged as an independent reading of the file does."""

import csv
import json
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from projections.postgres.address import Address
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


def reports() -> list[dict[str, Any]]:
    return [json.loads(line) for line in REPORTS.read_text().splitlines()]


def trades() -> Iterator[Trade]:
    for line, report in enumerate(reports(), 1):
        received = day(report["date_recieved"])
        for number, trade in enumerate(report["transactions"], 1):
            on = day(trade["transaction_date"])
            yield Trade(line, number, report["bioguide"], on, received)


@pytest.fixture
def senate(
    database: Address, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Terminal:
    """A register with the rulebook and the members of Congress."""
    monkeypatch.chdir(tmp_path)
    terminal = Terminal(database, tmp_path)
    terminal.run("rulebook", "publish", "us-oge-278t", *TWO)
    terminal.run("import", "people", str(PEOPLE), "--mapping", "legislators")
    return terminal


def take(senate: Terminal) -> dict[str, Any]:
    words = ("import", "disclosures", str(REPORTS), "--mapping", "senate_ptr")
    sums: dict[str, Any] = senate.json(*words)
    return sums


def test_the_file_is_as_it_was_when_this_was_written() -> None:
    scans = [report for report in reports() if not report["transactions"]]
    possible = [trade for trade in trades() if trade.possible]

    assert (len(reports()), len(scans)) == (676, 314)
    assert (len(list(trades())), len(possible)) == (2718, 2711)
    assert sum(trade.days_late > 0 for trade in possible) == 210


def test_what_was_late_and_by_how_much_equals_the_independent_reading(
    senate: Terminal,
) -> None:
    expected = Counter(
        (trade.filer, str(trade.on), str(trade.received), trade.days_late)
        for trade in trades()
        if trade.possible and trade.days_late > 0
    )

    take(senate)

    assert expected == Counter(
        (row["person"], row["triggered_on"], row["received_on"], row["days_late"])
        for row in senate.json("late")
    )
    assert senate.json("overdue") == []


def test_everything_is_taken_but_what_cannot_have_happened(senate: Terminal) -> None:
    with PEOPLE.open() as file:
        members = {row["bioguide"] for row in csv.DictReader(file)}
    filers = {report["bioguide"] for report in reports()}
    impossible = [trade for trade in trades() if not trade.possible]

    sums = take(senate)

    assert len(filers) == 41
    assert {name: sums[name] for name in sums if isinstance(sums[name], int)} == {
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
    refused = [
        json.loads(line) for line in Path(sums["report"]).read_text().splitlines()
    ]
    assert [(one["line"], one["event"]) for one in refused] == [
        (trade.line, trade.number) for trade in impossible
    ]
    for one, trade in zip(refused, impossible, strict=True):
        said = f"{trade.on} lies after the receipt on {trade.received}"
        assert (one["field"], one["reason"]) == ("transaction_date", said)


def test_each_transaction_is_a_duty_fulfilled_by_the_report_that_lists_it(
    senate: Terminal,
) -> None:
    take(senate)
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


def test_taking_it_again_takes_nothing(senate: Terminal) -> None:
    take(senate)
    size = senate.json("lag")[0]["events"]

    again = take(senate)

    assert (again["taken"], again["already_there"]) == (0, 676)
    assert senate.json("lag")[0]["events"] == size
