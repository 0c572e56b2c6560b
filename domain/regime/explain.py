"""What msgspec finds wrong, in the words of those who write rulebooks."""

import re
from collections.abc import Iterable
from typing import cast

from msgspec import inspect

from domain.regime.basis import NAME, TEXT
from domain.regime.types import CURRENCY, DAY_OF_YEAR

# Where in the value the fault is, as the end of a message says it.
PLACE = re.compile(r" - at `(?:key` in `)?\$(?P<path>[\w.\[\]]*)`\Z")
STEP = re.compile(r"\w+|\[[\d.]+\]")
ENTRY = re.compile(r"^\.(\w+)\[(\d+)\]")
IN_OTHER_WORDS = {
    f"Expected `str` matching regex {NAME!r}": (
        "expected a name: small letters, digits, _ and -, beginning with a letter,"
        " at most 63 characters"
    ),
    f"Expected `str` matching regex {TEXT!r}": "expected a text that is not blank",
    f"Expected `str` matching regex {DAY_OF_YEAR!r}": (
        'expected a month and a day such as "01-31"'
    ),
    f"Expected `str` matching regex {CURRENCY!r}": (
        'expected a currency such as "CNY": three capitals'
    ),
    "Invalid RFC3339 encoded date": "expected a date such as 2013-06-20, unquoted",
    " | null`": "`",
    "`object`": "a table",
    "`array`": "a list",
    "`str`": "a text",
    "`int`": "a whole number",
    "`bool`": "true or false",
    "Expected": "expected",
    "Invalid enum value": "unknown value",
}


def explain(message: str, raw: object, shape: type) -> str:
    """Return "field: what is wrong; what is allowed" for a message about *raw*."""
    place = PLACE.search(message)
    path = place["path"] if place else ""
    what = PLACE.sub("", message).removeprefix("Object ")
    for said, meant in IN_OTHER_WORDS.items():
        what = what.replace(said, meant)
    allowed = _allowed(what, inspect.type_info(shape), STEP.findall(path))
    return "".join((_field(path, raw), what, allowed and f"; allowed: {allowed}"))


def _field(path: str, raw: object) -> str:
    """Return the path as it is written in the text, with entries by their names."""
    found = ENTRY.match(path)
    if found and isinstance(raw, dict):
        entry = raw[found[1]][int(found[2])]
        named = entry.get("name", entry.get("id")) if isinstance(entry, dict) else None
        if named is not None:
            path = ENTRY.sub(lambda _: f"{found[1]} {named}", path)
    return path and f"{path.removeprefix('.')}: "


def _allowed(what: str, kind: inspect.Type, steps: list[str]) -> str:
    """Return what may stand at the end of *steps*, where the message leaves it open."""
    for step in steps:
        kind = _into(_plain(kind), step)
    kind = _plain(kind)
    if isinstance(kind, inspect.DictType):
        kind = kind.key_type
    if isinstance(kind, inspect.LiteralType):
        return _list(kind.values)
    if isinstance(kind, inspect.StructType) and what.startswith("contains unknown"):
        return _list(field.encode_name for field in kind.fields)
    return ""


def _into(kind: inspect.Type, step: str) -> inspect.Type:
    if isinstance(kind, inspect.StructType):
        return next(f.type for f in kind.fields if f.encode_name == step)
    if isinstance(kind, inspect.DictType):
        return kind.value_type
    return cast("inspect.VarTupleType", kind).item_type


def _plain(kind: inspect.Type) -> inspect.Type:
    """Return the type without "or nothing"."""
    if isinstance(kind, inspect.UnionType):
        return next(t for t in kind.types if not isinstance(t, inspect.NoneType))
    return kind


def _list(names: Iterable[object]) -> str:
    return ", ".join(map(str, names))
