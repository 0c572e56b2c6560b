"""Writes the registry: rulebooks and their periods, campaigns, units."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

import msgspec
from msgspec.structs import asdict

from domain.campaign import CampaignLaunched
from domain.record import Fact
from domain.rulebook import (
    PeriodRuleActivated,
    PeriodRuleEnded,
    RulebookDrafted,
    RulebookPublished,
    RulebookSuperseded,
    SubUnitCoverageConfirmed,
    parsed,
)
from projections.models.model import Event, Part, ReadModel
from projections.models.rows import Rows
from projections.models.units import units

UNPUBLISHED: Mapping[str, Any] = {
    "published": False,
    "superseded_by": None,
    "superseded_from": None,
    "covered_units": [],
}


class RulebookRow(msgspec.Struct):
    """One row of `registry.rulebook`; the order of the columns is that of the SQL."""

    stream: str
    rulebook: str
    versions: list[dict[str, Any]]
    periods: list[dict[str, Any]]
    event_id: UUID

    def set(self, version: int, **fields: Any) -> None:
        """Give the version these values; a version that is new comes last."""
        others = [v for v in self.versions if v["version"] != version]
        same = [v for v in self.versions if v["version"] == version] or [
            {**UNPUBLISHED}
        ]
        changed = {**same[0], "version": version, **msgspec.to_builtins(fields)}
        self.versions = sorted([*others, changed], key=lambda v: v["version"])


class CampaignRow(msgspec.Struct):
    """One row of `registry.campaign`; the order of the columns is that of the SQL."""

    stream: str
    campaign: str
    name: str
    rulebook: str
    version: int
    rule: str
    launched_on: date
    due_on: date
    event_id: UUID


def begun(event: Event) -> RulebookRow:
    return RulebookRow(
        stream=event.stream,
        rulebook=event.fact.rulebook,
        versions=[],
        periods=[],
        event_id=event.record.event_id,
    )


def drafted(row: RulebookRow, fact: RulebookDrafted) -> None:
    book = parsed(fact.text)
    row.set(
        fact.version,
        drafted_by=fact.drafted_by,
        labels=book.labels,
        effective_from=book.effective_from,
        effective_to=book.effective_to,
    )


def published(row: RulebookRow, fact: RulebookPublished) -> None:
    row.set(fact.version, published=True, effective_from=fact.effective_from)


def superseded(row: RulebookRow, fact: RulebookSuperseded) -> None:
    new, day = fact.by_version, fact.from_on
    row.set(fact.version, superseded_by=new, superseded_from=day)


def confirmed(row: RulebookRow, fact: SubUnitCoverageConfirmed) -> None:
    row.set(fact.version, covered_units=fact.units)


def activated(row: RulebookRow, fact: PeriodRuleActivated) -> None:
    period = msgspec.to_builtins(asdict(fact))
    row.periods = [*row.periods, period]


def ended(row: RulebookRow, fact: PeriodRuleEnded) -> None:
    end = {"to_on": fact.on.isoformat()}
    row.periods = [
        {**period, **end} if period["period"] == fact.period else period
        for period in row.periods
    ]


def launched(event: Event) -> CampaignRow:
    fact = event.fact
    return CampaignRow(
        stream=event.stream,
        campaign=fact.campaign,
        name=fact.name,
        rulebook=fact.cited.rulebook,
        version=fact.cited.version,
        rule=fact.cited.rule,
        launched_on=fact.launched_on,
        due_on=fact.due_on,
        event_id=event.record.event_id,
    )


FOLDS: Mapping[type[Fact], Callable[[RulebookRow, Any], None]] = {
    RulebookDrafted: drafted,
    RulebookPublished: published,
    RulebookSuperseded: superseded,
    SubUnitCoverageConfirmed: confirmed,
    PeriodRuleActivated: activated,
    PeriodRuleEnded: ended,
}


class Registry(ReadModel):
    name: ClassVar = "registry"
    sources: ClassVar = (
        "units.sql",
        "registry.sql",
        "registry_fold.py",
        "units.py",
        "rows.py",
        "model.py",
    )
    guards: ClassVar = {"unit": None, "rulebook": None, "campaign": None}

    def build(self) -> Sequence[Part]:
        sql = self.statements("registry.sql")
        begin = {RulebookDrafted: begun}
        return (
            units(self.statements("units.sql")),
            Rows(sql, "rulebooks", RulebookRow, begin=begin, folds=FOLDS),
            Rows(sql, "campaigns", CampaignRow, begin={CampaignLaunched: launched}),
        )
