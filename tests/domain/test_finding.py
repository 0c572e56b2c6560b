"""What a finding must say, and the most that it can lead to."""

from typing import Any

import pytest

from domain.errors import Invalid
from domain.finding import (
    Finding,
    consequence_of,
    most_allowed,
    refuse_unfounded,
)
from domain.record import Citation
from domain.regime.parse import parse
from domain.regime.types import Rulebook
from tests.domain.verification.cast import LAW

BOOK = parse(LAW)
BARE = parse(LAW.split("[verification]")[0] + LAW[LAW.index("[[rules]]") :])
BY_ELEMENT = parse(
    LAW.replace(
        "[[rules]]",
        '[[verification.consequences]]\nclass = "late"\nmental = "intent"\n'
        'at_most = "sanction"\n\n[[verification.consequences]]\nclass = "late"\n'
        'at_most = "none"\n\n[[rules]]',
        1,
    )
)


def finding(**more: Any) -> Finding:
    usual: dict[str, Any] = {
        "finding": "case:C-1:1",
        "conduct": "store",
        "class_": "omission",
        "mental": "negligence",
        "standard": "preponderance",
        "reasons": "a mistake",
        "justification": "none",
        "cited": Citation(rulebook="homes", version=1, rule="verification"),
    }
    return Finding(**(usual | more))


@pytest.mark.parametrize("book", [BOOK, BARE, None])
def test_i5_whatever_the_rulebook_concealment_takes_intent_and_reasons(
    book: Rulebook | None,
) -> None:
    for mental, on_intent in (("negligence", "x"), ("none", "x"), ("intent", None)):
        change = {"class_": "concealment", "mental": mental, "on_intent": on_intent}
        with pytest.raises(Invalid):
            refuse_unfounded(book, finding(**change))
    refuse_unfounded(
        book, finding(class_="concealment", mental="intent", on_intent="he hid it")
    )


@pytest.mark.parametrize("book", [BOOK, BARE, None])
def test_t18_i6_an_omission_never_leads_to_a_sanction(book: Rulebook | None) -> None:
    assert most_allowed(book, "omission") == "measure"
    assert most_allowed(book, "omission", "negligence") == "measure"
    with pytest.raises(Invalid, match="not intended"):
        refuse_unfounded(book, finding(mental="intent"))


def test_of_what_a_rulebook_says_nothing_about_nothing_is_kept() -> None:
    assert most_allowed(BOOK, "concealment", "intent") == "sanction"
    assert most_allowed(BOOK, "false_statement") == "sanction"
    assert most_allowed(BOOK, None) == "sanction"


def test_what_can_follow_may_go_by_the_mental_element() -> None:
    assert most_allowed(BY_ELEMENT, "late") == "sanction"
    assert most_allowed(BY_ELEMENT, "late", "intent") == "sanction"
    assert most_allowed(BY_ELEMENT, "late", "negligence") == "none"
    assert most_allowed(BOOK, "late", "none") == "sanction"
    refuse_unfounded(BY_ELEMENT, finding(class_="late", mental="none"))
    assert consequence_of(BOOK, "concealment", "negligence") is None


@pytest.mark.parametrize(
    ("change", "match"),
    [
        ({"class_": "sloth"}, "class: sloth is not one of"),
        ({"mental": "malice"}, "mental: malice is not one of"),
        ({"finding": ""}, "finding: say it"),
        ({"presumed": "home"}, "presumed: home is not one of"),
    ],
)
def test_what_is_not_known_is_refused(change: dict[str, Any], match: str) -> None:
    with pytest.raises(Invalid, match=match):
        refuse_unfounded(None, finding(**change))
