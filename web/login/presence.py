"""What those who came in are told of themselves."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from domain.access import Grant
from domain.errors import NotAllowed
from projections.sessions import Session
from web.login.grants import acting, choices


class Entitlement(msgspec.Struct, frozen=True, kw_only=True):
    """One grant: a role, and whom and what it reaches.

    `mandate` names it; a token, and a declarant's own right, are no mandate. It lasts
    up to `until`.
    """

    role: str
    mandate: str | None
    person: str | None
    unit: str | None
    persons: Sequence[str]
    matters: Sequence[str]
    basis: str
    until: datetime | None


class Presence(msgspec.Struct, frozen=True, kw_only=True):
    """Who asks, and what they were given.

    `acting` is the grant under which requests are made now; null where one has to be
    chosen first. `account`, `csrf_token` and the two times are those of a session: what
    changes something takes the token in X-CSRFToken; unless it is used, a session ends
    at `idle_until`, and at `expires_at` in any case.
    """

    actor: str
    way: str
    account: str | None
    acting: Entitlement | None
    grants: Sequence[Entitlement]
    csrf_token: str | None
    idle_until: datetime | None
    expires_at: datetime | None


def of_session(session: Session, token: str | None) -> Presence:
    """Return who the holder of a session is; *token* is their CSRF token."""
    given = choices(session)
    return Presence(
        actor=session.actor,
        way=session.way,
        account=session.account,
        acting=acting_now(session, given),
        grants=tuple(map(entitled, given)),
        csrf_token=token,
        idle_until=session.idle_until,
        expires_at=session.expires_at,
    )


def of_token(grant: Grant) -> Presence:
    return Presence(
        actor=grant.actor,
        way="token",
        account=None,
        acting=entitled(grant),
        grants=(entitled(grant),),
        csrf_token=None,
        idle_until=None,
        expires_at=grant.expires_at,
    )


def acting_now(session: Session, given: Sequence[Grant]) -> Entitlement | None:
    try:
        return entitled(acting(session, given))
    except NotAllowed:
        return None


def entitled(grant: Grant) -> Entitlement:
    return Entitlement(
        role=grant.role,
        mandate=grant.mandate,
        person=grant.person,
        unit=grant.unit,
        persons=grant.persons,
        matters=grant.matters,
        basis=grant.basis,
        until=grant.expires_at,
    )
