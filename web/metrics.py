"""What is measured, for Prometheus: requests, and how far the register has come."""

import os
import time
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from flask import Flask, Response, g, request
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    Counter,
    Histogram,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from projections.ledger.publishing.standing import look
from projections.ledger.store import Progress, progress
from projections.models import MODELS
from projections.position import lag
from projections.work import backlog
from web.wiring import Desk

REQUESTS = Counter(
    "probity_requests_total",
    "Requests answered",
    ["method", "route", "status"],
)
LATENCY = Histogram(
    "probity_request_seconds",
    "Seconds from a request to its answer",
    ["method", "route"],
    buckets=(0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5),
)
NAMES = [model.name for model in MODELS]


class Register(Collector):
    """How large the log is, how far read models and ledger are, and what mail waits."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def collect(self) -> Iterator[Metric]:
        with self.desk.reading() as connection:
            lags = lag(connection, NAMES)
            waiting = backlog(connection, datetime.now(UTC))
            ledger = progress(connection)
            since = look(connection, self.desk.policy).waiting_since
        size = self.desk.casework.recorder.max_notification_id() or 0
        yield GaugeMetricFamily("probity_log_events", "Events in the log", size)
        yield from of_ledger(ledger)
        yield GaugeMetricFamily(
            "probity_ledger_waiting_seconds",
            "Seconds since the oldest event was recorded that is not published",
            (datetime.now(UTC) - since).total_seconds() if since else 0,
        )
        for name, about, unit in (
            ("events", "Events that a read model has not seen", "events"),
            ("seconds", "Age of the first event that it has not seen", "seconds"),
            ("parked", "Events that it could not take", "parked"),
        ):
            values = {known.name: getattr(known, unit) for known in lags}
            yield gauge(f"probity_projection_{name}", about, "model", values)
        states = ("waiting", "failed", "undeliverable")
        mail = {state: getattr(waiting, state) for state in states}
        yield gauge("probity_outbox_mails", "Mails not delivered", "state", mail)


def of_ledger(known: Progress) -> Iterator[Metric]:
    """Yield how far the ledger is, in the same numbers as the size of the log."""
    states = ("sequenced", "signed", "cosigned")
    reached = {state: getattr(known, state) for state in states}
    about = "Last event that is in the ledger's tree, and under a signature"
    yield gauge("probity_ledger_events", about, "state", reached)
    if known.age is not None:
        yield GaugeMetricFamily(
            "probity_ledger_cosigned_age_seconds",
            "Seconds since witnesses cosigned the last published checkpoint",
            known.age,
        )


def gauge(name: str, about: str, label: str, values: Mapping[str, float]) -> Metric:
    family = GaugeMetricFamily(name, about, labels=[label])
    for of, value in values.items():
        family.add_metric([of], value)
    return family


def exposition(desk: Desk) -> Response:
    """Return all that is measured, in the text that Prometheus reads."""
    register = CollectorRegistry()
    register.register(Register(desk))
    text = generate_latest(processes()) + generate_latest(register)
    return Response(text, content_type=CONTENT_TYPE_LATEST)


def processes() -> CollectorRegistry:
    """Return what was measured in this process, or in all that share a directory."""
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return REGISTRY
    together = CollectorRegistry()
    MultiProcessCollector(together)  # type: ignore[no-untyped-call]  # it has no types
    return together


def measure(app: Flask) -> None:
    """Count every request of the application, and how long it took."""
    app.before_request(start)
    app.after_request(stop)


def start() -> None:
    g.started = time.perf_counter()


def stop(response: Response) -> Response:
    route = request.url_rule.rule if request.url_rule else "unknown"
    method = request.method if request.url_rule else "unknown"
    REQUESTS.labels(method, route, response.status_code).inc()
    LATENCY.labels(method, route).observe(time.perf_counter() - g.started)
    return response
