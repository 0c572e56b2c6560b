"""What the public is shown: released fields of reports, and nothing by default."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from msgspec.structs import replace

from domain.casework import Casework
from domain.disclosure import (
    Disclosure,
    DisclosureAmended,
    Filing,
    disclosure_stream,
)
from domain.errors import Tampered
from domain.record import Sealed
from domain.records.release import Release, release_stream
from domain.sealing import sealed_in, unlocked
from domain.vault import DataKey, token_of
from domain.view import View
from projections.models.requests import Release as Decision
from web.answers.answer import Answer

FIELD = re.compile(r"(?:items\[([0-9]+)\]\.)?(.+)")
Item = dict[str, Any]


class PublicDisclosure(Answer):
    """What of one report was released: of each item those fields, as they read then.

    Whose it is stands in it only where one of the fields says so. `amended_since` says
    that the report reads differently now, in these fields or in others.
    """

    release: str
    released_on: date
    rulebook: str
    rule: str
    category: str
    amended_since: bool
    items: Sequence[Mapping[str, Any]]


def published(
    casework: Casework, decisions: Sequence[Decision]
) -> list[PublicDisclosure]:
    """Return what is shown under decisions to release, by the log as it is now.

    Nothing is where the decision or the report was withdrawn, nor of what has no key
    any more. No read is on record: what is public is read by nobody in particular.
    """
    found = list(standing(View(casework.read_sealed), decisions))
    seals = [seal for one in found for item in one.items for seal in sealed(item)]
    ids = {token_of(seal.sealed).key for seal in seals}
    keys = casework.vault.fetch(ids) if ids else {}
    shown = (replace(one, items=opened(one, keys)) for one in found)
    return [one for one in shown if one.items]


def standing(view: View, decisions: Sequence[Decision]) -> Iterator[PublicDisclosure]:
    """Yield what the decisions release, still sealed."""
    view.fetch(release_stream(decision.release) for decision in decisions)
    view.fetch(disclosure_stream(decision.disclosure) for decision in decisions)
    for decision in decisions:
        stream = disclosure_stream(decision.disclosure)
        report = view.state(Disclosure(), stream)
        decided = view.state(Release(), release_stream(decision.release))
        told = decided.decided if decided.live else None
        if told and report.filing and report.stage != "withdrawn":
            yield PublicDisclosure(
                release=decision.release,
                released_on=decision.decided_on,
                rulebook=report.filing.cited.rulebook,
                rule=report.filing.cited.rule,
                category=report.filing.category,
                amended_since=report.amended > told.amended,
                items=list(
                    released(
                        stream, items_then(view, stream, told.amended), decision.fields
                    )
                ),
            )


def items_then(view: View, stream: UUID, amended: int) -> Sequence[Mapping[str, Any]]:
    """Return the items of a report as they read after so many amendments."""
    facts = (record.fact for record in view.history(stream))
    said = [f.items for f in facts if isinstance(f, Filing | DisclosureAmended)]
    found: Sequence[Mapping[str, Any]] = said[amended]
    return found


def released(
    stream: UUID, items: Iterable[Mapping[str, Any]], fields: Collection[str]
) -> Iterator[Item]:
    """Yield what of each item the *fields* name: "venue" in all, "items[2].venue".

    Raises:
        Tampered: a value was sealed for another report, or for another field.
    """
    named = [FIELD.fullmatch(field) for field in fields]
    wanted = {found.groups() for found in named if found}
    for nth, item in enumerate(items):
        yield {
            name: in_place(value, stream, name)
            for name, value in item.items()
            if wanted & {(None, name), (str(nth), name)}
        }


def in_place(value: Any, stream: UUID, name: str) -> Any:
    if seal := sealed_in(value):
        token = token_of(seal.sealed)
        if (token.stream, token.field.rpartition(".")[2]) != (stream, name):
            raise Tampered(f"{name} of {stream}")
    return value


def sealed(item: Mapping[str, Any]) -> Iterator[Sealed]:
    return (seal for value in item.values() if (seal := sealed_in(value)))


def opened(shown: PublicDisclosure, keys: Mapping[UUID, DataKey]) -> list[Item]:
    """Return the items in the clear: no empty ones, and nothing that has no key."""
    plain = (dict(legible(item, keys)) for item in shown.items)
    return [item for item in plain if item]


def legible(
    item: Mapping[str, Any], keys: Mapping[UUID, DataKey]
) -> Iterator[tuple[str, Any]]:
    for name, value in item.items():
        seal = sealed_in(value)
        if seal is None:
            yield name, value
        elif key := keys.get(token_of(seal.sealed).key):
            yield name, unlocked(seal, key)
