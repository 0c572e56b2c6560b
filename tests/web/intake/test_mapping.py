"""A mapping is checked before the first row is read; what is wrong is named."""

from pathlib import Path

import pytest

from domain.errors import Invalid
from web.intake.mapping import load, parse, paths, shipped
from web.intake.shape import Column, Kind

PEOPLE = """
kind = "people"
[person]
number = "id"
name = ["first", "last"]
"""
REPORTS = """
kind = "disclosures"
[report]
key = ["link"]
rule = { value = "transaction" }
person = "who"
received_on = { path = "received", dates = ["%d.%m.%Y"] }
[events]
list = "transactions"
[events.fields]
asset = "what"
"""


def test_the_short_form_of_a_column_is_a_path() -> None:
    mapping = parse(PEOPLE)

    assert mapping.person
    assert mapping.person.number == Column(path=("id",))
    assert mapping.person.name == Column(path=("first", "last"))


def test_all_that_a_mapping_reads_is_known() -> None:
    assert paths(parse(REPORTS)) == {"link", "who", "received", "transactions", "what"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (PEOPLE + 'sex = "sex"', "person: contains unknown field `sex`; allowed: name"),
        ("kind = 'animals'", "kind: .* allowed: disclosures, extracts, people"),
        ("[person]\nname = 'n'", "missing required field `kind`"),
        ("kind = 'people'", "person is missing"),
        ("kind = 'people'\n[person]\nname = 'n'", "person.number is missing"),
        ("kind = 'disclosures'", "report is missing; events is missing"),
        (PEOPLE + 'post = "p"', "person.unit is missing; person.title is missing"),
        (PEOPLE + "email = {}", "person.email: give a path or a value"),
        (
            PEOPLE + 'email = { path = "e", value = "x" }',
            "person.email: give a path or a value, one of the two",
        ),
        (PEOPLE + "email = { paht = 'e' }", "person.email: contains unknown .*`paht`"),
        (PEOPLE + "email = 3", "person.email: expected a table"),
        (PEOPLE + '[source]\nencoding = "utf-9"', "source.encoding: unknown encoding"),
        (PEOPLE + '[source]\ndates = ["%d.%m"]', r"source.dates: %d.%m is none"),
        (REPORTS.replace("%d.%m.%Y", "%Q"), "report.received_on.dates: %Q is none"),
        (REPORTS.replace('["link"]', '"link"'), "report.key: "),
        ("kind = ", "it is not TOML: "),
    ],
)
def test_what_is_wrong_with_a_mapping_is_named(text: str, said: str) -> None:
    with pytest.raises(Invalid, match=said):
        parse(text)


@pytest.mark.parametrize("name", shipped())
def test_every_shipped_mapping_can_be_read_and_says_what_it_is_for(name: str) -> None:
    kinds: dict[str, Kind] = {"people": "people", "legislators": "people"}
    kinds["homes"] = "extracts"

    assert load(name, kinds.get(name, "disclosures")).about


def test_a_mapping_is_found_by_name_or_by_path(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text("\ufeff" + PEOPLE)

    assert load(str(path), "people") == parse(PEOPLE)
    with pytest.raises(Invalid, match=r"No such file.* or one of disclosures, homes"):
        load("mine", "people")


def test_a_mapping_for_something_else_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="it maps people, not disclosures"):
        load("legislators", "disclosures")
    path = tmp_path / "binary.toml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(Invalid, match="it is not a text in UTF-8"):
        load(str(path), "people")
