"""Forges what was computed, one field after another, and looks whether it is found."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from msgspec.structs import replace

from domain.record import Recorded
from domain.replaying.moment import Check, Moment
from domain.replaying.past import Past
from domain.replaying.replay import RECOMPUTE, Outcome, Replay, parts
from tests.domain.replaying.logs import Records

DAY = timedelta(days=1)
FAR = (date(1990, 1, 1), date(2190, 1, 1))


def forgeries(value: Any) -> tuple[Any, ...]:  # noqa: PLR0911, C901  one line a type
    """Return other values than this one, near it and far away."""
    match value:
        case bool():
            return (not value,)
        case datetime():
            return (value + DAY,)
        case date():
            return (value + DAY, *FAR)
        case int():
            return (value + 1,)
        case str():
            return (value + "x",)
        case tuple():
            return ((*value, "x"),)
        case Mapping():
            return ({**value, "x": 7},)
        case None:
            return ()
    field = "version" if hasattr(value, "version") else "as_of"
    return tuple(
        replace(value, **{field: other}) for other in forgeries(getattr(value, field))
    )


def checked(records: Sequence[Recorded[Any]]) -> Iterator[tuple[int, Check]]:
    """Yield all that a replay of the records holds against the log, with where."""
    past = Past(Records(records))
    for position, record in enumerate(records, start=1):
        recompute = RECOMPUTE.get(type(record.fact))
        if recompute:
            for part in parts(recompute, Moment(record, past)):
                if isinstance(part, Check):
                    yield position, part
        past.add(position, record)


def with_field(record: Recorded[Any], path: str, value: Any) -> Recorded[Any]:
    """Return the record with another value in a field of its fact, or within one."""
    first, _, rest = path.partition(".")
    if rest:
        value = replace(getattr(record.fact, first), **{rest: value})
    return replace(record, fact=replace(record.fact, **{first: value}))


def unfound(records: Sequence[Recorded[Any]]) -> tuple[int, list[str]]:
    """Return how many fields were forged, and which forgeries nobody found."""
    count, missed = 0, []
    for position, check in list(checked(records)):
        record = records[position - 1]
        first = check.field.partition(".")[0]
        values = forgeries(check.stored) if hasattr(record.fact, first) else ()
        if values:
            count += 1
            forged = [with_field(record, check.field, value) for value in values]
            if not any(found(records, position, each) for each in forged):
                missed.append(f"{record.fact.TOPIC} {check.field}")
    return count, missed


def found(
    records: Sequence[Recorded[Any]], position: int, forged: Recorded[Any]
) -> bool:
    log = Records([*records[: position - 1], forged])
    replay = Replay(Past(log, before=position), Outcome())
    replay.judge(position, forged)
    return bool(replay.outcome.differences)
