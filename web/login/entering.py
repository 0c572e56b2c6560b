"""The last step in, whatever the way was: a session, and a new one each time."""

import structlog

from projections.accounts import Account
from projections.sessions import Session
from web.login.cookies import session_secret
from web.login.entrance import entrance
from web.login.refusals import Locked, TooOften, WrongPassword

logger = structlog.get_logger(__name__)


def enter(account: Account, way: str) -> tuple[str, Session]:
    """Begin a session and return its secret and it; the one that was there before ends.

    Raises:
        Locked: they are who they say, and are kept out.
    """
    at, sessions = entrance().clock(), entrance().sessions
    if account.locked_at is not None:
        logger.warning("login refused", way=way, why="locked", account=account.name)
        raise Locked(f"The account {account.name} is locked: ask an administrator.")
    before = session_secret()
    if before:
        sessions.end(before, at, by="login")
    logger.info("logged in", way=way, account=account.name)
    return sessions.begin(account, way, at)


def prove(name: str, password: str) -> Account:
    """Return the account of this name, if that is its password.

    It takes as long, and says the same, whether there is such an account or not.

    Raises:
        TooOften: it was wrong too often; a right one has to wait too.
        WrongPassword: it is not.
    """
    door, at = entrance(), entrance().clock()
    wait = door.tries.wait(name, at).total_seconds()
    if wait:
        raise TooOften("Too many wrong passwords in a row: wait.", wait=wait)
    hashed = door.accounts.password_of(name)
    if not door.passwords.fits(password, hashed) or hashed is None:
        # Not under which name: it may be the password, typed into the wrong field.
        logger.warning("login refused", way="password", why="wrong")
        raise WrongPassword("Check both. After several failures you will have to wait.")
    door.tries.forget(name, at)
    renewed = door.passwords.renewed(password, hashed)
    if renewed:
        door.accounts.renew_hash(name, hashed, renewed)
    return door.accounts.get(name)
