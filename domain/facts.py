"""Every fact the log may hold, and how facts of older versions are read."""

from domain import (
    approval,
    campaign,
    disclosure,
    obligation,
    person,
    rulebook,
    unit,
)
from domain.record import Fact
from domain.topics import Topics

MODULES = (approval, campaign, disclosure, obligation, person, rulebook, unit)

FACTS: tuple[type[Fact], ...] = tuple(
    thing
    for module in MODULES
    for thing in vars(module).values()
    if isinstance(thing, type) and issubclass(thing, Fact) and "TOPIC" in vars(thing)
)

TOPICS = Topics(FACTS)
