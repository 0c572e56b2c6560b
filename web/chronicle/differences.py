"""What a fact changed: two states of a thing, compared field by field."""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec

from domain.record import Sealed, Value

LISTS = (tuple, list)


class Difference(NamedTuple):
    """One field, by its path, before and after; None where there was nothing."""

    field: str
    before: Any
    after: Any


def differences(before: Any, after: Any, path: str = "") -> Iterator[Difference]:
    """Yield where two values differ, as deep as both are of one shape.

    States share what did not change: what is the same object is not looked into, so it
    takes no longer the more has happened before.
    """
    if before is after or (type(before) is type(after) and before == after):
        return
    if nested(before) and type(before) is type(after):
        for name in before.__struct_fields__:
            below = getattr(before, name), getattr(after, name)
            yield from differences(*below, f"{path}.{name}" if path else name)
    elif isinstance(before, Mapping) and isinstance(after, Mapping):
        yield from in_mapping(before, after, path)
    elif isinstance(before, LISTS) and isinstance(after, LISTS):
        yield from in_list(before, after, path)
    else:
        yield Difference(path, some(before), some(after))


def nested(value: Any) -> bool:
    """Return whether a value has fields of its own; what is sealed is one value."""
    return isinstance(value, Value) and not isinstance(value, Sealed)


def in_mapping(
    before: Mapping[str, Any], after: Mapping[str, Any], path: str
) -> Iterator[Difference]:
    for name in {**before, **after}:
        below = before.get(name), after.get(name)
        yield from differences(*below, f"{path}.{name}" if path else str(name))


def in_list(
    before: Sequence[Any], after: Sequence[Any], path: str
) -> Iterator[Difference]:
    """Yield what was added and what was left out; else what differs place by place."""
    if len(before) == len(after):
        for nth, (one, other) in enumerate(zip(before, after, strict=True)):
            yield from differences(one, other, f"{path}[{nth}]")
        return
    kept = common(before, after)
    gone, new = deque(left(before, kept.keys())), deque(left(after, kept.values()))
    # What is sealed anew is never equal: only within it can be seen what has changed.
    while gone and new and isinstance(gone[0][1], Mapping):
        (_, one), (nth, other) = gone.popleft(), new.popleft()
        yield from differences(one, other, f"{path}[{nth}]")
    for nth, one in gone:
        yield Difference(f"{path}[{nth}]", one, None)
    for nth, one in new:
        yield Difference(f"{path}[{nth}]", None, one)


def left(values: Sequence[Any], kept: Iterable[int]) -> Iterator[tuple[int, Any]]:
    """Yield what stands at other places than those that are kept."""
    places = set(kept)
    return ((nth, one) for nth, one in enumerate(values) if nth not in places)


def common(before: Sequence[Any], after: Sequence[Any]) -> dict[int, int]:
    """Return what stands in both, in its order: places before -> places after."""
    found, start = {}, 0
    for nth, one in enumerate(before):
        for at in range(start, len(after)):
            if one is after[at] or one == after[at]:
                found[nth], start = at, at + 1
                break
    return found


def some(value: Any) -> Any:
    """Return the value, or None where it says that there is nothing."""
    empty = isinstance(value, (*LISTS, Mapping, str)) and not value
    return None if empty or value is msgspec.UNSET else value
