"""An export is masked; unmasked it is a read with a purpose, on record."""

from typing import Any

import pytest

from domain.errors import Invalid, NotAllowed
from domain.records.export import ExportMade, RecordExport
from domain.records.reading import PURPOSES, PersonalDataRead
from tests.domain.records.cast import office, stored
from tests.spec import Scenario


def exports(**changes: Any) -> RecordExport:
    usual: dict[str, Any] = {
        "export": "E-1",
        "kind": "disclosures",
        "rows": 3,
        "persons": ("shen", "li"),
        "purpose": "oversight",
        "authority": "oversight over all units",
        "sha256": "ab" * 32,
    }
    return RecordExport(**(usual | changes))


def auditor() -> Scenario:
    return office().by("audit-1", "auditor")


def test_an_export_is_masked_unless_somebody_says_otherwise_and_is_a_read() -> None:
    scenario = auditor().when(exports())
    scenario.then(
        ExportMade(
            export="E-1",
            kind="disclosures",
            rows=3,
            persons=("shen", "li"),
            purpose="oversight",
            authority="oversight over all units",
            masked=True,
            sha256="ab" * 32,
        ),
        PersonalDataRead(
            reader="audit-1",
            role="auditor",
            purpose="oversight",
            what="export",
            authority="oversight over all units",
            persons=("shen", "li"),
            key="E-1",
            masked=True,
        ),
    )
    assert {record.subject for record in scenario.news} == {None}


def test_i9_an_unmasked_export_is_a_read_of_everybody_in_it() -> None:
    scenario = auditor().when(exports(masked=False, purpose="audit"))
    read = scenario.one(PersonalDataRead)
    assert (read.masked, read.persons) == (False, ("shen", "li"))
    assert scenario.one(ExportMade).masked is False


@pytest.mark.parametrize("purpose", sorted(PURPOSES))
def test_what_is_not_audited_overseen_or_investigated_stays_masked(
    purpose: str,
) -> None:
    scenario = auditor().when(exports(masked=False, purpose=purpose))
    if purpose in {"appeal", "audit", "investigation", "oversight", "records"}:
        scenario.then_kinds(ExportMade, PersonalDataRead)
    else:
        scenario.then_refused(NotAllowed, match=f"for {purpose} it stays masked")


@pytest.mark.parametrize(
    ("changes", "match"),
    [
        ({"kind": ""}, "kind: say what is exported"),
        ({"authority": " "}, "authority: say by what right"),
        ({"purpose": "curiosity"}, "purpose: curiosity is not one of"),
        ({"reason": "Shen and Li"}, "reason: give the purpose as a code"),
    ],
)
def test_an_export_that_does_not_say_enough_is_refused(
    changes: dict[str, Any], match: str
) -> None:
    auditor().when(exports(**changes)).then_refused(Invalid, match=match)


def test_words_on_the_export_of_one_person_are_sealed() -> None:
    alone = exports(persons=("shen",), reason="Shen asked for it")
    scenario = auditor().when(alone)
    assert {record.subject for record in scenario.news} == {"shen"}
    assert {record.reason for record in scenario.news} == {"Shen asked for it"}
    assert "Shen asked for it" not in stored(scenario)


def test_an_export_of_mere_figures_reads_nobody() -> None:
    auditor().when(exports(persons=())).then_kinds(ExportMade)


def test_the_same_export_is_recorded_once() -> None:
    auditor().given(exports()).when(exports()).then_nothing()
