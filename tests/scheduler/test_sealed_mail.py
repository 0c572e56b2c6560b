"""What lies in the outbox is sealed; it opens where it is sent, and nowhere else."""

import psycopg
import pytest
from structlog.testing import capture_logs

from domain.casework import Casework
from domain.errors import VaultClosed
from domain.vault import KeyName
from projections import outbox
from projections.outbox_sealing import key_of
from projections.vault.destruction import destroy
from projections.vault.keyring import open_vault
from projections.vault.wrapping import Given
from scheduler.mailing import deliver
from scheduler.office import Office
from scheduler.settings import Settings
from tests.postgres import admin
from tests.scheduler.mails import NOW, letter, send, write
from tests.scheduler.postman import Postman, serving
from tests.scheduler.register import Register

ECHO = "<someone@example.org>: no such person"
SWAPPED = """
UPDATE work.outbox SET body = other.body FROM work.outbox AS other
WHERE outbox.id <> other.id
"""


def test_what_lies_in_the_outbox_is_sealed_with_the_persons_key(
    register: Register,
) -> None:
    write(register, letter("p1"))

    (stored,) = register.rows("SELECT address, body FROM work.outbox")
    (standing,) = register.rows("SELECT id FROM keys.data_key WHERE subject = 'p1'")
    assert {key_of(text) for text in stored.values()} == {standing["id"]}
    assert "someone" not in str(stored)
    (opened,) = register.mails()
    assert opened["address"] == "someone@example.org"
    assert opened["body"] == "Dear Person,\n\nthis is due.\n"


@pytest.mark.parametrize(
    ("answers", "to_recipients", "said"),
    [
        ([f"554 5.7.1 {ECHO}"], [], "SMTPDataError: SMTP 554 5.7.1"),
        ([], [f"550 5.1.1 {ECHO}"], "SMTPRecipientsRefused: SMTP 550 5.1.1"),
    ],
    ids=["data", "recipient"],
)
def test_of_a_refusal_the_codes_are_kept_and_not_what_the_server_repeats(
    register: Register, answers: list[str], to_recipients: list[str], said: str
) -> None:
    write(register, letter("p1"))
    with serving(iter(answers)) as postman, capture_logs() as logs:
        postman.to_recipients = iter(to_recipients)
        send(register, postman)

    (mail,) = register.mails()
    assert mail["last_error"] == said
    (line,) = logs
    assert (line["event"], line["error"]) == ("mail did not leave", said)
    assert "someone" not in str(logs)


def destroy_keys(register: Register, person: str) -> None:
    with register.office.connection() as connection:
        destroy(connection, person)


def test_when_the_key_is_destroyed_the_mail_cannot_be_delivered_and_says_so(
    register: Register, postman: Postman
) -> None:
    write(register, letter("p1"), letter("p2"))
    destroy_keys(register, "p1")
    send(register, postman)

    gone, delivered = register.mails()
    assert (gone["state"], gone["last_error"]) == ("undeliverable", outbox.KEY_GONE)
    assert (gone["address"], gone["body"]) == (None, None)
    assert delivered["state"] == "delivered"
    assert len(postman.taken) == 1


def test_of_whom_there_is_no_key_no_letter_is_kept_but_that_there_was_one(
    register: Register,
) -> None:
    with register.office.connection() as connection, connection.transaction():
        outbox.write(connection, register.office.casework.vault, [letter("p1")], NOW)

    (mail,) = register.mails()
    assert (mail["state"], mail["last_error"]) == ("undeliverable", outbox.KEY_GONE)
    assert (mail["address"], mail["body"]) == (None, None)
    assert register.rows("SELECT subject FROM keys.data_key WHERE subject <> ''") == []


def test_a_key_in_use_is_not_destroyed_before_the_letter_is_kept(
    register: Register,
) -> None:
    vault = register.office.casework.vault
    vault.provide({KeyName("p1")})
    with register.office.connection() as connection, connection.transaction():
        outbox.write(connection, vault, [letter("p1")], NOW)
        with register.office.connection() as other:
            other.execute("SET lock_timeout = 1")
            with pytest.raises(psycopg.errors.LockNotAvailable):
                destroy(other, "p1")


@pytest.mark.parametrize(
    "moving",
    [
        SWAPPED,
        "UPDATE work.outbox SET body = address",
        "UPDATE work.outbox SET body = body || 'AAAA'",
        "UPDATE work.outbox SET body = 'in the clear'",
    ],
    ids=["another's", "address", "changed", "clear"],
)
def test_what_was_tampered_with_is_not_sent_and_is_flagged(
    register: Register, postman: Postman, moving: str
) -> None:
    write(register, letter("p1"), letter("p1"))
    with admin(register.database) as connection:
        connection.execute(moving.encode())
    send(register, postman, attempts=1)

    assert postman.taken == []
    found = register.rows("SELECT state, last_error FROM work.outbox")
    assert {mail["state"] for mail in found} == {"failed"}
    assert all("not as it was sealed" in mail["last_error"] for mail in found) or all(
        "a seal that cannot be read" in mail["last_error"] for mail in found
    )


def test_while_the_vault_is_closed_no_mail_counts_as_tried(
    register: Register, postman: Postman
) -> None:
    write(register, letter("p1"))
    pool, settings = register.office.pool, Settings(**postman.settings())
    closed = open_vault(pool, Given([bytes(32)], "another place"))
    casework = Casework(register.office.casework.kept, closed)

    with pytest.raises(VaultClosed, match="another place"):
        list(deliver(Office(casework, pool, settings), NOW))

    (mail,) = register.mails()
    assert (mail["state"], mail["attempts"]) == ("waiting", 0)
    send(register, postman)
    assert len(postman.taken) == 1
