"""Holds on favours and documents, and whether an action may go ahead (S2-10)."""

from typing import Any

from flask import Response

from domain.access import DECLARANT
from domain.hold import Holds, holds_stream
from domain.holding import clearing, placing
from domain.record import Sealed
from projections.models import recourse
from projections.models.paging import Page
from projections.models.recourse import HoldEntry
from web.answers import holds as shape
from web.answers.events import History
from web.api.sight import one_page, sight, today
from web.auth import asked, concerning
from web.reading import Seal
from web.replies import carry_out
from web.resource import Resource
from web.schemas import holds as schemas
from web.telling import reader, reads
from web.wiring import desk

holds = Resource(
    "holds",
    about="Holds: each with ground, reason, release condition and a day of review.",
    kind="hold",
)
held = Resource("held", about="What is held, by when it is reviewed.")
clearances = Resource(
    "clearances", about="Whether an action on somebody may go ahead.", kind="person"
)
ONE = "/action-holds/<held>"

holds.shows(ONE, may="hold.read", answer=shape.HoldRecord, by=shape.hold)
holds.shows(f"{ONE}/history", may="hold.read", answer=History, by=shape.hold_history)


@held.question(
    "/action-holds",
    may="hold.read",
    asks=schemas.HoldsAsked,
    answer=Page[HoldEntry],
    model="recourse",
)
def list_action_holds(query: dict[str, Any]) -> Page[HoldEntry]:
    """List what is held, by when it is reviewed; what is overdue still stands."""
    reads("hold", "")
    return one_page(listed, query)


def listed(query: dict[str, Any], **options: Any) -> Page[HoldEntry]:
    with sight(query) as (connection, _):
        own = asked().grant.role == DECLARANT
        which = recourse.Holds(**query, told=own)
        return recourse.holds(connection, today(), which, **options)


@holds.command("/action-holds", may="hold.place", body=schemas.HoldFavour, made=True)
def place_hold(body: dict[str, Any]) -> Response:
    """Hold a promotion, a document, an exit, a retirement or a reward of somebody."""
    person = concerning(body["person"])
    name = f"{person}:{len(known_of(person).holds) + 1}"
    return carry_out(
        placing.PlaceHold(hold=name, **body), name, made_in="/v1/action-holds"
    )


@holds.command(f"{ONE}/notice", may="hold.place", body=schemas.NotifyOfHold)
def notify_hold(body: dict[str, Any], held: str) -> Response:
    """Put on record that the person was told; else a letter tells them."""
    return carry_out(placing.NotifyHold(hold=held, **body), held)


@holds.command(f"{ONE}/reviews", may="hold.review", body=schemas.ReviewHold)
def review_hold(body: dict[str, Any], held: str) -> Response:
    """Find that it is needed still, and say when it is looked at next."""
    return carry_out(placing.ReviewHold(hold=held, **body), held)


@holds.command(f"{ONE}/lift", may="hold.lift", body=schemas.LiftHold)
def lift_hold(body: dict[str, Any], held: str) -> Response:
    """End it: its release condition is met, or there is no ground any more."""
    return carry_out(placing.LiftHold(hold=held, **body), held)


@holds.command(f"{ONE}/overrides", may="hold.override", body=schemas.ProposeOverride)
def propose_override(body: dict[str, Any], held: str) -> Response:
    """Propose that one action go ahead all the same; a second person has to agree."""
    return carry_out(clearing.ProposeOverride(hold=held, **body), held)


@holds.command(
    f"{ONE}/overrides/<override>/agreement",
    may="hold.override",
    body=schemas.AgreeOverride,
)
def agree_override(body: dict[str, Any], held: str, override: str) -> Response:
    """Agree to what another proposed: the action can then be cleared, once."""
    command = clearing.AgreeOverride(hold=held, override=override, **body)
    return carry_out(command, held)


@clearances.command(
    "/people/<number>/clearances",
    may="hold.clear",
    body=schemas.ClearAction,
    unseen=True,
)
def clear_action(body: dict[str, Any], number: str) -> Response:
    """Ask for an action to go ahead; refused while it is held, with all that is why."""
    command = clearing.ClearAction(person=number, **body)
    try:
        return carry_out(command, number)
    except clearing.Held:
        on_record(number)
        raise


def on_record(number: str) -> None:
    """Put on record that a refusal tells why something is held of the person."""
    placed = [hold.placed for hold in known_of(number).holds if not hold.lifted_on]
    words = [word for each in placed for word in (each.text, each.release)]
    seals = [Seal(word, number) for word in words if isinstance(word, Sealed)]
    reads("hold", number)
    reader().go_on_record(seals, seals)


def known_of(person: str) -> Holds:
    """Return the holds on a person as the log has them, sealed as they are."""
    return desk().casework.look(Holds(), holds_stream(person))
