"""Nobody judges their own matter (I2), and nobody speaks in the name of others."""

from collections.abc import Iterator

from domain.access import OWN_MATTER, RELATIVE, SUPERIOR, Conflict
from domain.errors import NotAllowed
from domain.mandate import watches
from domain.person import CoveredPerson, person_named, person_stream
from domain.record import Given
from domain.unit import Unit, chain

OTHER_UNIT = "what integrity staff file is reviewed by another unit than their own"
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
    for who in asking(given):
        refuse_one(given, who, person)


def refuse_review(given: Given, number: str) -> None:
    """Raise as `refuse_conflict` does, and if integrity staff would review its own."""
    person = person_named(given, number)
    for who in asking(given):
        refuse_reviewer(given, who, person)


def refuse_reviewer(given: Given, who: str, person: CoveredPerson) -> None:
    """Raise if *who* may not review what the person filed (I2, S2-14)."""
    refuse_one(given, who, person)
    if colleagues(given, who, person) and watches(given, person.number):
        reason = f"{who} works in the unit of {person.number}, who is integrity staff"
        raise NotAllowed(reason, rule=OTHER_UNIT)


def refuse_one(given: Given, who: str, person: CoveredPerson) -> None:
    match conflict_of(given, who, person):
        case "own":
            raise NotAllowed(f"{who} is the person concerned", rule=OWN_MATTER)
        case "relative":
            raise NotAllowed(f"{who} is a relative of {person.number}", rule=RELATIVE)
        case "superior":
            raise NotAllowed(f"{person.number} is a superior of {who}", rule=SUPERIOR)


def conflict_of(given: Given, who: str, person: CoveredPerson) -> Conflict | None:
    """Return what the person is to *who* that forbids them to judge, if anything is."""
    if who == person.number:
        return "own"
    other = given.look(CoveredPerson(), person_stream(who))
    relatives = {r.number for r in person.relatives}
    if who in relatives or person.number in {r.number for r in other.relatives}:
        return "relative"
    return "superior" if person.number in superiors(given, other) else None


def asking(given: Given) -> set[str]:
    """Return the names of whoever asks, and of whomever they act on behalf of."""
    return {who for who in (given.by.id, given.by.on_behalf_of) if who is not None}


def colleagues(given: Given, who: str, person: CoveredPerson) -> bool:
    """Return whether the two hold posts in one unit today."""
    other = given.look(CoveredPerson(), person_stream(who))
    today = given.at.date()
    units = [{p.unit for p in both.posts if p.holds(today)} for both in (other, person)]
    return bool(units[0] & units[1])


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
