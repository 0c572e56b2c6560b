"""From the text of a rulebook to its rules, or to all that is wrong with the text."""

import tomllib
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, NamedTuple, TypeVar

import msgspec

from domain.errors import Invalid
from domain.record import Value
from domain.regime.coherence import faults
from domain.regime.discipline import AppealStage, DueProcess, Track
from domain.regime.explain import explain
from domain.regime.scrutiny import Eligibility, HoldType, Verifying
from domain.regime.types import Population, Rule, Rulebook

V = TypeVar("V", bound=Value)

# Notepad puts it before the text; TOML has no place for it.
BYTE_ORDER_MARK = "\ufeff"
# What is read by itself: tables, and tables in a list with what one of them is called.
SECTIONS: dict[str, type[Value]] = {
    "verification": Verifying,
    "track": Track,
    "due_process": DueProcess,
    "eligibility": Eligibility,
}
LISTS: dict[str, tuple[str, type[Value]]] = {
    "rules": ("rule", Rule),
    "appeals": ("appeal", AppealStage),
    "holds": ("hold", HoldType),
}


class Piece(NamedTuple):
    """One part of the document that is read, and found wrong, by itself."""

    place: str
    raw: object
    shape: type[Value]


def parse(text: str, *, source: str = "rulebook") -> Rulebook:
    """Return the rulebook that *text*, a TOML document, holds.

    *source* names the document in messages. `Invalid` lists all that was found wrong,
    each with rule, field and what is allowed, or line and column where it is not TOML.
    """
    try:
        return _sound(_toml(text, source), source)
    except RecursionError:
        raise Invalid(source, "it is nested too deeply") from None


def _toml(text: str, source: str) -> dict[str, Any]:
    try:
        text.encode()
        return tomllib.loads(text.removeprefix(BYTE_ORDER_MARK), parse_float=Decimal)
    except UnicodeEncodeError as error:
        line = text.count("\n", 0, error.start) + 1
        raise Invalid(source, f"not a character of Unicode at line {line}") from None
    except (ValueError, ArithmeticError) as error:
        end = f"at line {text.count(chr(10)) + 1}, the end of the document"
        reason = str(error).replace("at end of document", end)
        raise Invalid(source, f"it is not TOML: {reason}") from None


def _sound(raw: dict[str, Any], source: str) -> Rulebook:
    found = [fault for piece in _pieces(raw) for fault in _misfits(piece)]
    if found:
        raise Invalid(source, "; ".join(found))
    book = _convert(raw, Rulebook)
    contradictions = faults(book)
    if contradictions:
        raise Invalid(source, "; ".join(contradictions))
    return book


def _pieces(raw: dict[str, Any]) -> Iterator[Piece]:
    """Take the document apart, so that one wrong rule does not hide another."""
    whole = dict(raw)
    if isinstance(populations := raw.get("populations"), dict):
        whole["populations"] = {name: {} for name in populations}
        for name, population in populations.items():
            yield Piece(f"population {name}, ", population, Population)
    for field in LISTS:
        yield from _entries(field, whole)
    for field, shape in SECTIONS.items():
        if isinstance(raw.get(field), dict):
            yield Piece(f"{field}, ", whole.pop(field), shape)
    yield Piece("", whole, Rulebook)


def _entries(field: str, whole: dict[str, Any]) -> Iterator[Piece]:
    """Take the entries of a list out of the whole, if it has such a list."""
    called, shape = LISTS[field]
    if isinstance(entries := whole.get(field), list):
        whole[field] = []
        for number, entry in enumerate(entries, 1):
            yield Piece(f"{called} {_name(entry, number)}, ", entry, shape)


def _name(rule: object, number: int) -> str:
    named = rule.get("id") if isinstance(rule, dict) else None
    return named if isinstance(named, str) else f"number {number}"


def _misfits(piece: Piece) -> Iterator[str]:
    if _holds_nul(piece.raw):
        yield f"{piece.place}a text holds a NUL character; take it out"
    try:
        _convert(piece.raw, piece.shape)
    except msgspec.ValidationError as error:
        yield piece.place + explain(str(error), piece.raw, piece.shape)


def _holds_nul(value: object) -> bool:
    match value:
        case str():
            return "\0" in value
        case dict():
            return any(_holds_nul(v) for pair in value.items() for v in pair)
        case list():
            return any(map(_holds_nul, value))
    return False


# Made now: msgspec makes what it knows of a type when it first meets it, and where two
# threads meet a type that contains itself (`Due`) at once, the process crashes.
msgspec.json.Decoder(Rulebook)


def _convert(raw: object, shape: type[V]) -> V:
    """Fit *raw* into *shape*; what msgspec does not know is read from its text."""
    return msgspec.convert(raw, shape, dec_hook=lambda kind, text: kind(text))
