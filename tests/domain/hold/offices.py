"""An office that holds things, under a small rulebook, and one held document."""

from datetime import date
from typing import Any

from domain.holding.placing import PlaceHold
from tests.domain.cast import law, police
from tests.spec import Scenario

BOOK = "selection"
DEED = "deed-17"
TODAY = date(2024, 3, 1)
LAW = """
id = "selection"
version = 1
effective_from = 2020-01-01
timezone = "Asia/Shanghai"
labels = { en = "Selection rules" }
legal_basis = [{ cite = "Selection Rules" }]

[[holds]]
id = "document"
blocks = ["document"]
bases = ["tax_debt"]
review_within = "3M"
legal_basis = [{ cite = "Tax Rules, Art. 9" }]

[[holds]]
id = "promotion"
blocks = ["promotion", "reward"]
bases = ["case_pending", "verification_pending"]
review_within = "6M"
legal_basis = [{ cite = "Selection Rules, Art. 24" }]
"""
DEBT: dict[str, Any] = {
    "person": "shen",
    "rulebook": BOOK,
    "type": "document",
    "basis": "tax_debt",
    "text": "income tax of 2023 is not paid",
    "release": "the debt is paid",
    "review_on": date(2024, 5, 31),
    "target": DEED,
}


def held(**more: Any) -> PlaceHold:
    """Return the command that holds Shen's deed, but for what is said otherwise."""
    return PlaceHold(**(DEBT | more))


def at_work() -> Scenario:
    """Return the police department under the rulebook; Wang, who certifies, acts."""
    return law(police(), LAW).on(TODAY).by("wang", "certifier")


def in_debt() -> Scenario:
    return at_work().given(held())
