"""Writes recourse: appeals as far as they have come, and what is held of people."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

import msgspec
from psycopg.types.json import Json

from domain.appeal import (
    AppealDecided,
    AppealDecisionServed,
    AppealEscalated,
    AppealHeard,
    AppealLodged,
    AppealRejectedOutOfTime,
    DecisionImplemented,
    LatenessExcused,
    PanelConstituted,
    StayDecided,
    TimeToDecideExtended,
)
from domain.hold import (
    HoldLifted,
    HoldNotified,
    HoldOverridden,
    HoldOverrideProposed,
    HoldPlaced,
    HoldReviewed,
)
from domain.record import Fact
from projections.models.model import Event, Part, ReadModel
from projections.models.one_by_one import OneByOne, Say
from projections.models.roster import GUARDS, ROSTER, roster
from projections.models.row_security import Guard


def plain(event: Event) -> dict[str, Any]:
    """Return all that the fact says but for its lists, and where it stands."""
    fact, record = event.fact, event.record
    return {
        **{name: getattr(fact, name) for name in fact.__struct_fields__},
        "stream": event.stream,
        "actor": record.actor.id,
        "day": event.day,
        "event_id": record.event_id,
    }


def lodged(event: Event) -> dict[str, Any]:
    return {**plain(event), "rulebook": event.fact.cited.rulebook}


def constituted(event: Event) -> dict[str, Any]:
    fact = event.fact
    authority = Json(fact.authority, dumps=msgspec.json.encode)
    return {**plain(event), "members": list(fact.members), "authority": authority}


def placed(event: Event) -> dict[str, Any]:
    law = event.fact.cited
    named = {"rulebook": law.rulebook, "version": law.version}
    return {**plain(event), **named, "blocks": list(event.fact.blocks)}


SAYS: Mapping[type[Fact], Sequence[Say]] = {
    AppealLodged: (Say("add_appeal", lodged),),
    PanelConstituted: (Say("set_panel", constituted),),
    LatenessExcused: (Say("excuse_appeal", plain),),
    StayDecided: (Say("set_stay", plain),),
    AppealHeard: (Say("touch_appeal", plain),),
    TimeToDecideExtended: (Say("extend_appeal", plain),),
    AppealEscalated: (Say("escalate_appeal", plain),),
    AppealRejectedOutOfTime: (Say("reject_appeal", plain),),
    AppealDecided: (Say("decide_appeal", plain),),
    AppealDecisionServed: (Say("serve_appeal", plain),),
    DecisionImplemented: (Say("implement_appeal", plain),),
    HoldPlaced: (Say("add_hold", placed),),
    HoldNotified: (Say("notify_hold", plain),),
    HoldReviewed: (Say("review_hold", plain),),
    HoldLifted: (Say("lift_hold", plain),),
    HoldOverrideProposed: (Say("propose_override", plain),),
    HoldOverridden: (Say("agree_override", plain),),
}


class Recourse(ReadModel):
    name: ClassVar = "recourse"
    sources: ClassVar = (*ROSTER, "recourse.sql", "recourse_fold.py", "one_by_one.py")
    guards: ClassVar = {**GUARDS, "appeal": Guard(), "hold": Guard()}

    def build(self) -> Sequence[Part]:
        sql = self.statements("recourse.sql")
        return (*roster(self), OneByOne(sql, SAYS))
