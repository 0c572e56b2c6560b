"""Outages and bugs: try again, or a name under which the log has the details."""

from collections.abc import Iterator

import pytest
from psycopg_pool import ConnectionPool
from structlog.testing import capture_logs

from domain.casework import Casework
from projections.log import PostgresLog
from projections.postgres.address import Address, connect_as
from projections.postgres.errors import UnsafeSetting
from projections.tokens import Tokens
from projections.vault.keyring import open_vault
from tests.postgres import admin
from tests.web.office import Caller, Office
from web import create_app
from web.wiring import ROLE, Desk, Pool, open_desk


@pytest.fixture
def shut(office: Office, database: Address) -> Iterator[Office]:
    """An office whose database no longer answers, and which waits for it briefly."""
    where = connect_as(database.url.replace("/test_", "/gone_"), ROLE, name="test")
    pool: Pool = ConnectionPool(where, min_size=0, max_size=1, timeout=0.1, open=True)
    tokens = Tokens(pool)
    office.shen.get("/v1/units/college")
    tokens.known = office.desk.tokens.known
    log = PostgresLog(pool)
    vault = open_vault(log)
    office.app = create_app(
        desk=Desk(Casework(log, vault), log, vault, tokens, pool, office.desk.receipts)
    )
    office.callers.update(
        {
            who: Caller(office.app.test_client(), caller.token)
            for who, caller in office.callers.items()
        }
    )
    yield office
    pool.close()


def test_without_the_database_the_answer_is_to_try_again(shut: Office) -> None:
    with capture_logs() as logs:
        answers = [
            shut.shen.get("/v1/units/college"),
            shut.shen.get("/v1/obligations"),
            shut.shen.post(
                "/v1/disclosures", {"rulebook": "x", "rule": "x", "items": [{}]}
            ),
            shut.app.test_client().get("/ready"),
            shut.app.test_client().get("/metrics"),
        ]

    for answer in answers:
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "1")
        assert answer.get_json()["title"] == "The register is out of reach"
    assert [entry["error_id"] for entry in logs] == [
        answer.get_json()["error_id"] for answer in answers
    ]


def test_a_process_is_alive_while_the_database_is_not(shut: Office) -> None:
    assert shut.app.test_client().get("/health").get_json() == {"status": "ok"}


def test_a_bug_is_answered_with_its_name_and_no_details(
    office: Office, database: Address
) -> None:
    with admin(database) as connection:
        connection.execute("DROP TABLE access.token CASCADE")

    with capture_logs() as logs:
        answer = office.app.test_client().get(
            "/v1/units/college",
            headers={"Authorization": "Bearer prb_0123456789ab_very-secret"},
        )

    problem = answer.get_json()
    (entry,) = logs
    assert (answer.status_code, entry["error_id"]) == (500, problem["error_id"])
    assert "token" not in problem["detail"] + problem["title"]
    assert "UndefinedTable" in entry["trace"]
    assert "very-secret" not in str(entry)


def test_a_database_that_may_lose_events_is_refused(database: Address) -> None:
    name = database.url.rpartition("/")[2]
    with admin(database) as connection:
        connection.execute(f"ALTER DATABASE {name} SET synchronous_commit = off")

    with pytest.raises(UnsafeSetting, match="synchronous_commit"):
        open_desk(database.url)


def test_a_process_says_that_it_is_alive_to_somebody_with_a_session_too(
    shut: Office,
) -> None:
    client = shut.app.test_client()
    client.set_cookie("__Host-probity", "x" * 43, secure=True)

    for path, status in (("/health", 200), ("/v1/session", 503)):
        assert client.get(path, base_url="https://localhost").status_code == status
