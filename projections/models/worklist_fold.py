"""Writes the worklist: each disclosure as far as its review has come."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

import msgspec

from domain.disclosure import (
    CertificationWithdrawn,
    DeficiencyCured,
    DeficiencyNoted,
    DisclosureAmended,
    DisclosureCertified,
    DisclosureClosedUncertified,
    DisclosureFiled,
    DisclosureWithdrawn,
    PaperDisclosureRecorded,
    ReviewerAssigned,
)
from domain.record import Fact, Text
from projections.models.exclusions import Exclusions
from projections.models.lateness import Lateness
from projections.models.model import Event, Part, ReadModel
from projections.models.roster import GUARDS, ROSTER, roster
from projections.models.row_security import Guard
from projections.models.rows import Rows


class DisclosureRow(msgspec.Struct):
    """One row of `worklist.disclosure`; the order of the columns is that of the SQL."""

    stream: str
    disclosure: str
    person: str
    rulebook: str
    version: int
    rule: str
    category: str
    subject: str
    secrecy: str
    received_on: date
    review_due_on: date
    flags: Sequence[Text]
    flag_count: int
    stage: str
    reviewer: str | None
    deficiencies: list[dict[str, Any]]
    open_count: int
    cure_by: date | None
    event_id: UUID

    def now_open(self, deficiencies: list[dict[str, Any]]) -> None:
        self.deficiencies, self.open_count = deficiencies, len(deficiencies)
        nearest = min(
            (d["cure_by"] for d in deficiencies if d["cure_by"]), default=None
        )
        self.cure_by = nearest and date.fromisoformat(nearest)


def filed(event: Event) -> DisclosureRow:
    fact = event.fact
    return DisclosureRow(
        stream=event.stream,
        disclosure=fact.disclosure,
        person=fact.person,
        rulebook=fact.cited.rulebook,
        version=fact.cited.version,
        rule=fact.cited.rule,
        category=fact.category,
        subject=fact.subject,
        secrecy=fact.confidentiality,
        received_on=fact.received_on,
        review_due_on=fact.review_due_on,
        flags=fact.flags,
        flag_count=len(fact.flags),
        stage="filed",
        reviewer=None,
        deficiencies=[],
        open_count=0,
        cure_by=None,
        event_id=event.record.event_id,
    )


def amended(row: DisclosureRow, fact: DisclosureAmended) -> None:
    row.flags, row.flag_count = fact.flags, len(fact.flags)


def assigned(row: DisclosureRow, fact: ReviewerAssigned) -> None:
    row.reviewer = fact.reviewer


def noted(row: DisclosureRow, fact: DeficiencyNoted) -> None:
    cure_by = fact.cure_by and fact.cure_by.isoformat()
    row.now_open([*row.deficiencies, {"number": fact.number, "cure_by": cure_by}])


def cured(row: DisclosureRow, fact: DeficiencyCured) -> None:
    row.now_open([d for d in row.deficiencies if d["number"] != fact.number])


def certified(row: DisclosureRow, _: DisclosureCertified) -> None:
    row.stage = "certified"


def uncertified(row: DisclosureRow, _: CertificationWithdrawn) -> None:
    row.stage = "filed"


def closed(row: DisclosureRow, _: DisclosureClosedUncertified) -> None:
    row.stage = "closed"


def withdrawn(row: DisclosureRow, _: DisclosureWithdrawn) -> None:
    row.stage = "withdrawn"


FOLDS: Mapping[type[Fact], Callable[[DisclosureRow, Any], None]] = {
    DisclosureAmended: amended,
    ReviewerAssigned: assigned,
    DeficiencyNoted: noted,
    DeficiencyCured: cured,
    DisclosureCertified: certified,
    CertificationWithdrawn: uncertified,
    DisclosureClosedUncertified: closed,
    DisclosureWithdrawn: withdrawn,
}
BEGIN = {DisclosureFiled: filed, PaperDisclosureRecorded: filed}


class Worklist(ReadModel):
    name: ClassVar = "worklist"
    sources: ClassVar = (
        *ROSTER,
        "worklist.sql",
        "exclusions.sql",
        "reach.sql",
        "worklist_fold.py",
        "exclusions.py",
        "lateness.py",
    )
    guards: ClassVar = {
        **GUARDS,
        "disclosure": Guard(stream="stream"),
        "lateness": Guard(stream="disclosure"),
        "exclusion": Guard(web=False),
    }

    def build(self) -> Sequence[Part]:
        sql = self.statements("worklist.sql")
        kept = Rows(sql, "disclosures", DisclosureRow, begin=BEGIN, folds=FOLDS)
        excluded = Exclusions(self.statements("exclusions.sql"))
        return (*roster(self), kept, Lateness(sql), excluded)
