"""What the entries of a file leave out, because it is so until something is said."""

from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec.structs import FieldInfo, fields

from domain.approval import ApprovalRequested
from domain.disclosure import PaperDisclosureRecorded
from domain.obligation import ObligationRaised
from domain.person import (
    CoveredPersonRegistered,
    PositionAssumed,
    RelatedPersonDeclared,
)
from domain.record import Fact
from projections.models.timeline import Content

UNFULFILLED: Content = {"disclosure": None, "received_on": None, "days_late": 0}


def defaults(fact: type[Fact]) -> Content:
    """Return the fields that a fact need not give, with what they are then."""
    optional = [field for field in fields(fact) if not field.required]
    made: Content = msgspec.to_builtins({f.name: _default(f) for f in optional})
    return made


def _default(field: FieldInfo) -> Any:
    if field.default is msgspec.NODEFAULT:
        return field.default_factory()
    return field.default


DEFAULTS: Mapping[str, Content] = {
    "identity": defaults(CoveredPersonRegistered),
    "post": defaults(PositionAssumed),
    "relative": defaults(RelatedPersonDeclared),
    "flag": defaults(ObligationRaised),
    "obligation": {
        **defaults(ObligationRaised),
        **UNFULFILLED,
        "overdue": False,
        "asked_until": None,
        "justification": None,
        "notices": [],
    },
    "disclosure": {
        **defaults(PaperDisclosureRecorded),
        "channel": "direct",
        "reviewer": None,
        "amended": 0,
        "deficiencies": [],
        "annotations": [],
        "certified_on": None,
    },
    "approval": {
        **defaults(ApprovalRequested),
        "endorsed": False,
        "conditions": None,
        "deviations": [],
        "disclosure": None,
    },
}
