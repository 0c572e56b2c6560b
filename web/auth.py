"""Who is asking, what they may ask, and whom it concerns."""

from dataclasses import dataclass
from datetime import UTC, datetime

from flask import g, request
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import Unauthorized

from domain.access import OWN_WORDS, Grant, Target, Verdict, decide
from domain.errors import NotAllowed, Unknown
from domain.person import CoveredPerson, person_stream
from domain.record import Actor
from domain.unit import chain
from domain.view import Occasion, View
from projections.models.careers import standings
from web.wiring import desk

POLICY = "access policy"
# What a clerk does in somebody's stead, and never in their own name alone.
IN_THEIR_STEAD = OWN_WORDS | {"disclosure.record_paper"}


@dataclass
class Asked:
    """One request: who asks, for what, and whom it concerns once that is known."""

    grant: Grant
    action: str
    person: str | None = None

    @property
    def actor(self) -> Actor:
        """Who acts. It comes from the token, and never from what was sent."""
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


def admit(action: str, thing: tuple[str, str] | None = None) -> None:
    """Let the request in if its token's role has the right; else raise.

    *thing* is the kind and the key of what the path names: to one who may not know of
    it, it does not exist.
    """
    grant = authenticate()
    g.asked = Asked(grant=grant, action=action)
    verdict = decide(grant, action, None)
    if thing is not None and not verdict.allowed:
        verdict = decide(grant, action, Target())
    enforce(verdict, thing)


def authenticate() -> Grant:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    bearer = scheme.lower() == "bearer"
    grant = desk().tokens.find(token.strip()) if bearer else None
    if grant is None:
        raise Unauthorized(
            "Send a valid token in the header Authorization: Bearer prb_...",
            www_authenticate=WWWAuthenticate("bearer", {"realm": "probity"}),
        )
    return grant


def concerning(number: str, thing: tuple[str, str] | None = None) -> str:
    """Return the number of the person it concerns, if the grant reaches them.

    Raises as if *thing* (the person, where nothing else is named) did not exist, unless
    whoever asks may know that it does.
    """
    enforce(decide(asked().grant, asked().action, target_of(number)), thing, number)
    asked().person = number
    return number


def concerning_unit(code: str | None) -> None:
    """Raise unless the grant reaches the unit, or the top where *code* is None."""
    grant = asked().grant
    units = unit_and_above(code) if grant.by_unit else ()
    verdict = decide(grant, asked().action, Target(units=units))
    # Units are no secret: that one exists may be said where nothing else may.
    if not verdict.allowed:
        raise NotAllowed(f"unit {code}: {verdict.why}", rule=POLICY)


def enforce(
    verdict: Verdict, thing: tuple[str, str] | None, number: str | None = None
) -> None:
    if verdict.allowed:
        return
    if verdict.hidden:
        raise Unknown(*(thing or ("person", number or "")))
    raise NotAllowed(verdict.why, rule=POLICY)


def target_of(number: str) -> Target:
    """Return the person with their unit of today and those above it.

    The units are read only where the grant depends on them.
    """
    if not asked().grant.by_unit:
        return Target(person=number)
    person = desk().casework.look(CoveredPerson(), person_stream(number))
    today = datetime.now(UTC).date()
    unit = next(s.unit for s in standings(person) if s.from_on <= today < s.to_on)
    return Target(person=number, units=unit_and_above(unit))


def unit_and_above(code: str | None) -> tuple[str, ...]:
    sight = Occasion(by=asked().actor, at=datetime.now(UTC))
    sight.begin(View(desk().casework.read))
    return tuple(unit.code for unit in chain(sight, code))
