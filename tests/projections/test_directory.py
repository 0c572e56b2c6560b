"""The directory: people found by number, by words of the name, by unit, on a day."""

from datetime import date
from typing import Any

from domain.person import (
    RelatedPersonDeclared,
    RelatedPersonRemoved,
    Retired,
    person_stream,
)
from domain.sealing import sealed_in
from projections.models.personnel_file import (
    Which,
    declared_by,
    file,
    people,
)
from projections.models.words import digests
from projections.postgres.address import Address
from tests.history import History
from tests.postgres import as_role
from tests.projections.files import JUNE, data, office
from tests.projections.kinds import Connection, Tell
from tests.projections.vault import IndexVault


def test_people_are_found_by_number_and_by_whole_words_of_the_name(
    tell: Tell, reader: Connection, vault: IndexVault
) -> None:
    history = office()
    history.vault = vault
    history.person("P2", "ashton, Mary  Li")
    history.person("P3", "李伟")
    tell(history)

    def numbers(**which: Any) -> list[str]:
        return [p.number for p in people(reader, JUNE, Which(**which)).rows]

    def named(name: str) -> list[str]:
        return numbers(name=digests(vault, name))

    assert numbers(number="P1") == ["P1"]
    assert numbers(unit="HQ") == ["P1"]
    assert named("MARY") == ["P1", "P2"]
    assert named("Mary Ash") == ["P1"]
    assert named("mary, ＡＳＨＴＯＮ") == ["P2"]  # noqa: RUF001  full width
    assert named("李伟") == ["P3"]
    assert named("Ashto") == named("%") == named(" . ") == named("Mary Li Ash") == []


def test_what_is_sealed_in_the_log_comes_sealed_and_nothing_else_does(
    tell: Tell, reader: Connection, vault: IndexVault
) -> None:
    history = office()
    history.vault = vault
    history.person("P2", "Birch, Li")
    history.file("P2", "D1", JUNE, classes={"tables": "open"})
    tell(history)

    old, new = people(reader, JUNE).rows
    (identity,) = data(file(reader, "P2"), "identity")
    (filing,) = data(file(reader, "P2"), "disclosure")
    assert old.name == "Ash, Mary"
    assert new.name == history.records[-2].fact.name == sealed_in(identity["name"])
    assert (identity["number"], filing["category"]) == ("P2", "wedding")
    assert filing["items"][0]["tables"] == 12
    assert sealed_in(filing["items"][0]["venue"])
    assert "Birch" not in str(people(reader, JUNE)) + str(file(reader, "P2"))


def test_whoever_declared_a_relative_with_a_number_is_found_by_it(
    tell: Tell, reader: Connection, database: Address
) -> None:
    history = office()
    history.person("P2")
    stream = person_stream("P1")
    spouse = RelatedPersonDeclared(relative="b", relation="spouse", number="P2")
    history.add(stream, spouse, occurred_on=JUNE)
    removed = RelatedPersonRemoved(relative="b")
    history.on(date(2016, 7, 1)).add(stream, removed)
    tell(history)

    assert declared_by(reader, "P2", JUNE) == ("P1",)
    assert declared_by(reader, "P2", date(2016, 7, 1)) == ()
    assert declared_by(reader, "P1", JUNE) == ()
    with as_role(database, "probity_web") as web:
        assert declared_by(web, "P2", JUNE) == ("P1",)


def test_the_directory_shows_the_post_and_status_of_the_day(
    tell: Tell, reader: Connection
) -> None:
    history = office()
    history.add(person_stream("P1"), Retired(on=JUNE))
    history.vacate("P1", JUNE)
    tell(history)

    (person,) = people(reader, JUNE).rows

    assert (person.name, person.unit, person.unit_name) == (
        "Ash, Mary",
        "North",
        "Unit North",
    )
    assert (person.rank, person.title, person.status) == ("clerk", "officer", "retired")


def test_the_directory_is_read_page_by_page(tell: Tell, reader: Connection) -> None:
    history = History()
    for number in range(7):
        history.person(f"P{number}")
    tell(history)
    first = people(reader, JUNE, limit=3)
    second = people(reader, JUNE, after=first.next, limit=3)
    third = people(reader, JUNE, after=second.next, limit=3)

    found = [p.number for page in (first, second, third) for p in page.rows]
    assert found == [f"P{number}" for number in range(7)]
    assert third.next is None
