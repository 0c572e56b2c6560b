"""A report lists many events: one that cannot be leaves the others and the report."""

from typing import Any

import pytest

from domain.disclosure import (
    DisclosureFiled,
    PaperDisclosureRecorded,
    disclosure_stream,
)
from domain.obligation import ObligationFulfilledLate
from tests.web.intake.inbox import Inbox, jsonl

TRADE = {
    "transaction_date": "05/01/2019",
    "owner": "Joint",
    "ticker": '<a href="https://x.example/q?s=AAPL" target="_blank">AAPL</a>',
    "asset_description": "Apple Inc. <br> (NASDAQ)",
    "asset_type": "",
    "type": "Purchase",
    "amount": "$1,001 - $15,000",
    "comment": "--",
}
NOTICE = {
    "scanned_pdf": True,
    "ticker": "--",
    "amount": "Unknown",
    "comment": "This filing was disclosed via scanned PDF. Use link in ptr_link.",
}


def report(number: str, *trades: Any, **more: Any) -> dict[str, Any]:
    return {
        "first_name": "JO ",
        "last_name": "DOE",
        "office": "Senator",
        "ptr_link": f"https://x.example/{number}/",
        "date_recieved": "05/20/2019",
        "transactions": list(trades),
        "bioguide": "X000001",
    } | more


@pytest.fixture
def senate(inbox: Inbox) -> Inbox:
    return inbox.publish("us-oge-278t")


def take(senate: Inbox, *reports: dict[str, Any]) -> Any:
    return senate.disclosures(jsonl(*reports), "senate_ptr", "ptr.jsonl")


def test_each_event_is_a_duty_of_its_own_and_late_by_itself(senate: Inbox) -> None:
    old = TRADE | {"transaction_date": "03/01/2019"}

    sums = take(senate, report("1", TRADE, old, TRADE))

    assert (sums.taken, sums.registered, sums.events, sums.late) == (1, 1, 3, 1)
    assert senate.facts(ObligationFulfilledLate)[0].days_late == 80 - 45
    item = senate.facts(DisclosureFiled)[0].items[0]
    assert (item["ticker"], item["asset"]) == ("AAPL", "Apple Inc. (NASDAQ)")
    assert "comment" not in item


def test_s3_22_a_filer_nobody_knows_is_registered_from_the_row(senate: Inbox) -> None:
    take(senate, report("1", TRADE))

    person = senate.person("X000001")
    assert (person.name, person.posts[0].employer_type) == ("JO DOE", "us-congress")


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("--", "without it no due date can be told"),
        ("N/A", "without it no due date can be told"),
        (None, "without it no due date can be told"),
        ("13/45/2019", "transaction_date: 13/45/2019 is not a day such as"),
        ("05/21/2019", "transaction_date: 2019-05-21 lies after the receipt on"),
        (["x"], "transaction_date: ['x'] is not a day such as"),
    ],
)
def test_an_event_that_cannot_be_leaves_the_rest_of_its_report(
    senate: Inbox, written: Any, said: str
) -> None:
    sums = take(senate, report("1", TRADE, TRADE | {"transaction_date": written}))

    assert (sums.taken, sums.events, sums.events_refused, sums.refused) == (1, 1, 1, 0)
    ((line, event, reason),) = senate.refusals()
    assert (line, event) == (1, 2)
    assert said in reason
    number = senate.facts(DisclosureFiled)[0].disclosure
    noted = senate.reason(disclosure_stream(number)) or ""
    assert "imported from ptr.jsonl, line 1; event 2 not taken: " in noted


@pytest.mark.parametrize("entry", ["a text", 7, None, ["x"]])
def test_an_entry_that_is_no_object_is_no_event(senate: Inbox, entry: Any) -> None:
    take(senate, report("1", entry, TRADE))

    assert senate.refusals() == [(1, 1, "transactions: expected an object")]


def test_a_report_whose_every_event_is_refused_is_kept_without_any(
    senate: Inbox,
) -> None:
    impossible = TRADE | {"transaction_date": "05/21/2019"}

    sums = take(senate, report("1", impossible))

    assert (sums.taken, sums.left_without_events, sums.on_paper_unknown) == (1, 1, 0)
    assert senate.facts(DisclosureFiled)[0].items == ()
    assert take(senate, report("1", impossible)).already_there == 1


@pytest.mark.parametrize(
    "trades", [(), (NOTICE,), ({"scanned_pdf": True},), (NOTICE, NOTICE)]
)
def test_a_scan_lists_no_event_and_is_kept_as_paper_of_unknown_content(
    senate: Inbox, trades: tuple[dict[str, Any], ...]
) -> None:
    sums = take(senate, report("1", *trades))

    assert (sums.taken, sums.on_paper_unknown, sums.events_refused) == (1, 1, 0)
    assert not senate.facts(PaperDisclosureRecorded)[0].content_known


@pytest.mark.parametrize("missing", [None, "--", ""])
def test_a_report_without_its_filer_is_refused(senate: Inbox, missing: Any) -> None:
    nobody = report("2", TRADE)
    del nobody["bioguide"]

    sums = take(senate, report("1", TRADE, bioguide=missing), nobody, report("3"))

    assert (sums.taken, sums.refused) == (1, 2)
    assert senate.refusals() == [
        (1, None, "bioguide: it is blank"),
        (2, None, "bioguide: it is blank"),
    ]


def test_a_list_that_is_none_and_a_line_that_is_broken_are_refused(
    senate: Inbox,
) -> None:
    text = jsonl(report("1", transactions="none")) + '{"a": \n' + jsonl(report("3"))

    sums = senate.disclosures(text, "senate_ptr", "ptr.jsonl")

    assert (sums.rows, sums.taken, sums.refused) == (3, 1, 2)
    assert senate.refusals()[0] == (1, None, "transactions: expected a list")
    assert senate.refusals()[1][2].startswith("None: it is not JSON: ")


def test_the_same_line_again_is_there_already_and_another_reading_is_refused(
    senate: Inbox,
) -> None:
    again = report("1", TRADE, TRADE | {"amount": "$15,001 - $50,000"})

    sums = take(senate, report("1", TRADE), report("1", TRADE), again)

    assert (sums.taken, sums.already_there, sums.refused) == (1, 1, 1)
    assert senate.refusals()[0][0] == 3


def test_who_is_registered_already_is_not_touched(senate: Inbox) -> None:
    take(senate, report("1", TRADE))

    sums = take(senate, report("2", TRADE, first_name="Joanna"))

    assert (sums.taken, sums.registered) == (1, 0)
    assert senate.person("X000001").name == "JO DOE"


def test_a_report_that_is_refused_registers_nobody(senate: Inbox) -> None:
    size = senate.size()

    take(senate, report("1", TRADE, date_recieved="12/31/2999"))

    assert senate.refusals()[0][:2] == (1, None)
    assert senate.size() == size


def test_an_event_before_the_law_is_kept_and_counted_as_no_duty(senate: Inbox) -> None:
    early = TRADE | {"transaction_date": "03/01/2012"}

    sums = take(senate, report("1", early, TRADE))

    assert (sums.events, sums.without_duty, sums.late) == (2, 1, 0)


def test_many_reports_of_one_filer_come_in_batches(senate: Inbox) -> None:
    rows = [report(str(number), TRADE) for number in range(300)]

    sums = take(senate, *rows)

    assert (sums.rows, sums.taken, sums.events) == (300, 300, 300)
