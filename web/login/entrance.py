"""The entrance of an application: what those who come in have to do with."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from flask import current_app

from projections.accounts import Accounts
from projections.logins import Errands, Tries
from projections.sessions import Sessions
from web.login.passwords import Passwords
from web.login.settings import LoginSettings
from web.wiring import desk

if TYPE_CHECKING:
    from flask_limiter import Limiter

    from web.login.provider import OpenProvider

EXTENSION = "probity-entrance"


def now() -> datetime:
    return datetime.now(UTC)


@dataclass
class Entrance:
    """Its settings, its clock, and what it asks of the desk of this process."""

    settings: LoginSettings
    limiter: "Limiter"
    provider: "OpenProvider | None" = None
    passwords: Passwords = field(default_factory=Passwords)
    clock: Callable[[], datetime] = now

    @property
    def accounts(self) -> Accounts:
        return Accounts(desk().readers)

    @property
    def sessions(self) -> Sessions:
        return Sessions(desk().readers, self.settings.lifetimes)

    @property
    def errands(self) -> Errands:
        return Errands(desk().readers)

    @property
    def tries(self) -> Tries:
        return Tries(desk().readers, self.settings.patience)


def entrance() -> Entrance:
    """Return the entrance of the application that is asked."""
    found: Entrance = current_app.extensions[EXTENSION]
    return found
