"""Every fact the log may hold, and how facts of older versions are read."""

from domain import (
    approval,
    attestation,
    campaign,
    disclosure,
    ledger,
    mandate,
    obligation,
    person,
    rulebook,
    unit,
    verification,
)
from domain.record import Fact
from domain.records import (
    access_request,
    break_glass,
    correction,
    custody,
    exclusion,
    export,
    reading,
    release,
)
from domain.topics import Topics

MODULES = (
    approval,
    attestation,
    campaign,
    disclosure,
    ledger,
    mandate,
    obligation,
    person,
    rulebook,
    unit,
    access_request,
    break_glass,
    correction,
    custody,
    exclusion,
    export,
    reading,
    release,
    verification,
)

FACTS: tuple[type[Fact], ...] = tuple(
    thing
    for module in MODULES
    for thing in vars(module).values()
    if isinstance(thing, type) and issubclass(thing, Fact) and "TOPIC" in vars(thing)
    if thing.__module__ == module.__name__
)

TOPICS = Topics(FACTS)
