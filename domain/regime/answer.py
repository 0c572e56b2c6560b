"""One answer on a form, read as the kind that its field asks for."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal

from domain.regime.types import CURRENCY, Field, Kind

Answer = str | int | bool | list[str] | dict[str, str]

# No sum that anyone declares is longer; what is longer is a slip or an attack.
DIGITS = 15
WHOLE = re.compile(rf"-?[0-9]{{1,{DIGITS}}}")
FRACTION = re.compile(rf"-?[0-9]{{1,{DIGITS}}}(\.[0-9]{{1,6}})?")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Unreadable(Exception):
    """The answer is not of the kind; the text says what is expected."""


def is_blank(value: object) -> bool:
    """Return whether nothing was answered: no text, an empty list, no sum."""
    match value:
        case None:
            return True
        case str():
            return not value.strip()
        case list() | tuple():
            return all(map(is_blank, value))
        case Mapping():
            return is_blank(value.get("amount"))
    return False


def read(field: Field, value: object) -> Answer:
    """Return the answer as plain JSON, or raise `Unreadable`.

    Dates, numbers and yes or no may also be text, as sheets and web forms have them.
    Numbers with a fraction come out as text, so that no digit is lost.
    """
    return READERS[field.kind](value, field)


def _text(value: object, _: Field) -> str:
    if not isinstance(value, str):
        raise Unreadable("expected a text")
    if "\0" in value:
        raise Unreadable("a NUL character cannot be stored; take it out")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise Unreadable("expected characters of Unicode") from None
    return value.strip()


def _date(value: object, _: Field) -> str:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    try:
        if isinstance(value, str) and DAY.fullmatch(value.strip()):
            return date.fromisoformat(value.strip()).isoformat()
    except ValueError as error:
        raise Unreadable(f"there is no such day: {error}") from None
    raise Unreadable("expected a date as year-month-day, for example 2016-12-20")


def _integer(value: object, _: Field) -> int:
    written = _written(value)
    if not WHOLE.fullmatch(written):
        raise Unreadable(f"expected a whole number of at most {DIGITS} digits")
    return int(written)


def _number(value: object, _: Field) -> str:
    written = repr(value) if isinstance(value, float) else _written(value)
    if not FRACTION.fullmatch(written):
        raise Unreadable(
            f"expected a number of at most {DIGITS} digits, and 6 after the point"
        )
    return _plain(written)


def _amount(value: object, _: Field) -> dict[str, str]:
    expected = Unreadable(
        'expected an amount such as {"amount": "90000", "currency": "CNY"}: digits as'
        f" text, at most {DIGITS} and 6 after the point, and three capitals"
    )
    if not isinstance(value, Mapping) or value.keys() != {"amount", "currency"}:
        raise expected
    written, currency = _written(value["amount"]), value["currency"]
    if not isinstance(currency, str) or not re.search(CURRENCY, currency):
        raise expected
    if not FRACTION.fullmatch(written):
        raise expected
    return {"amount": _plain(written), "currency": currency}


def _boolean(value: object, _: Field) -> bool:
    written = str(value).strip().lower() if isinstance(value, bool | str) else ""
    if written not in ("true", "false"):
        raise Unreadable("expected true or false")
    return written == "true"


def _choice(value: object, field: Field) -> str:
    written = value.strip() if isinstance(value, str) else None
    if written not in field.choices:
        raise Unreadable(f"expected one of {', '.join(field.choices)}")
    return written


def _list(value: object, field: Field) -> list[str]:
    if not isinstance(value, list | tuple):
        raise Unreadable("expected a list of texts")
    return [_text(entry, field) for entry in value if not is_blank(entry)]


def _written(value: object) -> str:
    """Return a number's digits as they were given; never those of a float."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value) if abs(value) < 10**DIGITS else ""
    return str(value) if isinstance(value, Decimal) else ""


def _plain(written: str) -> str:
    return format(Decimal(written) + 0, "f")


READERS: Mapping[Kind, Callable[[object, Field], Answer]] = {
    "text": _text,
    "date": _date,
    "integer": _integer,
    "number": _number,
    "amount": _amount,
    "boolean": _boolean,
    "choice": _choice,
    "list": _list,
}
