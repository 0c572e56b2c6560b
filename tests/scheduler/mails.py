"""Letters for the tests of the mail: writing them, and sending what is due."""

from datetime import datetime
from uuid import uuid4

from domain.vault import KeyName
from projections import outbox
from projections.outbox import Letter
from scheduler.mailing import deliver
from tests.scheduler.postman import Postman
from tests.scheduler.register import Register, noon

NOW = noon("2024-01-17")


def letter(number: str, address: str | None = "someone@example.org") -> Letter:
    id_ = uuid4()
    return Letter(
        id=id_,
        message_id=f"<{id_}@example.org>",
        kind="reminder",
        person=number,
        obligation=uuid4(),
        address=address,
        subject="Due by 31 January 2024: 报告",
        body="Dear Person,\n\nthis is due.\n",
    )


def write(register: Register, *letters: Letter, now: datetime = NOW) -> None:
    vault = register.office.casework.vault
    vault.provide({KeyName(letter.person) for letter in letters})
    with register.office.connection() as connection, connection.transaction():
        outbox.write(connection, vault, letters, now)


def send(
    register: Register, postman: Postman, now: datetime = NOW, **more: int
) -> None:
    list(deliver(register.with_settings(**postman.settings(), **more), now))
