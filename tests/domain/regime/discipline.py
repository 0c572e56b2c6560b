"""The smallest rulebook that has every section, to be written otherwise."""

from tests.domain.regime.samples import SMALLEST

SECTIONS = """
[verification]
share = 0.1
population = "all_staff"
explain_within = "10d"
legal_basis = [{ cite = "s 2", verified = true }]
presumptions = [{ id = "small", label = "Small", class = "omission" }]
consequences = [{ class = "omission", at_most = "measure" }]
[[verification.checks]]
id = "late"
label = "Late"
rule = "gift"
kind = "before"
field = "given_on"
of = ["given_on"]

[track]
id = "house"
label = "House"
personnel = [{ id = "junior", kinds = ["rebuke"] }]
violations = [{ id = "lie", tiers = { grave = ["rebuke", "exit"] } }]
measures = [{ id = "talk", label = "Talk" }]
concurrent = { rule = "one_heavier", never = "exit" }
sequential = { rule = "remainder_plus_new", cap = "4Y" }
personnel_change = { kinds = ["exit"], within = "1M", at_most = "6M" }
legal_basis = [{ cite = "s 3", verified = true }]
[[track.kinds]]
id = "rebuke"
period = "6M"
blocks = ["promotion"]
[[track.kinds]]
id = "probation"
period = "2Y"
blocks = ["promotion"]
counts_from = "rights_restored"
term_min = "1Y"
term_max = "2Y"
[[track.kinds]]
id = "exit"
for_ever = true
blocks = ["rehire"]

[due_process]
answer_within = "7d"
decide_within = "6M"
extended_by = "3M"
recusal_grounds = ["witness"]
statements = ["reasons"]
legal_basis = [{ cite = "s 4", verified = true }]

[[appeals]]
id = "review"
to = "same"
within = "1M"
decide_within = "1M"
legal_basis = [{ cite = "s 5", verified = true }]

[[appeals]]
id = "appeal"
to = "independent"
after = ["review"]
within = "1M"
decide_within = "2M"
legal_basis = [{ cite = "s 5", verified = true }]

[[holds]]
id = "document"
blocks = ["document"]
bases = ["debt"]
review_within = "3M"
legal_basis = [{ cite = "s 6", verified = true }]

[eligibility]
ladders = ["post"]
requires = [
  { what = "overdue", rules = ["gift"] },
  { what = "sanctions", tracks = ["house", "another"] },
  { what = "verification", fresh_for = "6M" },
]
legal_basis = [{ cite = "s 7", verified = true }]
"""
WHOLE = SMALLEST + SECTIONS


def otherwise(old: str, new: str) -> str:
    """Return the whole book with one passage, where it stands first, written anew."""
    assert old in WHOLE
    return WHOLE.replace(old, new, 1)


def alone(section: str) -> str:
    """Return a book that has nothing but one of its sections, and no rules."""
    head = SMALLEST[: SMALLEST.index("[[rules]]")]
    parts = SECTIONS.split("\n\n")
    return "\n".join((head, *(part for part in parts if section in part[:20])))
