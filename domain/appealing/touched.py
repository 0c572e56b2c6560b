"""Who had to do with a matter before it is appealed, and so is kept from the appeal."""

import unicodedata
from collections.abc import Collection, Sequence
from datetime import date
from hashlib import sha256
from typing import Any

from domain.appeal import Appeal, AppealLodged, PanelConstituted, appeal_stream
from domain.appealing.against import appeals_of
from domain.appealing.stages import law_of, rule_text
from domain.case.case import Case, case_stream
from domain.case.facts import DecisionMade, InterviewRecorded, InvestigatorAssigned
from domain.conflict import conflict_of
from domain.errors import NotAllowed
from domain.hold import holds_stream
from domain.person import CoveredPerson, person_named, person_stream
from domain.proceedings import acted, proceedings_of
from domain.record import Given, Recorded
from domain.sanction.facts import (
    PersonnelChangeOrdered,
    ReparationOrdered,
    SanctionPeriodRecomputed,
    SanctionQuashed,
    SanctionStayed,
    SanctionVaried,
    StayEnded,
)
from domain.sanction.law import track_of
from domain.sanction.sanctions import Sanctions, sanctions_stream
from domain.verification.facts import VerifierAssigned
from domain.verification.state import verification_stream

UNTOUCHED = (
    "nobody who acted in the matter decides the appeal, or says who does (S2-09)"
)
# What follows from an appeal, or by itself: who decides one records it, and is not kept
# from going on with it.
FOLLOWS = (
    PersonnelChangeOrdered,
    ReparationOrdered,
    SanctionPeriodRecomputed,
    SanctionQuashed,
    SanctionStayed,
    SanctionVaried,
    StayEnded,
)


def refuse_touched(
    who: Collection[str], known: Collection[str], what: str, lodged: AppealLodged
) -> None:
    """Raise if one of them is among those *known* to have acted in the matter."""
    kept_away = {alike(name) for name in known}
    for name in sorted(who):
        if alike(name) in kept_away:
            reason = f"{name} acted in the matter, and may not {what}"
            raise NotAllowed(reason, rule=f"{UNTOUCHED}; {rule_text(lodged.cited)}")


def alike(name: str) -> str:
    """Return a name as it is compared: however it is written, it is the same person."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def mark_of(case: str, authority: str) -> str:
    """Return by what an authority is known again in the appeals of one case."""
    return sha256(f"{case}\n{alike(authority)}".encode()).hexdigest()


def refuse_near(given: Given, members: Collection[str], lodged: AppealLodged) -> None:
    """Raise if one of them is the person, a relative of theirs, or below them (I2)."""
    person = person_named(given, lodged.person)
    said = {
        "own": "the person concerned",
        "relative": f"a relative of {person.number}",
        "superior": f"a subordinate of {person.number}",
    }
    for member in members:
        if conflict := conflict_of(given, member, person):
            reason = f"{member} is {said[conflict]}"
            raise NotAllowed(reason, rule=rule_text(lodged.cited))


def acted_in_case(given: Given, lodged: AppealLodged) -> frozenset[str]:
    """Return who acted in the case and in what it may rest on, or was to, or recused.

    It may rest on any verification of the person, whether or not the case says so, and
    on any hold; what the case led to was imposed, carried out and managed by somebody.
    """
    stream, person = case_stream(lodged.case), lodged.person
    verified = proceedings_of(given, person).of("verification")
    streams = [stream, *map(verification_stream, verified), holds_stream(person)]
    records = [record for each in streams for record in given.history(each)]
    named = {who for record in records for who in named_in(record)}
    recused = given.look(Case(), stream).recused
    imposed = actors(of_sanctions(given, lodged))
    return acted(given, *streams) | named | imposed | {*recused, person}


def of_sanctions(given: Given, lodged: AppealLodged) -> list[Recorded[Any]]:
    """Return what was done about the sanctions and measures of the case."""
    book, _ = law_of(given, lodged.cited)
    stream = sanctions_stream(lodged.person, track_of(book).id)
    imposed = given.look(Sanctions(), stream).sanctions
    mine = {s.id for s in imposed if s.imposed.case == lodged.case}
    return [
        record
        for record in given.history(stream)
        if not isinstance(record.fact, FOLLOWS)
        and (
            getattr(record.fact, "sanction", None) in mine
            or getattr(record.fact, "case", None) == lodged.case
        )
    ]


def arranged(given: Given, lodged: AppealLodged) -> frozenset[str]:
    """Return who lodged this appeal, and who said so far who decides it."""
    records = given.history(appeal_stream(lodged.appeal))
    meant = AppealLodged | PanelConstituted
    return actors([r for r in records if isinstance(r.fact, meant)])


def actors(records: Sequence[Recorded[Any]]) -> frozenset[str]:
    """Return who recorded these, or had them recorded."""
    by = [record.actor for record in records]
    return frozenset(who for a in by for who in (a.id, a.on_behalf_of) if who)


def named_in(record: Recorded[Any]) -> tuple[str, ...]:
    """Return who took part by what a fact says, whoever recorded it."""
    match record.fact:
        case InvestigatorAssigned(investigator=who) | VerifierAssigned(verifier=who):
            return (who,)
        case InterviewRecorded(interviewers=who):
            return who
    return ()


def earlier(given: Given, lodged: AppealLodged) -> dict[str, Appeal]:
    """Return the other appeals that there ever were in the case, by name."""
    found = dict(appeals_of(given, lodged.person, lodged.case))
    return {name: appeal for name, appeal in found.items() if name != lodged.appeal}


def judged_earlier(given: Given, lodged: AppealLodged) -> frozenset[str]:
    """Return who sat on the panels of the other appeals."""
    panels = [appeal.members for appeal in earlier(given, lodged).values()]
    return frozenset(member for members in panels for member in members)


def acted_earlier(given: Given, lodged: AppealLodged) -> frozenset[str]:
    """Return who recorded anything in the other appeals."""
    return acted(given, *map(appeal_stream, earlier(given, lodged)))


def deciding_units(given: Given, lodged: AppealLodged) -> set[str]:
    """Return the units of who decided so far, as they are and as they were then.

    These are who decided the case, and who sat on the panels of other appeals.
    """
    units = {u for who in judged_earlier(given, lodged) for u in units_of(given, who)}
    for record in given.history(case_stream(lodged.case)):
        if isinstance(record.fact, DecisionMade):
            by, day = record.actor, record.fact.decided_on
            for who in filter(None, (by.id, by.on_behalf_of)):
                units |= units_of(given, who, day)
    return units


def units_of(given: Given, who: str, *days: date) -> set[str]:
    """Return the units in which somebody holds a post today, or held one on a day."""
    posts = given.look(CoveredPerson(), person_stream(who)).posts
    meant = (given.at.date(), *days)
    return {post.unit for post in posts if any(map(post.holds, meant))}
