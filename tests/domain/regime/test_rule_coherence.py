"""A rule that contradicts itself, or names what the rulebook lacks, is refused."""

from itertools import count

import pytest

from domain.regime.parse import parse
from tests.domain.regime.samples import SECOND, SMALLEST, reason, with_rule

ASKING = (
    "approval.required: true goes with mode = prior_approval or"
    " approval_then_filing, and false not"
)
OF_A_RULE = [
    (with_rule('population = "some"'), "population: some is not one of all_staff"),
    (
        with_rule('subjects = ["self", "uncle"]'),
        "subjects: uncle is not one of related_persons: self",
    ),
    (
        with_rule('follow_ups = [{ rule = "third" }]') + SECOND,
        'follow_ups: third is not a rule with trigger = "follow_up": second',
    ),
    (
        with_rule('follow_ups = [{ rule = "gift" }]'),
        'follow_ups: gift is not a rule with trigger = "follow_up": none',
    ),
    (
        with_rule('when = { rule = "second", field = "value" }') + SECOND,
        'when: it goes with trigger = "condition"',
    ),
    (
        with_rule('trigger = "condition"', 'when = { rule = "gift", field = "value" }')
        + SECOND,
        "when.rule: gift is not one of second",
    ),
    (
        with_rule(
            'trigger = "condition"', 'when = { rule = "second", field = "value" }'
        )
        + SECOND,
        "when.field: value is not one of none",
    ),
    (
        SMALLEST.replace('name = "value"', 'name = "given_on"'),
        "form given_on: the name is used twice; choose another",
    ),
    (
        SMALLEST.replace('name = "value"', 'name = "nil"'),
        "form nil: the name stands for a nil return; choose another",
    ),
    (
        SMALLEST.replace('kind = "integer"', 'kind = "choice"'),
        'form value: choices go with kind = "choice"',
    ),
    (
        SMALLEST.replace('kind = "integer"', 'kind = "integer", choices = ["1"]'),
        'form value: choices go with kind = "choice"',
    ),
    (
        with_rule('limits = [{ field = "given_on", max = 7 }]'),
        "limits: given_on is not one of value",
    ),
    (
        with_rule('limits = [{ field = "value", max = 7, currency = "CNY" }]'),
        "limits: value: a currency goes with an amount",
    ),
    (
        with_rule('limits = [{ field = "value", max = 7 }]').replace(
            '"integer"', '"amount"'
        ),
        "limits: value: a currency goes with an amount",
    ),
    (
        with_rule('limits = [{ field = "value", max = nan }]'),
        "limits: value: max must be a number",
    ),
    (
        with_rule("approval = { required = false }"),
        ASKING,
    ),
    (
        with_rule('mode = "notification"'),
        ASKING,
    ),
    (
        with_rule('review = { within = "0d" }'),
        "review.within: 0d is no length of time; write more than 0",
    ),
    (
        with_rule('review = { within = "1d", cure_within = "-1d" }'),
        "review.cure_within: -1d is no length of time; write more than 0",
    ),
    (
        with_rule('extension = { cap = "-1M", written_above = "0h" }'),
        "extension.cap: -1M is no length of time; write more than 0",
    ),
    (
        with_rule('approval = { required = true, decide_within = "0wd" }'),
        "approval.decide_within: 0wd is no length of time; write more than 0",
    ),
    (
        with_rule('due = { anchor = "taken_on" }'),
        "due.anchor: nothing supplies the date taken_on; known: given_on",
    ),
    (
        with_rule('due = { anchor = "value" }'),
        "due.anchor: nothing supplies the date value; known: given_on",
    ),
    (
        with_rule("due = {}"),
        "due: give exactly one of anchor, yearly, on, earliest, latest",
    ),
    (
        with_rule('due = { anchor = "given_on", on = 2020-01-01 }'),
        "due: give exactly one of anchor, yearly, on, earliest, latest",
    ),
    (
        with_rule('due = { on = 2020-01-01, offset = "7d" }'),
        "due.offset: it counts from an anchor; name one",
    ),
    (
        with_rule('due = { yearly = "01-31" }'),
        'due.yearly: it goes with trigger = "calendar"',
    ),
    (
        with_rule('trigger = "calendar"', 'due = { yearly = "02-30" }'),
        'due.yearly: 02-30 is no day; write one such as "01-31"',
    ),
    (
        with_rule('due = { earliest = [{ anchor = "taken_on" }] }'),
        "due.anchor: nothing supplies the date taken_on; known: given_on",
    ),
    (
        with_rule('due = { latest = [{ anchor = "given_on" }, {}] }'),
        "due: give exactly one of anchor, yearly, on, earliest, latest",
    ),
    (
        with_rule('fallback = { due = { anchor = "taken_on" } }'),
        "fallback.due.anchor: nothing supplies the date taken_on; known: given_on",
    ),
    (
        with_rule('fallback = { due = { anchor = "given_on" }, requires = "excuse" }'),
        "fallback.requires: excuse is not one of justification, given_on, value",
    ),
]


