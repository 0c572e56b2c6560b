"""Whether what a rulebook says of verification and findings can be so."""

from collections import Counter
from collections.abc import Iterator

from domain.regime.scrutiny import Check, Consequence, Verifying
from domain.regime.types import Field, Rulebook

NUMERIC = ("integer", "number", "amount")
COMPARED = {
    "sum": NUMERIC,
    "at_most": NUMERIC,
    "at_least": NUMERIC,
    "before": ("date",),
}
JUST_ONE = ("at_most", "at_least", "before")
# Who leaves something out by neglect is never sanctioned for it, under any law.
NEVER_SANCTIONED = "omission"
INTENDED = "concealment"


def verification_faults(book: Rulebook) -> Iterator[str]:
    """Yield what is wrong with the section, if there is one: what is allowed."""
    section = book.verification
    if section is None:
        return
    yield from _drawn(section, book)
    for check in section.checks:
        for fault in _check(check, book):
            yield f"verification, checks {check.id}.{fault}"
    yield from _consequences(section)


def _drawn(section: Verifying, book: Rulebook) -> Iterator[str]:
    share = section.share
    if not (share.is_finite() and 0 <= share <= 1):
        yield f"verification, share: {share} is no share; write 0 to 1, 0.1 for 10 %"
    elif share and section.population is None:
        yield "verification, population: a share is drawn from one; name it"
    if section.population is not None and section.population not in book.populations:
        known = ", ".join(book.populations) or "none"
        unknown = f"{section.population} is not one of {known}"
        yield f"verification, population: {unknown}"


def _consequences(section: Verifying) -> Iterator[str]:
    counted = Counter((c.class_, c.mental) for c in section.consequences)
    for (class_, _), times in counted.items():
        if times > 1:
            yield f"verification, consequences: {class_} stands there twice"
    for consequence in section.consequences:
        for fault in _consequence(consequence):
            yield f"verification, consequences {consequence.class_}.{fault}"


def _check(check: Check, book: Rulebook) -> Iterator[str]:
    forms = {rule.id: rule.form or () for rule in book.rules}
    if check.rule not in forms:
        yield f"rule: {check.rule} is not one of {', '.join(forms) or 'none'}"
        return
    asked = {field.name: field for field in forms[check.rule]}
    if not check.of:
        yield "of: name what it is held against"
    if len(check.of) > 1 and check.kind in JUST_ONE:
        yield f'of: with kind = "{check.kind}" name just one'
    for name in (check.field, *check.of):
        yield from _asked(name, check, asked)


def _asked(name: str, check: Check, asked: dict[str, Field]) -> Iterator[str]:
    if name not in asked:
        yield f"field: {name} is not one of {', '.join(asked) or 'none'}"
        return
    kinds = COMPARED.get(check.kind)
    if kinds and asked[name].kind not in kinds:
        yield f'field: with kind = "{check.kind}" {name} must be {" or ".join(kinds)}'


def _consequence(said: Consequence) -> Iterator[str]:
    if said.class_ == NEVER_SANCTIONED and said.at_most == "sanction":
        yield 'at_most: an omission is never sanctioned; write "measure" or "none"'
    if said.class_ == NEVER_SANCTIONED and said.mental == "intent":
        yield f'mental: what is intended is no omission; it is class = "{INTENDED}"'
    if said.class_ == INTENDED and said.mental == "negligence":
        yield 'mental: nobody conceals by neglect; write "intent"'
    if bool(said.bars) != bool(said.bars_for):
        yield "bars_for: it goes with bars; give both or neither"
