"""I9: a read of personal data is on record, with who, why and by what right."""

from typing import Any

import pytest

from domain.access import ROLES
from domain.errors import Invalid
from domain.records.reading import (
    KINDS,
    PURPOSES,
    PersonalDataRead,
    RecordRead,
    usual_purpose,
)
from tests.domain.records.cast import office, stored
from tests.spec import Scenario


def read(**changes: Any) -> RecordRead:
    usual: dict[str, Any] = {
        "read": "r-1",
        "what": "disclosure",
        "key": "D-1",
        "purpose": "review",
        "authority": "reviewer of the college",
        "persons": ("shen",),
        "classes": ("confidential",),
        "fields": ("location",),
    }
    return RecordRead(**(usual | changes))


def test_s1_21_a_read_by_staff_is_on_record_with_who_what_why_and_by_what_right() -> (
    None
):
    scenario = office().reviewer("wang").when(read())
    scenario.then(
        PersonalDataRead(
            reader="wang",
            role="reviewer",
            purpose="review",
            what="disclosure",
            authority="reviewer of the college",
            persons=("shen",),
            key="D-1",
            classes=("confidential",),
            fields=("location",),
        )
    )
    assert scenario.news[0].subject == "shen"
    assert scenario.news[0].actor.id == "wang"


def test_i9_an_auditor_who_sees_masked_data_is_on_record_too() -> None:
    scenario = office().by("audit-1", "auditor")
    scenario.when(read(masked=True, purpose="audit"))
    fact = scenario.one(PersonalDataRead)
    assert (fact.reader, fact.masked) == ("audit-1", True)


def test_i9_a_page_of_several_persons_is_one_read_about_nobody_in_particular() -> None:
    page = read(what="search", persons=("shen", "li", "shen"))
    scenario = office().reviewer("wang").when(page)
    assert scenario.one(PersonalDataRead).persons == ("shen", "li", "shen")
    assert scenario.news[0].subject is None


@pytest.mark.parametrize(
    ("persons", "own"),
    [(("shen",), True), (("shen", "shen"), True), (("shen", "li"), False)],
)
def test_s1_21_who_reads_their_own_file_is_said_to(
    persons: tuple[str, ...], *, own: bool
) -> None:
    scenario = office().declarant("shen").when(read(persons=persons, purpose="own"))
    assert scenario.one(PersonalDataRead).own is own


def test_where_nobody_was_shown_nothing_is_recorded() -> None:
    office().reviewer("wang").when(read(persons=())).then_nothing()


def test_the_same_read_is_recorded_once() -> None:
    office().reviewer("wang").given(read()).when(read()).then_nothing()


def test_two_readers_never_clash() -> None:
    scenario = office().reviewer("wang").given(read())
    scenario.reviewer("li").when(read(read="r-2")).then_kinds(PersonalDataRead)
    assert read().stream != read(read="r-2").stream


def test_words_on_the_purpose_are_sealed_with_the_persons_key() -> None:
    scenario = office().reviewer("wang").when(read(reason="Shen wrote to us"))
    assert scenario.news[0].reason == "Shen wrote to us"
    assert "Shen wrote to us" not in stored(scenario)
    assert '"purpose":"review"' in stored(scenario)


def test_a_read_without_words_needs_no_key_at_all() -> None:
    scenario = office()
    known = set(scenario.app.vault.fetch(every_key(scenario)))
    scenario.reviewer("wang").when(read()).then_kinds(PersonalDataRead)
    assert set(scenario.app.vault.fetch(every_key(scenario))) == known


def every_key(scenario: Scenario) -> list[Any]:
    keys: Any = scenario.app.vault
    return [key.id for key in keys.keys.values()]


@pytest.mark.parametrize(
    "persons", [("shen", "li"), ()], ids=["of several", "of nobody"]
)
def test_words_that_no_single_key_can_seal_are_refused(
    persons: tuple[str, ...],
) -> None:
    wordy = read(persons=persons, reason="Shen and Li quarrelled")
    scenario = office().reviewer("wang").when(wordy)
    scenario.then_refused(Invalid, match="reason: give the purpose as a code")


@pytest.mark.parametrize(
    ("changes", "match"),
    [
        ({"purpose": "curiosity"}, "purpose: curiosity is not one of administration,"),
        ({"purpose": ""}, "purpose:  is not one of"),
        ({"what": "diary"}, "what: diary is not one of access_log,"),
        ({"authority": " "}, "authority: say by what right"),
    ],
)
def test_s1_21_a_read_that_does_not_say_enough_is_refused(
    changes: dict[str, Any], match: str
) -> None:
    scenario = office().reviewer("wang").when(read(**changes))
    scenario.then_refused(Invalid, match=match)


def test_every_role_has_a_purpose_that_is_known() -> None:
    assert {usual_purpose(role) for role in ROLES} <= PURPOSES
    assert usual_purpose("declarant") == "own"
    assert usual_purpose("import") == "administration"


def test_a_read_may_be_of_anything_that_holds_personal_data() -> None:
    for kind in sorted(KINDS):
        office().reviewer("wang").when(read(what=kind)).then_kinds(PersonalDataRead)


def test_a_read_fetches_no_stream_but_its_own() -> None:
    assert read().reads() == (read().stream,)
