"""What the tests of eligibility ask, and the law that they ask under."""

from datetime import date
from typing import Any

from domain.promotion.eligibility import ask
from domain.promotion.facts import Eligibility
from tests.past import Past, question

# Everything but the verification, so that somebody can be eligible without one.
LAW = """
id = "plain"
version = 1
effective_from = 2000-01-01
[labels]
en = "Selection"
[eligibility]
ladders = ["post", "rank", "staff_grade", "pay_step"]
legal_basis = [{ cite = "Art. 24" }]
"""
LOOKED_AT = ("sanctions", "measures", "cases", "holds", "findings")
REQUIRES = "".join(f'[[eligibility.requires]]\nwhat = "{what}"\n' for what in LOOKED_AT)
VERIFIED = '[[eligibility.requires]]\nwhat = "verification"\nfresh_for = "6M"\n'
# What a finding bars by itself, and a duty that sets a flag (S5-13).
STRICT = """
id = "strict"
version = 1
effective_from = 2000-01-01
[populations]
all = { any = true }
[verification]
explain_within = "15d"
legal_basis = [{ cite = "Art. 5" }]
[[verification.consequences]]
class = "concealment"
at_most = "sanction"
mental = "intent"
bars = ["promotion"]
bars_for = "1Y"
legal_basis = [{ cite = "Art. 6" }]
[[verification.consequences]]
class = "false_statement"
at_most = "sanction"
bars = ["promotion"]
bars_for = "1M"
[[verification.consequences]]
class = "omission"
at_most = "measure"
mental = "negligence"
[[rules]]
id = "annual"
category = "annual"
trigger = "calendar"
population = "all"
due = { yearly = "01-31" }
form = [{ name = "spouse_abroad", kind = "boolean" }]
[[rules]]
id = "entry"
category = "annual"
trigger = "appointment"
population = "all"
due = { anchor = "appointment_date", offset = "30d" }
[[rules]]
id = "abroad"
category = "annual"
trigger = "condition"
when = { rule = "annual", field = "spouse_abroad" }
sets_flag = "heightened_review"
population = "all"
due = { anchor = "filed_on", offset = "30d" }
"""


def past(text: str = LAW + REQUIRES) -> Past:
    """Return a past in which P1 serves an agency, under the shipped rulebooks."""
    return Past().laws().law(STRICT).law(text).hire("P1")


def asked(
    past: Past, as_of: str | date, *, position: int | None = None, **more: Any
) -> Eligibility:
    """Return whether P1 is eligible on a day, as known at a position."""
    wanted = question(as_of=as_of, **{"rulebook": "plain", **more})
    answer, _ = ask(past.known(position), wanted)
    return answer


def told(answer: Eligibility) -> tuple[Any, ...]:
    """Return what an answer comes to."""
    return answer.result, answer.until, [reason.code for reason in answer.reasons]
