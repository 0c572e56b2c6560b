"""Every part of a rulebook has words, so that a change of it can be read."""

from domain.regime.parse import parse
from domain.rulebooks import shipped
from web.cli.difference import changes

EVERY = """
id = "book"
version = {version}
effective_from = 2020-01-01
timezone = "UTC"
ranks = ["low", "high"]
labels = {{ en = "Book" }}
scope = {{ employer_types = ["agency"] }}
[populations]
all = {{ any = true }}
seniors = {{ rank_at_least = "high" }}
[[rules]]
id = "one"
category = "one"
trigger = "event_occurred"
population = "all"
form = [
  {{ name = "day", kind = "date" }},
  {{ name = "which", kind = "choice", choices = ["a", "b"], required = false }},
  {{ name = "gift", kind = "amount" }},
  {{ name = "yes", kind = "boolean" }},
]
{rule}
[[rules]]
id = "two"
category = "two"
trigger = "condition"
population = "all"
when = {{ rule = "one", field = "yes" }}
due = {{ anchor = "filed_on", offset = "{offset}" }}
form = []
{last}
"""
PLAIN = EVERY.format(
    version=1,
    rule='due = { anchor = "day", offset = "7d" }',
    offset="1M",
    last="",
)


PARTS = """
fallback = { due = { anchor = "day", offset = "9d" } }
limits = [{ field = "gift", max = 200, currency = "CNY" }]
approval = { required = true, approver = "head", decide_within = "2d" }
review = { within = "30d", cure_within = "10d" }
extension = { cap = "90d", written_above = "45d" }
classes = { default = "open" }
legal_basis = [{ cite = "Act 1", verified = true }]
nil_return = true
reminders = ["-7d"]
"""


def said(rule: str = "", offset: str = "1M", last: str = "") -> list[str]:
    due = (
        'due = { anchor = "day", offset = "7d" }\n'
        if not rule.startswith("due")
        else ""
    )
    text = EVERY.format(version=1, rule=due + rule, offset=offset, last=last)
    return [str(change) for change in changes(parse(PLAIN), parse(text))]


def test_due_dates_are_said_as_people_say_them() -> None:
    was = "rule one, due: 7 days after day -> "
    assert said('due = { anchor = "day", offset = "-1wd" }') == [
        was + "1 working day before day"
    ]
    assert said('due = { anchor = "day" }') == [was + "on day"]
    assert said('due = { anchor = "day", offset = "0d" }') == [was + "on day"]
    assert said("due = { on = 2020-06-01 }") == [was + "on 2020-06-01"]
    branches = '{ anchor = "day" }, { anchor = "day", offset = "48h" }'
    assert said(f"due = {{ earliest = [{branches}] }}") == [
        was + "the earliest of on day and 48 hours after day"
    ]
    assert said(f"due = {{ latest = [{branches}] }}") == [
        was + "the latest of on day and 48 hours after day"
    ]
    assert said(offset="2Y") == [
        "rule two, due: 1 month after filed_on -> 2 years after filed_on"
    ]


def test_the_other_parts_of_a_rule_have_words_too() -> None:
    found = said(PARTS)

    assert found == [
        "rule one, fallback: none -> 9 days after day, with justification",
        "rule one, nil_return: no -> yes",
        "rule one, limits added: gift at most 200 CNY",
        "rule one, approval: none -> leave of the head within 2 days",
        "rule one, review: none -> by certifier within 30 days, cure in 10 days",
        "rule one, extension: none -> up to 90 days in all, above 45 days in writing",
        "rule one, reminders added: 7 days before the due date",
        "rule one, classes: none -> default: open, family: restricted",
        "rule one, legal_basis: none -> Act 1 (verified)",
    ]


def test_rules_that_come_and_go_are_named() -> None:
    without = PLAIN[: PLAIN.index('[[rules]]\nid = "two"')]
    new, old = parse(without), parse(PLAIN)

    assert [str(c) for c in changes(old, new)] == ["rule two removed (was: no label)"]
    assert [str(c) for c in changes(new, old)] == ["rule two added: no label"]


def test_another_order_of_a_list_is_a_change() -> None:
    swapped = PLAIN.replace('ranks = ["low", "high"]', 'ranks = ["high", "low"]')

    assert [str(c) for c in changes(parse(PLAIN), parse(swapped))] == [
        "rulebook, ranks: low; high -> high; low"
    ]


def test_no_two_shipped_rulebooks_are_beyond_words() -> None:
    books = [parse(text) for text in shipped().values()]

    for old in books:
        for new in books:
            assert all(str(change) for change in changes(old, new))


def test_what_changed_in_a_section_is_told_by_its_parts() -> None:
    ours = {name: parse(text) for name, text in shipped().items()}
    old, new = (ours[f"cn-party-discipline-v{n}.toml"] for n in (1, 3))
    found = [str(change) for change in changes(old, new)]

    assert "track, kinds serious_warning, period: 1 year -> 18 months" in found
    assert "track, kinds warning, blocks added: further_use" in found
    assert "track, sequential, rule: apart -> remainder_plus_new" in found


def test_sections_that_come_and_go_are_named() -> None:
    section = """
[[holds]]
id = "document"
blocks = ["document"]
bases = ["debt"]
review_within = "3M"
legal_basis = [{ cite = "Act 2" }]
[track]
id = "house"
label = "House rules"
"""
    old, new = parse(PLAIN), parse(PLAIN + section)

    assert [str(c) for c in changes(old, new)] == [
        "track added: House rules",
        "hold document added: Act 2",
    ]
    assert [str(c) for c in changes(new, old)] == [
        "track removed (was: House rules)",
        "hold document removed (was: Act 2)",
    ]


def test_what_counts_from_the_due_date_says_so_and_other_times_do_not() -> None:
    found = said('opens = "-30d"\nreminders = ["-7d", "1d"]')

    assert found == [
        "rule one, opens: none -> 30 days before the due date",
        "rule one, reminders added: 7 days before the due date",
        "rule one, reminders added: 1 day after the due date",
    ]
