"""The demonstration's law: the shipped rulebooks, moved into its year."""

import re

from domain.regime.parse import parse
from domain.regime.types import Rulebook
from domain.rulebooks import shipped
from web.demo.calendar import Year

INSTANT = "cn-zj-psd-instant-report"
ANNUAL = "cn-personal-matters-annual"
LEAVE = "cn-leaving-city"
CARDS = "cn-membership-card-campaign"
DISCIPLINE = "cn-governmental-sanctions"
SELECTION = "cn-selection"
MOVED = "# The dates of this text were moved for the demonstration.\n"
EXTENDED = (
    180  # the day of the year on which the instant reports come to bind all staff
)
CAMPAIGN = 60  # the day on which the campaign is launched
CAMPAIGN_ENDS = 84


def texts(year: Year) -> list[str]:
    """Return the texts to publish, in the order of their dates."""
    starts = {
        f"{INSTANT}-v1": 0,
        ANNUAL: 0,
        LEAVE: 0,
        DISCIPLINE: 0,
        SELECTION: 0,
        CARDS: CAMPAIGN,
        f"{INSTANT}-v2": EXTENDED,
    }
    ours = shipped()
    return [moved(ours[f"{name}.toml"], year, day) for name, day in starts.items()]


def moved(text: str, year: Year, day: int) -> str:
    """Return the text in force from that day of the year, and due on it or after."""
    start = f"effective_from = {year.day(day)}"
    text = re.sub(r"^effective_from = \S+", start, text, flags=re.MULTILINE)
    return MOVED + text.replace("2013-06-20", str(year.day(CAMPAIGN_ENDS)))


def books(year: Year) -> dict[tuple[str, int], Rulebook]:
    """Return the rulebooks by name and version."""
    return {(book.id, book.version): book for book in map(parse, texts(year))}
