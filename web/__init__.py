"""HTTP and pages: a request in and a command out; a read model in and JSON out."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from web.wiring import Desk, Settings


def create_app(
    settings: "Settings | None" = None, *, desk: "Desk | None" = None
) -> "Flask":
    """Return the application; it opens the database on the first request.

    Args:
        settings: where the database is and what the limits are.
        desk: what is open already, where somebody else looks after closing it.
    """
    # The command line lives in this package too, and starts without all of that.
    from web.app import build  # noqa: PLC0415
    from web.wiring import Settings  # noqa: PLC0415

    return build(settings or Settings(), desk)
