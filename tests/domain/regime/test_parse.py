"""A rulebook that cannot be read is answered with where and why, never a traceback."""

from datetime import date
from decimal import Decimal
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import Invalid
from domain.regime.duration import Duration
from domain.regime.parse import parse
from domain.regime.types import Condition, Due, Rulebook
from tests.domain.regime.samples import SHIPPED, SMALLEST


def refusal(text: str) -> str:
    with pytest.raises(Invalid) as found:
        parse(text, source="small.toml")
    assert found.value.field == "small.toml"
    assert str(found.value).startswith("small.toml: ")
    return found.value.reason


def changed(old: str, new: str) -> str:
    """Return the smallest rulebook with one passage written otherwise."""
    assert SMALLEST.count(old) == 1
    return SMALLEST.replace(old, new)


def test_the_smallest_rulebook_is_read() -> None:
    book = parse(SMALLEST)
    assert (book.id, book.version, book.effective_from) == (
        "small",
        1,
        date(2020, 1, 1),
    )
    assert book.rules[0].due == Due(anchor="given_on", offset=Duration("7d"))


def test_a_byte_order_mark_and_foreign_line_ends_do_no_harm() -> None:
    assert parse("\ufeff" + SMALLEST.replace("\n", "\r\n")) == parse(SMALLEST)


@pytest.mark.parametrize(
    ("due", "read"),
    [
        ('{ yearly = "01-31" }', Due(yearly="01-31")),
        ("{ on = 2013-06-20 }", Due(on=date(2013, 6, 20))),
        ('{ on = "2013-06-20" }', Due(on=date(2013, 6, 20))),
        (
            '{ earliest = [{ anchor = "given_on" }, { on = 2013-06-20 }] }',
            Due(earliest=(Due(anchor="given_on"), Due(on=date(2013, 6, 20)))),
        ),
        (
            '{ latest = [{ anchor = "given_on", offset = "-2wd" }] }',
            Due(latest=(Due(anchor="given_on", offset=Duration("-2wd")),)),
        ),
    ],
)
def test_every_form_of_due_date_is_read(due: str, read: Due) -> None:
    text = changed('{ anchor = "given_on", offset = "7d" }', due)
    if read.yearly:
        text = text.replace("event_occurred", "calendar")
    assert parse(text).rules[0].due == read


def test_the_class_of_a_field_is_written_class() -> None:
    text = changed('kind = "date" }', 'kind = "date", class = "restricted" }')
    form = parse(text).rules[0].form
    assert form
    assert form[0].class_ == "restricted"


def test_a_limit_keeps_every_digit() -> None:
    text = SMALLEST + '[[rules.limits]]\nfield = "value"\nmax = 0.1\n'
    assert parse(text).rules[0].limits[0].max == Decimal("0.1")


def test_a_form_may_be_written_as_tables() -> None:
    start = SMALLEST.index("form = [")
    end = SMALLEST.index("recipient")
    tables = '\n[[rules.form]]\nname = "given_on"\nkind = "date"\n'
    rule = parse(SMALLEST[:start] + SMALLEST[end:] + tables).rules[0]
    assert rule.form
    assert rule.form[0].name == "given_on"


def test_bad_toml_is_answered_with_line_and_column() -> None:
    assert refusal(changed("version = 1", "version = = 1")) == (
        "it is not TOML: Invalid value (at line 2, column 11)"
    )


def test_a_text_that_breaks_off_is_answered_with_its_last_line() -> None:
    reason = refusal('id = "small"\nlabels = {')
    assert reason.endswith("(at line 2, the end of the document)")


@pytest.mark.parametrize(
    "text",
    [
        "version = " + "9" * 5000,
        "version = 1e999999999999999999999",
        "effective_from = 2016-02-30",
        "x = 12:61:00",
        'id = "a\x00b"',
        'id = "\\ud800"',
        "= 1",
        "[a]\n[a]",
    ],
    ids=map(str, count()),
)
def test_what_toml_does_not_allow_is_refused(text: str) -> None:
    assert refusal(text).startswith("it is not TOML: ")


def test_half_a_character_is_refused_with_its_line() -> None:
    assert refusal('\nx = "\ud800"') == "not a character of Unicode at line 2"


@pytest.mark.parametrize(
    "text",
    [
        "x = " + "[" * 5000,
        "\n".join(f"[[rules{'.due' + '.latest' * n}]]" for n in range(1, 400)),
    ],
    ids=["arrays", "tables"],
)
def test_a_text_nested_too_deeply_is_refused(text: str) -> None:
    assert refusal(text) == "it is nested too deeply"


