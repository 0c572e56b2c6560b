"""Writes the registry: rulebooks and their periods, campaigns, units."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

import msgspec

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

Versions = list[dict[str, Any]]


class RulebookRow(msgspec.Struct):
    """One row of `registry.rulebook`; the order of the columns is that of the SQL."""

    stream: UUID
    rulebook: str
    versions: Versions
    periods: list[dict[str, Any]]
    event_id: UUID

    def set(self, version: int, **fields: Any) -> None:
        """Give the version these values; a version that is new comes last."""
        others = [v for v in self.versions if v["version"] != version]
        same = [v for v in self.versions if v["version"] == version] or [NEW]
        changed = {**same[0], "version": version, **msgspec.to_builtins(fields)}
        self.versions = sorted([*others, changed], key=lambda v: v["version"])


NEW: Mapping[str, Any] = {
    "published": False,
    "superseded_by": None,
    "superseded_from": None,
    "covered_units": [],
}
