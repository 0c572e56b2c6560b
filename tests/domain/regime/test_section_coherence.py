"""A section that contradicts itself, or the rest of its book, is refused by name."""

from itertools import count

import pytest

from domain.regime.parse import parse
from tests.domain.regime.discipline import WHOLE, otherwise
from tests.domain.regime.samples import reason

VERIFICATION = [
    (("share = 0.1", "share = 10"), "verification, share: 10 is no share; write 0 to"),
    (("share = 0.1", "share = nan"), "verification, share: NaN is no share"),
    (("share = 0.1", "share = -0.1"), "verification, share: -0.1 is no share"),
    (
        ('population = "all_staff"\nexplain', "explain"),
        "verification, population: a share is drawn from one; name it",
    ),
    (
        ('population = "all_staff"\nexplain', 'population = "x"\nexplain'),
        "verification, population: x is not one of all_staff",
    ),
    (
        ('explain_within = "10d"', 'explain_within = "0d"'),
        "verification, explain_within: 0d is no length of time; write more than 0",
    ),
    (('rule = "gift"', 'rule = "gifts"'), "checks late.rule: gifts is not one of gift"),
    (('of = ["given_on"]', "of = []"), "checks late.of: name what it is held against"),
    (
        ('of = ["given_on"]', 'of = ["given_on", "value"]'),
        'checks late.of: with kind = "before" name just one',
    ),
    (
        ('of = ["given_on"]', 'of = ["day"]'),
        "checks late.field: day is not one of given_on, value",
    ),
    (
        ('of = ["given_on"]', 'of = ["value"]'),
        'checks late.field: with kind = "before" value must be date',
    ),
    (
        ('kind = "before"', 'kind = "sum"'),
        'with kind = "sum" given_on must be integer or number or amount',
    ),
    (
        ("[{ class", '[{ class = "omission", at_most = "none" }, { class'),
        "verification, consequences: omission stands there twice",
    ),
    (
        ('at_most = "measure"', 'at_most = "sanction"'),
        'consequences omission.at_most: an omission is never sanctioned; write "mea',
    ),
    (
        ('"omission", at_most', '"omission", mental = "intent", at_most'),
        "consequences omission.mental: what is intended is no omission",
    ),
    (
        ('"omission", at_most', '"concealment", mental = "negligence", at_most'),
        "consequences concealment.mental: nobody conceals by neglect",
    ),
    (
        ('at_most = "measure"', 'at_most = "measure", bars_for = "1Y"'),
        "consequences omission.bars_for: it goes with bars; give both or neither",
    ),
]
TRACK = [
    (
        ('kinds = ["rebuke"] }]', 'kinds = ["rebuff"] }]'),
        "track, personnel junior.kinds: rebuff is not one of the kinds: rebuke, prob",
    ),
    (
        ('["rebuke", "exit"]', '["rebuff"]'),
        "track, violations lie.tiers grave: rebuff is not one of the kinds",
    ),
    (
        ('["rebuke", "exit"]', "[]"),
        "track, violations lie.tiers: name at least one tier, and at least one kind in",
    ),
    (('never = "exit"', 'never = "go"'), "track, concurrent.never: go is not one of"),
    (('kinds = ["exit"]', 'kinds = ["go"]'), "track, personnel_change.kinds: go is"),
    (('"one_heavier", never', '"most_severe", never'), 'it goes with rule = "one_heav'),
    (('never = "exit"', 'cap = "4Y"'), 'cap: it goes with rule = "most_severe"'),
    (('rule = "remainder_plus_new", ', ""), "track, sequential.cap: it goes with rule"),
    (('cap = "4Y"', 'cap = "-4Y"'), "track, sequential.cap: -4Y is no length of time"),
    (
        ('cap = "4Y"', 'cap = "9999Y"'),
        "track, sequential.cap: 9999Y is more than a cal",
    ),
    (
        ('within = "1M", at_most', 'within = "7M", at_most'),
        "track, personnel_change.within: 7M is longer than at_most, 6M",
    ),
    (
        ('id = "probation"', 'id = "rebuke"'),
        "track, kinds: rebuke stands there twice; each needs its own",
    ),
    (
        ("for_ever = true", 'for_ever = true\nperiod = "1Y"'),
        "track, kinds exit.period: what blocks for ever has none; give one of them",
    ),
    (("for_ever = true", ""), "track, kinds exit.period: say how long it blocks, or"),
    (
        ('blocks = ["rehire"]', ""),
        "track, kinds exit.blocks: name what it blocks meanwhile",
    ),
    (
        ('counts_from = "rights_restored"', ""),
        'probation.term_min, term_max: they go with counts_from = "rights_restored"',
    ),
    (
        ('period = "2Y"', ""),
        "track, kinds probation.period: say how long it runs once rights are restored",
    ),
    (('term_max = "2Y"', ""), "probation.term_min, term_max: say how long until"),
    (('term_min = "1Y"', 'term_min = "3Y"'), "3Y is longer than term_max, 2Y"),
    (
        ('term_max = "2Y"', 'term_max = "9999Y"'),
        "probation.term_max: 9999Y is more than",
    ),
    (
        ('label = "Talk"', 'label = "Talk", blocks = ["promotion"]'),
        "track, measures talk.period: it goes with blocks; give both or neither",
    ),
]
OTHERS = [
    (
        ('decide_within = "6M"\n', ""),
        "due_process, extended_by: it goes with decide_wit",
    ),
    (
        ('[track]\nid = "house"', '[trick]\nid = "house"'),
        "contains unknown field `trick`",
    ),
    (
        ('after = ["review"]', 'after = ["appeal"]'),
        "appeal appeal, after: appeal is not one of the stages before it: review",
    ),
    (
        ('to = "same"', 'to = "same"\nafter = ["revision"]'),
        "appeal review, after: revision is not one of the stages before it: none",
    ),
    (('id = "appeal"', 'id = "review"'), "appeals: review stands there twice"),
    (('within = "1M"\n', 'within = "0M"\n'), "appeal review, within: 0M is no length"),
    (('bases = ["debt"]', "bases = []"), "hold document, bases: name at least one"),
    (
        ('bases = ["debt"]', 'bases = ["d", "d"]'),
        "hold document, bases: d stands there",
    ),
    (('ladders = ["post"]', 'ladders = ["p", "p"]'), "eligibility, ladders: p stands"),
    (
        ('rules = ["gift"]', 'rules = ["gifts"]'),
        "eligibility, requires overdue.rules: gifts is not one of gift",
    ),
    (
        ('"overdue", rules', '"sanctions", rules'),
        'requires sanctions.rules: it goes with what = "overdue"',
    ),
    (
        ('"sanctions", tracks', '"holds", tracks'),
        'holds.tracks: it goes with what = "sanctions" or what = "measures" or what =',
    ),
    (('"verification", fresh', '"cases", fresh'), "requires cases.fresh_for: it goes"),
]


