"""Nobody judges their own matter (I2), and nobody speaks in the name of others."""

from collections.abc import Iterator

from domain.errors import NotAllowed
from domain.person import CoveredPerson, person_named, person_stream
from domain.record import Given
from domain.unit import Unit, chain

OWN_MATTER = "nobody decides their own matter"
RELATIVE = "nobody decides the matter of a relative"
SUPERIOR = "nobody decides the matter of a superior"
OWN_WORDS = "a report is its declarant's: others may annotate it, never write it"
RECEIPT = "a clerk says when paper was received, and never of their own"


def refuse_stranger(given: Given, person: str) -> None:
    """Raise unless the declarant asks, or a clerk on the declarant's behalf."""
    by = given.by
    for_whom = {"declarant": (by.id,), "clerk": (by.id, by.on_behalf_of)}
    if person not in for_whom.get(by.role, ()):
        raise NotAllowed(f"{by.id} may not write for {person}", rule=OWN_WORDS)


def refuse_own_receipt(given: Given, person: str) -> None:
    """Raise unless a clerk asks who is not the declarant: the receipt decides much."""
    if given.by.role != "clerk" or given.by.id == person:
        raise NotAllowed(f"{given.by.id} may not say when it came", rule=RECEIPT)


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
    for post in person.posts:
        if post.holds(given.at.date()):
            yield from chain(given, post.unit)


def deciding_unit(given: Given, person: CoveredPerson) -> str | None:
    """Return the unit that decides: for its head, the one above (S3-09)."""
    post = person.post_on(given.at.date())
    units = list(chain(given, post.unit if post else None))
    others = (unit.code for unit in units if unit.head != person.number)
    return next(others, units[-1].code if units else None)
