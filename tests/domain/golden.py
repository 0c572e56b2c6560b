"""The stored shape of every fact; `python -m tests.domain.golden` publishes new ones.

It appends to `golden_log.jsonl` what is not there yet, and writes `log_format.json`.
Neither is edited by hand: what has been stored once must be readable for ever.
"""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
from msgspec import inspect

from domain.facts import FACTS
from domain.record import Actor, Citation, Fact, Recorded, Sealed
from domain.topics import encode

HERE = Path(__file__).parent
NONE = inspect.NoneType
LOG, FORMAT = HERE / "golden_log.jsonl", HERE / "log_format.json"
SOMEBODY = UUID("11111111-1111-1111-1111-111111111111")
DAY = date(2016, 12, 20)
NOON = datetime(2016, 12, 20, 12, tzinfo=UTC)
ADDRESS: dict[str, Any] = {
    "event_id": SOMEBODY,
    "originator_id": SOMEBODY,
    "originator_version": 7,
    "recorded_at": NOON,
    "command_id": SOMEBODY,
}
PLAIN: dict[type[inspect.Type], Any] = {
    inspect.StrType: "text",
    inspect.IntType: 7,
    inspect.BoolType: True,
    inspect.DateType: DAY,
    inspect.DateTimeType: NOON,
    inspect.UUIDType: SOMEBODY,
    inspect.AnyType: "anything",
}


def sample(kind: inspect.Type) -> Any:  # noqa: PLR0911, C901  one line a type
    """Return some value of this type."""
    match kind:
        case inspect.UnionType():
            return sample(min(kind.types, key=preference))
        case inspect.LiteralType():
            return kind.values[0]
        case inspect.Metadata():
            return sample(kind.type)
        case inspect.VarTupleType():
            return (sample(kind.item_type),)
        case inspect.DictType():
            return {"name": sample(kind.value_type)}
        case inspect.StructType():
            return kind.cls(**{f.name: sample(f.type) for f in kind.fields})
    return PLAIN[type(kind)]


def preference(kind: inspect.Type) -> int:
    """Rank the parts of a union: a fact says something, and sealed where it can be."""
    if isinstance(kind, inspect.StructType):
        return 0
    return 2 if type(kind) is NONE else 1


def full(fact: type[Fact]) -> Fact:
    """Return the fact with every field said."""
    value: Fact = sample(inspect.type_info(fact))
    return value


def bare(fact: type[Fact]) -> Fact:
    """Return the fact with nothing said that need not be."""
    kind = inspect.type_info(fact)
    assert isinstance(kind, inspect.StructType)
    return fact(**{f.name: sample(f.type) for f in kind.fields if f.required})


def enveloped(fact: Fact) -> Recorded[Any]:
    """Return the fact in an envelope that says all that one can say."""
    return Recorded(
        **ADDRESS,
        actor=Actor(id="clerk", role="clerk", on_behalf_of="shen"),
        fact=fact,
        subject="shen",
        occurred_on=DAY,
        reason="because",
        causation_id=SOMEBODY,
        correlation_id=SOMEBODY,
    )


def plain(fact: Fact) -> Recorded[Any]:
    """Return the fact in an envelope that says no more than it must."""
    return Recorded(**ADDRESS, actor=Actor(id="clerk", role="clerk"), fact=fact)


def line(record: Recorded[Any]) -> str:
    """Return one line of the golden log: the topic, and what stands in the log."""
    state = json.loads(encode(record))
    return json.dumps({"topic": record.fact.TOPIC, "state": state}, ensure_ascii=False)


def golden_lines() -> list[str]:
    """Return what every fact looks like in the log today, in full and at the least."""
    return [
        line(record)
        for fact in sorted(FACTS, key=lambda fact: fact.TOPIC)
        for record in (enveloped(full(fact)), plain(bare(fact)))
    ]


def stored_lines() -> list[str]:
    """Return what facts have ever looked like in the log."""
    return LOG.read_text(encoding="utf-8").splitlines() if LOG.exists() else []


def shapes() -> dict[str, dict[str, str]]:
    """Return the fields of every fact by topic, and of all that facts contain.

    A default is part of the shape: it is not stored, so another one would change what
    was said long ago.
    """
    found = {fact.TOPIC: shape(fact) for fact in sorted(FACTS, key=lambda f: f.TOPIC)}
    return {"(envelope)": shape(Recorded[Fact]), **inner(), **found}


def inner() -> dict[str, dict[str, str]]:
    """Return the shapes of the values inside facts and their envelope."""
    return {value.__name__: shape(value) for value in (Actor, Citation, Sealed)}


def shape(kind: Any) -> dict[str, str]:
    info = inspect.type_info(kind)
    assert isinstance(info, inspect.StructType)
    return {
        field.encode_name: words(field.type) + default(field) for field in info.fields
    }


def default(field: inspect.Field) -> str:
    if field.required:
        return ""
    made = field.default_factory
    value = field.default if made is msgspec.NODEFAULT else made()
    return " = " + msgspec.json.encode(value).decode()


def words(kind: inspect.Type) -> str:  # noqa: PLR0911, C901  one line a type
    """Return the type as a reader of the log would write it."""
    match kind:
        case inspect.UnionType():
            return " | ".join(words(part) for part in kind.types)
        case inspect.LiteralType():
            return " | ".join(f'"{value}"' for value in kind.values)
        case inspect.VarTupleType():
            return f"[{words(kind.item_type)}]"
        case inspect.DictType():
            return f"{{{words(kind.key_type)}: {words(kind.value_type)}}}"
        case inspect.StructType():
            return kind.cls.__name__
        case inspect.Metadata():
            return f"{words(kind.type)} sealed by field"
    return type(kind).__name__.removesuffix("Type").lower()


def published() -> dict[str, dict[str, str]]:
    known: dict[str, dict[str, str]] = json.loads(FORMAT.read_text(encoding="utf-8"))
    return known


def publish() -> None:
    new = [text for text in golden_lines() if text not in set(stored_lines())]
    with LOG.open("a", encoding="utf-8") as log:
        log.writelines(f"{text}\n" for text in new)
    FORMAT.write_text(json.dumps(shapes(), indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    publish()
