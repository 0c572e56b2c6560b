"""What the tests of records share: a register with a wedding in it, and officers.

Anna keeps the records, Boris is the second person; neither has a file of their own.
"""

from typing import Any

from domain.personnel import DeclareRelative
from tests.domain.cast import SHIPPED, V1, everybody, law, police, register
from tests.domain.papers import files, wedding
from tests.spec import ENDLESS, Scenario

D: dict[str, Any] = {"disclosure": "D-1"}
SHEN: dict[str, Any] = {"person": "shen"}
CONFLICTS = [
    ("zhang", "zhang is the person concerned"),
    ("wang", "wang is a relative of zhang"),
    ("li", "zhang is a superior of li"),
]


def anna(scenario: Scenario) -> Scenario:
    return scenario.by("anna", "records_officer")


def boris(scenario: Scenario) -> Scenario:
    return scenario.by("boris", "records_officer")


def office(*books: str) -> Scenario:
    """Return the cast's register, in which Wang is an uncle of Zhang.

    Zhang leads the college, in which Shen works, and, in a section of it, Li.
    """
    uncle = DeclareRelative(
        number="wang", relative="R", relation="uncle", related_number="zhang"
    )
    return police(*(books or (V1,))).given(uncle).on("2016-12-02")


def under(text: str) -> Scenario:
    """Return the register in which this text is the law."""
    return law(register(), text).given(*everybody()).on("2016-12-02")


def reported(
    scenario: Scenario | None = None, *, person: str = "shen", **more: Any
) -> Scenario:
    """Let somebody report a wedding, as D-1."""
    scenario = (scenario or office()).declarant(person)
    items = more.pop("items", (wedding(),))
    return scenario.given(files("wedding", *items, person=person, **more)).clerk()


def law_with(**entries: str | None) -> str:
    """Return the first rulebook with these lines of its handling written otherwise.

    None takes a line out.
    """
    kept = [
        line
        for line in SHIPPED[f"{V1}.toml"].splitlines()
        if line.split(" =")[0] not in entries
    ]
    said = [f"{name} = {value}" for name, value in entries.items() if value]
    return "\n".join(kept).replace("[handling]", "\n".join(["[handling]", *said]))


def stored(scenario: Scenario) -> str:
    """Return the log as it is stored: what is sealed in it cannot be read."""
    events = scenario.app.recorder.select_notifications(None, ENDLESS)
    return "\n".join(event.state.decode() for event in events)
