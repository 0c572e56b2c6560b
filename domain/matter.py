"""What a report says of the matter it reports: its dates, its gaps, what it opens."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from domain.disclosure import DeficiencyNoted, Filing, item_key, item_obligation
from domain.duties import FulfilObligation, RaiseObligation
from domain.errors import Invalid, WrongStage
from domain.record import Command
from domain.regime.calendar import shift
from domain.regime.deadline import due_on, opens_on
from domain.regime.form import anchors, check, clean
from domain.regime.types import Due, Rule, Rulebook
from domain.rulebook import Regime, cite, find_rule

Item = Mapping[str, Any]
EVENTS = ("event_planned", "event_occurred")
JUSTIFICATION = "justification"


def in_force(regime: Regime, rulebook: str, day: date) -> Rulebook:
    book = regime.in_force(day)
    if book is None:
        raise WrongStage(f"no published version binds on {day}", rule=rulebook)
    return book


def local_day(book: Rulebook, at: datetime) -> date:
    """Return the day that it is at *at* where the rulebook holds."""
    return at.astimezone(ZoneInfo(book.timezone)).date()


def review_due_on(book: Rulebook, rule: Rule, received_on: date) -> date:
    within = rule.review and rule.review.within
    return shift(received_on, within, book.calendar) if within else received_on


def anchor_names(*dues: Due | None) -> set[str]:
    """Return the dates from which these due dates count."""
    given = [due for due in dues if due]
    names = {due.anchor for due in given if due.anchor}
    parts = [part for due in given for part in (*due.earliest, *due.latest)]
    return names | anchor_names(*parts) if parts else names


def triggered_on(rule: Rule, item: Item) -> date:
    """Return the day of the event: the first from which its due date counts.

    Whether a special period binds is decided by the first day that is named at all.
    """
    known, wanted = anchors(rule, item), anchor_names(rule.due)
    days = [day for name, day in known.items() if rule.in_period or name in wanted]
    if not days:
        names = " or ".join(sorted(wanted))
        raise Invalid(names, "without it no due date can be told", rule=rule.id)
    return min(days)


def version_for(
    regime: Regime, book: Rulebook, rule: Rule, items: tuple[Item, ...]
) -> Rulebook:
    """Return the version under which these events fell; they all fall under one.

    The dates alone are read for it: another version may have another form. For what no
    version knew as a duty, that is *book*.
    """
    known = [field.name for field in rule.form or () if field.kind == "date"]
    versions = {}
    for item in items:
        dates = clean(rule, {name: item.get(name) for name in known})
        then = regime.in_force(triggered_on(rule, dates)) or book
        found = then if find_rule(then, rule.id) else book
        versions[found.version] = found
    if len(versions) > 1:
        both = " and ".join(f"v{number}" for number in sorted(versions))
        reason = f"they fall under {both}: report them apart"
        raise Invalid("items", reason, rule=f"{book.id}, rule {rule.id}")
    return versions.popitem()[1]


def refuse_others(rule: Rule, obligation: UUID | None, items: tuple[Item, ...]) -> None:
    """Raise if a report that answers one duty tells of further events beside it."""
    if obligation and rule.trigger in EVENTS and len(items) > 1:
        reason = "this answers one duty: report other events apart"
        raise Invalid("items", reason, rule=f"rule {rule.id}")


def refuse_early(book: Rulebook, rule: Rule, year: int, received_on: date) -> None:
    """Raise if the duty of the year does not stand open yet."""
    opens = opens_on(rule, book, due_on(rule, book, {}, year=year))
    if opens and received_on < opens:
        reason = f"the report for {year} can be filed from {opens} on"
        raise WrongStage(reason, rule=str(cite(book, rule)))


def read_items(
    rule: Rule, items: tuple[Item, ...], received_on: date
) -> tuple[Item, ...]:
    """Return the items in the form's own types, or raise `Invalid` naming the field."""
    read = tuple(clean(rule, item) for item in items)
    if rule.trigger == "event_occurred":
        for nth, item in enumerate(read):
            refuse_future(rule, item, received_on, where(nth, len(read)))
    return read


def refuse_future(rule: Rule, item: Item, received_on: date, prefix: str) -> None:
    for name in sorted(anchor_names(rule.due)):
        day = anchors(rule, item).get(name)
        if day and day > received_on:
            reason = f"{day} lies after the receipt on {received_on}"
            raise Invalid(prefix + name, reason, rule=rule.id)


def classes(rule: Rule) -> dict[str, str]:
    """Return who may read an answer, of the fields where the form itself says it."""
    return {field.name: field.class_ for field in rule.form or () if field.class_}


def where(nth: int, count: int) -> str:
    return f"items[{nth}]." if count > 1 else ""


def gaps(rule: Rule, items: tuple[Item, ...]) -> dict[str, str]:
    """Return what the form demands and the items lack: field -> what to add."""
    return {
        where(nth, len(items)) + gap.field: gap.what
        for nth, item in enumerate(items)
        for gap in check(rule, item)
    }


def deficiencies(
    book: Rulebook,
    rule: Rule,
    items: tuple[Item, ...],
    received_on: date,
    *,
    after: int,
) -> Iterator[DeficiencyNoted]:
    """Yield one deficiency for all that is missing, numbered after *after*."""
    missing = gaps(rule, items)
    cure = rule.review and rule.review.cure_within
    if missing:
        yield DeficiencyNoted(
            number=after + 1,
            fields=tuple(missing),
            text="; ".join(f"{field}: {what}" for field, what in missing.items()),
            cure_by=shift(received_on, cure, book.calendar) if cure else None,
        )


def events(
    rule: Rule,
    filing: Filing,
    items: tuple[Item, ...],
    received_on: date,
    *,
    start: int = 0,
) -> Iterator[Command[Any]]:
    """Yield, for each event from *start* on, the duty it was and its fulfilment."""
    for nth, item in list(enumerate(items))[start:]:
        yield RaiseObligation(
            person=filing.person,
            rulebook=filing.cited.rulebook,
            rule=rule.id,
            key=item_key(filing.disclosure, nth),
            triggered_on=triggered_on(rule, item),
            anchors=anchors(rule, item),
            unforeseen=filing.unforeseen,
        )
        yield FulfilObligation(
            obligation=item_obligation(filing, nth),
            disclosure=filing.disclosure,
            received_on=received_on,
        )


def opened(
    book: Rulebook,
    rule: Rule,
    filing: Filing,
    items: tuple[Item, ...],
    received_on: date,
) -> Iterator[Command[Any]]:
    """Yield the further duties that answers received on this day open."""
    for other in book.rules:
        met = [item for item in items if meets(other, rule, item)]
        if met:
            dates = {**anchors(rule, met[0]), "filed_on": received_on}
            yield further(filing, other.id, filing.disclosure, dates)
    for follow_up in rule.follow_ups:
        for nth, item in enumerate(items):
            key = item_key(filing.disclosure, nth)
            dates = {**anchors(rule, item), "filed_on": received_on}
            yield further(filing, follow_up.rule, key, dates)


def meets(other: Rule, rule: Rule, item: Item) -> bool:
    """Return whether this answer under *rule* opens the duty of the *other* rule."""
    when = other.when
    conditional = other.trigger == "condition" and when and when.rule == rule.id
    return bool(conditional and when and item.get(when.field) == when.equals)


def further(
    filing: Filing, opens: str, key: str, dates: Mapping[str, date]
) -> RaiseObligation:
    return RaiseObligation(
        person=filing.person,
        rulebook=filing.cited.rulebook,
        rule=opens,
        key=key,
        triggered_on=dates["filed_on"],
        anchors=dates,
    )
