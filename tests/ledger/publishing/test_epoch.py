"""Closing an epoch: what is evidence, what is retained, what is lost, and who may."""

from pathlib import Path

import psycopg
import pytest

from domain.errors import VersionClash
from domain.ledger import LedgerEntryLost
from projections.ledger import store
from projections.ledger.errors import Behind, Stranded
from projections.ledger.proving import prove
from projections.ledger.publishing.export import Export
from projections.ledger.publishing.outlets import Outlets
from projections.ledger.publishing.publisher import Publisher
from projections.ledger.restoring.closing import Tree
from projections.ledger.restoring.epoch import NothingLost
from projections.ledger.seen import Seen
from projections.ledger.standard.tree import root_of
from tests.ledger.publishing.losing import (
    KEPT,
    PUBLISHED,
    Run,
    lose,
    publish,
    publish_and_lose,
    reopened,
)
from tests.ledger.publishing.office import Office
from tests.ledger.publishing.played import honest, policy_of
from tests.ledger.publishing.restoring import Backup
from tests.postgres import admin, as_role

OLD = "is the database older than what was published? See docs/restore.md"


def leaves(office: Office) -> list[bytes]:
    rows = office.connection.execute(
        "SELECT leaf FROM log.probity_events ORDER BY notification_id"
    ).fetchall()
    return [leaf for (leaf,) in rows]


# Who refuses


def test_with_its_memory_the_log_refuses_to_sign(
    office: Office, backup: Backup, site: Path
) -> None:
    publish_and_lose(office, backup, site)

    for _ in range(2):
        with pytest.raises(Behind, match=f"a checkpoint over {PUBLISHED} was"):
            office.sign(3)


def test_without_its_memory_the_witnesses_refuse(
    office: Office, backup: Backup, site: Path, play: Run
) -> None:
    """The home was restored with the database: the log itself cannot know better."""
    witnesses = play(honest, honest, honest)
    outlets = Outlets(policy_of(witnesses, 2), Export(site))
    publishing = Publisher(office.connect, outlets)
    office.sign(KEPT)
    office.connection.close()
    backup.make()
    memory = office.seen.path.read_bytes()
    office.connection = office.connect()
    office.sign(PUBLISHED - KEPT)
    publishing.publish(office.connection)
    lose(office, backup)
    office.seen.path.write_bytes(memory)

    office.sign(3)
    behind = Publisher(office.connect, outlets).publish(office.connection)
    office.sign(PUBLISHED)
    forked = Publisher(office.connect, outlets).publish(office.connection)

    sizes = f"has cosigned {PUBLISHED} entries, and the log has {KEPT + 3}"
    assert [one.trouble for one in behind.witnesses] == [
        f"says that it {sizes}: {OLD}"
    ] * 3
    assert [str(one.trouble) for one in forked.witnesses] == [
        "says that this log does not follow from what it cosigned: docs/restore.md"
    ] * 3
    assert office.cosigned() is None
    assert {one.size for one in witnesses} == {PUBLISHED}


# What is found


def test_all_that_was_published_and_is_gone_is_listed_with_what_it_said(
    office: Office, backup: Backup, site: Path
) -> None:
    publish_and_lose(office, backup, site)
    office.file(5)

    opened = reopened(office, site)

    closing = opened.closing
    assert (closing.retained, closing.lost, closing.stranded) == (40, 260, 5)
    stands = leaves(office)[: KEPT + 5]
    assert closing.stands == Tree(KEPT + 5, root_of(stands))
    assert [one.index for one in opened.lost] == list(range(KEPT, PUBLISHED))
    assert all(one.topic and one.digest and one.stream for one in opened.lost)
    assert closing.cosigned == closing.signed


def test_without_published_entries_what_is_lost_is_known_by_its_receipts_digest(
    office: Office, backup: Backup, site: Path
) -> None:
    publish_and_lose(office, backup, site, entries=False)

    opened = reopened(office, site)

    assert [one.index for one in opened.lost] == list(range(KEPT, PUBLISHED))
    assert opened.lost[0] == LedgerEntryLost(
        origin=opened.closing.origin, index=KEPT, leaf=opened.lost[0].leaf
    )


def test_a_note_alone_tells_how_many_are_lost_and_not_which(
    office: Office, backup: Backup, site: Path, tmp_path: Path
) -> None:
    publish_and_lose(office, backup, site)
    office.file(5)
    note = tmp_path / "note"
    (site / "e1/checkpoint").rename(note)

    opened = reopened(office, note)

    assert (opened.closing.retained, opened.closing.lost) == (KEPT, 260)
    assert opened.lost == ()


