"""What people declare stands in the log sealed, and opens nowhere but in its place."""

from typing import Any
from uuid import uuid4

import pytest
from msgspec.structs import replace

from domain.amending import AmendDisclosure
from domain.disclosure import disclosure_stream
from domain.errors import Tampered, WrongStage
from domain.obligation import obligation_stream
from domain.person import CoveredPersonRegistered, person_stream
from domain.personnel import CorrectIdentity, DeclareRelative
from domain.record import Recorded, Sealed
from domain.review import Annotate
from domain.sealing import keys_in, open_all, opened, sealed_in, unlocked
from domain.unit import EstablishUnit, unit_stream
from domain.vault import KeyName, Token, key_of, token_of
from tests.domain.cast import INSTANT, SHIPPED, UNITS, V1, joins, law, police
from tests.domain.papers import files, wedding
from tests.memory import MemoryVault
from tests.spec import Scenario

DISCLOSURE = disclosure_stream("D-1")
PLACES = ("stream", "version", "field", "class")


def filed(**more: Any) -> Scenario:
    return police().declarant("shen").given(files("wedding", wedding(), **more))


def vault_of(scenario: Scenario) -> MemoryVault:
    vault = scenario.app.vault
    assert isinstance(vault, MemoryVault)
    return vault


def stored(scenario: Scenario, stream: Any = DISCLOSURE) -> bytes:
    events = scenario.app.kept.select_streams([stream])
    return b"\n".join(event.state for event in events)


def first(scenario: Scenario) -> Recorded[Any]:
    return scenario.app.history(DISCLOSURE)[0]


def names_in(scenario: Scenario, record: Recorded[Any]) -> set[KeyName]:
    return {key.name for key in vault_of(scenario).fetch(keys_in([record])).values()}


def test_s1_21_what_was_declared_stands_nowhere_in_the_log() -> None:
    scenario = filed(justification="the hall was free on no other day")
    text = stored(scenario).decode()

    assert "Hangzhou" not in text
    assert "30000" not in text
    assert "no other day" not in text


def test_what_deadlines_and_statistics_need_stays_in_the_open() -> None:
    text = stored(filed()).decode()

    assert '"category":"wedding"' in text
    assert '"received_on":"2016-12-01"' in text


def test_a_warning_quotes_the_answer_and_is_sealed_as_it_is() -> None:
    banquet = wedding(tables=77, event_date="2017-08-20")
    scenario = police().on("2017-08-01").declarant("shen")
    scenario.given(files("wedding", banquet))

    (record,) = scenario.app.read([DISCLOSURE])
    assert "tables: 77" in record.fact.flags[0]
    assert "tables: 77" not in stored(scenario).decode()


def test_a_name_and_an_address_are_sealed_and_the_number_is_not() -> None:
    record = police().app.history(person_stream("shen"))[0]

    assert isinstance(record.fact, CoveredPersonRegistered)
    assert record.fact.number == "shen"
    assert isinstance(record.fact.name, Sealed)


def test_the_reason_somebody_gives_is_sealed_where_it_is_about_a_person() -> None:
    scenario = police().clerk()
    scenario.given(CorrectIdentity(number="shen", name="Shen", reason="she told us"))
    scenario.given(
        EstablishUnit(code="lab", name="Lab", parent="college", reason="a new one")
    )

    assert "she told us" not in stored(scenario, person_stream("shen")).decode()
    assert "a new one" in stored(scenario, unit_stream("lab")).decode()


def test_the_door_decides_in_the_clear() -> None:
    """The same items again are no amendment: so the old ones were read."""
    same = AmendDisclosure(disclosure="D-1", items=(wedding(),))

    filed().declarant("shen").when(same).then_nothing()


def test_what_was_filed_in_a_year_has_a_key_of_that_year() -> None:
    scenario = filed().on("2017-02-01").reviewer()
    scenario.given(Annotate(disclosure="D-1", text="looked at"))

    for record in scenario.app.history(DISCLOSURE):
        assert names_in(scenario, record) == {KeyName("shen", year=2016)}


def test_who_somebody_is_has_a_key_of_its_own() -> None:
    scenario = police()
    (record,) = scenario.app.history(person_stream("shen"))[:1]

    assert names_in(scenario, record) == {KeyName("shen")}


def test_s1_05_what_is_about_a_relative_has_their_own_key_and_a_stricter_class() -> (
    None
):
    scenario = filed(subject="child", relative="R-1")
    record = first(scenario)
    seal = sealed_in(record.fact.items[0]["location"])

    assert names_in(scenario, record) == {KeyName("shen", "R-1", 2016)}
    assert seal is not None
    assert seal.class_ == "restricted"


def test_s1_05_a_relatives_name_has_their_own_key_and_a_stricter_class() -> None:
    scenario = police().declarant("shen")
    relative = DeclareRelative(number="shen", relative="R-1", relation="child")
    scenario.given(replace(relative, name="Xiaoming"))
    record = scenario.app.history(person_stream("shen"))[-1]

    assert record.fact.name.class_ == "restricted"
    assert names_in(scenario, record) == {KeyName("shen", "R-1")}


