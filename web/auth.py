"""Who is asking, what they may ask, and whom it concerns."""

from dataclasses import dataclass
from datetime import UTC, datetime

from flask import g
from msgspec.structs import replace

from domain.access import (
    ANSWERS,
    OWN_WORDS,
    Grant,
    Reach,
    Target,
    Verdict,
    decide,
    opened_by_glass,
    reach,
)
from domain.errors import NotAllowed, Unknown
from domain.record import Actor
from web.login.grants import granted
from web.target import Sight, Thing

# What a clerk does in somebody's stead, and never in their own name alone.
IN_THEIR_STEAD = OWN_WORDS | ANSWERS | {"disclosure.record_paper"}


@dataclass
class Asked:
    """One request: who asks, for what, when, and whom it turns out to concern."""

    grant: Grant
    action: str
    at: datetime
    person: str | None = None
    broke_glass: bool = False

    @property
    def actor(self) -> Actor:
        """Who acts. It comes from what was granted, never from what was sent."""
        clerk = self.grant.role == "clerk" and self.action in IN_THEIR_STEAD
        return Actor(
            id=self.grant.actor,
            role=self.grant.role,
            on_behalf_of=self.person if clerk else None,
        )


def asked() -> Asked:
    """Return what the request asks, as `admit` has found."""
    found: Asked = g.asked
    return found


def admit(action: str, thing: Thing | None = None) -> None:
    """Let the request in if whoever asks has the right at all; else raise.

    *thing* is the kind and the key of what the path names: to one who may not know of
    it, it does not exist.
    """
    g.asked = Asked(grant=granted(), action=action, at=datetime.now(UTC))
    verdict = judged()
    if thing is not None and not verdict.allowed:
        verdict = judged(Target(kind=thing[0]))
    enforce(verdict, thing)


def judged(target: Target | None = None) -> Verdict:
    """Return what the policy says to the request."""
    return decide(asked().grant, asked().action, target, at=asked().at)


def concerning(number: str, thing: Thing | None = None) -> str:
    """Return the number of the person it concerns, if the grant reaches them.

    Raises as if *thing* (the person, where nothing else is named) did not exist, unless
    whoever asks may know that it does.
    """
    enforce(judged_of(number, thing), thing, number)
    asked().person = number
    return number


def judged_of(number: str, thing: Thing | None = None) -> Verdict:
    """Return what the policy says to the request, if it concerns this person."""
    seen = sight()
    target = seen.target(number, thing)
    verdict = judged(target)
    if verdict.allowed or not opened_by_glass(asked().grant, asked().action):
        return verdict
    verdict = judged(replace(target, broken_glass=seen.broken_glass(number)))
    asked().broke_glass = verdict.allowed
    return verdict


def sight() -> Sight:
    """Look at the log as it is now, as whoever asks."""
    return Sight(asked().grant, asked().at)


def concerning_unit(code: str | None) -> None:
    """Raise unless the grant reaches the unit, or the top where *code* is None."""
    grant = asked().grant
    units = sight().line(code) if grant.by_unit else ()
    verdict = judged(Target(units=units))
    # Units are no secret: that one exists may be said where nothing else may.
    if not verdict.allowed:
        raise NotAllowed(f"unit {code}: {verdict.why}", rule=verdict.rule)


def reached() -> Reach:
    """Return whose matters are shown to whoever asks: one person's, if it is about one.

    That they may be was decided before, in `concerning`.
    """
    person, grant = asked().person, asked().grant
    if person is not None:
        return Reach(person=person, reader=grant.person)
    return reach(grant, sight().barred())


def enforce(verdict: Verdict, thing: Thing | None, number: str | None = None) -> None:
    if verdict.allowed:
        return
    if verdict.hidden:
        raise Unknown(*(thing or ("person", number or "")))
    raise NotAllowed(verdict.why, rule=verdict.rule)
