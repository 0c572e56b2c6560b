"""For those who run it: alive, ready, measured, documented, and closed to guests."""

from dataclasses import replace

import pytest

from projections.postgres.address import Address
from projections.vault.keyring import Keyring
from projections.vault.wrapping import Given
from tests.postgres import as_role
from tests.web.office import Office
from web import create_app
from web.wiring import Settings


def test_it_is_ready_while_the_read_models_are_fresh_enough(office: Office) -> None:
    app = create_app(Settings(ready_lag=0), desk=office.desk)
    behind = app.test_client().get("/ready")
    office.projector.catch_up()
    ready = app.test_client().get("/ready")

    assert (behind.status_code, behind.headers["Retry-After"]) == (503, "5")
    assert "calendar" in behind.get_json()["detail"]
    assert (ready.status_code, ready.get_json()["status"]) == (200, "ready")


def test_it_is_not_ready_without_the_wrapping_key_in_use(office: Office) -> None:
    office.projector.catch_up()
    other = Keyring(office.desk.log, lambda: Given([bytes(32)], "PROBITY_KEK"))
    app = create_app(Settings(), desk=replace(office.desk, vault=other))

    answer = app.test_client().get("/ready")

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert "the wrapping key is not at hand" in answer.get_json()["detail"]


def test_prometheus_learns_how_far_everything_has_come(office: Office) -> None:
    office.shen.get("/v1/units/college")
    text = office.app.test_client().get("/metrics").get_data(as_text=True)

    for line in (
        f"probity_log_events {office.size():.1f}",
        f'probity_projection_events{{model="calendar"}} {office.size():.1f}',
        'probity_ledger_events{state="sequenced"} 0.0',
        'probity_projection_parked{model="calendar"} 0.0',
        'probity_outbox_mails{state="waiting"} 0.0',
    ):
        assert line in text.splitlines()
    assert 'probity_projection_seconds{model="calendar"}' in text
    counted = (
        'probity_requests_total{method="GET",route="/v1/units/<code>",status="200"}'
    )
    assert counted in text
    assert "probity_request_seconds_bucket" in text
    assert "college" not in text


def test_prometheus_learns_when_witnesses_cosigned_last(
    office: Office, database: Address
) -> None:
    metric = "probity_ledger_cosigned_age_seconds "
    before = office.app.test_client().get("/metrics").get_data(as_text=True)
    with as_role(database, "probity_ledger") as ledger:
        ledger.execute(
            "INSERT INTO ledger.cosigned SELECT origin, 2, 'a note',"
            " clock_timestamp() - interval '1 hour' FROM log.head"
        )
    after = office.app.test_client().get("/metrics").get_data(as_text=True)

    assert metric not in before
    (line,) = (line for line in after.splitlines() if line.startswith(metric))
    assert float(line.split()[1]) >= 3600
    assert 'probity_ledger_events{state="cosigned"} 2.0' in after


def test_prometheus_learns_how_long_an_event_has_waited_to_be_published(
    office: Office,
) -> None:
    text = office.app.test_client().get("/metrics").get_data(as_text=True)

    metric = "probity_ledger_waiting_seconds "
    (line,) = (line for line in text.splitlines() if line.startswith(metric))
    # The office's people came years ago, and no checkpoint is over them.
    assert float(line.split()[1]) > 365 * 86400


def test_an_address_that_is_none_is_not_counted_by_its_name(office: Office) -> None:
    client = office.app.test_client()
    client.get("/whatever-somebody-tries")

    assert "whatever" not in client.get("/metrics").get_data(as_text=True)


def test_an_address_that_is_none_says_where_to_look(office: Office) -> None:
    answer = office.app.test_client().get("/")

    assert answer.status_code == 404
    assert "/docs lists what there is" in answer.get_json()["detail"]


def test_what_several_processes_measured_is_added_up(
    office: Office, tmp_path: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", str(tmp_path))

    text = office.app.test_client().get("/metrics").get_data(as_text=True)

    assert "probity_log_events" in text
    assert "probity_requests_total" not in text


def test_no_answer_may_be_kept_framed_or_run(office: Office) -> None:
    for path in ("/v1/units/college", "/v1/nowhere", "/health", "/openapi.json"):
        headers = office.shen.get(path).headers
        assert headers["Cache-Control"] == "no-store"
        assert headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert headers["X-Content-Type-Options"] == "nosniff"


def test_the_docs_ask_no_other_host(office: Office) -> None:
    client = office.app.test_client()
    page = client.get("/docs")
    text = page.get_data(as_text=True)

    assert "://" not in text
    policy = page.headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "connect-src 'self'" in policy
    linked = [part.split('"')[0] for part in text.split('="/')[1:]]
    assert len(linked) > 4
    for path in linked:
        with client.get("/" + path) as answer:
            assert answer.status_code == 200, path