NAME = "expected a name: small letters, digits, _ and -"
FAULTS = [
    ('id = "small"', 'id = "Small Book"', f"id: {NAME}"),
    ('id = "small"', "", "missing required field `id`"),
    ("version = 1", "version = 0", "version: expected a whole number >= 1"),
    ("version = 1", 'version = "1"', "version: expected a whole number, got a text"),
    ("2020-01-01", '"soon"', "effective_from: expected a date such as 2013-06-20"),
    (
        "version = 1",
        "version = 1\nverzion = 2",
        "contains unknown field `verzion`; allowed: id, version,",
    ),
    (
        "version = 1",
        'version = 1\nroll = "up"',
        "roll: unknown value 'up'; allowed: next_working_day, none,",
    ),
    ('en = "Small"', 'en = ""', "labels[...]: expected a text that is not blank"),
    (
        "all_staff = { any = true }",
        "all_staff = { all = true }",
        "population all_staff, contains unknown field `all`; allowed: any,",
    ),
    (
        "all_staff = { any = true }",
        '"All staff" = { any = true }',
        f"populations: {NAME}",
    ),
    (
        "all_staff = { any = true }",
        'all_staff = { status = ["dead"] }',
        "population all_staff, status[0]: unknown value 'dead'; allowed: left,",
    ),
    ("[populations]", "[populations.x]", "population x, contains unknown field"),
    (
        'offset = "7d"',
        'offset = "a week"',
        'rule gift, due.offset: expected a duration such as "-7d"',
    ),
    (
        'anchor = "given_on", offset = "7d"',
        'yearly = "1-31"',
        'rule gift, due.yearly: expected a month and a day such as "01-31"',
    ),
    (
        'trigger = "event_occurred"',
        'trigger = "event"',
        "rule gift, trigger: unknown value 'event'; allowed: appointment,",
    ),
    (
        'kind = "integer"',
        'kind = "float"',
        "rule gift, form value.kind: unknown value 'float'; allowed: amount,",
    ),
    (
        '"value", kind',
        '"value", sort',
        "rule gift, form value: contains unknown field `sort`; allowed: name, kind,",
    ),
    ('name = "value", ', "", "rule gift, form[1]: missing required field `name`"),
    ('id = "gift"', "", "rule number 1, missing required field `id`"),
    ('id = "gift"', "id = 7", "rule number 1, id: expected a text, got a whole number"),
    (
        'recipient = "integrity office"',
        'limits = [{ field = "value", max = 1, currency = "yuan" }]',
        "rule gift, limits[0].currency: expected a currency such as",
    ),
    (
        'recipient = "integrity office"',
        'recipient = " "',
        "rule gift, recipient: expected a text that is not blank",
    ),
    (
        'approval = { required = true, approver = "head of unit" }',
        "approval = true",
        "rule gift, approval: expected a table, got true or false",
    ),
]


@pytest.mark.parametrize(("old", "new", "reason"), FAULTS, ids=map(str, count()))
def test_a_misfit_names_rule_and_field_and_what_is_allowed(
    old: str, new: str, reason: str
) -> None:
    assert refusal(changed(old, new)).startswith(reason)


@pytest.mark.parametrize("key", ["rules", "populations"])
def test_a_part_that_is_no_list_or_table_is_refused(key: str) -> None:
    text = f'{key} = 7\nid = "small"\nversion = 1\neffective_from = 2020-01-01'
    assert refusal(text).startswith(f"{key}: expected a ")


def test_a_rule_that_is_no_table_is_refused() -> None:
    text = 'id = "small"\nversion = 1\neffective_from = 2020-01-01\nrules = [7]'
    assert refusal(text) == "rule number 1, expected a table, got a whole number"


def test_every_wrong_rule_is_reported_at_once() -> None:
    text = changed("version = 1", "version = 0")
    text = text.replace('"7d"', '"7"').replace("any = true", "all = true")
    reason = refusal(text)
    for part in ("version: ", "rule gift, due.offset: ", "population all_staff, "):
        assert part in reason


def test_a_nul_character_is_refused_wherever_it_hides() -> None:
    nul = "a text holds a NUL character; take it out"
    assert nul in refusal(changed('"head of unit"', '"head\\u0000"'))
    assert f"rule gift, {nul}" in refusal(changed('cite = "s 1"', 'cite = "\\u0000"'))
    assert nul in refusal(changed("{ en =", '{ "e\\u0000n" ='))


def test_an_unnamed_document_is_called_a_rulebook() -> None:
    with pytest.raises(Invalid, match=r"^rulebook: it is not TOML"):
        parse("=")


def test_a_condition_may_ask_for_a_number_or_a_word() -> None:
    supplement = """
[[rules]]
id = "more"
category = "more"
trigger = "condition"
when = { rule = "gift", field = "value", equals = 7 }
"""
    rule = parse(SMALLEST + supplement).rules[1]
    assert rule.when == Condition(rule="gift", field="value", equals=7)


def attempted(text: str) -> Rulebook | str:
    """Return the rulebook or the reason; anything else that is raised is a fault."""
    try:
        return parse(text)
    except Invalid as found:
        return found.reason


words = st.sampled_from(
    sorted({word for text in SHIPPED.values() for word in text.split()})
)
scraps = st.lists(words | st.text(max_size=5), max_size=40).map(" ".join)


@given(scraps | st.text())
def test_any_text_at_all_is_read_or_refused(text: str) -> None:
    assert attempted(text)


@given(st.data())
def test_a_damaged_rulebook_is_read_or_refused(data: st.DataObject) -> None:
    lines = data.draw(st.sampled_from(sorted(SHIPPED.values()))).splitlines()
    place = data.draw(st.integers(0, len(lines) - 1))
    value = data.draw(
        st.sampled_from(["[]", "{}", "7", '""', "true", "2016-01-01", "nan", '"-7d"'])
        | st.text(max_size=9)
    )
    key = lines[place].partition("=")[0]
    lines[place] = data.draw(st.sampled_from(["", f"{key}= {value}", value]))
    assert attempted("\n".join(lines))