@pytest.mark.parametrize(("text", "fault"), OF_A_RULE, ids=map(str, count()))
def test_a_contradiction_in_a_rule_is_named_with_the_rule(
    text: str, fault: str
) -> None:
    assert f"rule gift, {fault}" in reason(text)


@pytest.mark.parametrize(
    ("kind", "equals"),
    [
        ("integer", "true"),
        ("integer", '"7"'),
        ("boolean", '"true"'),
        ("boolean", "1"),
        ("number", "7"),
        ("date", '"soon"'),
        ("amount", "7"),
        ("text", '" so "'),
        ("text", "true"),
    ],
)
def test_a_condition_that_no_answer_can_meet_is_refused(kind: str, equals: str) -> None:
    text = SMALLEST.replace('"integer"', f'"{kind}"') + SECOND
    when = f'when = {{ rule = "gift", field = "value", equals = {equals} }}'
    found = reason(text.replace("follow_up", "condition") + when)
    assert found.startswith("rule second, when.equals: value is never ")


@pytest.mark.parametrize(
    ("kind", "equals"),
    [
        ("integer", "7"),
        ("boolean", "false"),
        ("number", '"7.5"'),
        ("date", '"2020-01-01"'),
        ("text", '"so"'),
    ],
)
def test_a_condition_is_written_as_the_answer_is_kept(kind: str, equals: str) -> None:
    text = SMALLEST.replace('"integer"', f'"{kind}"') + SECOND
    when = f'when = {{ rule = "gift", field = "value", equals = {equals} }}'
    assert parse(text.replace("follow_up", "condition") + when).rules[1].when


@pytest.mark.parametrize(
    ("trigger", "anchor"),
    [
        ("appointment", "appointment_date"),
        ("departure", "departure_date"),
        ("campaign", "launched_on"),
        ("condition", "filed_on"),
        ("follow_up", "filed_on"),
    ],
)
def test_what_opens_a_duty_supplies_a_date_of_its_own(
    trigger: str, anchor: str
) -> None:
    text = with_rule(f'trigger = "{trigger}"', f'due = {{ anchor = "{anchor}" }}')
    assert parse(text).rules[0].trigger == trigger
    assert f"supplies the date {anchor}" in reason(
        with_rule(f'due = {{ anchor = "{anchor}" }}')
    )


@pytest.mark.parametrize("opened_by", ["follow_up", "condition"])
def test_a_duty_knows_the_dates_of_the_filing_that_opened_it(opened_by: str) -> None:
    counting = f'{SECOND}due = {{ anchor = "given_on", offset = "1d" }}\n'
    if opened_by == "follow_up":
        text = with_rule('follow_ups = [{ rule = "second" }]') + counting
    else:
        when = 'when = { rule = "gift", field = "value", equals = 7 }'
        text = SMALLEST + counting.replace("follow_up", "condition") + when
    assert parse(text).rules[1].due
    assert "rule second, due.anchor" in reason(SMALLEST + counting)


def test_a_fallback_may_demand_a_field_of_the_form_or_a_justification() -> None:
    later = 'fallback = { due = { anchor = "given_on", offset = "9d" }'
    assert parse(with_rule(later + " }")).rules[0].fallback
    assert parse(with_rule(later + ', requires = "value" }')).rules[0].fallback


def test_one_day_is_a_length_of_time() -> None:
    assert parse(with_rule('review = { within = "1d" }')).rules[0].review
