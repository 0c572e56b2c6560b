"""For those who run it: is it alive, is it ready, and how is it doing."""

from datetime import UTC, datetime
from math import inf

from flask import Blueprint, Response
from werkzeug.exceptions import ServiceUnavailable

from domain.errors import VaultClosed
from projections.models import MODELS
from projections.position import lag
from web.metrics import exposition
from web.strict import answer
from web.wiring import desk, wiring

operations = Blueprint("operations", __name__)
NAMES = [model.name for model in MODELS]


@operations.get("/health")
def health() -> Response:
    """Say that the process answers; it asks nobody else."""
    return answer({"status": "ok"})


@operations.get("/ready")
def ready() -> Response:
    """Say whether the database answers, read models are fresh, and seals open."""
    most = wiring().settings.ready_lag
    stale = behind(most)
    if stale:
        why = f"behind the log by more than {most:g} seconds: {', '.join(stale)}"
        raise ServiceUnavailable(why, retry_after=5)
    refuse_closed_vault()
    return answer({"status": "ready", "at": datetime.now(UTC)})


def refuse_closed_vault() -> None:
    """Raise where the wrapping key is not at hand; whoever asks learns no more."""
    try:
        desk().vault.check()
    except VaultClosed as error:
        why = "the wrapping key is not at hand: `probity keys status` says more"
        raise ServiceUnavailable(why, retry_after=5) from error


def behind(seconds: float) -> list[str]:
    """Return the read models that lag by more than this, or are not there at all."""
    with desk().reading() as connection:
        lags = {known.name: known.seconds for known in lag(connection, NAMES)}
    return [name for name in NAMES if lags.get(name, inf) > seconds]


@operations.get("/metrics")
def metrics() -> Response:
    """Show what Prometheus collects; nothing in it is about a person."""
    return exposition(desk())
