"""Writes the docket: each case and recommendation as far as it has come."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any, ClassVar
from uuid import UUID

import msgspec

from domain.case.facts import (
    CaseClosed,
    CaseReferredExternally,
    CaseReopened,
    DecisionMade,
    DecisionTimeExtended,
    InvestigationOpened,
    InvestigatorAssigned,
    InvestigatorRelieved,
    NoticeOfAllegationsServed,
    PreliminaryInquiryOpened,
    RecusalDecided,
)
from domain.recommendation import (
    RecommendationAccepted,
    RecommendationImplemented,
    RecommendationIssued,
    RecommendationOverdue,
    RecommendationRefused,
)
from domain.record import Fact
from projections.models.model import Event, Part, ReadModel
from projections.models.roster import GUARDS, ROSTER, roster
from projections.models.row_security import Guard
from projections.models.rows import Rows
from projections.models.verifications_fold import FILES as OF_VERIFICATION
from projections.models.verifications_fold import GUARDS as VERIFICATION_GUARDS
from projections.models.verifications_fold import verifications

# The person is shown a case from the first notice on, and never before.
NEVER = datetime(9999, 1, 1, tzinfo=UTC)
ALWAYS = datetime(1970, 1, 1, tzinfo=UTC)


class CaseRow(msgspec.Struct):
    """One row of `docket.proceeding`; the order of the columns is that of the SQL."""

    stream: str
    key: str
    person: str
    rulebook: str
    basis: str
    source: str | None
    stage: str
    opened_on: date
    investigated_on: date | None
    decide_by: date | None
    answer_by: date | None
    investigators: list[str]
    decided_on: date | None
    closing: str | None
    closed_on: date | None
    referred: bool
    shown_from: datetime
    event_id: UUID


class RecommendationRow(msgspec.Struct):
    """One row of `docket.recommendation`, as `CaseRow`."""

    stream: str
    key: str
    person: str
    rulebook: str
    addressee: str
    unit: str
    case_key: str | None
    issued_on: date
    answer_by: date
    stage: str
    event_id: UUID


def inquiry(event: Event) -> CaseRow:
    fact = event.fact
    return CaseRow(
        stream=event.stream,
        key=fact.case,
        person=fact.person,
        rulebook=fact.cited.rulebook,
        basis=fact.basis,
        source=fact.source,
        stage="inquiry",
        opened_on=event.record.recorded_at.date(),
        investigated_on=None,
        decide_by=None,
        answer_by=None,
        investigators=[],
        decided_on=None,
        closing=None,
        closed_on=None,
        referred=False,
        shown_from=NEVER,
        event_id=event.record.event_id,
    )


def investigated(row: CaseRow, fact: InvestigationOpened) -> None:
    row.stage, row.investigated_on = "investigation", fact.opened_on
    row.decide_by = fact.decide_by


def extended(row: CaseRow, fact: DecisionTimeExtended) -> None:
    row.decide_by = fact.decide_by


def assigned(row: CaseRow, fact: InvestigatorAssigned) -> None:
    row.investigators = [*row.investigators, fact.investigator]


def relieved(row: CaseRow, fact: InvestigatorRelieved) -> None:
    row.investigators = [i for i in row.investigators if i != fact.investigator]


def recused(row: CaseRow, fact: RecusalDecided) -> None:
    if fact.recused:
        row.investigators = [i for i in row.investigators if i != fact.who]


def noticed(row: CaseRow, fact: NoticeOfAllegationsServed) -> None:
    row.stage, row.answer_by, row.shown_from = "notice", fact.answer_by, ALWAYS


def decided(row: CaseRow, fact: DecisionMade) -> None:
    row.stage, row.decided_on, row.closing = "decided", fact.decided_on, fact.closing


def referred(row: CaseRow, _: CaseReferredExternally) -> None:
    row.referred = True


def closed(row: CaseRow, fact: CaseClosed) -> None:
    row.stage, row.closed_on, row.closing = "closed", fact.closed_on, fact.closing


def reopened(row: CaseRow, _: CaseReopened) -> None:
    row.stage = "investigation" if row.investigated_on else "inquiry"
    row.answer_by = row.decided_on = row.closing = row.closed_on = None


def issued(event: Event) -> RecommendationRow:
    fact = event.fact
    return RecommendationRow(
        stream=event.stream,
        key=fact.recommendation,
        person=fact.person,
        rulebook=fact.cited.rulebook,
        addressee=fact.to,
        unit=fact.unit,
        case_key=fact.case,
        issued_on=fact.issued_on,
        answer_by=fact.answer_by,
        stage="issued",
        event_id=event.record.event_id,
    )


def now(stage: str) -> Callable[[RecommendationRow, Any], None]:
    def change(row: RecommendationRow, _: Any) -> None:
        row.stage = stage

    return change


OF_CASES: Mapping[type[Fact], Callable[[CaseRow, Any], None]] = {
    InvestigationOpened: investigated,
    DecisionTimeExtended: extended,
    InvestigatorAssigned: assigned,
    InvestigatorRelieved: relieved,
    RecusalDecided: recused,
    NoticeOfAllegationsServed: noticed,
    DecisionMade: decided,
    CaseReferredExternally: referred,
    CaseClosed: closed,
    CaseReopened: reopened,
}
OF_RECOMMENDATIONS: Mapping[type[Fact], Callable[[RecommendationRow, Any], None]] = {
    RecommendationAccepted: now("accepted"),
    RecommendationRefused: now("refused"),
    RecommendationOverdue: now("overdue"),
    RecommendationImplemented: now("implemented"),
}


class Docket(ReadModel):
    name: ClassVar = "docket"
    sources: ClassVar = (*ROSTER, "docket.sql", "docket_fold.py", *OF_VERIFICATION)
    guards: ClassVar = {
        **GUARDS,
        "proceeding": Guard(shown_from="shown_from"),
        "recommendation": Guard(),
        **VERIFICATION_GUARDS,
    }

    def build(self) -> Sequence[Part]:
        sql = self.statements("docket.sql")
        opened, asked = (
            {PreliminaryInquiryOpened: inquiry},
            {RecommendationIssued: issued},
        )
        return (
            *roster(self),
            Rows(sql, "proceedings", CaseRow, begin=opened, folds=OF_CASES),
            Rows(
                sql,
                "recommendations",
                RecommendationRow,
                begin=asked,
                folds=OF_RECOMMENDATIONS,
            ),
            *verifications(self.statements("verifications.sql")),
        )
