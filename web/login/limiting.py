"""How often anybody may ask: each caller by themself, and logins by address.

Each process counts for itself: with four workers a caller may ask four times as often.
"""

import time
from collections.abc import Callable
from typing import Any

import limits
from flask import Blueprint, Flask, request
from flask_limiter import Limiter

from web.login.caller import address, caller
from web.login.counting import SCHEME
from web.login.refusals import TooOften
from web.login.settings import LoginSettings

API = "/v1/"


class OfEntrances(Limiter):
    """Flask-Limiter, but for the entrances alone.

    To find that a route has no limit takes it as long as Flask takes for a request.
    """

    entrances: set[str]

    def __init__(self, *args: Any, **options: Any) -> None:
        self.entrances = set()
        super().__init__(*args, **options)

    def _check_request_limit(self, *args: Any, **options: Any) -> None:
        if request.blueprint in self.entrances:
            super()._check_request_limit(*args, **options)


def limited(
    app: Flask, settings: LoginSettings, entrances: tuple[Blueprint, ...]
) -> Limiter:
    """Limit all requests to the application; those to log in, in *entrances*, more."""
    limiter = OfEntrances(address, app=app, storage_uri=f"{SCHEME}://")
    for blueprint in entrances:
        limiter.entrances.add(blueprint.name)
        limiter.limit(settings.login_limit)(blueprint)
    app.before_request(counted(limiter, settings.api_limit))
    return limiter


def counted(limiter: Limiter, most: str) -> Callable[[], None]:
    """Return what counts a request, and raises `TooOften` where it is one too many."""
    limit = limits.parse(most)

    def count() -> None:
        # Who runs it may ask how it is when the database, and all it knows, is away.
        key = caller().key if request.path.startswith(API) else address()
        if not limiter.limiter.hit(limit, key):
            wait = limiter.limiter.get_window_stats(limit, key).reset_time - time.time()
            raise TooOften(f"At most {limit}. Wait, and go on more slowly.", wait=wait)

    return count
