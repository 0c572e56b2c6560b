"""Indexes names by the digests of their words: all that a projector ever opens."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

import structlog
from psycopg import Connection

from domain.errors import Tampered, VaultClosed
from domain.person import CoveredPersonRegistered, IdentityCorrected
from domain.record import Fact
from domain.records.custody import SubjectKeyDestroyed
from domain.sealing import sealed_in, unlocked
from domain.vault import STANDING, DataKey, KeyName, Token, token_of
from projections.models.model import Event
from projections.models.rows import table
from projections.models.words import Opener, digests
from projections.statements import Statements

log = structlog.get_logger()


class Names:
    """Keeps the table `word`: by which words of their name people are found.

    A name whose key is gone has none, and loses those it had when the log says that
    the key was destroyed.
    """

    facts: Collection[type[Fact]] = frozenset(
        {CoveredPersonRegistered, IdentityCorrected, SubjectKeyDestroyed}
    )

    def __init__(self, sql: Statements, vault: Opener | None) -> None:
        """Take the vault; without one, whatever has to do with a name is refused."""
        self.sql, self.vault = sql, vault

    def ask(self, connection: Connection, events: Sequence[Event]) -> None:  # noqa: ARG002  it needs no rows
        self.new = {e.key for e in events if type(e.fact) is CoveredPersonRegistered}
        self.last: dict[str, Event | None] = {}
        for event in events:
            if type(event.fact) is not SubjectKeyDestroyed:
                self.last[event.key] = event
            elif event.fact.destroys(KeyName(event.key, "", STANDING)):
                self.last[event.key] = None

    def write(self, connection: Connection) -> None:
        if not self.last:
            return
        rows = [
            {"digest": digest, "person": number}
            for number, found in self._digests().items()
            for digest in found
        ]
        if old := sorted(self.last.keys() - self.new):
            connection.execute(self.sql["drop_words"], {"people": old})
        if rows:
            connection.execute(self.sql["save_words"], {"rows": table(rows)})

    def _digests(self) -> dict[str, list[str]]:
        if self.vault is None:
            raise VaultClosed("names cannot be indexed: no vault was given")
        told = [event for event in self.last.values() if event]
        ids = {token.key for event in told if (token := token_in(event))}
        keys = self.vault.fetch(ids) if ids else {}
        names = {event.key: open_name(event, keys) for event in told}
        return {
            number: digests(self.vault, name) for number, name in names.items() if name
        }


def open_name(event: Event, keys: Mapping[UUID, DataKey]) -> str | None:
    """Return the name, or None where its key is gone or it is not as it was sealed."""
    seal, token = sealed_in(event.fact.name), token_in(event)
    if seal is None:
        return str(event.fact.name)
    if token is None or token.key not in keys:
        return None
    try:
        return str(unlocked(seal, keys[token.key]))
    except Tampered as error:
        log.exception("name not indexed", position=event.position, error=str(error))
        return None


def token_in(event: Event) -> Token | None:
    """Return what stands in the place of the name, if it was sealed for that place."""
    seal, record = sealed_in(event.fact.name), event.record
    if seal is None:
        return None
    place = (record.originator_id, record.originator_version, "name")
    token = token_of(seal.sealed)
    return token if token[1:4] == place else None
