"""What is sent about sanctions and measures, and what is asked of their register."""

from typing import get_args

from marshmallow import fields, validate

from projections.models.sanctions import Status
from web.schemas.fields import LONG, Day, Remarks, coded, written
from web.schemas.queries import Listing

MOST_FINDINGS = 100


class RestoreRights(Remarks):
    on = Day(metadata={"description": "From which day on; left out, today."})


class CompleteReparation(Remarks):
    task = coded(required=True, says="The rulebook's name for what was made good.")
    text = written(LONG, required=True, says="How it was done.")


class CarryOut(Remarks):
    text = written(LONG, required=True, says="How it was done.")


class TakeMeasure(Remarks):
    """A measure that is no sanction; it answers findings on the person."""

    person = coded(required=True)
    rulebook = coded(required=True, says="Whose measures they are.")
    kind = written(required=True, says="The rulebook's name for the measure.")
    findings = fields.List(
        written(),
        required=True,
        validate=validate.Length(1, MOST_FINDINGS),
        metadata={"description": 'Such as "verification:ID:1".'},
    )
    text = written(LONG, required=True, says="Why, and what is expected.")
    case = coded(says="The case in which it was found, if it was one.")
    verification = coded(says="The verification in which it was found, if it was one.")


class OfWhom(Listing):
    person = coded(says="Only of this person.")
    unit = coded(says="Only of people who are in this unit, or in one below it.")


class Sanctions(OfWhom):
    track = coded(says="Only on this track.")
    status = fields.String(validate=validate.OneOf(get_args(Status)))
    until_to = Day(metadata={"description": "Only what ends on that day, or before."})
    all = fields.Boolean(metadata={"description": "Those too that are over or undone."})


class Measures(OfWhom):
    track = coded(says="Only on this track.")


class Tasks(OfWhom):
    due_before = Day(metadata={"description": "Only what is due before that day."})
    all = fields.Boolean(metadata={"description": "What is done or dropped as well."})
