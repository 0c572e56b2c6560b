"""Where people stood, day by day: posts, ranks and units folded from their events."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

import msgspec

from domain.person import (
    CoveredPerson,
    CoveredPersonRegistered,
    IdentityCorrected,
    PositionAssumed,
    PositionChanged,
    PositionVacated,
    Post,
    Retired,
    ServiceEnded,
)
from domain.record import Fact
from projections.models.model import Event

FACTS: frozenset[type[Fact]] = frozenset(
    {
        CoveredPersonRegistered,
        IdentityCorrected,
        PositionAssumed,
        PositionChanged,
        PositionVacated,
        Retired,
        ServiceEnded,
    }
)
decode = msgspec.json.Decoder(CoveredPerson).decode


class Standing(NamedTuple):
    """What somebody was from one day up to, not including, another.

    Between two posts, and after the last, the unit and the rank are those of the post
    held before; before the first post there is no rank, but its unit already counts.
    """

    from_on: date
    to_on: date
    unit: str | None
    rank: str | None
    title: str | None
    status: str


class Careers:
    """The people of a batch, as the events leave them."""

    def __init__(self) -> None:
        self.people: dict[str, CoveredPerson] = {}
        self.opened: set[str] = set()
        self.changed: dict[str, Event] = {}

    def wanted(self, events: Iterable[Event]) -> list[str]:
        """Return who is concerned and must be loaded, for they were known before."""
        self.opened = {e.key for e in events if e.opening}
        return sorted({e.key for e in events} - self.opened)

    def load(self, states: Iterable[tuple[str, bytes]]) -> None:
        self.people.update((number, decode(state)) for number, state in states)

    def note(self, event: Event) -> CoveredPerson:
        """Fold one event about a person; return what the person is after it."""
        before = self.people.get(event.key) or CoveredPerson()
        self.people[event.key] = person = before.evolve(event.fact)
        self.changed[event.key] = event
        return person


def standings(person: CoveredPerson) -> Iterator[Standing]:
    """Yield what the person was, without a gap, from the first day to the last."""
    days = sorted({date.min, *_turns(person)})
    post: Post | None = None
    for from_on, to_on in zip(days, [*days[1:], date.max], strict=True):
        post = person.post_on(from_on) or post
        ahead = post or min(person.posts, key=lambda p: p.from_on, default=None)
        yield Standing(
            from_on=from_on,
            to_on=to_on,
            unit=ahead.unit if ahead else None,
            rank=post.rank if post else None,
            title=post.title if post else None,
            status=person.status_on(from_on),
        )


def _turns(person: CoveredPerson) -> Iterator[date]:
    """Yield the days on which something in a career may change."""
    for post in person.posts:
        yield post.from_on
        if post.to_on:
            yield post.to_on
    yield from (day for day in (person.retired_on, person.left_on) if day)
