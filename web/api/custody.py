"""The keeping of a person's records: legal holds, and destruction by two people."""

from typing import Any

from flask import Response

from domain.records import destruction, holds
from domain.records.custody import Custody, records_stream
from domain.view import replay
from web import answers
from web.answers.records import RecordsHeld
from web.answers.records import custody as held
from web.matters import Matter
from web.replies import carry_out, shown
from web.resource import Resource
from web.schemas import records as schemas
from web.schemas.fields import Remarks
from web.schemas.queries import Reading
from web.wiring import desk

custody = Resource(
    "custody",
    about="Legal holds, and the destruction of keys by order of two people.",
    kind="person",
)
ONE = "/people/<number>"
ORDER = f"{ONE}/destruction/<int:order>"


def kept(number: str) -> Matter:
    """Return what is known of the keeping of a person's records; it may be nothing."""
    history = desk().casework.history(records_stream(number))
    state = replay(Custody(), (record.fact for record in history))
    return Matter(number, len(history), state, history)


@custody.question(
    f"{ONE}/records", may="records.read", asks=Reading, answer=RecordsHeld
)
def show_records(query: dict[str, Any], number: str) -> Response:  # noqa: ARG001  nothing is asked
    """Show the holds on a person's records, open orders, and what was destroyed."""
    found = kept(number)
    return shown(held(found), found.version)


@custody.question(
    f"{ONE}/records/history",
    may="records.read",
    asks=Reading,
    answer=answers.History,
)
def show_records_history(query: dict[str, Any], number: str) -> Response:  # noqa: ARG001  nothing is asked
    """Show who placed and released holds, and ordered and confirmed destruction."""
    found = kept(number)
    return shown(answers.history(found), found.version)


@custody.command(
    f"{ONE}/holds", may="records.hold", body=schemas.PlaceHold, unseen=True
)
def place_hold(body: dict[str, Any], number: str) -> Response:
    """Forbid that anything of the person's is destroyed, until the hold is released."""
    command = holds.PlaceHold(person=number, **body)
    return carry_out(command, command.hold)


@custody.command(
    f"{ONE}/holds/<hold>/release",
    may="records.release_hold",
    body=Remarks,
    unseen=True,
)
def release_hold(body: dict[str, Any], number: str, hold: str) -> Response:
    """Release a hold, saying why it is not needed any more."""
    return carry_out(holds.ReleaseHold(person=number, hold=hold, **body), hold)


@custody.command(
    f"{ONE}/destruction",
    may="records.order_destruction",
    body=schemas.OrderDestruction,
    unseen=True,
)
def order_destruction(body: dict[str, Any], number: str) -> Response:
    """Order that keys be destroyed; nothing is until a second person confirms it.

    The receipt's `id` is the person's number: /people/{number}/records numbers the
    order.
    """
    return carry_out(destruction.OrderDestruction(person=number, **body), number)


@custody.command(
    f"{ORDER}/confirmation",
    may="records.confirm_destruction",
    body=Remarks,
    unseen=True,
)
def confirm_destruction(body: dict[str, Any], number: str, order: int) -> Response:
    """Confirm another's order: what it names can then never be opened again."""
    command = destruction.ConfirmDestruction(person=number, order=order, **body)
    return carry_out(command, number)


@custody.command(
    f"{ORDER}/decline",
    may="records.confirm_destruction",
    body=Remarks,
    unseen=True,
)
def decline_destruction(body: dict[str, Any], number: str, order: int) -> Response:
    """Set an order to destroy aside, saying why."""
    command = destruction.DeclineDestruction(person=number, order=order, **body)
    return carry_out(command, number)
