"""What a rulebook must still say before it can be the law."""

from collections.abc import Callable, Iterator

from domain.regime.section_complete import section_gaps, section_remarks
from domain.regime.sections import sections
from domain.regime.types import Handling, Rule, Rulebook

Demand = tuple[str, Callable[[Rule], object], str]

# Field, what must be there, and what to add where it is not.
DEMANDS: tuple[Demand, ...] = (
    ("label", lambda r: r.label.strip(), "add what people call this duty"),
    ("recipient", lambda r: r.recipient, "add to whom the filing goes"),
    ("mode", lambda r: r.mode, "add whether it notifies, asks leave or records"),
    (
        "approval",
        lambda r: r.approval,
        "add whether leave must be asked: { required = true } or { required = false }",
    ),
    (
        "approval.approver",
        lambda r: not (r.approval and r.approval.required) or r.approval.approver,
        "add who gives leave",
    ),
    ("form", lambda r: r.form, "add the fields that a filing must answer"),
    ("due", lambda r: r.due, "add by when the filing is due"),
    ("population", lambda r: r.population, "add which population has the duty"),
    (
        "covers_sub_units",
        lambda r: r.covers_sub_units is not None,
        "add whether sub-units are covered: true or false",
    ),
    ("review", lambda r: r.review, "add within what time a filing is reviewed"),
    ("classes", lambda r: r.classes, "add the confidentiality class of a filing"),
    ("legal_basis", lambda r: r.legal_basis, "add where the rule is written"),
    (
        "when",
        lambda r: r.trigger != "condition" or r.when,
        "add which answer in which rule opens the duty",
    ),
)


def gaps(rulebook: Rulebook) -> tuple[str, ...]:
    """Return what is missing; each names rule and field, and says what to add."""
    return (
        *_of_the_book(rulebook),
        *_of_the_rules(rulebook),
        *section_gaps(rulebook),
    )


def remarks(rulebook: Rulebook) -> tuple[str, ...]:
    """Return what is said but deserves a look: units left out, texts not checked."""
    of_the_rules = (remark for rule in rulebook.rules for remark in _remarks(rule))
    return (
        *_of_the_handling(rulebook.handling),
        *of_the_rules,
        *section_remarks(rulebook),
    )


def _of_the_book(rulebook: Rulebook) -> Iterator[str]:
    if not rulebook.labels:
        yield "rulebook, labels: add its name in at least one language"
    if not rulebook.rules and not any(sections(rulebook)):
        yield "rulebook, rules: add at least one rule, or another section"
    if rulebook.handling != Handling() and not rulebook.handling.legal_basis:
        yield "handling, legal_basis: add where it is written how records are kept"


def _of_the_rules(rulebook: Rulebook) -> Iterator[str]:
    followed = {f.rule for rule in rulebook.rules for f in rule.follow_ups}
    for rule in rulebook.rules:
        for field, said, add in DEMANDS:
            if not said(rule):
                yield f"rule {rule.id}, {field}: {add}"
        if rule.trigger == "follow_up" and rule.id not in followed:
            yield f"rule {rule.id}, trigger: add it to the follow_ups of another rule"


def _of_the_handling(handling: Handling) -> Iterator[str]:
    for basis in handling.legal_basis:
        if not basis.verified:
            yield f"handling, legal_basis: not verified: {basis.cite}"


def _remarks(rule: Rule) -> Iterator[str]:
    if rule.covers_sub_units is False:
        yield f"rule {rule.id}, covers_sub_units: sub-units are not covered"
    for basis in rule.legal_basis or ():
        if not basis.verified:
            yield f"rule {rule.id}, legal_basis: not verified: {basis.cite}"