def test_s1_05_what_a_reviewer_notes_beside_it_is_as_secret() -> None:
    scenario = filed(subject="child", relative="R-1")
    scenario.reviewer().given(Annotate(disclosure="D-1", text="the child says so"))
    note = scenario.app.history(DISCLOSURE)[-1]

    assert names_in(scenario, note) == {KeyName("shen", "R-1", 2016)}
    assert note.fact.text.class_ == "restricted"


def test_what_is_about_a_kind_of_relative_nobody_named_has_a_key_of_that_kind() -> None:
    record = first(scenario := filed(subject="child"))

    assert names_in(scenario, record) == {KeyName("shen", "child", 2016)}


@pytest.mark.parametrize("moved", PLACES)
def test_a_seal_that_was_moved_opens_no_more(moved: str) -> None:
    scenario = filed()
    record = first(scenario)
    (item,) = record.fact.items
    places: dict[str, dict[str, Any]] = {
        "stream": {"originator_id": uuid4()},
        "version": {"originator_version": 9},
        "field": {"fact": replace(record.fact, items=({"cost": item["location"]},))},
        "class": {"fact": replace(record.fact, items=(classed_anew(item),))},
    }

    with pytest.raises(Tampered, match="not as it was sealed"):
        open_all([replace(record, **places[moved])], vault_of(scenario))


def classed_anew(item: dict[str, Any]) -> dict[str, Any]:
    return item | {"location": item["location"] | {"class": "restricted"}}


def another_box(token: str) -> str:
    return token[:-8] + "AAAAAAA="


def no_token(_: str) -> str:
    return "1:x:y"


def of_later(token: str) -> str:
    return "2" + token[1:]


@pytest.mark.parametrize("spoil", [another_box, no_token, of_later])
def test_a_seal_that_was_tampered_with_says_so_and_opens_nothing(spoil: Any) -> None:
    scenario = filed()
    record = first(scenario)
    (item,) = record.fact.items
    wrong = item | {"cost": {"sealed": spoil(item["cost"]["sealed"])}}
    spoiled = replace(record, fact=replace(record.fact, items=(wrong,)))

    with pytest.raises(Tampered):
        open_all([spoiled], vault_of(scenario))


def test_one_value_can_be_opened_by_itself() -> None:
    scenario = filed()
    seal = sealed_in(first(scenario).fact.items[0]["cost"])
    assert seal is not None
    (key,) = vault_of(scenario).fetch([token_of(seal.sealed).key]).values()

    assert unlocked(seal, key) == {"amount": "30000", "currency": "CNY"}
    with pytest.raises(Tampered):
        unlocked(replace(seal, class_="open"), key)


def test_what_a_destroyed_key_sealed_stays_sealed_and_the_rest_can_be_read() -> None:
    scenario = filed()
    vault_of(scenario).destroy("shen")
    record = opened(first(scenario), {})

    assert record.fact.category == "wedding"
    assert sealed_in(record.fact.items[0]["location"])


def test_what_was_destroyed_cannot_be_amended() -> None:
    scenario = filed()
    vault_of(scenario).destroy("shen")
    again = AmendDisclosure(disclosure="D-1", items=(wedding(tables=3),))

    scenario.declarant("shen").when(again).then_refused(
        WrongStage, match="its contents were destroyed"
    )


def test_after_the_destruction_a_new_report_has_a_new_key() -> None:
    scenario = filed()
    vault_of(scenario).destroy("shen")
    scenario.given(files("wedding", wedding(), disclosure="D-2"))
    (record,) = scenario.app.read([disclosure_stream("D-2")])

    assert record.fact.items[0]["location"] == "Hangzhou"


def test_an_obligation_names_no_content_at_all() -> None:
    scenario = filed()
    duty = obligation_stream("shen", INSTANT, "wedding", "D-1/0")

    assert keys_in(scenario.app.history(duty)) == set()


def test_what_the_form_itself_calls_open_is_not_sealed() -> None:
    named = '{ name = "tables",'
    text = SHIPPED[f"{V1}.toml"]
    assert named in text
    opened = text.replace(named, named + ' class = "open",')
    scenario = law(Scenario().by("hr", "hr").given(*UNITS), opened)
    scenario.given(*joins("shen", rank="department_director"))
    scenario.declarant("shen").given(files("wedding", wedding()))
    (item,) = first(scenario).fact.items

    assert item["tables"] == 12
    assert sealed_in(item["location"])


def test_what_was_stored_in_the_clear_before_is_read_as_it_stands() -> None:
    scenario = filed()
    record = first(scenario)
    (item,) = record.fact.items
    older = replace(record.fact, items=(item | {"location": "Hangzhou"},))
    (read,) = open_all([replace(record, fact=older)], vault_of(scenario))

    assert read.fact.items[0]["location"] == "Hangzhou"
    assert read.fact.items[0]["tables"] == 12


@pytest.mark.parametrize("written", ["", "1", "1:nothing:x", ":::::"])
def test_what_is_no_seal_names_no_key(written: str) -> None:
    for read in (key_of, token_of):
        with pytest.raises(Tampered, match="cannot be read"):
            read(written)


def test_the_key_of_a_seal_is_read_without_the_rest_of_it() -> None:
    key, stream = uuid4(), uuid4()
    written = Token(key, stream, 1, "text", b"box").written()

    assert key_of(written) == token_of(written).key == key