def test_the_tree_tells_of_entries_that_were_never_signed_before_the_backup(
    office: Office, backup: Backup, site: Path
) -> None:
    """They were in the backup, and signed afterwards: so they are retained."""
    office.sign(KEPT)
    office.file(2)
    office.connection.close()
    backup.make()
    office.connection = office.connect()
    office.sign(10)
    publish(office, site)
    lose(office, backup)

    closing = reopened(office, site).closing

    assert (closing.retained, closing.lost, closing.stranded) == (KEPT + 2, 10, 0)


def test_what_was_signed_and_not_yet_published_counts_as_lost(
    office: Office, backup: Backup, site: Path
) -> None:
    publish_and_lose(office, backup, site)
    head = office.seen.latest(office.origin)
    assert head is not None
    ahead = type(head)(PUBLISHED + 9, bytes(32), "")
    office.seen.advance(office.origin, PUBLISHED, ahead)

    closing = reopened(office, site).closing

    assert (closing.signed, closing.cosigned.size) == (
        Tree(PUBLISHED + 9, bytes(32)),
        PUBLISHED,
    )
    assert closing.lost == PUBLISHED + 9 - KEPT


def test_a_log_of_which_nothing_is_lost_goes_on_under_its_name(
    office: Office, site: Path
) -> None:
    office.sign(5)
    publish(office, site)
    office.sign(5)

    with pytest.raises(NothingLost, match="holds all 10 entries"):
        reopened(office, site)

    assert office.origin.endswith("/e1")


def test_a_log_whose_memory_is_gone_may_begin_again_though_nothing_is_lost(
    office: Office, site: Path, tmp_path: Path
) -> None:
    office.sign(5)
    publish(office, site)

    closing = reopened(office, site, seen=Seen(tmp_path / "new.signed")).closing

    assert (closing.retained, closing.lost) == (5, 0)
    assert office.origin.endswith("/e2")


def test_a_name_that_was_used_is_never_used_again(
    office: Office, backup: Backup, site: Path
) -> None:
    publish_and_lose(office, backup, site)
    assert reopened(office, site).closing.next.endswith("/e2")
    office.sign(1)
    publish(office, site)
    lose(office, backup)

    # What e2 was is lost as well: the backup is from before.
    assert reopened(office, site).closing.next.endswith("/e3")
    office.sign(1)
    lose(office, backup)
    assert reopened(office, site / "e1").closing.next.endswith("/e4")


# All or nothing, and by nobody else


@pytest.mark.parametrize(
    "role", ["probity_web", "probity_ledger", "probity_projector", "probity_scheduler"]
)
def test_no_program_of_ours_may_open_an_epoch(office: Office, role: str) -> None:
    with (
        as_role(office.database, role) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute("SELECT log.open_epoch(2, 'x/e2', 'closed')")


def test_an_epoch_is_opened_as_a_whole_or_not_at_all(
    office: Office, backup: Backup, site: Path
) -> None:
    publish_and_lose(office, backup, site)
    with admin(office.database) as connection:
        connection.execute(
            "ALTER TABLE log.probity_events ADD CHECK (topic <> 'ledger.entry-lost')"
        )
    before = store.origin(office.connection)

    with pytest.raises(VersionClash):
        reopened(office, site)

    assert store.origin(office.connection) == before
    rows = office.connection.execute("SELECT FROM ledger.epoch").fetchall()
    assert rows == []


def test_the_epochs_are_on_record(office: Office, backup: Backup, site: Path) -> None:
    publish_and_lose(office, backup, site)

    opened = reopened(office, site)

    rows = office.connection.execute(
        "SELECT number, origin, first, closed_at IS NOT NULL, closing"
        "  FROM ledger.epoch ORDER BY number"
    ).fetchall()
    assert rows == [
        (1, opened.closing.origin, 1, True, opened.note),
        (2, opened.closing.next, KEPT + 1, False, None),
    ]
    assert office.sign(0).size == 1 + PUBLISHED - KEPT


def test_what_was_never_signed_of_a_closed_log_is_not_proven_as_if_it_were(
    office: Office, backup: Backup, site: Path
) -> None:
    publish_and_lose(office, backup, site)
    office.file(5)
    reopened(office, site)
    office.sign(1)
    stranded = leaves(office)[KEPT + 2]

    with pytest.raises(Stranded, match="no proof"):
        prove(office.connection, stranded)
