"""Mandates: who was given which role, over whom, until when, and by what."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import quote

from flask import Response

from domain.errors import Unknown
from domain.mandate import Mandate, Mandates, mandates_stream
from domain.mandating import EndMandate, GiveMandate
from web.answers.answer import Answer, taken
from web.auth import asked, concerning_unit, enforce, judged_of, sight
from web.matters import Matter, read
from web.replies import carry_out, new_id, shown
from web.resource import Resource
from web.schemas import mandates as schemas
from web.schemas.fields import Remarks
from web.schemas.queries import Reading

mandates = Resource("mandates", about="Roles given for a time, each with a scope.")
HERE = "/v1/mandates"
ONE = "/mandates/<actor>/<mandate>"


class MandateRecord(Answer):
    """A mandate: it holds from `begins_at` up to, not including, `until`.

    `persons` and `matters` limit it where they name any. It may have ended before.
    """

    mandate: str
    actor: str
    person: str | None
    role: str
    unit: str | None
    persons: Sequence[str]
    matters: Sequence[str]
    basis: str
    begins_at: datetime
    until: datetime
    ended_at: datetime | None
    holds: bool


class MandatesOfOne(Answer):
    """All that somebody was ever given, in the order of giving."""

    actor: str
    version: int
    mandates: Sequence[MandateRecord]


@mandates.command("/mandates", may="mandate.give", body=schemas.GiveMandate, made=True)
def give(body: dict[str, Any]) -> Response:
    """Give somebody a role for a time. Nobody gives one to themself."""
    persons, matters = (tuple(body.pop(name, ())) for name in ("persons", "matters"))
    concerning_unit(body.get("unit"))
    for number in persons:
        enforce(judged_of(number), None, number)
    name = new_id()
    command = GiveMandate(mandate=name, persons=persons, matters=matters, **body)
    return carry_out(command, name, made_in=f"{HERE}/{quote(command.actor)}")


@mandates.command(f"{ONE}/end", may="mandate.end", body=Remarks, unseen=True)
def end(body: dict[str, Any], actor: str, mandate: str) -> Response:
    """End a mandate before its time, saying why."""
    command = EndMandate(actor=actor, mandate=found(actor, mandate).id, **body)
    return carry_out(command, mandate)


@mandates.question(
    "/mandates/<actor>", may="mandate.read", asks=Reading, answer=MandatesOfOne
)
def list_mandates(query: dict[str, Any], actor: str) -> Response:  # noqa: ARG001  nothing is asked
    """Show all that somebody was ever given."""
    known = all_of(actor)
    records = tuple(map(record, in_sight(known.state.given)))
    shown_ones = MandatesOfOne(actor=actor, version=known.version, mandates=records)
    return shown(shown_ones, known.version)


@mandates.question(ONE, may="mandate.read", asks=Reading, answer=MandateRecord)
def show_mandate(query: dict[str, Any], actor: str, mandate: str) -> Response:  # noqa: ARG001  nothing is asked
    """Show one mandate, and whether it holds now."""
    one = found(actor, mandate)
    return shown(record(one.state), one.version)


def all_of(actor: str) -> Matter:
    """Return all mandates of somebody, or raise `Unknown`."""
    return read("mandate", actor, Mandates(), mandates_stream(actor))


def found(actor: str, mandate: str) -> Matter:
    """Return one mandate, or raise `Unknown` where whoever asks may not know of it."""
    known = all_of(actor)
    for one in in_sight(known.state.given):
        if one.given.mandate == mandate:
            return replace(known, id=mandate, state=one)
    raise Unknown("mandate", mandate)


def in_sight(given: Iterable[Mandate]) -> Iterator[Mandate]:
    """Yield those that lie within reach, and are over nobody near to whoever asks."""
    seen, unit = sight(), asked().grant.unit
    barred = set(seen.barred())
    for one in given:
        near = unit is None or unit in seen.line(one.given.unit)
        if near and barred.isdisjoint(one.given.persons):
            yield one


def record(one: Mandate) -> MandateRecord:
    shown_one: MandateRecord = taken(
        MandateRecord, one.given, ended_at=one.ended_at, holds=one.holds(asked().at)
    )
    return shown_one
