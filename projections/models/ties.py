"""What a reader is to whom they read about, as the events of a batch leave it."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from domain.disclosure import ReviewerAssigned
from domain.person import CoveredPerson, RelatedPersonDeclared, RelatedPersonRemoved
from domain.record import Fact
from domain.unit import UnitEstablished, UnitHeadNamed, UnitMoved
from projections.models.careers import FACTS as CAREER
from projections.models.model import Event

FACTS: frozenset[type[Fact]] = CAREER | {
    RelatedPersonDeclared,
    RelatedPersonRemoved,
    ReviewerAssigned,
    UnitEstablished,
    UnitHeadNamed,
    UnitMoved,
}


class Place(NamedTuple):
    """A unit's place in the hierarchy."""

    code: str
    parent: str | None = None
    head: str | None = None


class Ties:
    """Of those who matter in a batch: careers, relatives, units above, reviewers."""

    def __init__(
        self,
        careers: Mapping[str, CoveredPerson],
        kin: Iterable[tuple[str, str, str]],
        units: Iterable[tuple[Any, ...]],
        reviewers: Iterable[tuple[str, str]],
    ) -> None:
        """Begin as it stood before the batch; the rows are as their loads select."""
        self.careers = dict(careers)
        self.kin = {(person, relative): number for person, relative, number in kin}
        self.units = {stream: Place(*place) for stream, *place in units}
        self.reviewers = dict(reviewers)

    def note(self, event: Event, person: CoveredPerson | None) -> None:
        """Fold one event; *person* is whom a career's event leaves."""
        if person is not None:
            self.careers[event.key] = person
        match event.fact:
            case RelatedPersonDeclared(relative=relative, number=number):
                self.kin[event.key, relative] = number or ""
            case RelatedPersonRemoved(relative=relative):
                self.kin.pop((event.key, relative), None)
            case ReviewerAssigned(reviewer=reviewer):
                self.reviewers[event.stream] = reviewer
            case _:
                self._note_unit(event)

    def _note_unit(self, event: Event) -> None:
        unit = self.units.get(event.stream)
        match event.fact:
            case UnitEstablished() as fact:
                self.units[event.stream] = Place(fact.code, fact.parent)
            case UnitMoved(parent=parent) if unit:
                self.units[event.stream] = unit._replace(parent=parent)
            case UnitHeadNamed(head=head) if unit:
                self.units[event.stream] = unit._replace(head=head)

    def related(self, one: str, other: str) -> bool:
        """Return whether either has declared the other to be a relative."""
        return any(
            (person, number) in ((one, other), (other, one))
            for (person, _), number in self.kin.items()
        )

    def superior(self, reader: str, person: str, day: date) -> bool:
        """Return whether the person heads the reader's unit, or one above it."""
        career = self.careers.get(reader) or CoveredPerson()
        held = {post.unit for post in career.posts if post.holds(day)}
        return any(place.head == person for place in self._above(held))

    def _above(self, codes: set[str]) -> Iterable[Place]:
        places = {place.code: place for place in self.units.values()}
        found: set[str] = set()
        while codes:
            found |= codes
            parents = {places[code].parent for code in codes if code in places}
            codes = {code for code in parents if code} - found
        return [places[code] for code in found if code in places]
