"""What is sent to and about promotion boards."""

from typing import get_args

from marshmallow import fields, validate

from domain.promotion.facts import Level
from domain.promotion.recommending import RECOMMENDED
from domain.regime.discipline import Purpose
from web.schemas.fields import LONG, Day, Remarks, YesNo, coded, written

MOST_MEMBERS = 50


class ConveneBoard(Remarks):
    """A board for one level of one ladder, under a rulebook on eligibility."""

    rulebook = coded(required=True)
    ladder = coded(required=True, says="One of the ladders of the rulebook.")
    level = fields.String(required=True, validate=validate.OneOf(get_args(Level)))
    purpose = fields.String(
        load_default="promotion", validate=validate.OneOf(get_args(Purpose))
    )
    members = fields.List(
        coded(required=True),
        required=True,
        validate=validate.Length(1, MOST_MEMBERS),
        metadata={"description": "The personnel numbers of those who sit on it."},
    )
    meets_on = Day(required=True)


class EnterCandidate(Remarks):
    person = coded(required=True)


class DecideCandidate(Remarks):
    recommended = YesNo(required=True)
    text = written(LONG, required=True, says="Why.")


class SealRecommendation(Remarks):
    recommended = fields.String(required=True, validate=validate.OneOf(RECOMMENDED))


class UnsealRecommendation(Remarks):
    from_on = Day(
        metadata={"description": "From when on those rose who stood behind them."}
    )
