"""JSON as it comes in and goes out: nothing lost, nothing guessed, nothing twice."""

import json
import re
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import Any, NoReturn

import msgspec
from flask import Response
from flask.json.provider import JSONProvider
from werkzeug.exceptions import BadRequest

JSON = "application/json"
# No number that a form or a schema takes has more digits, and arithmetic on one that
# has a million of them (1e999999) takes a process down.
DIGITS = 64
ESCAPE = re.compile(r"\\u", re.ASCII)


def read(raw: bytes) -> Any:
    """Return the value of a JSON text, or raise `BadRequest` saying what is wrong.

    Numbers with a fraction come out as `Decimal`. Refused besides what JSON forbids: a
    name that stands twice in an object, NaN, numbers of more than 64 digits, NUL, which
    PostgreSQL cannot store, and halves of surrogate pairs, which are no characters.
    """
    try:
        text = raw.decode()
        value = DECODER.decode(text)
    except UnicodeDecodeError as error:
        raise BadRequest(f"the body is not UTF-8: {error.reason}") from None
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise BadRequest(f"the body is not JSON: {error.msg} at {where}") from None
    except ValueError as error:
        raise BadRequest(f"the body is refused: {error}") from None
    except RecursionError:
        raise BadRequest("the body is nested too deeply") from None
    # Only an escape can bring such a character into JSON that is valid UTF-8.
    if ESCAPE.search(text) and (fault := unstorable(value)):
        raise BadRequest(f"the body is refused: {fault}")
    return value


def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"the name {twice!r} stands twice in one object")
    return members


def integer(digits: str) -> int:
    if len(digits) > DIGITS:
        raise ValueError(f"a number has more than {DIGITS} digits")
    return int(digits)


def fraction(digits: str) -> Decimal:
    try:
        number = Decimal(digits)
    except InvalidOperation:
        raise ValueError(f"there is no number {digits[:DIGITS]}") from None
    if len(digits) > DIGITS or abs(number.adjusted()) > DIGITS:
        raise ValueError(f"a number has more than {DIGITS} digits")
    return number


def no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a number")


def unstorable(value: Any) -> str | None:
    """Return what cannot be stored in a value, if there is any such thing."""
    if isinstance(value, str):
        if "\0" in value:
            return "a text holds a NUL character"
        if any("\ud800" <= character <= "\udfff" for character in value):
            return "a text holds half a surrogate pair"
        return None
    parts: Iterable[Any] = ()
    if isinstance(value, dict):
        parts = (*value, *value.values())
    elif isinstance(value, list):
        parts = value
    return next(filter(None, map(unstorable, parts)), None)


DECODER = json.JSONDecoder(
    object_pairs_hook=unique,
    parse_int=integer,
    parse_float=fraction,
    parse_constant=no_number,
)


class StrictJson(JSONProvider):
    """Flask's JSON by msgspec: fast, and at home with dates, UUIDs and our values."""

    def dumps(self, obj: Any, **_: Any) -> str:
        return msgspec.json.encode(obj).decode()

    def loads(self, s: str | bytes, **_: Any) -> Any:
        return read(s.encode() if isinstance(s, str) else s)


def answer(value: Any, status: int = 200, mimetype: str = JSON) -> Response:
    """Return a response that holds the value as JSON."""
    return Response(msgspec.json.encode(value), status=status, mimetype=mimetype)
