"""The log on PostgreSQL: the library's own cases, and what ours adds to them."""

import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from unittest import TestCase
from uuid import UUID, uuid4

import psycopg
import pytest
from eventsourcing.persistence import OperationalError, StoredEvent
from eventsourcing.tests.persistence import (
    ApplicationRecorderTestCase,
    NonInterleavingNotificationIDsBaseCase,
)

from domain.casework import Casework
from domain.errors import KeyReused, UnreadableEvent
from domain.person import person_stream
from domain.personnel import CorrectIdentity, RegisterPerson
from domain.receipt import Answer, Entry, Key, Receipt, Request
from domain.record import Actor
from projections.log import PostgresLog, open_log
from projections.postgres.address import Address, connect_as
from projections.vault.keyring import open_vault

NOW = datetime(2016, 12, 20, 9, tzinfo=UTC)
HR = Actor(id="H1", role="hr")


@pytest.fixture
def log(database: Address) -> Iterator[PostgresLog]:
    log = open_log(connect_as(database.url, "probity_web", name="test"), size=12)
    yield log
    log.pool.close()


@pytest.fixture
def casework(log: PostgresLog) -> Casework:
    return casework_on(log)


def casework_on(log: PostgresLog) -> Casework:
    return Casework(log, open_vault(log))


# The library's cases. Not applicable: AggregateRecorderTestCase wants insert_events to
# return None, ours is an application recorder and returns positions; Tracking and
# ProcessRecorderTestCase, because the projector keeps its own positions; the
# InfrastructureFactoryTestCase, because our recorder is handed over ready-made.


@pytest.mark.parametrize(
    ("kind", "case"),
    [
        (ApplicationRecorderTestCase, "test_insert_select"),
        (ApplicationRecorderTestCase, "test_performance"),
        (ApplicationRecorderTestCase, "test_concurrent_no_conflicts"),
        (ApplicationRecorderTestCase, "test_concurrent_throughput"),
        (ApplicationRecorderTestCase, "optional_test_insert_subscribe"),
        (NonInterleavingNotificationIDsBaseCase, "test"),
    ],
)
def test_the_librarys_own_case_passes(
    log: PostgresLog, kind: type[TestCase], case: str
) -> None:
    ours = type("Ours", (kind,), {"create_recorder": lambda _: log})

    getattr(ours(case), case)()


class LosesTheAnswer(PostgresLog):
    """The network fails after the server has committed, before the answer arrives."""

    def append(
        self,
        entries: Sequence[Entry],
        answers: Sequence[Answer] = (),
        keys: Sequence[UUID] = (),
    ) -> int:
        super().append(entries, answers, keys)
        raise OperationalError("the connection was lost")


def register(number: str, name: str = "Wang") -> RegisterPerson:
    return RegisterPerson(number=number, name=name)


def asked(key: str, body: bytes) -> Request:
    return Request(key=Key(actor="H1", key=key), digest=body)


def test_the_same_request_again_gets_the_first_answer(casework: Casework) -> None:
    request = asked("k1", b"body")

    first = casework.handle(register("P1"), by=HR, at=NOW, request=request)
    again = casework.handle(register("P1"), by=HR, at=NOW, request=request)

    assert again == first
    assert first.position == 1
    assert len(casework.history(person_stream("P1"))) == 1


def test_the_same_key_with_another_request_is_refused(casework: Casework) -> None:
    casework.handle(register("P1"), by=HR, at=NOW, request=asked("k1", b"one"))

    with pytest.raises(KeyReused, match="k1"):
        casework.handle(register("P2"), by=HR, at=NOW, request=asked("k1", b"two"))


def test_two_processes_with_one_key_record_it_once(database: Address) -> None:
    conninfo = connect_as(database.url, "probity_web", name="test")
    desks = [casework_on(open_log(conninfo)) for _ in range(4)]
    start = threading.Barrier(len(desks))

    def file(desk: Casework) -> Receipt:
        start.wait()
        command = register("P1")
        return desk.handle(command, by=HR, at=NOW, request=asked("k1", b"body"))

    with ThreadPoolExecutor(len(desks)) as threads:
        receipts = set(threads.map(file, desks))

    assert len(receipts) == 1
    for desk in desks:
        desk.recorder.pool.close()  # type: ignore[attr-defined]


