"""What a rulebook says of keeping, showing, releasing and destroying records."""

import re

import pytest

from domain.regime.complete import gaps, remarks
from domain.regime.duration import Duration
from domain.regime.parse import parse
from domain.regime.types import Handling
from tests.domain.regime.samples import SHIPPED, SMALLEST, book, reason

NAMES = [name.removesuffix(".toml") for name in SHIPPED]
US = ("us-oge-278e", "us-oge-278t")
BASIS = 'legal_basis = [{ cite = "s 2", verified = true }]'


def handled(*lines: str, basis: str = BASIS) -> str:
    """Return the smallest rulebook with a section on handling."""
    section = "\n".join(("[handling]", *lines, basis, "", "[populations]"))
    return SMALLEST.replace("[populations]", section)


def test_a_text_that_says_nothing_of_handling_can_be_read_and_publishes_nothing() -> (
    None
):
    assert parse(SMALLEST).handling == Handling()
    assert gaps(parse(SMALLEST)) == ()
    assert Handling().publication == "none"


def test_what_it_says_is_read() -> None:
    said = handled(
        'retention = "6Y"',
        'break_glass = "24h"',
        'delayed_readers = ["investigator"]',
        'delayed_by = "1Y"',
    )
    handling = parse(said).handling
    assert (handling.retention, handling.break_glass) == ("6Y", "24h")
    assert handling.delayed_readers == ("investigator",)
    assert isinstance(handling.delayed_by, Duration)
    assert gaps(parse(said)) == ()


@pytest.mark.parametrize(
    ("lines", "fault"),
    [
        (['retention = "0Y"'], "handling.retention: 0Y is no length of time"),
        (['correction = "-1M"'], "handling.correction: -1M is no length of time"),
        (['subject_access = "0d"'], "handling.subject_access: 0d is no length"),
        (['break_glass = "0h"'], "handling.break_glass: 0h is no length of time"),
        (
            ['break_glass = "1M"'],
            "handling.break_glass: 1M is not written in hours or days; write one such",
        ),
        (['break_glass = "1wd"'], "handling.break_glass: 1wd is not written in hours"),
        (
            ['delayed_by = "1Y"'],
            "handling.delayed_by: it goes with delayed_readers; give both or neither",
        ),
        (['delayed_readers = ["investigator"]'], "handling.delayed_by: it goes with"),
        (
            [
                'delayed_readers = ["investigator"]',
                'delayed_by = "0d"',
            ],
            "handling.delayed_by: 0d is no length of time",
        ),
        (
            ['retention = "6Y"', 'retention_after_departure = "71M"'],
            "handling.retention_after_departure: 71M is shorter than the retention, 6Y",
        ),
        (
            ['retention_after_departure = "0d"'],
            "handling.retention_after_departure: 0d",
        ),
        (['publication = "all"'], "handling.publication: unknown value 'all'"),
        (['keep = "6Y"'], "handling: contains unknown field `keep`"),
    ],
)
def test_what_makes_no_sense_is_refused(lines: list[str], fault: str) -> None:
    assert fault in reason(handled(*lines))


@pytest.mark.parametrize("after", ["6Y", "72M", "7Y"])
def test_names_are_kept_at_least_as_long_as_what_was_declared(after: str) -> None:
    text = handled('retention = "6Y"', f'retention_after_departure = "{after}"')
    assert parse(text).handling.retention_after_departure == after


@pytest.mark.parametrize("days", ["2d", "36h"])
def test_an_emergency_is_counted_in_hours_or_days(days: str) -> None:
    assert parse(handled(f'break_glass = "{days}"')).handling.break_glass == days


def test_s3_05_handling_without_a_legal_basis_cannot_become_the_law() -> None:
    assert gaps(parse(handled('retention = "6Y"', basis=""))) == (
        "handling, legal_basis: add where it is written how records are kept",
    )


def test_a_basis_that_nobody_checked_is_remarked_upon() -> None:
    doubtful = 'legal_basis = [{ cite = "s 2" }, { cite = "s 3", verified = true }]'
    text = handled('retention = "6Y"', basis=doubtful)
    assert remarks(parse(text)) == ("handling, legal_basis: not verified: s 2",)


def test_a_retention_that_no_calendar_can_hold_is_refused() -> None:
    endless = handled('retention = "6Y"', 'retention_after_departure = "9999Y"')
    assert reason(endless) == (
        "handling.retention_after_departure: 9999Y is more than a calendar can hold"
    )
    endless = handled('retention = "9999Y"', 'retention_after_departure = "6Y"')
    assert reason(endless) == (
        "handling.retention: 9999Y is more than a calendar can hold"
    )


@pytest.mark.parametrize("name", NAMES)
def test_every_shipped_rulebook_says_how_records_are_kept_and_cites_it(
    name: str,
) -> None:
    handling = book(name).handling
    for entry in Handling.__struct_fields__:
        assert getattr(handling, entry), entry
    for basis in handling.legal_basis:
        doubtful = re.search(r"example|from memory|NewsChina", basis.cite)
        assert not (doubtful and basis.verified)


@pytest.mark.parametrize("name", US)
def test_public_reports_are_destroyed_after_six_years_which_was_checked(
    name: str,
) -> None:
    assert book(name).handling.retention == "6Y"
    (checked,) = [b for b in book(name).handling.legal_basis if b.verified]
    assert "4.07" in checked.cite


@pytest.mark.parametrize("name", NAMES)
def test_s1_23_nothing_that_is_declared_stands_in_the_open(name: str) -> None:
    for rule in book(name).rules:
        assert rule.classes
        assert (rule.classes.default, rule.classes.family) == (
            "confidential",
            "restricted",
        )
        assert all(field.class_ != "open" for field in rule.form or ())


def test_s1_05_what_one_says_of_ones_spouse_is_restricted_in_ones_own_report() -> None:
    forms = [field for rule in book(US[0]).rules for field in rule.form or ()]
    spouses = [field.class_ for field in forms if "spouse" in field.name]
    assert set(spouses) == {"restricted"}