@pytest.mark.parametrize(
    ("change", "fault"), [*VERIFICATION, *TRACK, *OTHERS], ids=map(str, count())
)
def test_a_contradiction_in_a_section_is_named(
    change: tuple[str, str], fault: str
) -> None:
    assert fault in reason(otherwise(*change))


def test_a_track_of_another_rulebook_may_be_required() -> None:
    section = parse(WHOLE).eligibility
    assert section
    assert section.requires[1].tracks == ("house", "another")


def test_due_process_and_appeals_go_with_a_track() -> None:
    start, end = WHOLE.index("[track]"), WHOLE.index("[due_process]")
    found = reason(WHOLE[:start] + WHOLE[end:])
    assert found == (
        "due_process: it goes with a track; add the section [track];"
        " appeals: it goes with a track; add the section [track]"
    )


def test_rules_of_another_rulebook_may_be_overdue() -> None:
    start, end = WHOLE.index("[[rules]]"), WHOLE.index("[track]")
    text = (WHOLE[:start] + WHOLE[end:]).replace('rules = ["gift"]', 'rules = ["x"]')
    assert parse(text).eligibility


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (
            ('blocks = ["promotion"]', 'blocks = ["promotions"]'),
            "track, kinds rebuke.blocks[0]: unknown value 'promotions'; allowed: docu",
        ),
        (
            ('{ id = "small", label', "{ label"),
            "verification, presumptions[0]: missing required field `id`",
        ),
        (
            ('class = "omission"', 'class = "lapse"'),
            "presumptions small.class: unknown value 'lapse'; allowed: concealment, f",
        ),
        (
            ('to = "same"', 'to = "same"\ngrounds = { undone = ["law"] }'),
            "appeal review, grounds: unknown value 'undone'; allowed: quashed, remi",
        ),
        (('id = "document"', 'id = "pay"'), "hold pay, id: unknown value 'pay'; allow"),
        (
            ('answer_within = "7d"\n', ""),
            "due_process, missing required field `answer_w",
        ),
        (("[[holds]]", "[holds]"), "holds: expected a list, got a table"),
    ],
)
def test_what_does_not_fit_is_named_with_what_is_allowed(
    change: tuple[str, str], fault: str
) -> None:
    assert fault in reason(otherwise(*change))


def test_one_wrong_section_does_not_hide_another() -> None:
    text = otherwise('to = "same"', 'to = "some"').replace("share = 0.1", "share = []")
    text = text.replace('answer_within = "7d"', "answer_within = 7")
    assert [fault.split(":")[0] for fault in reason(text).split("; ")] == [
        "appeal review, to",
        "allowed",
        "verification, share",
        "due_process, answer_within",
    ]
