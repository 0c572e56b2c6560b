"""Logging in with a password, looking at one's session, and logging out."""

from typing import Any

from flask import Response
from marshmallow import Schema, fields, validate
from msgspec.structs import replace

from domain.access import POLICY
from domain.errors import NotAllowed
from web import strict
from web.login import cookies, csrf
from web.login.caller import caller
from web.login.doors import Door
from web.login.entering import enter, prove
from web.login.entrance import entrance
from web.login.grants import choices, own_session
from web.login.passwords import MOST
from web.login.presence import Presence, of_session, of_token
from web.schemas.fields import LONG, SHORT

password = Door("password", about="Coming in with a password.")
session = Door("session", about="Who one is here, and as what.")


class LogIn(Schema):
    name = fields.String(required=True, validate=validate.Length(1, LONG))
    password = fields.String(required=True, validate=validate.Length(1, MOST))


class ChooseGrant(Schema):
    mandate = fields.String(
        required=True,
        allow_none=True,
        validate=validate.Length(1, SHORT),
        metadata={
            "description": "The id of a mandate; null for what one may do without any."
        },
    )


@password.opens("/login/password", "POST", body=LogIn, answer=Presence, security=[])
def log_in(body: dict[str, Any]) -> Response:
    """Log in with the password of an account.

    The answer sets the cookie of a new session. After several wrong passwords in a row
    the next has to wait: 429 says for how long.
    """
    cookies.demand_tls()
    csrf.refuse_strangers()
    secret, begun = enter(prove(**body), "password")
    response = strict.answer(of_session(begun, csrf.token_for(secret)))
    cookies.give_session(response, secret)
    return response


@session.opens("/v1/session", "GET", answer=Presence)
def show_session() -> Presence:
    """Say who asks, which grants they have, and under which one they act."""
    asking = caller()
    if asking.grant is not None:
        return of_token(asking.grant)
    return of_session(own_session(), csrf.token_for(cookies.session_secret() or ""))


@session.opens("/v1/session/grant", "POST", body=ChooseGrant, answer=Presence)
def choose_grant(body: dict[str, Any]) -> Presence:
    """Choose under which grant the requests of this session are made from now on.

    A token holds one grant: there is nothing to choose.
    """
    if caller().grant is not None:
        raise NotAllowed("a token holds one grant", rule=POLICY)
    mine = own_session()
    wanted = body["mandate"]
    if wanted not in {one.mandate for one in choices(mine)}:
        named = f"the mandate {wanted}" if wanted else "a personnel number"
        raise NotAllowed(f"you do not have {named}", rule=POLICY)
    entrance().sessions.choose(mine, wanted)
    return of_session(
        replace(mine, chosen=wanted), csrf.token_for(cookies.session_secret() or "")
    )


@session.opens("/logout", "POST")
def log_out() -> Response:
    """End the session of the cookie, here and for whoever may have copied it.

    Without a session, or with one that has ended, there is nothing to do.
    """
    response = Response(status=204)
    if caller().grant is not None:
        raise NotAllowed("a token is not logged out: revoke it", rule=POLICY)
    secret = cookies.session_secret()
    if caller().session is not None and secret:
        own_session()
        entrance().sessions.end(secret, entrance().clock(), by="holder")
    cookies.take_session(response)
    return response
