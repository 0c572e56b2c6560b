"""Appeals and holds in an office that is reached over HTTP."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from domain.appeal import Appeal, AppealLodged, appeal_stream
from domain.holding.clearing import ProposeOverride
from domain.holding.placing import NotifyHold, PlaceHold
from domain.record import Citation, Command, Decision, Given
from tests.domain.case.proceeding import GOVERNMENT
from tests.web.office import Office
from tests.web.proceedings import today

SELECTION = "cn-selection"
REVIEW = datetime.now(UTC).date() + timedelta(days=60)
DEBT: dict[str, Any] = {
    "rulebook": SELECTION,
    "type": "document",
    "basis": "tax_debt",
    "text": "income tax of last year is not paid",
    "release": "the debt is paid",
    "target": "deed-17",
}


class Lodged(Command[Appeal]):
    """An appeal that was lodged in an older office, where its case is not kept."""

    fact: AppealLodged

    @property
    def stream(self) -> UUID:
        return appeal_stream(self.fact.appeal)

    def blank(self) -> Appeal:
        return Appeal()

    def decide(self, state: Appeal, given: Given) -> Decision:  # noqa: ARG002
        yield self.fact


def lodged(person: str, name: str, **more: Any) -> AppealLodged:
    usual: dict[str, Any] = {
        "appeal": name,
        "person": person,
        "case": "C",
        "stage": "review",
        "to": "same",
        "lodged_on": date(2020, 5, 1),
        "due_on": date(2020, 5, 20),
        "decide_by": date(2020, 6, 1),
        "text": "It was not me.",
        "cited": Citation(rulebook=GOVERNMENT, version=1, rule="appeals.review"),
    }
    return AppealLodged(**(usual | more))


def recourse(office: Office, person: str) -> None:
    """Let somebody have appealed, and a document of theirs be held.

    The laws of discipline and of selection must be there.
    """
    scenario = today(office).declarant(person)
    scenario.given(Lodged(fact=lodged(person, f"P-{person}")))
    held = PlaceHold(person=person, review_on=REVIEW, **DEBT)
    override = ProposeOverride(hold=f"{person}:1", target="deed-17", text="urgent")
    told = NotifyHold(hold=f"{person}:1")
    scenario.by("office", "certifier").given(held, told, override)
