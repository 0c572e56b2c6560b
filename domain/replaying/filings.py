"""Reports computed again: their version, review date, gaps and cure dates."""

from collections.abc import Iterator, Mapping
from typing import Any

from domain.amending import numbered
from domain.disclosure import (
    DeficiencyCured,
    DeficiencyNoted,
    Disclosure,
    DisclosureAmended,
    DisclosureFiled,
    Filing,
    PaperDisclosureRecorded,
    filed,
)
from domain.matter import (
    EVENTS,
    Item,
    classes,
    in_force,
    review_due_on,
    version_for,
    where,
)
from domain.obligation import Obligation
from domain.record import Fact
from domain.regime.calendar import shift
from domain.regime.form import NIL
from domain.regime.types import Rule, Rulebook
from domain.replaying.moment import SEALED, Check, Hidden, Moment, Part, Recompute
from domain.rulebook import cite, rule_of
from domain.sealing import sealed_in

CLERK = "clerk"


def received(moment: Moment) -> Iterator[Part]:
    """Compute under which version a report fell, and what follows from its rule."""
    fact: Filing = moment.fact
    book = version(moment, fact)
    if book is None:
        yield Hidden("cited", SEALED)
        book = moment.book(fact.cited)
    rule = rule_of(book, fact.cited.rule)
    citation = str(cite(book, rule))
    for name, again in followed(moment, fact, book, rule).items():
        yield Check(name, getattr(fact, name), again, citation)
    if rule.limits and fact.items:
        yield Hidden("flags", SEALED)


def version(moment: Moment, fact: Filing) -> Rulebook | None:
    """Return the version that bound; None where only sealed dates can tell."""
    cited = fact.cited
    if fact.obligation:
        duty = moment.look(Obligation(), fact.obligation)
        if duty.cited:
            return moment.book(duty.cited)
    regime = moment.regime(cited.rulebook)
    book = in_force(regime, cited.rulebook, min(fact.received_on, moment.at.date()))
    rule = rule_of(book, cited.rule)
    if rule.trigger not in EVENTS or not fact.items:
        return book
    dated = {field.name for field in rule.form or () if field.kind == "date"}
    if any(sealed_in(item.get(name)) for item in fact.items for name in dated):
        return None
    return version_for(regime, book, rule, fact.items)


def followed(
    moment: Moment, fact: Filing, book: Rulebook, rule: Rule
) -> Mapping[str, Any]:
    """Return what the rule makes of the report, field by field."""
    today = moment.day_in(book)
    # A clerk may say when it came: on paper, or in another system.
    day = min(fact.received_on, today) if moment.by.role == CLERK else today
    said = rule.classes
    secret = said and (said.default if fact.subject == "self" else said.family)
    return {
        "cited": cite(book, rule),
        "category": rule.category,
        "received_on": day,
        "review_due_on": review_due_on(book, rule, day),
        "confidentiality": secret,
        "classes": classes(rule),
        "nil_return": any(NIL in item for item in fact.items),
    }


def amended(moment: Moment) -> Iterator[Part]:
    """Check that what was added is as secret as the report it belongs to."""
    fact: DisclosureAmended = moment.fact
    filing = moment.own(Disclosure()).filing
    if filing is None:
        yield Check("filed", stored=True, recomputed=False)
        return
    for name in ("subject", "relative", "confidentiality", "classes"):
        again = getattr(filing, name)
        yield Check(name, getattr(fact, name), again, str(filing.cited))
    yield Hidden("flags", SEALED)


def noted(moment: Moment) -> Iterator[Part]:
    """Compute until when it is to be cured; of a machine's note, what is missing."""
    fact: DeficiencyNoted = moment.fact
    report = moment.own(Disclosure())
    filing = filed(report, str(moment.stream))
    book, rule = moment.law(filing.cited)
    citation = str(filing.cited)
    found = found_in(moment)
    day = found.received_on if found else moment.day_in(book)
    within = rule.review and rule.review.cure_within
    cure_by = shift(day, within, book.calendar) if within else None
    yield Check("number", fact.number, report.noted + 1, citation)
    yield Check("cure_by", fact.cure_by, cure_by, citation)
    if found:
        yield Check("fields", fact.fields, missing(rule, found.items), citation)


def found_in(moment: Moment) -> Filing | DisclosureAmended | None:
    """Return what a machine found the gaps in; None where a reviewer noted them."""
    said = (record.fact for record in moment.before_in_command())
    found = (fact for fact in said if isinstance(fact, Filing | DisclosureAmended))
    return next(found, None)


def missing(rule: Rule, items: tuple[Item, ...]) -> tuple[str, ...]:
    """Return what the form demands and nobody answered: a sealed answer is one too."""
    return tuple(
        where(nth, len(items)) + field.name
        for nth, item in enumerate(items)
        for field in rule.form or ()
        if field.required and field.name not in item and NIL not in item
    )


def cured(moment: Moment) -> Iterator[Part]:
    """Check that what a machine took for cured was missing no longer."""
    fact: DeficiencyCured = moment.fact
    report = moment.own(Disclosure())
    if fact.how != "amended":
        return
    filing = filed(report, str(moment.stream))
    _, rule = moment.law(filing.cited)
    open_ones = [d for d in report.deficiencies if d.number == fact.number]
    gone = numbered(missing(rule, report.items)).isdisjoint
    yield Check(
        "cured",
        stored=True,
        recomputed=bool(open_ones) and gone(numbered(open_ones[0].fields)),
        rule=str(filing.cited),
    )


RECOMPUTE: Mapping[type[Fact], Recompute] = {
    DisclosureFiled: received,
    PaperDisclosureRecorded: received,
    DisclosureAmended: amended,
    DeficiencyNoted: noted,
    DeficiencyCured: cured,
}
