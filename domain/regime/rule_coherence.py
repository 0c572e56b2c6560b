"""Whether one rule agrees with itself and with the rest of its rulebook."""

from collections.abc import Callable, Iterable, Iterator

from domain.regime.answer import Unreadable, read
from domain.regime.deadline import LEAP_YEAR, in_year
from domain.regime.form import NIL
from domain.regime.types import ANCHORS, Due, Field, Rule, Rulebook

NUMERIC = ("integer", "number", "amount")
ASKS_FIRST = ("prior_approval", "approval_then_filing")
# Any filing may carry one, beside its form.
JUSTIFICATION = "justification"
SPANS = {
    "review": ("within", "cure_within"),
    "extension": ("cap", "written_above"),
    "approval": ("decide_within",),
}
FORMS_OF_DUE = ("anchor", "yearly", "on", "earliest", "latest")


def rule_faults(rule: Rule, book: Rulebook) -> Iterator[str]:
    """Yield what is wrong with one rule of the book."""
    for alone in ALONE:
        yield from alone(rule)
    for among in AMONG:
        yield from among(rule, book)


def _names(rule: Rule, book: Rulebook) -> Iterator[str]:
    if rule.population is not None and rule.population not in book.populations:
        known = _list(book.populations)
        yield f"population: {rule.population} is not one of {known}"
    for subject in rule.subjects:
        if subject not in book.related_persons:
            known = _list(book.related_persons)
            yield f"subjects: {subject} is not one of related_persons: {known}"


def _follow_ups(rule: Rule, book: Rulebook) -> Iterator[str]:
    known = [other.id for other in book.rules if other.trigger == "follow_up"]
    for follow_up in rule.follow_ups:
        if follow_up.rule not in known:
            allowed = f'a rule with trigger = "follow_up": {_list(known)}'
            yield f"follow_ups: {follow_up.rule} is not {allowed}"


def _when(rule: Rule, book: Rulebook) -> Iterator[str]:
    if rule.when is None:
        return
    if rule.trigger != "condition":
        yield 'when: it goes with trigger = "condition"'
    forms = {other.id: other.form or () for other in book.rules if other is not rule}
    if rule.when.rule not in forms:
        yield f"when.rule: {rule.when.rule} is not one of {_list(forms)}"
        return
    asked = {field.name: field for field in forms[rule.when.rule]}
    if rule.when.field not in asked:
        yield f"when.field: {rule.when.field} is not one of {_list(asked)}"
    elif not _can_be(asked[rule.when.field], rule.when.equals):
        yield f"when.equals: {rule.when.field} is never {rule.when.equals!r}"


def _can_be(field: Field, answer: object) -> bool:
    """Return whether the answer, once it is clean, can be just this."""
    try:
        clean = read(field, answer)
    except Unreadable:
        return False
    return type(clean) is type(answer) and clean == answer


def _form(rule: Rule) -> Iterator[str]:
    seen: set[str] = set()
    for field in rule.form or ():
        if field.name in seen or field.name == NIL:
            taken = "stands for a nil return" if field.name == NIL else "is used twice"
            yield f"form {field.name}: the name {taken}; choose another"
        seen.add(field.name)
        if (field.kind == "choice") != bool(field.choices):
            yield f'form {field.name}: choices go with kind = "choice"'


def _limits(rule: Rule) -> Iterator[str]:
    numeric = {f.name: f.kind for f in rule.form or () if f.kind in NUMERIC}
    for limit in rule.limits:
        if limit.field not in numeric:
            yield f"limits: {limit.field} is not one of {_list(numeric)}"
        elif (numeric[limit.field] == "amount") != bool(limit.currency):
            yield f"limits: {limit.field}: a currency goes with an amount"
        if not limit.max.is_finite():
            yield f"limits: {limit.field}: max must be a number"


def _approval(rule: Rule) -> Iterator[str]:
    if rule.mode is None or rule.approval is None:
        return
    if rule.approval.required != (rule.mode in ASKS_FIRST):
        asks = " or ".join(ASKS_FIRST)
        yield f"approval.required: true goes with mode = {asks}, and false not"


def _spans(rule: Rule) -> Iterator[str]:
    for part, spans in SPANS.items():
        for span in spans:
            held = getattr(getattr(rule, part), span, None)
            if held is not None and held.amount <= 0:
                yield f"{part}.{span}: {held} is no length of time; write more than 0"


def _dues(rule: Rule, book: Rulebook) -> Iterator[str]:
    known = sorted(_anchors(rule, book))
    if rule.due is not None:
        yield from _due(rule.due, "due", known)
        if rule.due.yearly and rule.trigger != "calendar":
            yield 'due.yearly: it goes with trigger = "calendar"'
    if rule.fallback is not None:
        yield from _due(rule.fallback.due, "fallback.due", known)


def _fallback(rule: Rule) -> Iterator[str]:
    if rule.fallback is None:
        return
    fields = [JUSTIFICATION, *(field.name for field in rule.form or ())]
    if rule.fallback.requires not in fields:
        needed = f"{rule.fallback.requires} is not one of {_list(fields)}"
        yield f"fallback.requires: {needed}"


def _anchors(rule: Rule, book: Rulebook) -> Iterator[str]:
    """Yield the dates that are known of a matter under this rule."""
    yield from ANCHORS.get(rule.trigger, ())
    yield from _dates_of(rule)
    for other in book.rules:
        opens = any(follow_up.rule == rule.id for follow_up in other.follow_ups)
        if opens or (rule.when and rule.when.rule == other.id):
            yield from _dates_of(other)


def _dates_of(rule: Rule) -> Iterator[str]:
    return (field.name for field in rule.form or () if field.kind == "date")


def _due(due: Due, place: str, known: Iterable[str]) -> Iterator[str]:
    given = [name for name in FORMS_OF_DUE if getattr(due, name)]
    if len(given) != 1:
        yield f"{place}: give exactly one of {_list(FORMS_OF_DUE)}"
    if due.offset and not due.anchor:
        yield f"{place}.offset: it counts from an anchor; name one"
    if due.anchor and due.anchor not in known:
        supplied = f"nothing supplies the date {due.anchor}; known: {_list(known)}"
        yield f"{place}.anchor: {supplied}"
    if due.yearly and not _in_a_calendar(due.yearly):
        yield f'{place}.yearly: {due.yearly} is no day; write one such as "01-31"'
    for branch in (*due.earliest, *due.latest):
        yield from _due(branch, place, known)


def _in_a_calendar(month_and_day: str) -> bool:
    try:
        in_year(month_and_day, LEAP_YEAR)
    except ValueError:
        return False
    return True


def _list(names: Iterable[str]) -> str:
    return ", ".join(names) or "none"


ALONE: tuple[Callable[[Rule], Iterator[str]], ...] = (
    _form,
    _limits,
    _approval,
    _spans,
    _fallback,
)
AMONG: tuple[Callable[[Rule, Rulebook], Iterator[str]], ...] = (
    _names,
    _follow_ups,
    _when,
    _dues,
)
