"""Every fact the log may hold, and how facts of older versions are read."""

from domain import (
    appeal,
    approval,
    attestation,
    campaign,
    disclosure,
    hold,
    ledger,
    mandate,
    obligation,
    person,
    proceedings,
    recommendation,
    rulebook,
    unit,
)
from domain.case import evidence
from domain.case import facts as case
from domain.figures import reporting
from domain.promotion import facts as promotion
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
from domain.sanction import facts as sanction
from domain.topics import Topics
from domain.verification import facts as verification
from domain.verification import source

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
    source,
    verification,
    appeal,
    case,
    evidence,
    hold,
    proceedings,
    recommendation,
    promotion,
    sanction,
    reporting,
)

FACTS: tuple[type[Fact], ...] = tuple(
    thing
    for module in MODULES
    for thing in vars(module).values()
    if isinstance(thing, type) and issubclass(thing, Fact) and "TOPIC" in vars(thing)
    if thing.__module__ == module.__name__
)

TOPICS = Topics(FACTS)
