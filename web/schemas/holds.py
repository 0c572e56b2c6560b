"""What is sent to and about holds, and about actions that they may hold."""

from typing import get_args

from marshmallow import fields, validate

from domain.hold import HoldKind
from web.schemas.fields import LONG, Day, Remarks, coded, written
from web.schemas.queries import Listing

KINDS = get_args(HoldKind)


def type_of_hold(*, required: bool = False) -> fields.String:
    return fields.String(required=required, validate=validate.OneOf(KINDS))


class HoldFavour(Remarks):
    """A hold: it accuses nobody, says why and until what, and is looked at again."""

    person = coded(required=True)
    rulebook = coded(required=True)
    type = type_of_hold(required=True)
    basis = coded(required=True, says="One of the rulebook's, for this type.")
    text = written(LONG, required=True, says="The reason.")
    release = written(LONG, required=True, says="When it will be lifted.")
    review_on = Day(
        required=True, metadata={"description": "When it is looked at again."}
    )
    target = coded(says="The code of the one document or action; else all of them.")


class NotifyOfHold(Remarks):
    on = Day(metadata={"description": "When the person was told; left out, today."})


class ReviewHold(Remarks):
    review_on = Day(required=True, metadata={"description": "The next review."})
    text = written(LONG, required=True, says="Why it is needed still.")


class LiftHold(Remarks):
    text = written(LONG, required=True, says="Why it is lifted.")


class ProposeOverride(Remarks):
    target = coded(required=True, says="The code of what is to go ahead, once.")
    text = written(LONG, required=True, says="Why.")


class AgreeOverride(Remarks):
    text = written(LONG, required=True, says="Why a second person agrees.")


class ClearAction(Remarks):
    """An action that is about to go ahead, unless something holds it."""

    type = type_of_hold(required=True)
    target = coded(required=True, says="Which document or action, by its code.")


class HoldsAsked(Listing):
    person = coded(says="Only this person's.")
    unit = coded(says="Only of people who are in this unit, or in one below it.")
    type = type_of_hold()
    overdue = fields.Boolean(
        metadata={"description": "Only what was not reviewed in time; it stands."}
    )
    all = fields.Boolean(metadata={"description": "What was lifted as well."})
