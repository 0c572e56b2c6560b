"""What is shown of things; every type of it is a component of the OpenAPI document."""

from web.answers.events import History, history
from web.answers.law import (
    CampaignRecord,
    RulebookRecord,
    UnitRecord,
    campaign,
    rulebook,
    unit,
)
from web.answers.matters import (
    Approval,
    Disclosure,
    Obligation,
    approval,
    disclosure,
    obligation,
)

__all__ = [
    "Approval",
    "CampaignRecord",
    "Disclosure",
    "History",
    "Obligation",
    "RulebookRecord",
    "UnitRecord",
    "approval",
    "campaign",
    "disclosure",
    "history",
    "obligation",
    "rulebook",
    "unit",
]
