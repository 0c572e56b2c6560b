"""Nobody judges their own matter, a relative's or a superior's (invariant I2)."""

from collections.abc import Iterator

from domain.errors import NotAllowed
from domain.person import CoveredPerson, person_named, person_stream
from domain.record import Given
from domain.unit import Unit, chain, unit_stream

OWN_MATTER = "nobody decides their own matter"
RELATIVE = "nobody decides the matter of a relative"
SUPERIOR = "nobody decides the matter of a superior"


def refuse_conflict(given: Given, number: str) -> None:
    """Raise `NotAllowed` if whoever asks may not judge the person with this number.

    The same holds for whomever they act on behalf of. A machine judges nobody, and an
    actor without a file of their own has no relatives or superiors on record.
    """
    person = person_named(given, number)
    for who in {given.by.id, given.by.on_behalf_of} - {None}:
        refuse_one(given, str(who), person)


def refuse_one(given: Given, who: str, person: CoveredPerson) -> None:
    if who == person.number:
        raise NotAllowed(f"{who} is the person concerned", rule=OWN_MATTER)
    other = given.look(CoveredPerson(), person_stream(who))
    relatives = {r.number for r in person.relatives}
    if who in relatives or person.number in {r.number for r in other.relatives}:
        raise NotAllowed(f"{who} is a relative of {person.number}", rule=RELATIVE)
    if person.number in superiors(given, other):
        raise NotAllowed(f"{person.number} is a superior of {who}", rule=SUPERIOR)


def superiors(given: Given, person: CoveredPerson) -> set[str]:
    """Return the heads of the person's unit and of every unit above it."""
    return {unit.head for unit in units_of(given, person) if unit.head}


def units_of(given: Given, person: CoveredPerson) -> Iterator[Unit]:
    post = person.post_on(given.at.date())
    return chain(given, post.unit if post else None)


def deciding_unit(given: Given, person: CoveredPerson) -> str | None:
    """Return the unit that decides: for its head, the one above (S3-09)."""
    post = person.post_on(given.at.date())
    if post is None:
        return None
    unit = given.look(Unit(), unit_stream(post.unit))
    return unit.parent if unit.head == person.number and unit.parent else unit.code
