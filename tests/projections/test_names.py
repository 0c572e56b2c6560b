"""Names are found by the digests of their words, as long as their key is there."""

import threading
from collections.abc import Collection, Mapping
from datetime import date
from uuid import UUID

import pytest

from domain.errors import VaultClosed
from domain.person import IdentityCorrected, person_stream
from domain.records.custody import SubjectKeyDestroyed, records_stream
from domain.vault import DataKey
from projections.follow import Follower
from projections.models import live_models
from projections.models.personnel_file import Which, people
from projections.models.words import digests, words
from projections.parked import list_parked
from projections.position import wait_for
from projections.postgres.address import Address
from projections.projector import Projector
from projections.rebuild import rebuild
from tests.history import History
from tests.postgres import as_role
from tests.processes import LONG
from tests.projections.kinds import Connection, Tell
from tests.projections.vault import IndexVault, vault_of
from tests.rows import rows_of

JUNE = date(2016, 6, 20)
ALL = None


@pytest.fixture
def history(vault: IndexVault) -> History:
    """Two people whose names are sealed."""
    history = History(vault=vault)
    history.person("P1", "Ash, Mary")
    history.person("P2", "Ash, John")
    return history


def named(reader: Connection, vault: IndexVault, name: str) -> list[str]:
    which = Which(name=digests(vault, name))
    return [person.number for person in people(reader, JUNE, which).rows]


def destroy(history: History, number: str, year: int | None) -> None:
    """Let the log say that keys of a person are to be destroyed."""
    fact = SubjectKeyDestroyed(
        person=number, basis="retention", on=history.now.date(), year=year
    )
    history.add(records_stream(number), fact, subject=number)


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Ash, Mary", ["ash", "mary"]),
        ("  MARY   mary ", ["mary"]),
        ("O'Brien-Lee", ["o'brien-lee"]),
        ("Straße", ["strasse"]),
        ("\uff21\uff22\uff23\u3000\uff44\uff45\uff46", ["abc", "def"]),
        ("买买提·艾力", ["买买提", "艾力"]),
        ("Renée", ["renée"]),
        ("Rene\u0301e", ["renée"]),
        ("...", []),
    ],
)
def test_words_are_the_same_however_they_are_written(
    name: str, found: list[str]
) -> None:
    assert words(name) == found


def test_no_word_of_a_sealed_name_stands_in_the_database(
    tell: Tell, history: History, keeper: Connection
) -> None:
    tell(history)

    rows = rows_of(keeper, "personnel_file")

    assert len(rows["word"]) == 4
    assert not {"ash", "mary", "john"} & set(str(rows).lower().split('"'))
    assert "mary" not in str(rows).lower()


def test_the_digests_depend_on_the_offices_own_key(vault: IndexVault) -> None:
    class Other(IndexVault):
        def index_key(self) -> bytes:
            return bytes(31) + b"1"

    assert digests(vault, "Ash") == digests(vault, "ash")
    assert digests(vault, "Ash") != digests(Other(), "Ash")


def test_a_name_that_was_corrected_is_found_by_the_new_one_alone(
    tell: Tell, reader: Connection, history: History, vault: IndexVault
) -> None:
    tell(history)
    history.add(person_stream("P1"), IdentityCorrected(name="Birch, Mary"))
    tell(history)

    assert named(reader, vault, "ash") == ["P2"]
    assert named(reader, vault, "birch mary") == ["P1"]


def test_i13_after_the_key_is_destroyed_nobody_is_found_by_the_name(
    tell: Tell, reader: Connection, history: History, vault: IndexVault
) -> None:
    tell(history)
    destroy(history, "P1", year=2015)
    tell(history)
    assert named(reader, vault, "ash") == ["P1", "P2"]

    destroy(history, "P1", year=0)
    destroy(history, "P2", year=ALL)
    tell(history)

    assert named(reader, vault, "ash") == []
    first, _ = people(reader, JUNE).rows
    assert first.name == history.records[0].fact.name


