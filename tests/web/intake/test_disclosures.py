"""Reports come in by the file: what cannot be taken is listed, the rest is filed."""

from datetime import date
from typing import Any

import pytest

from domain.disclosure import (
    DisclosureFiled,
    PaperDisclosureRecorded,
    disclosure_stream,
)
from domain.errors import Invalid, Unknown
from domain.obligation import ObligationFulfilledLate, ObligationRaised
from tests.web.intake.inbox import Inbox, csv
from tests.web.intake.test_people import ANN

INSTANT = "cn-zj-psd-instant-report"
CAR = {
    "key": "A-1",
    "person": "P1",
    "rulebook": INSTANT,
    "rule": "vehicle",
    "received_on": "2018-05-04",
    "channel": "",
    "subject": "spouse",
    "purchase_date": "2018-05-01",
    "model": "family car",
    "price": "90000 CNY",
}
LATE = CAR | {"key": "A-2", "received_on": "2018-05-18"}


@pytest.fixture
def office(inbox: Inbox) -> Inbox:
    """An office with its law, and Ann in its register."""
    inbox.publish(f"{INSTANT}-v1", f"{INSTANT}-v2")
    inbox.people(csv(ANN))
    return inbox


def test_a_plain_table_files_one_event_a_row(office: Inbox) -> None:
    sums = office.disclosures(csv(CAR, LATE))

    assert (sums.taken, sums.events, sums.late, sums.without_duty) == (2, 2, 1, 0)
    filed = office.facts(DisclosureFiled)[0]
    assert (filed.received_on, filed.subject) == (date(2018, 5, 4), "spouse")
    assert filed.items[0]["price"] == {"amount": "90000", "currency": "CNY"}
    assert [fact.days_late for fact in office.facts(ObligationFulfilledLate)] == [10]


def test_s1_03_paper_counts_from_its_receipt_whenever_it_is_imported(
    office: Inbox,
) -> None:
    office.disclosures(csv(CAR | {"channel": "paper"}))

    (filed,) = office.facts(PaperDisclosureRecorded)
    assert (filed.received_on, filed.content_known) == (date(2018, 5, 4), True)
    assert office.facts(ObligationFulfilledLate) == []


def test_s5_10_a_lower_tier_person_has_a_duty_once_a_rule_covers_them(
    office: Inbox,
) -> None:
    before = CAR | {"purchase_date": "2017-03-01", "received_on": "2017-03-02"}

    assert office.disclosures(csv(before)).without_duty == 1
    assert office.disclosures(csv(LATE)).without_duty == 0
    assert [fact.person for fact in office.facts(ObligationRaised)] == ["P1"]


def test_the_envelope_says_from_which_line_it_came(office: Inbox) -> None:
    office.disclosures(csv(CAR))

    number = office.facts(DisclosureFiled)[0].disclosure
    origin = "imported from reports.csv, line 2"
    assert office.reason(disclosure_stream(number)) == origin


def test_running_it_again_files_nothing_twice(office: Inbox) -> None:
    office.disclosures(csv(CAR, LATE))
    size = office.size()

    sums = office.disclosures(csv(LATE, CAR, CAR))

    assert (sums.taken, sums.already_there, sums.refused) == (0, 3, 0)
    assert office.size() == size


def test_a_run_that_broke_off_is_taken_up_where_it_ended(office: Inbox) -> None:
    office.disclosures(csv(CAR))

    sums = office.disclosures(csv(CAR, LATE))

    assert (sums.taken, sums.already_there) == (1, 1)


