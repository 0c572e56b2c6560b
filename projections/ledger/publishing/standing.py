"""How far the ledger has come: what is signed and what is published, since when."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from psycopg import Connection

from projections.ledger import store
from projections.ledger.proving import published
from projections.ledger.standard.policy import Policy
from projections.ledger.store import Published
from projections.statements import Statements

SQL = Statements(Path(__file__).with_name("publishing_queries.sql"))
ALONE = (
    "no witness is asked for (PROBITY_LEDGER_POLICY): outsiders have the log's own word"
    " for it that it shows everybody the same"
)
LATEST = timedelta(minutes=10)  # for an entry to be published, before there is alarm


class Asked(NamedTuple):
    """What is known of a witness: only what it said of itself, or we of it.

    Attributes:
        name: as in the policy.
        size: of the tree that it cosigned last.
        asked_at: when it was asked last.
        cosigned_at: when it last cosigned.
        trouble: why it did not, when it was asked last; None if it did.
    """

    name: str
    size: int
    asked_at: datetime
    cosigned_at: datetime | None
    trouble: str | None


@dataclass(frozen=True)
class Standing:
    """How far the ledger has come.

    Attributes:
        origin: the name of the tree that grows.
        entries: how many the log holds under that name.
        sequenced: how many of them are in the tree.
        signed: the newest checkpoint that the log has signed.
        published: the newest that the policy's witnesses, if any, have cosigned too.
        waiting_since: when the oldest entry was recorded that is not published.
        stamped: the newest that has a timestamp, without its note, and of when.
        witnesses: those that were asked.
    """

    origin: str
    entries: int
    sequenced: int
    signed: Published | None
    published: Published | None
    waiting_since: datetime | None
    stamped: Published | None
    witnesses: tuple[Asked, ...]

    @property
    def unpublished(self) -> int:
        """Return how many entries are not published."""
        return self.entries - (self.published.size if self.published else 0)

    def late(self, now: datetime) -> bool:
        """Return whether an entry has waited too long, so that somebody has to come."""
        return self.waiting_since is not None and now - self.waiting_since > LATEST


def look(connection: Connection[Any], policy: Policy | None) -> Standing:
    """Return how far the ledger has come.

    Args:
        connection: as probity_ledger or probity_web, in autocommit mode.
        policy: which witnesses are needed; None for none.
    """
    head = store.origin(connection)
    latest = store.latest_checkpoint(connection, head.origin)
    newest = published(connection, head.origin, policy)
    waiting = head.first + (newest.size if newest else 0)
    since = connection.execute(SQL["find_waiting"], {"position": waiting}).fetchone()
    named = {"origin": head.origin}
    stamped = connection.execute(SQL["find_stamp"], named).fetchone()
    rows = connection.execute(SQL["list_witnesses"], named).fetchall()
    return Standing(
        origin=head.origin,
        entries=head.leaves,
        sequenced=latest.size if latest else 0,
        signed=store.latest_signed(connection, head.origin),
        published=newest,
        waiting_since=since[0] if since else None,
        stamped=Published(stamped[0], "", stamped[1]) if stamped else None,
        witnesses=tuple(map(Asked._make, rows)),
    )


def troubles(standing: Standing, policy: Policy | None, now: datetime) -> list[str]:
    """Return in plain words what is not as it should be; empty where all is well."""
    told = []
    signed = standing.signed.size if standing.signed else 0
    if policy is None or not policy.needs_witnesses:
        told.append(ALONE)
    if standing.entries > signed and standing.late(now):
        told.append(
            f"{standing.entries - signed} entries are not signed: is the sequencer"
            " running, and what does it say?"
        )
    if standing.late(now):
        told.append(
            f"{standing.unpublished} entries are not published, the first of them since"
            f" {standing.waiting_since:%Y-%m-%d %H:%M} UTC. Intake goes on; nobody"
            " outside can prove these yet"
        )
    told += [
        f"witness {one.name} {one.trouble}" for one in standing.witnesses if one.trouble
    ]
    return told
