"""`?after=`: an answer that has got at least as far as the caller's own command."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from werkzeug.exceptions import ServiceUnavailable

from domain.errors import Invalid
from projections.position import wait_for
from web.wiring import desk

View = Callable[..., Any]
LONGEST = 1.0  # seconds; a projector that works is behind by a tenth of that


def catch_up(model: str, position: int) -> None:
    """Wait until the read model has reached the *position* in the log.

    Raises:
        Invalid: nothing has been recorded at that position.
        ServiceUnavailable: it has not within `LONGEST` seconds.
    """
    size = desk().log.max_notification_id() or 0
    if position > size:
        raise Invalid("after", f"the log has come to position {size}")
    if not wait_for(desk().readers, position, timeout=LONGEST, names=[model]):
        raise ServiceUnavailable(
            f"The read model {model} has not reached {position} yet. Try again.",
            retry_after=1,
        )


def caught_up(view: View, model: str | None) -> View:
    """Wrap a view so that it waits for `?after=` before it reads."""

    @wraps(view)
    def wait(query: dict[str, Any], **keys: Any) -> Any:
        after = query.pop("after", None)
        if after is not None and model is not None:
            catch_up(model, after)
        return view(query, **keys)

    return wait