def test_i13_without_the_key_a_rebuild_finds_nobody_and_needs_nobody(
    tell: Tell,
    reader: Connection,
    keeper: Connection,
    history: History,
    vault: IndexVault,
) -> None:
    tell(history)
    vault.destroy("P1")

    assert rebuild(keeper, "personnel_file", vault)

    assert named(reader, vault, "ash") == ["P2"]
    assert len(people(reader, JUNE).rows) == 2


def test_whoever_gets_a_name_again_is_found_by_that(
    tell: Tell,
    reader: Connection,
    keeper: Connection,
    history: History,
    vault: IndexVault,
) -> None:
    destroy(history, "P1", year=0)
    vault.destroy("P1")
    history.add(person_stream("P1"), IdentityCorrected(name="Cedar"))
    tell(history)
    before = rows_of(keeper, "personnel_file")
    assert named(reader, vault, "cedar") == ["P1"]

    assert rebuild(keeper, "personnel_file", vault, batch=1)

    assert rows_of(keeper, "personnel_file") == before


def test_a_name_that_stands_where_it_was_not_sealed_is_not_indexed(
    tell: Tell, reader: Connection, history: History, vault: IndexVault
) -> None:
    stolen = history.records[0].fact.name
    history.vault = None
    history.add(person_stream("P2"), IdentityCorrected(name=stolen))
    tell(history)

    assert named(reader, vault, "mary") == ["P1"]
    assert named(reader, vault, "john") == []


def test_a_name_that_was_tampered_with_is_not_indexed_and_holds_up_nobody(
    tell: Tell, reader: Connection, history: History, vault: IndexVault
) -> None:
    keys = {name.subject: name for name in vault.keys}
    forged = vault.keys[keys["P2"]].cipher  # type: ignore[attr-defined]  # an AesKey
    key = vault.keys[keys["P1"]]
    vault.keys[keys["P1"]] = type(key)(key.id, key.name, forged)  # type: ignore[call-arg]
    tell(history)

    assert named(reader, vault, "ash") == ["P2"]
    assert list_parked(reader) == []


class Shut(IndexVault):
    """A vault that is closed until somebody opens it."""

    def __init__(self, inner: IndexVault) -> None:
        super().__init__()
        self.inner, self.opened, self.asked = inner, False, threading.Event()

    def fetch(self, ids: Collection[UUID]) -> Mapping[UUID, DataKey]:
        self.asked.set()
        if not self.opened:
            raise VaultClosed("the wrapping key is not at hand")
        return self.inner.fetch(ids)


def test_while_the_vault_is_closed_events_wait_and_none_is_parked(
    history: History,
    writer: Connection,
    reader: Connection,
    database: Address,
    vault: IndexVault,
) -> None:
    history.write(writer)
    shut = Shut(vault)
    stopping = threading.Event()
    models = live_models(shut)
    follower = Follower(
        lambda: as_role(database, "probity_projector"), models, stopping
    )
    thread = threading.Thread(target=follower.run)
    thread.start()
    try:
        assert shut.asked.wait(LONG)
        assert not wait_for(reader, 2, timeout=0.05, names=["personnel_file"])
        shut.opened = True
        assert wait_for(reader, 2, timeout=LONG, names=["personnel_file"])
    finally:
        stopping.set()
        thread.join(LONG)

    assert list_parked(reader) == []
    assert named(reader, vault, "ash") == ["P1", "P2"]


def test_who_has_no_vault_takes_no_names(
    history: History, writer: Connection, keeper: Connection
) -> None:
    history.write(writer)

    with pytest.raises(VaultClosed, match="names cannot be indexed"):
        Projector(keeper, live_models(None)).catch_up()


def test_the_projectors_own_vault_opens_what_the_web_has_sealed(
    writer: Connection, keeper: Connection, reader: Connection, database: Address
) -> None:
    web = vault_of(database, "probity_web")
    history = History(vault=web)
    history.person("P1", "Ash, Mary")
    history.write(writer)
    Projector(keeper, live_models(vault_of(database))).catch_up()

    which = Which(name=digests(web, "mary"))

    assert [person.number for person in people(reader, JUNE, which).rows] == ["P1"]
