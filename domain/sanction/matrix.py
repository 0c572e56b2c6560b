"""What may be imposed at all: for the violation, on this person, on these grounds."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from domain.errors import Invalid, NotAllowed
from domain.finding import Finding
from domain.person import CoveredPerson
from domain.record import Value
from domain.regime.discipline import Ground, Personnel, Violation
from domain.regime.types import Rulebook
from domain.sanction.facts import Determined
from domain.sanction.law import kind_named, rule_on, track_of, weight


class Grounds(Value):
    """The circumstances that were found to mitigate or to aggravate, by their names."""

    mitigating: tuple[str, ...] = ()
    aggravating: tuple[str, ...] = ()


def refuse_grounds(book: Rulebook, grounds: Grounds) -> None:
    """Raise `Invalid` unless all are the rulebook's, with a legal basis each."""
    track = track_of(book)
    _known(book, "mitigating", grounds.mitigating, track.mitigating)
    _known(book, "aggravating", grounds.aggravating, track.aggravating)


def _known(
    book: Rulebook, field: str, said: Collection[str], known: Sequence[Ground]
) -> None:
    founded = {ground.id for ground in known if ground.legal_basis}
    for name in said:
        if name not in founded:
            what = f"{name} is none of {', '.join(sorted(founded))}"
            raise Invalid(
                field, f"{what}, which have a legal basis", rule=rule_on(book)
            )


def refuse_outside(
    book: Rulebook, one: Determined, finding: Finding, grounds: Grounds
) -> None:
    """Raise unless the matrix allows for a violation what is determined (S3-15).

    What is lighter takes a mitigating ground, what is heavier an aggravating one; what
    lies between kinds that the tier has takes either.

    Raises:
        Invalid: `violation`, `tier` or `kind` is none of the rulebook's, or the kind
            lies outside of what the tier has.
    """
    row = violation(book, one.violation)
    rule = rule_on(book, row.legal_basis)
    if row.classes and finding.class_ not in row.classes:
        taken = f"{row.id} is {' or '.join(row.classes)}, not {finding.class_}"
        raise Invalid("violation", taken, rule=rule)
    if one.tier not in row.tiers:
        known = ", ".join(sorted(row.tiers))
        raise Invalid("tier", f"{one.tier} is not one of {known}", rule=rule)
    kind_named(book, one.kind)
    allowed = row.tiers[one.tier]
    if one.kind in allowed or _excused(book, one.kind, allowed, grounds):
        return
    written = f"{', '.join(allowed)} for {row.id}, {one.tier}"
    reason = f"{one.kind} is none of {written}: anything else takes a ground for it"
    raise Invalid("kind", reason, rule=rule)


def _excused(
    book: Rulebook, kind: str, allowed: Sequence[str], grounds: Grounds
) -> bool:
    """Return whether a ground carries a kind beyond those that the tier has."""
    weights = [weight(book, each) for each in allowed]
    own = weight(book, kind)
    lighter = own < max(weights) and bool(grounds.mitigating)
    return lighter or (own > min(weights) and bool(grounds.aggravating))


def violation(book: Rulebook, name: str) -> Violation:
    rows = {row.id: row for row in track_of(book).violations}
    if name not in rows:
        known = ", ".join(sorted(rows))
        reason = f"{name} is not one of {known}"
        raise Invalid("violation", reason, rule=rule_on(book))
    return rows[name]


def refuse_after_service(book: Rulebook, person: CoveredPerson, day: date) -> None:
    """Raise `NotAllowed` naming what is left instead, for who serves no more."""
    after, status = track_of(book).after_service, person.status_on(day)
    if after and status in after.status:
        gone = "has retired" if status == "retired" else "has left"
        reason = f"{person.number} {gone} and is given no sanction: {after.instead}"
        raise NotAllowed(reason, rule=rule_on(book, after.legal_basis))


def refuse_personnel(
    book: Rulebook, person: CoveredPerson, kind: str, day: date
) -> None:
    """Raise `NotAllowed` if no post of the person allows this kind of sanction."""
    found = list(personnel(book, person, day))
    limited = [each for each in found if each and each.kinds]
    free = len(limited) < len(found) or not found
    if free or any(kind in each.kinds for each in limited):
        return
    names = ", ".join(each.id for each in limited)
    allowed = ", ".join(dict.fromkeys(k for each in limited for k in each.kinds))
    reason = f"{kind} is not for {names}, only {allowed}"
    basis = [each.legal_basis for each in limited]
    raise NotAllowed(reason, rule=rule_on(book, *basis))


def ladders(book: Rulebook, person: CoveredPerson, day: date) -> tuple[str, ...]:
    """Return on which ladders the person can rise; none named: on every one."""
    found = list(personnel(book, person, day))
    if not found or any(each is None or not each.ladders for each in found):
        return ()
    names = [name for each in found if each for name in each.ladders]
    return tuple(dict.fromkeys(names))


def personnel(
    book: Rulebook, person: CoveredPerson, day: date
) -> Iterator[Personnel | None]:
    """Yield what the track says of each post held on *day*, else of the last one."""
    known = {each.id: each for each in track_of(book).personnel}
    begun = [post for post in person.posts if post.from_on <= day]
    held = [post for post in begun if post.holds(day)]
    for post in held or begun[-1:]:
        yield known.get(post.category or "") or known.get(post.employer_type)