def test_a_row_that_was_filed_and_reads_otherwise_now_is_refused(office: Inbox) -> None:
    office.disclosures(csv(CAR))

    sums = office.disclosures(csv(CAR | {"model": "lorry"}, CAR | {"person": "P9"}))

    assert (sums.already_there, sums.refused) == (0, 2)
    assert "was filed before, and not as it reads here" in office.refusals()[0][2]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"key": ""}, "key: it is blank"),
        ({"person": "P9"}, "None: there is no person P9"),
        ({"rule": "boats"}, "rule: boats is not one of bidding_after"),
        ({"rule": ""}, "rule: it is blank"),
        ({"rulebook": "nowhere"}, "None: there is no published rulebook nowhere"),
        ({"rulebook": ""}, "rulebook: name it in a column, the mapping or --rulebook"),
        ({"received_on": "2999-01-01"}, "received_on: it lies in the future"),
        ({"received_on": "4.5.2018"}, "received_on: 4.5.2018 is not a day such as"),
        ({"channel": "pigeon"}, "channel: pigeon is not one of electronic, paper"),
        ({"subject": "cousin"}, "subject: it must be one of self"),
        ({"purchase_date": "1 May"}, "purchase_date: 1 May is not a day such as"),
        ({"purchase_date": ""}, "purchase_date: without it no due date can be told"),
        ({"purchase_date": "2018-05-09"}, "2018-05-09 lies after the receipt on"),
        ({"price": "a lot"}, "price: expected an amount such as"),
    ],
)
def test_a_row_that_cannot_be_taken_is_listed_with_its_line_and_reason(
    office: Inbox, change: dict[str, str], said: str
) -> None:
    sums = office.disclosures(csv(LATE, CAR | change))

    assert (sums.taken, sums.refused, sums.events_refused) == (1, 1, 0)
    ((line, _, reason),) = office.refusals()
    assert line == 3
    assert said in reason


def test_a_row_without_any_answer_lists_no_event(office: Inbox) -> None:
    blank = {"purchase_date": "", "model": "", "price": ""}

    office.disclosures(csv(CAR | blank))

    assert office.refusals() == [(2, None, "events: the row lists no event")]


def test_a_column_that_is_no_field_of_the_form_is_refused(office: Inbox) -> None:
    office.disclosures(csv(CAR | {"colour": "red"}))

    assert "colour: there is no such field" in office.refusals()[0][2]


def test_the_rulebook_may_be_named_outside_the_file(office: Inbox) -> None:
    rows = csv(CAR | {"rulebook": ""})

    assert office.disclosures(rows, rulebook=INSTANT).taken == 1


def test_a_yearly_report_names_its_year(office: Inbox) -> None:
    office.publish("cn-personal-matters-annual")
    office.people(csv(ANN | {"number": "P6", "name": "Fei", "rank": "county"}))
    yearly = {
        "key": "Y-1",
        "person": "P6",
        "rulebook": "cn-personal-matters-annual",
        "rule": "annual",
        "received_on": "2018-02-03",
        "period": "2018",
        "nil": "",
        "spouse_abroad": "false",
    }
    rows = (yearly, yearly | {"key": "Y-2", "period": "next year"})

    sums = office.disclosures(csv(*rows))

    assert (sums.taken, sums.late, sums.refused) == (1, 1, 1)
    assert office.refusals()[0][2] == "period: next year is not a year"


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("unforeseen", "true", "unforeseen: the rule has no exception"),
        ("obligation", "17", "obligation: 17 is not the number of one"),
        ("approval", "A-7", "approval: no leave has to be asked"),
    ],
)
def test_what_else_a_row_claims_is_held_against_the_rule(
    office: Inbox, column: str, value: str, said: str
) -> None:
    mapping = MAPPED + f'{column} = "{column}"\n' + EVENTS

    office.disclosures(csv(CAR | {column: value}), mapping)

    assert said in office.refusals()[0][2]


MAPPED = f"""
kind = "disclosures"
[source]
optional = true
[report]
key = ["key"]
person = "person"
rulebook = {{ value = "{INSTANT}" }}
rule = {{ value = "vehicle" }}
received_on = "received_on"
"""
EVENTS = """
[events.fields]
purchase_date = "purchase_date"
model = "model"
price = "price"
"""


def test_a_mapping_that_does_not_fit_its_rule_is_refused_before_the_first_row(
    office: Inbox,
) -> None:
    size = office.size()

    with pytest.raises(Invalid, match=r"events\.fields\.colour: the form has no such"):
        office.disclosures(csv(CAR), MAPPED + EVENTS + 'colour = "model"\n')
    with pytest.raises(Unknown, match="there is no published rulebook us-oge-278t"):
        office.disclosures(csv(CAR), (MAPPED + EVENTS).replace(INSTANT, "us-oge-278t"))
    assert office.size() == size


def test_a_lost_database_ends_the_import_with_an_error(office: Inbox) -> None:
    log: Any = office.casework.kept
    log.pool.close()

    with pytest.raises(Exception, match=r"pool .* is already closed"):
        office.disclosures(csv(CAR))
