"""The mail that tells somebody of a hold: what is held, and where to read why."""

from domain.hold import HoldNotified, HoldPlaced
from domain.person import CoveredPerson
from domain.record import Recorded
from domain.regime.types import Rulebook
from projections.outbox import Letter
from scheduler.letters import (
    addressed,
    basis_of,
    label_of,
    message_id_of,
    open_text,
    written,
)
from scheduler.settings import Settings

HOLD = """\
Dear {name},

since {day} this is held: {type}. Nobody is accused of anything by it.

The register has the reason, what has to be done or to happen so that it is lifted, and
who placed it: {where}. It is reviewed by {review} at the latest.

Rule: {rule} ({book}).
Legal basis: {basis}

Reference: {reference}

Please do not answer this mail; say what you have to say to the office that placed it.
"""
TYPES = {
    "promotion": "a promotion",
    "document": "the issue of a document",
    "exit": "leave to go abroad",
    "retirement": "retirement",
    "reward": "a reward",
}


def hold_letter(
    event: Recorded[HoldNotified],
    placed: HoldPlaced,
    person: CoveredPerson,
    book: Rulebook,
    settings: Settings,
) -> Letter:
    """Return the mail by which a hold is told: neither its ground nor its reason."""
    body = addressed(
        person,
        HOLD,
        day=written(placed.from_on),
        type=TYPES[placed.type],
        where=settings.url or "ask the office for them",
        review=written(placed.review_on),
        rule=placed.cited,
        book=label_of(book),
        basis=basis_of(placed.cited),
        reference=placed.hold,
    )
    return Letter(
        id=event.event_id,
        message_id=message_id_of(event.event_id, settings),
        kind="notice",
        person=person.number,
        obligation=None,
        address=open_text(person.email),
        subject=f"A notice under {label_of(book)}",
        body=body,
    )
