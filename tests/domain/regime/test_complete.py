"""S3-05: a rule that leaves out what a rule must say cannot become the law."""

import pytest

from domain.regime.complete import gaps, remarks
from domain.regime.parse import parse
from tests.domain.regime.samples import SMALLEST


def left_out(*passages: str) -> tuple[str, ...]:
    """Return the gaps of the smallest rulebook without these passages."""
    text = SMALLEST
    for passage in passages:
        assert text.count(passage) == 1
        text = text.replace(passage, "")
    return gaps(parse(text))


FORM = SMALLEST[SMALLEST.index("form = [") : SMALLEST.index("recipient")]
APPROVAL = (
    "approval: add whether leave must be asked:"
    " { required = true } or { required = false }"
)
DUE = 'due = { anchor = "given_on", offset = "7d" }'


def test_s3_05_the_smallest_rulebook_is_complete() -> None:
    assert left_out() == ()


@pytest.mark.parametrize(
    ("passage", "gap"),
    [
        ('recipient = "integrity office"', "recipient: add to whom the filing goes"),
        (
            'mode = "prior_approval"',
            "mode: add whether it notifies, asks leave or records",
        ),
        (
            'approval = { required = true, approver = "head of unit" }',
            APPROVAL,
        ),
        (', approver = "head of unit"', "approval.approver: add who gives leave"),
        (DUE, "due: add by when the filing is due"),
        (
            'population = "all_staff"',
            "population: add which population has the duty",
        ),
        (
            "covers_sub_units = true",
            "covers_sub_units: add whether sub-units are covered: true or false",
        ),
        (
            'review = { within = "30d" }',
            "review: add within what time a filing is reviewed",
        ),
        (
            'classes = { default = "confidential" }',
            "classes: add the confidentiality class of a filing",
        ),
        (
            'legal_basis = [{ cite = "s 1", verified = true }]',
            "legal_basis: add where the rule is written",
        ),
        ('label = "Gift"', "label: add what people call this duty"),
    ],
)
def test_s3_05_each_thing_left_out_is_exactly_one_gap(passage: str, gap: str) -> None:
    assert left_out(passage) == (f"rule gift, {gap}",)


def test_s3_05_a_rule_without_a_form_has_one_gap() -> None:
    text = SMALLEST.replace(FORM, "").replace(DUE, "due = { on = 2020-06-20 }")
    assert gaps(parse(text)) == (
        "rule gift, form: add the fields that a filing must answer",
    )


def test_s3_05_an_empty_form_or_legal_basis_is_a_gap_too() -> None:
    basis = '[{ cite = "s 1", verified = true }]'
    text = SMALLEST.replace(basis, "[]").replace(FORM, "form = []\n")
    found = gaps(parse(text.replace(DUE, "due = { on = 2020-06-20 }")))
    assert [gap.split(":")[0] for gap in found] == [
        "rule gift, form",
        "rule gift, legal_basis",
    ]


def test_s3_05_every_gap_of_every_rule_is_listed() -> None:
    bare = '[[rules]]\nid = "{}"\ncategory = "x"\ntrigger = "event_planned"\n'
    found = gaps(parse(SMALLEST + bare.format("one") + bare.format("two")))
    assert len(found) == 22
    assert {gap.split(",")[0] for gap in found} == {"rule one", "rule two"}


def test_s3_05_no_approver_is_needed_where_no_leave_is_asked() -> None:
    asked = 'approval = { required = true, approver = "head of unit" }'
    text = SMALLEST.replace(asked, "approval = { required = false }")
    assert gaps(parse(text.replace('"prior_approval"', '"notification"'))) == ()


def test_a_rulebook_without_name_or_rules_says_too_little() -> None:
    head = 'id = "small"\nversion = 1\neffective_from = 2020-01-01\n'
    assert gaps(parse(head)) == (
        "rulebook, labels: add its name in at least one language",
        "rulebook, rules: add at least one rule, or another section",
    )


def test_a_conditional_duty_that_no_answer_opens_is_a_gap() -> None:
    text = SMALLEST.replace("event_occurred", "condition")
    assert gaps(parse(text)) == (
        "rule gift, when: add which answer in which rule opens the duty",
    )


def test_a_follow_up_that_follows_nothing_is_a_gap() -> None:
    text = SMALLEST.replace("event_occurred", "follow_up")
    assert gaps(parse(text)) == (
        "rule gift, trigger: add it to the follow_ups of another rule",
    )


def test_s3_05_sub_units_that_are_left_out_are_remarked_upon() -> None:
    text = SMALLEST.replace("covers_sub_units = true", "covers_sub_units = false")
    assert gaps(parse(text)) == ()
    assert remarks(parse(text)) == (
        "rule gift, covers_sub_units: sub-units are not covered",
    )


def test_a_text_that_nobody_checked_is_remarked_upon() -> None:
    text = SMALLEST.replace(", verified = true", "")
    assert remarks(parse(text)) == ("rule gift, legal_basis: not verified: s 1",)
    assert remarks(parse(SMALLEST)) == ()
    assert remarks(parse(SMALLEST.split("[[rules]]")[0])) == ()


def test_a_draft_without_legal_basis_has_nothing_to_remark_upon() -> None:
    text = SMALLEST.replace('legal_basis = [{ cite = "s 1", verified = true }]', "")
    assert remarks(parse(text)) == ()