def test_parallel_changes_to_one_file_are_all_recorded(casework: Casework) -> None:
    casework.handle(register("P1"), by=HR, at=NOW)
    names = [f"Name {n}" for n in range(40)]

    def rename(name: str) -> Receipt:
        command = CorrectIdentity(number="P1", name=name)
        return casework.handle(command, by=HR, at=NOW)

    with ThreadPoolExecutor(8) as threads:
        versions = sorted(r.version for r in threads.map(rename, names))

    assert versions == list(range(2, 42))


def test_a_connection_lost_after_the_commit_is_no_conflict(
    log: PostgresLog,
) -> None:
    casework = casework_on(LosesTheAnswer(log.pool))

    receipt = casework.handle(register("P1"), by=HR, at=NOW)

    assert receipt.position == 1
    assert len(casework.history(person_stream("P1"))) == 1


def test_a_connection_killed_by_the_server_is_replaced(
    casework: Casework, database: Address
) -> None:
    casework.handle(register("P1"), by=HR, at=NOW)
    with psycopg.connect(database.admin_url, autocommit=True) as admin:
        admin.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE application_name = 'test' AND datname = current_database()"
        )

    assert casework.handle(register("P2"), by=HR, at=NOW).position == 2


def test_the_log_refuses_change_even_from_its_owner(
    casework: Casework, database: Address
) -> None:
    casework.handle(register("P1"), by=HR, at=NOW)
    for change in (
        "UPDATE log.probity_events SET topic = 'x'",
        "DELETE FROM log.probity_events",
        "TRUNCATE log.probity_events",
    ):
        with (
            psycopg.connect(database.admin_url) as admin,
            pytest.raises(psycopg.errors.InsufficientPrivilege, match="append-only"),
        ):
            admin.execute(change)


def test_an_unknown_topic_is_named_with_event_and_position(
    casework: Casework, log: PostgresLog
) -> None:
    casework.handle(register("P1"), by=HR, at=NOW)
    stream = uuid4()
    store_raw(log, stream, "disclosure.invented", b"{}")

    with pytest.raises(UnreadableEvent) as failure:
        casework.history(stream)

    text = str(failure.value)
    assert f"{stream} version 1 at position 2, topic disclosure.invented" in text


def test_an_unknown_field_is_named_with_event_and_position(
    casework: Casework, log: PostgresLog
) -> None:
    receipt = casework.handle(register("P1"), by=HR, at=NOW)
    (event,) = log.select_streams([receipt.stream])
    stream = uuid4()
    store_raw(log, stream, event.topic, event.state.replace(b'"name"', b'"nome"'))

    with pytest.raises(UnreadableEvent, match=r"at position 2.*nome"):
        casework.history(stream)


def store_raw(log: PostgresLog, stream: UUID, topic: str, state: bytes) -> None:
    log.insert_events([StoredEvent(stream, 1, topic, state)])


def test_what_is_stored_is_plain_json_that_sql_can_read(
    casework: Casework, database: Address
) -> None:
    command = RegisterPerson(
        number="P1", name="Wang", born_on=date(1970, 1, 2), reason="new"
    )
    casework.handle(command, by=HR, at=NOW)

    with psycopg.connect(database.admin_url) as admin:
        (state,) = admin.execute(
            "SELECT convert_from(state, 'UTF8')::jsonb FROM log.probity_events"
        ).fetchone() or ({},)

    assert state["fact"]["number"] == "P1"
    assert state["fact"]["name"].keys() == {"sealed", "class"}
    assert state["actor"] == {"id": "H1", "role": "hr"}
    assert state["subject"] == "P1"
    assert state["reason"].keys() == {"sealed"}
