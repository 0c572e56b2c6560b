"""A draw's verifications: opened for everybody who was drawn, as often as asked."""

from collections.abc import Callable
from datetime import UTC, datetime

from domain.casework import Casework
from domain.errors import Unknown
from domain.record import Actor
from domain.verification.draw import Draw, draw_stream
from domain.verification.facts import SampleDrawn
from domain.verification.verification import openings
from projections.population import unheard

TOGETHER = 256


def sample_of(casework: Casework, draw: str) -> SampleDrawn:
    """Return a draw, or raise `Unknown`."""
    sample = casework.look(Draw(), draw_stream(draw)).sample
    if sample is None:
        raise Unknown("draw", draw)
    return sample


def open_all(
    casework: Casework,
    sample: SampleDrawn,
    actor: Actor,
    advance: Callable[[int], None] = unheard,
) -> int:
    """Open what is not open yet; return how many verifications that were.

    Where it is cut short, those that were opened stay, and asking again opens the rest.
    Raises the first error that one of them met.
    """
    commands = list(openings(sample))
    new = 0
    for start in range(0, len(commands), TOGETHER):
        some = commands[start : start + TOGETHER]
        for outcome in casework.handle_all(some, by=actor, at=datetime.now(UTC)):
            if isinstance(outcome, Exception):
                raise outcome
            new += outcome.position is not None
        advance(len(some))
    return new
