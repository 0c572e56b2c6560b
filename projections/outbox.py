"""The mail that is to leave: written once, taken one at a time, never lost silently."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Literal
from uuid import UUID

from psycopg import Connection
from psycopg.rows import class_row

from domain.vault import STANDING, DataKey, Vault
from projections.outbox_sealing import key_of, opened, sealed
from projections.statements import Statements

SQL = Statements(Path(__file__).with_name("outbox.sql"))
NO_ADDRESS = "the person has no e-mail address on file"
KEY_GONE = "the key of the person's name and address was destroyed"

CONTENTS = ("address", "body")

Kind = Literal["reminder", "notice"]


@dataclass(frozen=True)
class Letter:
    """What is to be said, to whom, and because of which event (`id`).

    `address` and `body` are sealed when it is written; `body` is None where the name of
    the person opens no more. `subject` stays open, and says nothing of the person.
    """

    id: UUID
    message_id: str
    kind: Kind
    person: str
    obligation: UUID | None
    address: str | None
    subject: str
    body: str | None


@dataclass(frozen=True)
class Mail:
    """A letter on its way; `attempts` have failed so far."""

    id: UUID
    message_id: str
    person: str
    address: str
    subject: str
    body: str
    written_at: datetime
    attempts: int


def write(
    connection: Connection, vault: Vault, letters: Sequence[Letter], now: datetime
) -> None:
    """Put letters into the outbox, sealed, each once for its event.

    What cannot be delivered is kept too, with the reason, so that somebody can tell the
    person otherwise; but with no contents, where the person's key was destroyed.
    """
    keys = held_keys(connection, vault, letters)
    rows = [{**row(each, keys.get(each.person)), "now": now} for each in letters]
    with connection.cursor() as cursor:
        cursor.executemany(SQL["write_mail"], rows)


def held_keys(
    connection: Connection, vault: Vault, letters: Sequence[Letter]
) -> Mapping[str, DataKey]:
    """Return people's standing keys, none of which goes before the transaction ends.

    None is made: whoever has none had it destroyed, and what was known of them is not
    sealed with a new one.
    """
    people = sorted({letter.person for letter in letters})
    if not people:
        return {}
    years = [STANDING for _ in people]
    asked = {"people": people, "relatives": ["" for _ in people], "years": years}
    found = connection.execute(SQL["find_keys"], asked).fetchall()
    ids: dict[str, UUID] = dict(found)
    connection.execute(SQL["hold_keys"], {"ids": list(ids.values())})
    keys = vault.fetch(ids.values())
    return {person: keys[id_] for person, id_ in ids.items() if id_ in keys}


def row(letter: Letter, key: DataKey | None) -> dict[str, Any]:
    """Return a letter as it is stored."""
    contents = {name: getattr(letter, name) if key else None for name in CONTENTS}
    locked = {
        name: key and text and sealed(key, letter.id, name, text)
        for name, text in contents.items()
    }
    error = why_not(contents)
    state = "undeliverable" if error else "waiting"
    return {**vars(letter), **locked, "state": state, "error": error}


def why_not(contents: Mapping[str, str | None]) -> str | None:
    """Return what keeps a letter from being delivered, if anything does."""
    if contents["body"] is None:
        return KEY_GONE
    return None if contents["address"] else NO_ADDRESS


@contextmanager
def next_due(connection: Connection, now: datetime) -> Iterator[Mail | None]:
    """Take the next mail that is due, for as long as the context lasts.

    Nobody else gets it meanwhile, and what is marked within is kept when it ends. If
    the process dies between, the mail waits as before.
    """
    with connection.transaction(), connection.cursor(row_factory=class_row(Mail)) as c:
        yield c.execute(SQL["lock_next"], {"now": now}).fetchone()


def contents_of(mail: Mail, vault: Vault) -> Mail | None:
    """Return the mail in the clear; None where the person's key was destroyed.

    Raises `Tampered` where it is not as it was written, `VaultClosed` where no key can
    be had.
    """
    keys = vault.fetch({key_of(getattr(mail, name)) for name in CONTENTS})
    texts: dict[str, Any] = {}
    for name in CONTENTS:
        written = getattr(mail, name)
        key = keys.get(key_of(written))
        if key is None:
            return None
        texts[name] = opened(key, mail.id, name, written)
    return replace(mail, **texts)


def count_due(connection: Connection, now: datetime) -> int:
    """Return how many mails could be sent now."""
    row = connection.execute(SQL["count_due"], {"now": now}).fetchone()
    return row[0] if row else 0


def mark_delivered(connection: Connection, mail: Mail, now: datetime) -> None:
    """Note that the mail server has accepted it."""
    connection.execute(SQL["mark_delivered"], {"id": mail.id, "now": now})


def mark_attempt(
    connection: Connection, mail: Mail, error: str, again_at: datetime | None
) -> None:
    """Note a failure, and when to try again: never, where *again_at* is None.

    `error` may not quote the mail: it is kept in the clear.
    """
    row = {
        "id": mail.id,
        "state": "waiting" if again_at else "failed",
        "again_at": again_at or mail.written_at,
        "error": error,
    }
    connection.execute(SQL["mark_attempt"], row)


def give_up(connection: Connection, person: str, mail: UUID | None = None) -> int:
    """Say that a person's mail cannot be delivered any more, as the key is gone.

    Of one mail, or of all that was not delivered; return of how many.
    """
    gone = {"person": person, "id": mail, "error": KEY_GONE}
    return connection.execute(SQL["give_up"], gone).rowcount


def try_again(connection: Connection, now: datetime, id_: UUID | None = None) -> int:
    """Let failed mail be tried again, all of it or one; return how many there were."""
    return connection.execute(SQL["try_again"], {"id": id_, "now": now}).rowcount


def forget_delivered(connection: Connection, before: datetime) -> int:
    """Remove what was delivered before then; return how many there were."""
    return connection.execute(SQL["forget_delivered"], {"before": before}).rowcount
