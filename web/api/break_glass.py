"""Breaking the glass: access in an emergency, each use reviewed by another."""

from typing import Any

from flask import Response

from domain.records import break_glass
from web.auth import asked
from web.replies import carry_out
from web.resource import Resource
from web.schemas import records as schemas

glass = Resource(
    "break-glass",
    about="Access to a file in an emergency, for a while, reviewed afterwards.",
    kind="person",
)
ONE = "/people/<number>/break-glass"


@glass.command(ONE, may="records.break_glass", body=schemas.BreakGlass, unseen=True)
def break_the_glass(body: dict[str, Any], number: str) -> Response:
    """See a person's file in an emergency: `reason` says which; somebody reviews it.

    The receipt's `id` is under whose name it was done. While it is open, breaking it
    again records nothing.
    """
    actor = asked().actor.id
    return carry_out(break_glass.BreakGlass(actor=actor, person=number, **body), actor)


@glass.command(
    f"{ONE}/<actor>/<int:use>/review",
    may="records.review_break_glass",
    body=schemas.ReviewBreakGlass,
    unseen=True,
)
def review_break_glass(
    body: dict[str, Any], number: str, actor: str, use: int
) -> Response:
    """Judge whether there was an emergency; if there was none the access ends."""
    command = break_glass.ReviewBreakGlass(actor=actor, person=number, use=use, **body)
    return carry_out(command, actor)
