"""A log of which a part was published, and then lost."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from domain.record import Actor
from projections.ledger.publishing.export import Export
from projections.ledger.restoring.epoch import Epochs, Opened
from projections.ledger.restoring.evidence import Evidence, Trust, find
from projections.ledger.seen import Seen
from projections.ledger.standard.policy import Policy
from tests.ledger.publishing.office import KEYS, Office
from tests.ledger.publishing.played import Played
from tests.ledger.publishing.restoring import Backup, again
from tests.memory import MemoryVault
from tests.postgres import admin

Run = Callable[..., list[Played]]


CLERK = Actor(id="cli:anna", role="admin")


NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


KEPT, PUBLISHED = 40, 300


def publish(office: Office, site: Path, *, entries: bool = True) -> None:
    Export(site, entries).bring(office.connection, None)


def publish_and_lose(
    office: Office, backup: Backup, site: Path, *, entries: bool = True
) -> None:
    """Publish 300 entries, of which the backup that is restored then has 40."""
    office.sign(KEPT)
    publish(office, site, entries=entries)
    office.connection.close()
    backup.make()
    office.connection = office.connect()
    office.sign(PUBLISHED - KEPT)
    publish(office, site, entries=entries)
    lose(office, backup)


def lose(office: Office, backup: Backup) -> None:
    office.connection.close()
    backup.restore()
    again(office)


def trust(office: Office, policy: Policy | None = None) -> Trust:
    return Trust(office.public_keys(office.origin), policy)


def reopened(
    office: Office,
    *sources: Path,
    policy: Policy | None = None,
    seen: Seen | None = None,
) -> Opened:
    """Close the epoch, and open the next."""
    known = trust(office, policy)
    found = [find(source, office.origin, known) for source in sources]
    epochs = Epochs(Evidence(found, seen or office.seen, known), KEYS, MemoryVault())
    with admin(office.database) as connection:
        connection.execute("SET ROLE probity_owner")
        return epochs.open_next(connection, "a disk was lost", CLERK, NOON)
