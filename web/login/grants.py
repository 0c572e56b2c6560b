"""What whoever asks was given: by their token, or by their mandates and their file."""

from collections.abc import Sequence
from typing import NoReturn

from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import Unauthorized

from domain.access import DECLARANT, POLICY, Grant
from domain.errors import NotAllowed
from domain.mandate import Mandates, grants_of, mandates_stream
from projections.sessions import Session
from web.login.caller import caller
from web.login.csrf import confirm
from web.login.entrance import entrance
from web.wiring import desk

CHOOSE = "choose one with POST /v1/session/grant"


def granted() -> Grant:
    """Return the grant under which the request is made.

    Raises:
        Unauthorized: there is no token and no session, or it is good no more.
        Unconfirmed: a change that comes with a cookie lacks its CSRF token.
        NotAllowed: the session's holder has no mandate, or has to choose one.
    """
    asking = caller()
    if asking.grant is not None:
        return asking.grant
    session = own_session()
    return acting(session, choices(session))


def own_session() -> Session:
    """Return the session of whoever asks, or raise as `granted` does."""
    asking = caller()
    if asking.session is None:
        refuse(asking.why)
    confirm()
    return asking.session


def refuse(why: str) -> NoReturn:
    challenge = WWWAuthenticate("bearer", {"realm": "probity"})
    raise Unauthorized(why, www_authenticate=challenge)


def choices(session: Session) -> Sequence[Grant]:
    """Return all that the session's holder may act under now, as the log has it.

    What they may always do comes first: a person with a file is a declarant.
    """
    stream = mandates_stream(session.actor)
    held = desk().casework.look(Mandates(), stream)
    mandates = grants_of(held, entrance().clock())
    own = [declarant(session)] if session.person else []
    return (*own, *mandates)


def declarant(session: Session) -> Grant:
    return Grant(
        actor=session.actor,
        role=DECLARANT,
        person=session.person,
        expires_at=session.expires_at,
    )


def acting(session: Session, given: Sequence[Grant]) -> Grant:
    """Return what was chosen of what is *given*; else the first, or only one.

    Nobody acts under a mandate by accident: a declarant with mandates has to say so.

    Raises:
        NotAllowed: nothing is given, one has to be chosen, or what was has ended.
    """
    if session.chosen is None:
        return usual(given)
    for one in given:
        if one.mandate == session.chosen:
            return one
    raise NotAllowed(
        f"the mandate {session.chosen} under which you acted has ended: {CHOOSE}",
        rule=POLICY,
    )


def usual(given: Sequence[Grant]) -> Grant:
    own = [one for one in given if one.role == DECLARANT] or given
    if len(own) == 1:
        return own[0]
    why = f"you have several mandates: {CHOOSE}" if given else "you have no mandate"
    raise NotAllowed(why, rule=POLICY)
