"""What is sent to and about recommendations, and what is asked of the docket."""

from typing import get_args

from marshmallow import fields, validate

from domain.case.case import Stage
from domain.recommendation import Stage as Answered
from domain.recommending import ADDRESSEES
from web.schemas.cases import several
from web.schemas.fields import LONG, Day, Remarks, coded, written
from web.schemas.queries import Listing


class IssueRecommendation(Remarks):
    """A recommendation to a unit about somebody; it is no sanction."""

    person = coded(required=True)
    rulebook = coded(required=True, says="Whose due process it goes by.")
    to = fields.String(required=True, validate=validate.OneOf(ADDRESSEES))
    unit = coded(required=True, says="The unit that is asked.")
    text = written(LONG, required=True, says="What is recommended, and why.")
    attachments = several(written(), "What is to be sent along with the answer.")
    case = coded(says="The case that it comes from.")
    answer_by = Day(metadata={"description": "Left out, what the rulebook says."})


class AcceptRecommendation(Remarks):
    text = written(LONG)


class Explained(Remarks):
    text = written(LONG, required=True, says="Why, or what was done.")


class OfPeople(Listing):
    person = coded(says="Only of this person.")
    unit = coded(says="Only of people who are in this unit, or in one below it.")
    due_before = Day(metadata={"description": "Only what is due before that day."})


class Cases(OfPeople):
    stage = fields.String(validate=validate.OneOf([s for s in get_args(Stage) if s]))
    all = fields.Boolean(metadata={"description": "Closed ones as well."})


class Recommendations(OfPeople):
    stage = fields.String(validate=validate.OneOf([s for s in get_args(Answered) if s]))
