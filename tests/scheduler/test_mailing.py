"""A mail leaves at least once, and what does not leave is seen."""

import itertools
import smtplib
import socket
from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import urlsplit
from uuid import UUID

import psycopg
import pytest

from projections import outbox, work
from scheduler.mailing import NoPrivacy, deliver, server
from tests.postgres import admin
from tests.scheduler.mails import NOW, letter, send, write
from tests.scheduler.postman import TAKEN, Postman, serving
from tests.scheduler.register import Register

BUSY = "451 try again later"


def test_a_mail_is_delivered_once(register: Register, postman: Postman) -> None:
    first, second = letter("p1"), letter("p2")
    write(register, first, second)
    for _ in range(3):
        send(register, postman)

    assert sorted(postman.message_ids) == sorted([first.message_id, second.message_id])
    assert {mail["state"] for mail in register.mails()} == {"delivered"}


def test_it_says_from_whom_and_to_whom_and_that_a_machine_wrote_it(
    register: Register, postman: Postman
) -> None:
    write(register, letter("p1"))
    send(register, postman)

    (taken,) = postman.taken
    assert taken["From"] == "Integrity Office <office@example.org>"
    assert taken["To"] == "someone@example.org"
    assert taken["Subject"] == "Due by 31 January 2024: 报告"
    assert taken["Date"].datetime == NOW
    assert taken["Auto-Submitted"] == "auto-generated"
    assert taken.get_content().split() == ["Dear", "Person,", "this", "is", "due."]


def test_the_same_letter_is_kept_once(register: Register) -> None:
    same = letter("p1")
    write(register, same, same)

    assert len(register.mails()) == 1


def test_what_is_not_taken_is_tried_again_later_and_later(register: Register) -> None:
    write(register, letter("p1"))
    with serving(itertools.repeat(BUSY)) as busy:
        waits = []
        now = NOW
        for _ in range(4):
            send(register, busy, now)
            (again_at,) = [mail["next_attempt_at"] for mail in register.mails()]
            waits.append((again_at - now) / timedelta(minutes=1))
            send(register, busy, again_at - timedelta(seconds=1))
            now = again_at

    (mail,) = register.mails()
    assert waits == [1, 2, 4, 8]
    assert mail["attempts"] == 4
    assert "451" in mail["last_error"]


def test_a_second_attempt_carries_the_same_message_id(register: Register) -> None:
    same = letter("p1")
    write(register, same)
    with serving(iter([BUSY])) as postman:
        send(register, postman)
        send(register, postman, NOW + timedelta(hours=1))

        assert postman.message_ids == [same.message_id]


def test_when_the_server_hangs_up_the_others_wait_untried(register: Register) -> None:
    write(register, letter("p1"), letter("p2"))
    with serving(iter(["421 closing down"])) as postman:
        send(register, postman)
        assert sorted(mail["attempts"] for mail in register.mails()) == [0, 1]

        send(register, postman, NOW + timedelta(minutes=1))
        assert len(postman.taken) == 2


def test_after_the_last_attempt_it_is_flagged_and_can_be_tried_again(
    register: Register, postman: Postman
) -> None:
    write(register, letter("p1"))
    with serving(itertools.repeat(BUSY)) as busy:
        for day in range(3):
            send(register, busy, NOW + timedelta(days=day), attempts=3)

    with register.office.connection() as connection:
        found = work.backlog(connection, NOW)
        assert (found.waiting, found.failed) == (0, 1)
        assert [mail.state for mail in work.stuck(connection)] == ["failed"]
        assert outbox.try_again(connection, NOW) == 1
    send(register, postman)
    assert len(postman.taken) == 1


def test_an_address_that_is_none_is_flagged_and_holds_nobody_up(
    register: Register, postman: Postman
) -> None:
    write(register, letter("p1", "no address\nBcc: all@example.org"), letter("p2"))
    send(register, postman, attempts=1)

    assert [mail["state"] for mail in register.mails()] == ["failed", "delivered"]
    assert len(postman.taken) == 1


def test_without_an_address_it_is_kept_with_the_reason(
    register: Register, postman: Postman
) -> None:
    write(register, letter("p1", None))
    send(register, postman)

    with register.office.connection() as connection:
        assert work.backlog(connection, NOW).undeliverable == 1
    assert postman.taken == []


def test_without_a_server_mail_waits(register: Register) -> None:
    write(register, letter("p1"))

    assert list(deliver(register.office, NOW)) == []
    assert [mail["state"] for mail in register.mails()] == ["waiting"]


def test_while_the_server_is_away_no_mail_counts_as_tried(register: Register) -> None:
    write(register, letter("p1"))
    with socket.create_server(("127.0.0.1", 0)) as closed:
        url = urlsplit(f"smtp://127.0.0.1:{closed.getsockname()[1]}")
    office = register.with_settings(smtp_url=url, mail_from="office@example.org")

    with pytest.raises(ConnectionRefusedError):
        list(deliver(office, NOW))

    (mail,) = register.mails()
    assert (mail["state"], mail["attempts"]) == ("waiting", 0)


def test_two_that_deliver_at_once_take_different_mails(register: Register) -> None:
    write(register, letter("p1"), letter("p2"))
    with (
        register.office.connection() as one,
        register.office.connection() as other,
        outbox.next_due(one, NOW) as first,
        outbox.next_due(other, NOW) as second,
    ):
        assert first and second and first.id != second.id  # noqa: PT018  for mypy


def test_a_mail_that_was_not_noted_as_delivered_leaves_again_as_the_same(
    register: Register,
) -> None:
    same = letter("p1")
    write(register, same)

    def losing_the_database() -> Iterator[str]:
        with admin(register.database) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND state = 'idle in transaction'"
            )
        yield TAKEN

    with serving(losing_the_database()) as postman:
        with pytest.raises(psycopg.OperationalError):
            send(register, postman)
        send(register, postman)

        assert postman.message_ids == [same.message_id, same.message_id]


def test_it_logs_in_as_the_url_says(postman: Postman) -> None:
    with server(urlsplit(f"smtp://me%40here:right@127.0.0.1:{postman.port}")):
        pass

    assert postman.logins == ["me@here"]


def test_a_wrong_password_counts_against_no_mail(
    register: Register, postman: Postman
) -> None:
    write(register, letter("p1"))
    wrong = postman.settings(f"smtp://me:wrong@127.0.0.1:{postman.port}")
    with pytest.raises(smtplib.SMTPAuthenticationError):
        list(deliver(register.with_settings(**wrong), NOW))

    assert [mail["attempts"] for mail in register.mails()] == [0]


def test_no_password_goes_over_a_network_in_the_clear(postman: Postman) -> None:
    not_called_here = urlsplit(f"smtp://me:secret@127.1:{postman.port}")

    with pytest.raises(NoPrivacy, match="offers no TLS"), server(not_called_here):
        pass

    assert postman.logins == []


def test_delivered_mail_is_forgotten_after_its_time(
    register: Register, postman: Postman
) -> None:
    write(register, letter("p1"), letter("p2", None))
    send(register, postman)
    with register.office.connection() as connection:
        assert outbox.forget_delivered(connection, NOW) == 0
        assert outbox.forget_delivered(connection, NOW + timedelta(days=1)) == 1
    assert [mail["person"] for mail in register.mails()] == ["p2"]


def test_one_failed_mail_alone_can_be_tried_again(register: Register) -> None:
    with register.office.connection() as connection:
        assert outbox.try_again(connection, NOW, UUID(int=0)) == 0
