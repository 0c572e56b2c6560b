"""The registry: rulebooks with their versions and periods, campaigns, units."""

from datetime import date

from domain.campaign import CampaignLaunched
from domain.record import stream_of
from domain.rulebook import (
    PeriodRuleActivated,
    PeriodRuleEnded,
    RulebookDrafted,
    RulebookPublished,
    RulebookSuperseded,
    SubUnitCoverageConfirmed,
    regime_stream,
)
from domain.unit import UnitHeadNamed, unit_stream
from projections.models.registry import (
    Campaign,
    Period,
    Unit,
    Version,
    campaigns,
    rulebooks,
    units,
)
from tests.history import History, cite
from tests.projections.kinds import Connection, Tell

HOUSE = regime_stream("house")


def text(version: int, begins: str) -> str:
    return (
        f'id = "house"\nversion = {version}\neffective_from = {begins}\n'
        '[labels]\nen = "House rules"\n'
    )


def draft(history: History, version: int, begins: str) -> None:
    fact = RulebookDrafted(
        rulebook="house",
        version=version,
        text=text(version, begins),
        drafted_by="S1",
    )
    history.add(HOUSE, fact)


def test_a_draft_is_listed_and_not_in_force(tell: Tell, reader: Connection) -> None:
    history = History()
    draft(history, 1, "2016-01-01")
    tell(history)

    (book,) = rulebooks(reader)

    assert (book.rulebook, book.periods) == ("house", ())
    assert book.versions == (
        Version(
            version=1,
            labels={"en": "House rules"},
            effective_from=date(2016, 1, 1),
            effective_to=None,
            drafted_by="S1",
            published=False,
            superseded_by=None,
            superseded_from=None,
            covered_units=[],
        ),
    )


def test_a_version_shows_what_superseded_it_and_which_units_are_covered(
    tell: Tell, reader: Connection
) -> None:
    history = History()
    draft(history, 1, "2016-01-01")
    begin, later = date(2016, 1, 1), date(2017, 1, 1)
    history.add(HOUSE, RulebookPublished(version=1, effective_from=begin))
    draft(history, 2, "2017-01-01")
    history.add(HOUSE, RulebookPublished(version=2, effective_from=later))
    tell(history)
    fact = RulebookSuperseded(version=1, by_version=2, from_on=later)
    history.add(HOUSE, fact)
    history.add(HOUSE, SubUnitCoverageConfirmed(version=2, units=("HQ", "North")))
    tell(history)

    ((first, second),) = (book.versions for book in rulebooks(reader))

    assert (first.superseded_by, first.superseded_from) == (2, later)
    assert (second.published, second.effective_from) == (True, later)
    assert second.covered_units == ["HQ", "North"]


def test_special_periods_are_listed_with_their_end(
    tell: Tell, reader: Connection
) -> None:
    history = History()
    draft(history, 1, "2016-01-01")
    first, last = date(2016, 8, 1), date(2016, 9, 10)
    for period in ("summit", "games"):
        fact = PeriodRuleActivated(rule="leave_city", period=period, from_on=first)
        history.add(HOUSE, fact)
    history.add(HOUSE, PeriodRuleEnded(period="summit", on=last))
    tell(history)

    (book,) = rulebooks(reader)

    assert book.periods == (
        Period(rule="leave_city", period="summit", from_on=first, to_on=last),
        Period(rule="leave_city", period="games", from_on=first, to_on=None),
    )


def test_campaigns_are_listed_by_the_day_of_their_launch(
    tell: Tell, reader: Connection
) -> None:
    history = History()
    for name, month in (("second", 6), ("first", 5)):
        fact = CampaignLaunched(
            campaign=name,
            name=f"The {name}",
            cited=cite("cards", version=3),
            launched_on=date(2013, month, 1),
            due_on=date(2013, month, 20),
        )
        history.add(stream_of("campaign", name), fact)
    tell(history)

    first, second = campaigns(reader)

    assert second.campaign == "second"
    assert first == Campaign(
        "first",
        "The first",
        "house",
        3,
        "cards",
        date(2013, 5, 1),
        date(2013, 5, 20),
    )


def test_units_are_listed_with_their_heads_all_or_those_within_one(
    tell: Tell, reader: Connection
) -> None:
    history = History()
    history.unit("HQ")
    history.unit("North", "HQ")
    history.unit("Harbour", "North")
    history.add(unit_stream("North"), UnitHeadNamed(head="P1"))
    tell(history)

    assert [unit.code for unit in units(reader)] == ["HQ", "Harbour", "North"]
    assert units(reader, "North") == (
        Unit("Harbour", "Unit Harbour", "North", None),
        Unit("North", "Unit North", "HQ", "P1"),
    )
