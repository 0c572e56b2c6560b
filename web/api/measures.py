"""Measures that are no sanction, and all that stands against a person, by track."""

from typing import Any

import msgspec
from flask import Response

from domain.errors import Unknown
from domain.rulebook import Regime, regime_stream
from domain.sanction.law import track_of
from domain.sanction.measuring import EnterMeasure, Measuring
from projections.models import sanctions as register
from projections.models.paging import Page
from projections.models.sanctions import MeasureEntry, SanctionEntry, Which
from web.answers import sanctions as shape
from web.api.sight import all_pages, one_page, sight, today
from web.auth import concerning
from web.replies import carry_out, new_id
from web.resource import Resource
from web.schemas import sanctions as schemas
from web.schemas.queries import Reading
from web.telling import reads
from web.wiring import desk

measures = Resource(
    "measures",
    about="Measures: they are not sanctions, and bar nothing unless they say so.",
    kind="sanction",
)
measures_taken = Resource("measures-taken", about="The measures there are.")
of_one = Resource(
    "tracks", about="What stands against one person, track by track.", kind="person"
)
ONE, WHAT = "/measures/<measure>", "sanction"

measures.shows(ONE, may="sanction.read", answer=shape.MeasureRecord, by=shape.measure)


class OnTrack(msgspec.Struct, frozen=True, kw_only=True):
    """All sanctions of a person on one track, and measures, which are none."""

    track: str
    sanctions: list[SanctionEntry]
    measures: list[MeasureEntry]


class Tracks(msgspec.Struct, frozen=True, kw_only=True):
    """All that was ever decided against a person, live or over."""

    number: str
    tracks: list[OnTrack]


@measures_taken.question(
    "/measures",
    may="sanction.read",
    asks=schemas.Measures,
    answer=Page[MeasureEntry],
    model=register.MODEL,
)
def list_measures(query: dict[str, Any]) -> Page[MeasureEntry]:
    """List measures, by decision; none of them is a sanction."""
    reads(WHAT, "")
    return one_page(taken, query)


def taken(query: dict[str, Any], **options: Any) -> Page[MeasureEntry]:
    with sight(query) as (connection, _):
        return register.measures(connection, today(), Which(**query), **options)


@measures.command(
    "/measures", may="sanction.manage", body=schemas.TakeMeasure, made=True
)
def take_measure(body: dict[str, Any]) -> Response:
    """Take a measure because of what a verification found, or a decision rests on.

    Whoever verified, investigated or is recused takes none; what bars something is
    taken once for a finding.
    """
    person = concerning(body.pop("person"))
    said = {name: body.pop(name) for name in ("rulebook", "kind", "text")}
    asked = Measuring(findings=tuple(body.pop("findings")), **said)
    track, name = track_under(asked.rulebook), new_id()
    command = EnterMeasure(person=person, track=track, asked=asked, name=name, **body)
    return carry_out(command, f"{person}:{track}:{name}", made_in="/v1/measures")


def track_under(rulebook: str) -> str:
    """Return the track of a rulebook, as the version that begins last has it."""
    regime = desk().casework.look(Regime(), regime_stream(rulebook))
    if not regime.published:
        raise Unknown("published rulebook", rulebook)
    return track_of(regime.version(max(regime.published))).id


@of_one.question(
    "/people/<number>/sanctions",
    may="sanction.read",
    asks=Reading,
    answer=Tracks,
    model=register.MODEL,
)
def show_tracks(query: dict[str, Any], number: str) -> Tracks:
    """Show all sanctions and measures of a person, by track; a measure is none."""
    reads(WHAT, "")
    which = Which(person=number, all=True)
    with sight(query) as (connection, _):

        def sanctions(_: Any, **page: Any) -> Page[SanctionEntry]:
            return register.sanctions(connection, today(), which, **page)

        def measured(_: Any, **page: Any) -> Page[MeasureEntry]:
            return register.measures(connection, today(), which, **page)

        imposed = list(all_pages(sanctions, {}))
        other = list(all_pages(measured, {}))
    names = {each.track for each in imposed} | {each.track for each in other}
    tracks = [on_track(name, imposed, other) for name in sorted(names)]
    return Tracks(number=number, tracks=tracks)


def on_track(
    track: str, imposed: list[SanctionEntry], other: list[MeasureEntry]
) -> OnTrack:
    return OnTrack(
        track=track,
        sanctions=[each for each in imposed if each.track == track],
        measures=[each for each in other if each.track == track],
    )
