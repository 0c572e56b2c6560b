"""The files of evidence open where they were kept, with their key, and nowhere else."""

from collections.abc import Iterator
from hashlib import sha256

import psycopg
import pytest
from psycopg_pool import ConnectionPool

from domain.errors import Tampered
from projections.evidence.files import EvidenceFiles, Place
from projections.postgres.address import Address, connect_as
from projections.vault.destruction import destroy
from projections.vault.keyring import Keyring
from tests.postgres import admin, as_role
from tests.projections.keys import ANN

CONTENT = b"I saw it.\n"
DIGEST = sha256(CONTENT).hexdigest()
HERE = Place("C-1", "original", DIGEST)


@pytest.fixture
def files(database: Address, keyring: Keyring) -> Iterator[EvidenceFiles]:
    where = connect_as(database.url, "probity_web", name="test")
    with ConnectionPool(where, kwargs={"autocommit": True}, min_size=1) as pool:
        yield EvidenceFiles(pool, keyring)


def test_a_file_that_was_kept_opens_as_it_was(files: EvidenceFiles) -> None:
    files.keep(HERE, CONTENT, ANN)
    files.keep(HERE, CONTENT, ANN)

    assert files.fetch(HERE) == CONTENT


def test_the_database_alone_tells_neither_what_it_is_nor_whether_two_are_the_same(
    files: EvidenceFiles, database: Address
) -> None:
    other = Place("C-2", "original", DIGEST)
    for place in (HERE, other):
        files.keep(place, CONTENT, ANN)

    with admin(database) as superuser:
        rows = superuser.execute("SELECT address, box FROM evidence.file").fetchall()
    assert len({address for address, _ in rows}) == 2
    for address, box in rows:
        assert address not in (DIGEST, DIGEST[:32])
        assert CONTENT not in box
    assert files.mark("file", DIGEST) not in (DIGEST[:32], *(a for a, _ in rows))


@pytest.mark.parametrize(
    "place",
    [
        Place("C-2", "original", DIGEST),
        Place("C-1", "copy", DIGEST),
        Place("C-1", "original", sha256(b"another").hexdigest()),
    ],
)
def test_a_file_that_was_put_elsewhere_does_not_open(
    files: EvidenceFiles, database: Address, place: Place
) -> None:
    files.keep(HERE, CONTENT, ANN)
    with admin(database) as superuser:
        superuser.execute(
            "UPDATE evidence.file SET address = %s", (files.address(place),)
        )

    with pytest.raises(Tampered):
        files.fetch(place)
    with pytest.raises(Tampered, match="not there"):
        files.fetch(HERE)


def test_a_file_that_was_changed_does_not_open(
    files: EvidenceFiles, database: Address
) -> None:
    files.keep(HERE, CONTENT, ANN)
    with admin(database) as superuser:
        superuser.execute("UPDATE evidence.file SET box = set_byte(box, 20, 0)")
        superuser.execute("UPDATE evidence.file SET box = set_byte(box, 21, 0)")

    with pytest.raises(Tampered):
        files.fetch(HERE)


def test_what_is_kept_under_a_digest_that_is_not_its_own_does_not_open(
    files: EvidenceFiles,
) -> None:
    files.keep(HERE, b"something else", ANN)

    with pytest.raises(Tampered):
        files.fetch(HERE)


def test_with_its_key_a_file_is_gone_and_can_be_kept_anew(
    files: EvidenceFiles, database: Address
) -> None:
    files.keep(HERE, CONTENT, ANN)
    with as_role(database, "probity_scheduler") as scheduler:
        assert destroy(scheduler, "P1") == 1
    assert files.fetch(HERE) is None

    # The key is remembered still, and turns out to be gone.
    files.keep(HERE, CONTENT, ANN)
    assert files.fetch(HERE) == CONTENT


def test_where_a_file_may_stand_too_is_found_by_its_marks(files: EvidenceFiles) -> None:
    marks = [files.mark("file", DIGEST), files.mark("picture", DIGEST)]

    assert files.note("C-1", marks) == ()
    assert files.note("C-1", marks[:1]) == ()
    assert files.note("C-2", marks[1:]) == ("C-1",)
    assert files.note("C-3", marks) == ("C-1", "C-2")
    assert marks[0] != marks[1]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE evidence.file SET box = ''",
        "DELETE FROM evidence.file",
        "TRUNCATE evidence.file",
        "UPDATE evidence.mark SET of_case = ''",
        "DELETE FROM evidence.mark",
    ],
)
def test_s5_18_nobody_changes_or_removes_a_file(
    database: Address, statement: str
) -> None:
    for role in ("probity_web", "probity_scheduler", "probity_projector"):
        with (
            as_role(database, role) as connection,
            pytest.raises(psycopg.errors.InsufficientPrivilege),
        ):
            connection.execute(statement.encode())


def test_only_the_web_reads_files(database: Address) -> None:
    question = "SELECT address FROM evidence.file"
    for role in ("probity_scheduler", "probity_projector", "probity_ledger"):
        with (
            as_role(database, role) as connection,
            pytest.raises(psycopg.errors.InsufficientPrivilege),
        ):
            connection.execute(question)
