"""S3-05: a section that leaves out what it must say cannot become the law."""

import pytest

from domain.regime.complete import gaps, remarks
from domain.regime.duration import Duration
from domain.regime.parse import parse
from domain.regime.scrutiny import Verifying
from domain.regime.sections import name_of, sections
from tests.domain.regime.discipline import WHOLE, alone, otherwise


def test_a_book_with_every_section_is_complete() -> None:
    assert gaps(parse(WHOLE)) == ()
    assert remarks(parse(WHOLE)) == ()
    assert [part.place for part in sections(parse(WHOLE))] == [
        "verification",
        "track",
        "due_process",
        "eligibility",
        "appeal review",
        "appeal appeal",
        "hold document",
    ]


@pytest.mark.parametrize("section", ["[eligibility]", "[[holds]]"])
def test_a_book_may_have_a_section_and_no_rules(section: str) -> None:
    assert gaps(parse(alone(section))) == ()


@pytest.mark.parametrize(
    ("old", "new", "gap"),
    [
        (
            'legal_basis = [{ cite = "s 2", verified = true }]',
            "",
            "verification, legal_basis: add where it is written",
        ),
        (
            'legal_basis = [{ cite = "s 6", verified = true }]',
            "",
            "hold document, legal_basis: add where it is written",
        ),
        ('label = "House"', "", "track, label: add what people call this track"),
        (
            'recusal_grounds = ["witness"]',
            "",
            "due_process, recusal_grounds: add on which grounds somebody takes no part",
        ),
        (
            'statements = ["reasons"]',
            'closings = []\nstatements = ["reasons"]',
            "due_process, closings: add how a case can end",
        ),
        (
            'statements = ["reasons"]',
            "",
            "due_process, statements: add what a decision must say",
        ),
        (
            'violations = [{ id = "lie", tiers = { grave = ["rebuke", "exit"] } }]',
            "",
            "track, violations: add what is sanctioned, and with what",
        ),
        (
            'to = "independent"',
            'to = "same"',
            "appeals: add a stage before another authority than the one that decided",
        ),
        (
            'ladders = ["post"]',
            "ladders = []",
            "eligibility, ladders: add on which ladders somebody can rise",
        ),
    ],
)
def test_s3_05_each_thing_left_out_of_a_section_is_exactly_one_gap(
    old: str, new: str, gap: str
) -> None:
    assert gaps(parse(otherwise(old, new))) == (gap,)


def test_s2_09_nobody_is_sanctioned_without_due_process_and_an_appeal() -> None:
    assert gaps(parse(alone("[track]"))) == (
        "due_process: add what must be done before anybody is sanctioned",
        "appeals: add a stage before another authority than the one that decided",
    )


def test_s3_16_a_track_of_measures_alone_needs_no_sanctions() -> None:
    head = alone("nothing") + '[track]\nid = "soft"\nlabel = "Soft"\n'
    basis = 'legal_basis = [{ cite = "s 1", verified = true }]\n'
    talk = 'measures = [{ id = "talk", label = "Talk" }]\n'
    assert gaps(parse(head + basis + talk)) == ()
    assert gaps(parse(head + basis)) == (
        "track, kinds: add the sanctions of the track, or measures",
    )


def test_what_nobody_checked_is_remarked_upon_wherever_it_stands() -> None:
    text = otherwise('s 3", verified = true', 's 3"').replace(
        'label = "Talk"', 'label = "Talk", legal_basis = [{ cite = "hearsay" }]'
    )
    assert remarks(parse(text)) == (
        "track, legal_basis: not verified: s 3",
        "track, measures talk, legal_basis: not verified: hearsay",
    )


def test_what_has_no_id_is_called_by_what_it_says() -> None:
    assert name_of(Verifying(explain_within=Duration("1d"))) == "entry"
