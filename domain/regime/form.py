"""What a filing says, held against the form that its rule demands."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from domain.errors import Invalid
from domain.record import Value
from domain.regime.answer import Answer, Unreadable, is_blank, read
from domain.regime.types import Field, Limit, Rule

# What a filing says instead of answers when there is nothing to declare.
NIL = "nil"


class Deficiency(Value):
    """A field that the rule demands and that was left blank."""

    field: str
    what: str


class Answers(dict[str, Any]):
    """Answers that were read under a rule once, and need not be read under it again."""

    __slots__ = ("rule",)

    def __init__(self, rule: Rule, answers: Mapping[str, Answer]) -> None:
        super().__init__(answers)
        self.rule = rule


def clean(rule: Rule, contents: Mapping[str, object]) -> Answers:
    """Return what was answered, as plain JSON in the order of the form.

    Blank answers are left out. Dates are ISO text, amounts {"amount": "90000",
    "currency": "CNY"}. {"nil": true} is a nil return. Raise `Invalid`, naming field and
    rule, where a field is unknown or an answer is not of its kind.
    """
    if isinstance(contents, Answers) and contents.rule is rule:
        return contents
    if is_nil(rule, contents):
        return Answers(rule, {NIL: True})
    form = {field.name: field for field in rule.form or ()}
    for name in contents:
        if name not in form and name != NIL:
            known = ", ".join(form) or "none"
            raise _invalid(rule, name, f"there is no such field; there are: {known}")
    answers = {
        name: _read(rule, field, contents[name])
        for name, field in form.items()
        if not is_blank(contents.get(name))
    }
    return Answers(rule, answers)


def check(rule: Rule, contents: Mapping[str, object]) -> tuple[Deficiency, ...]:
    """Return what is missing; raise `Invalid` as `clean` does for what is wrong."""
    answers = clean(rule, contents)
    if NIL in answers:
        return ()
    return tuple(
        Deficiency(field=field.name, what=f"{field.label or field.name} is missing")
        for field in rule.form or ()
        if field.required and field.name not in answers
    )


def flags(rule: Rule, contents: Mapping[str, object]) -> tuple[str, ...]:
    """Return a warning for each limit that is exceeded; none of them bars a filing."""
    answers = clean(rule, contents)
    warnings = (_exceeded(limit, answers.get(limit.field)) for limit in rule.limits)
    return tuple(warning for warning in warnings if warning)


def anchors(rule: Rule, contents: Mapping[str, object]) -> dict[str, date]:
    """Return the dates that were answered, by field: what a due date counts from."""
    answers = clean(rule, contents)
    return {
        field.name: date.fromisoformat(answers[field.name])
        for field in rule.form or ()
        if field.kind == "date" and field.name in answers
    }


def is_nil(rule: Rule, contents: Mapping[str, object]) -> bool:
    """Return whether it is a nil return; raise `Invalid` where none is allowed."""
    said = contents.get(NIL)
    if is_blank(said) or not _read(rule, Field(name=NIL, kind="boolean"), said):
        return False
    if not rule.nil_return:
        raise _invalid(rule, NIL, "the rule takes no nil return; answer the form")
    for name, answer in contents.items():
        if name != NIL and not is_blank(answer):
            raise _invalid(rule, name, "a nil return answers nothing else")
    return True


def _read(rule: Rule, field: Field, answer: object) -> Answer:
    try:
        return read(field, answer)
    except Unreadable as error:
        raise _invalid(rule, field.name, str(error)) from None


def _invalid(rule: Rule, field: str, reason: str) -> Invalid:
    return Invalid(field, reason, rule=f"rule {rule.id}")


def _exceeded(limit: Limit, answer: Answer | None) -> str | None:
    if answer is None:
        return None
    value, unit = str(answer), ""
    if isinstance(answer, dict):
        value, unit = answer["amount"], f" {answer['currency']}"
        if answer["currency"] != limit.currency:
            foreign = f"{limit.field}: {value}{unit} cannot be held against"
            return f"{foreign} {limit.max} {limit.currency}"
    if Decimal(value) <= limit.max:
        return None
    cite = limit.cite and f" ({limit.cite})"
    return f"{limit.field}: {value}{unit} is more than {limit.max}{unit}{cite}"
