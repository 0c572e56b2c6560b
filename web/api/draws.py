"""Draws: who is verified at random, in a way that anybody can repeat."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from flask import Response

from domain.access import authority_of
from domain.records.reading import RecordRead
from domain.verification.draw import DrawSample
from projections import population
from projections.models import verifications as model
from projections.models.paging import Page
from projections.models.verifications import DrawEntry
from web.answers import verifications as shape
from web.api.sight import sight
from web.auth import asked, concerning_unit
from web.drawing import open_all, sample_of
from web.matters import Matter, matter
from web.replies import new_id, receipted, recorded, shown
from web.resource import Resource
from web.schemas import verifications as schemas
from web.schemas.queries import Listing, Reading
from web.telling import reader
from web.wiring import desk

draws = Resource("draws", about="Draws that anybody can repeat.", kind="draw")
ONE = "/draws/<draw>"


@draws.command("/draws", may="draw.make", body=schemas.DrawSample, made=True)
def draw_sample(body: dict[str, Any]) -> Response:
    """Draw who is verified, and open the verification of each.

    Where that is cut short, the same request with the same key opens the others.
    """
    concerning_unit(body.get("unit"))
    name, at = new_id(), datetime.now(UTC)
    command = population.found(
        desk().casework, DrawSample(draw=name, persons=(), **body), at
    )
    receipt = recorded(command)
    open_all(desk().casework, sample_of(desk().casework, name), asked().actor)
    return receipted(receipt, name, made_in="/v1/draws")


@draws.question(
    "/draws", may="draw.read", asks=Listing, answer=Page[DrawEntry], model="docket"
)
def list_draws(query: dict[str, Any]) -> Page[DrawEntry]:
    """List the draws, the newest first; to who was given a part of the units, none."""
    with sight(query) as (connection, _):
        return model.draws(connection, limit=query["limit"], after=query.get("cursor"))


@draws.question(ONE, may="draw.read", asks=Reading, answer=shape.DrawRecord)
def show_draw(query: dict[str, Any], draw: str) -> Response:  # noqa: ARG001  nothing is asked
    """Show a draw, with all that it takes to repeat it."""
    return shown(shape.draw(within_reach()), matter().version)


@draws.question(
    f"{ONE}/repetition", may="draw.read", asks=Reading, answer=shape.Repetition
)
def repeat_draw(query: dict[str, Any], draw: str) -> Response:  # noqa: ARG001  nothing is asked
    """Draw again, from the population as the log had it then, and compare."""
    within_reach()
    pair = population.repeat(desk().casework, draw)
    return shown(shape.repetition(*pair), matter().version)


def within_reach() -> Matter:
    """Return the draw, and put on record that those who were drawn are shown.

    Raises unless whoever asks reaches those it was made among.
    """
    sample = matter().state.sample
    concerning_unit(sample.unit)
    who = reader()
    command = RecordRead(
        read=uuid4().hex,
        what="verification",
        key=matter().id,
        persons=tuple(sorted(sample.drawn)),
        purpose=who.purpose,
        authority=authority_of(who.grant),
        masked=True,
        reason=who.reason,
    )
    desk().casework.handle(command, by=who.by, at=datetime.now(UTC))
    return matter()
