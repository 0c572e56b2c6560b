"""Rulebooks, campaigns and units, as the log has them now."""

from collections.abc import Sequence
from datetime import date

from domain.rulebook import Regime
from web.answers.answer import Answer, Citation, cited, taken
from web.matters import Matter


class UnitRecord(Answer):
    """A unit, the one above it, and the number of who leads it."""

    id: str
    version: int
    name: str
    parent: str | None
    head: str | None


class VersionRecord(Answer):
    """One version: a draft, unless it says from when on it is in force."""

    version: int
    drafted_by: str
    in_force_from: date | None


class PeriodRecord(Answer):
    """A special period of a rule: from a day up to, not including, another."""

    period: str
    rule: str
    from_on: date
    to_on: date | None


class RulebookRecord(Answer):
    """All versions of a rulebook, its special periods, and the units it covers."""

    id: str
    version: int
    versions: Sequence[VersionRecord]
    periods: Sequence[PeriodRecord]
    covered_units: Sequence[str]


class CampaignRecord(Answer):
    """A campaign: whom the rule covered on `launched_on` has until `due_on`."""

    id: str
    version: int
    name: str
    cited: Citation
    launched_on: date
    due_on: date


def unit(matter: Matter) -> UnitRecord:
    """Show a unit and its place in the hierarchy."""
    shown: UnitRecord = taken(UnitRecord, matter, matter.state)
    return shown


def rulebook(matter: Matter) -> RulebookRecord:
    """Show the versions and special periods of a rulebook."""
    regime: Regime = matter.state
    return RulebookRecord(
        id=matter.id,
        version=matter.version,
        versions=[version(regime, number) for number in sorted(regime.texts)],
        periods=[taken(PeriodRecord, period) for period in regime.periods],
        covered_units=regime.covered,
    )


def version(regime: Regime, number: int) -> VersionRecord:
    return VersionRecord(
        version=number,
        drafted_by=regime.drafted_by[number],
        in_force_from=regime.published.get(number),
    )


def campaign(matter: Matter) -> CampaignRecord:
    """Show a campaign and its due date."""
    launched = matter.state.launched
    shown: CampaignRecord = taken(
        CampaignRecord, matter, launched, cited=cited(launched.cited)
    )
    return shown
