"""For those who run it: is it alive, is it ready, and how is it doing."""

from datetime import UTC, datetime

from flask import Blueprint, Response
from werkzeug.exceptions import ServiceUnavailable

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
    """Say whether the database answers and the read models are fresh enough."""
    with desk().reading() as connection:
        lags = lag(connection, NAMES)
    most = wiring().settings.ready_lag
    behind = [known.name for known in lags if known.seconds > most]
    behind += sorted(set(NAMES) - {known.name for known in lags})
    if behind:
        raise ServiceUnavailable(
            f"behind the log by more than {most:g} seconds: {', '.join(behind)}",
            retry_after=5,
        )
    return answer({"status": "ready", "at": datetime.now(UTC)})


@operations.get("/metrics")
def metrics() -> Response:
    """Show what Prometheus collects; nothing in it is about a person."""
    return exposition(desk())
