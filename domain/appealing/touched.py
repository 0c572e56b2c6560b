"""Who had to do with a matter before it is appealed, and so is kept from the appeal."""

from collections.abc import Collection, Iterator
from datetime import date
from typing import Any

from domain.appeal import Appeal, AppealLodged, appeal_stream
from domain.appealing.against import appeals_of
from domain.appealing.stages import rule_text
from domain.case.case import Case, case_stream
from domain.case.facts import DecisionMade, InterviewRecorded, InvestigatorAssigned
from domain.conflict import conflict_of
from domain.errors import NotAllowed
from domain.person import CoveredPerson, person_named, person_stream
from domain.proceedings import acted
from domain.record import Given, Recorded
from domain.verification.facts import VerifierAssigned
from domain.verification.state import verification_stream

UNTOUCHED = (
    "nobody who acted in the matter decides the appeal, or says who does (S2-09)"
)
VERIFICATION = "verification:"


def refuse_touched(
    who: Collection[str], known: Collection[str], what: str, lodged: AppealLodged
) -> None:
    """Raise if one of them is among those *known* to have acted in the matter."""
    for name in sorted(who):
        if name in known:
            reason = f"{name} acted in the matter, and may not {what}"
            raise NotAllowed(reason, rule=f"{UNTOUCHED}; {rule_text(lodged.cited)}")


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
    """Return who acted in the case and in its verifications, or was to, or recused."""
    stream = case_stream(lodged.case)
    case = given.look(Case(), stream)
    streams = [stream, *map(verification_stream, verifications(case))]
    records = [record for each in streams for record in given.history(each)]
    named = {who for record in records for who in named_in(record)}
    return acted(given, *streams) | named | set(case.recused)


def named_in(record: Recorded[Any]) -> tuple[str, ...]:
    """Return who took part by what a fact says, whoever recorded it."""
    match record.fact:
        case InvestigatorAssigned(investigator=who) | VerifierAssigned(verifier=who):
            return (who,)
        case InterviewRecorded(interviewers=who):
            return who
    return ()


def verifications(case: Case) -> Iterator[str]:
    """Yield the verification that the case came from, if it came from one."""
    source = case.opened.source if case.opened else None
    if source and source.startswith(VERIFICATION):
        yield source.removeprefix(VERIFICATION)


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
