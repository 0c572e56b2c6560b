"""A personnel file in plain words, told by the naive fold and by the read model."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

import msgspec

from domain.approval import Approval
from domain.disclosure import DeficiencyNoted, Disclosure
from domain.obligation import Obligation
from domain.person import CoveredPerson, person_stream
from projections.models.personnel_file import File
from tests.naive import Naive

Told = set[tuple[Any, ...]]


def told_by(naive: Naive, number: str, day: date) -> Told:
    """Return what the log says of the person on the day."""
    known = naive.states.get(person_stream(number))
    if known is None:
        return set()
    return {*of_person(naive, known, day), *of_matters(naive.on(day), number)}


def of_person(naive: Naive, person: CoveredPerson, day: date) -> Iterator[Any]:
    yield ("identity", person.number, text(person.name))
    yield ("service", person.status_on(day))
    for post in person.posts:
        if post.holds(day):
            yield ("post", post.post, post.unit, post.rank)
    then = naive.on(day).states.get(person_stream(person.number))
    for relative in then.relatives if then else ():
        yield ("relative", relative.relative)
    for rulebook, version in then.notified if then else ():
        yield ("rules_notified", f"{rulebook} v{version}")
    for rulebook, version in then.acknowledged if then else ():
        yield ("rules_acknowledged", f"{rulebook} v{version}")


def of_matters(naive: Naive, number: str) -> Iterator[Any]:
    for stream, state in naive.states.items():
        if state.subject != number:
            continue
        match state:
            case Obligation():
                yield duty(str(stream), state)
            case Disclosure():
                noted = naive.facts(stream, DeficiencyNoted)
                yield filing(str(stream), state, len(noted))
            case Approval():
                yield ("approval", str(stream), state.stage, state.used_by)


def duty(stream: str, state: Obligation) -> tuple[Any, ...]:
    return (
        "obligation",
        stream,
        state.stage,
        str(state.due_on),
        state.overdue,
        state.fulfilled_by,
        state.days_late,
        state.asked_until and str(state.asked_until),
        text(state.justification),
    )


def filing(stream: str, state: Disclosure, noted: int) -> tuple[Any, ...]:
    return (
        "disclosure",
        stream,
        state.stage,
        text(state.items),
        state.reviewer,
        noted,
        tuple(deficiency.number for deficiency in state.deficiencies),
    )


def text(value: Any) -> str:
    return msgspec.json.encode(value).decode()


def told_by_entries(file: File) -> Told:
    """Return what the read model says, in the same words."""
    told = (WORDS[entry.kind](entry.key, entry.data) for entry in file.entries)
    return {words for words in told if words}


WORDS: Mapping[str, Callable[[str, Any], tuple[Any, ...] | None]] = {
    "identity": lambda _, data: ("identity", data["number"], text(data["name"])),
    "service": lambda _, data: ("service", data["status"]),
    "post": lambda key, data: ("post", key, data["unit"], data["rank"]),
    "relative": lambda key, _: ("relative", key),
    "rules_notified": lambda key, _: ("rules_notified", key),
    "rules_acknowledged": lambda key, _: ("rules_acknowledged", key),
    "flag": lambda _, __: None,
    "approval": lambda key, data: (
        "approval",
        key,
        data["stage"],
        data["disclosure"],
    ),
    "obligation": lambda key, data: (
        "obligation",
        key,
        data["stage"],
        data["due_on"],
        data["overdue"],
        data["disclosure"],
        data["days_late"],
        data["asked_until"],
        text(data["justification"]),
    ),
    "disclosure": lambda key, data: (
        "disclosure",
        key,
        data["stage"],
        text(data["items"]),
        data["reviewer"],
        len(data["deficiencies"]),
        tuple(d["number"] for d in data["deficiencies"] if "cured_on" not in d),
    ),
}
