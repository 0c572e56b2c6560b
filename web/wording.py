"""Values in words: how a person reads what programs read as JSON."""

from collections.abc import Mapping, Sequence
from typing import Any


def shown(value: Any) -> str:
    """Return a value as a person reads it, on one line."""
    if value is None:
        return "-"
    if isinstance(value, Mapping):
        return mapping_shown(value)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "; ".join(map(shown, value))
    return " ".join(str(value).split())


def mapping_shown(value: Mapping[str, Any]) -> str:
    """Return a citation, an amount, or names with values in the short form of each."""
    if value.keys() == {"sealed", "class"}:
        return f"({value['sealed']})"
    if {"rulebook", "version", "rule"} <= value.keys():
        return f"{value['rulebook']} v{value['version']}, rule {value['rule']}"
    if value.keys() == {"amount", "currency"}:
        return f"{value['amount']} {value['currency']}"
    return ", ".join(f"{key} {shown(inner)}" for key, inner in value.items())
