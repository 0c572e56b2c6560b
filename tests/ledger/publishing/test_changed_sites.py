"""What was changed, in the database or in the files, is not published."""

from base64 import b64encode
from pathlib import Path

import pytest

from projections.ledger.errors import Behind, Inconsistent, LeafDiffers
from projections.ledger.publishing.export import Export, checkpoint_of
from projections.ledger.publishing.written import Altered
from tests.ledger.publishing.office import Office
from tests.ledger.publishing.stopping import Interrupted
from tests.postgres import admin

# What is wrong is not published


def rewrite(office: Office, statement: str) -> None:
    """Change the database as its superuser can, past all that guards it."""
    with admin(office.database) as connection:
        for table in ("ledger.tile", "log.probity_events"):
            connection.execute(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
        connection.execute(statement.encode())


SWAP = (
    "UPDATE ledger.tile SET data = overlay(data PLACING '\\x00' FROM {at}) WHERE {of}"
)


@pytest.mark.parametrize(
    "of", ["level = 0 AND n = 0", "level = 0 AND n = 2", "level = 1"]
)
def test_a_tile_that_was_changed_is_not_published(
    office: Office, site: Path, of: str
) -> None:
    office.sign(700)
    rewrite(office, SWAP.format(at=40, of=of))

    with pytest.raises(Inconsistent):
        Export(site).bring(office.connection, None)

    assert not (site / "e1/checkpoint").exists()


@pytest.mark.parametrize("of", ["level = 0 AND n = 1", "level = 1"])
def test_a_tile_that_was_cut_is_not_published(
    office: Office, site: Path, of: str
) -> None:
    office.sign(700)
    cut = "UPDATE ledger.tile SET width = 1, data = substr(data, 1, 32) WHERE "
    rewrite(office, cut + of)

    with pytest.raises(Inconsistent):
        Export(site).bring(office.connection, None)

    assert not (site / "e1/checkpoint").exists()


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE log.probity_events SET topic = 'x' WHERE notification_id = 260",
        "UPDATE log.probity_events SET state = 'x' WHERE notification_id = 260",
        "DELETE FROM log.probity_events WHERE notification_id = 260",
        "DELETE FROM log.probity_events WHERE notification_id = 300",
    ],
)
def test_an_entry_that_was_changed_is_not_published(
    office: Office, site: Path, change: str
) -> None:
    office.sign(300)
    rewrite(office, change)

    with pytest.raises(LeafDiffers):
        Export(site, entries=True).bring(office.connection, None)

    assert not (site / "e1/checkpoint").exists()


@pytest.mark.parametrize("name", ["tile/0/000", "tile/0/001.p/44", "tile/entries/000"])
def test_a_file_that_was_changed_is_noticed_and_kept(
    office: Office, site: Path, name: str
) -> None:
    office.sign(300)
    export = Export(site, entries=True)
    with pytest.raises(Interrupted):
        export.bring(office.connection, None, nearly)
    (site / "e1" / name).write_bytes(b"other")

    with pytest.raises(Altered, match="was written once"):
        export.bring(office.connection, None)

    assert (site / "e1" / name).read_bytes() == b"other"


def nearly(done: int, total: int) -> None:
    if done == total:
        raise Interrupted


def test_a_site_that_shows_more_than_the_database_holds_is_left_alone(
    office: Office, site: Path
) -> None:
    office.sign(5)
    note = str(office.signed())
    Export(site).bring(office.connection, None)
    shown = site / "e1/checkpoint"
    shown.write_text(note.replace("\n5\n", "\n6\n"))

    with pytest.raises(Behind, match=r"docs/restore\.md"):
        Export(site).bring(office.connection, None)

    assert checkpoint_of(shown.read_text()).size == 6


def test_a_site_that_shows_another_past_is_left_alone(
    office: Office, site: Path
) -> None:
    office.sign(5)
    Export(site).bring(office.connection, None)
    shown = site / "e1/checkpoint"
    root = b64encode(checkpoint_of(shown.read_text()).root).decode()
    shown.write_text(shown.read_text().replace(root, b64encode(bytes(32)).decode()))
    office.sign(5)

    with pytest.raises(Inconsistent):
        Export(site).bring(office.connection, None)

    assert checkpoint_of(shown.read_text()).size == 5


def test_a_site_of_another_log_is_left_alone(office: Office, site: Path) -> None:
    office.sign(5)
    Export(site).bring(office.connection, None)
    shown = site / "e1/checkpoint"
    shown.write_text("other.example/e1\n" + shown.read_text().partition("\n")[2])

    with pytest.raises(Inconsistent, match=r"is of other\.example"):
        Export(site).bring(office.connection, None)
