"""What may be asked of all filings, of the access log, and of what is kept how long."""

from typing import get_args

from marshmallow import Schema, fields, validate

from domain.disclosure import Stage
from domain.records.reading import PURPOSES
from web.schemas.fields import LONG, Day, YesNo, coded, written
from web.schemas.queries import Within

EXPORTED = ("disclosures", "obligations", "access_log")
FORMATS = ("json", "csv")
STAGES = tuple(stage for stage in get_args(Stage) if stage != "none")


class Filtering(Schema):
    """By what filings are found."""

    person = coded(says="Only this person's.")
    unit = coded(says="Only of people who are in this unit, or in one below it.")
    rulebook = coded()
    rule = written()
    category = written()
    subject = written(says='"self", or the kind of relative whom it is about.')
    stage = fields.String(validate=validate.OneOf(STAGES))
    reviewer = coded(says="Only what this person is to review.")
    received_from = Day(metadata={"description": "The first day of receipt."})
    received_to = Day(metadata={"description": "The last day of receipt."})
    flagged = fields.Boolean(
        metadata={"description": "Only what a rule has flagged something in."}
    )
    late = fields.Boolean(
        metadata={"description": "Only what came too late for what it fulfils."}
    )


class Searching(Filtering, Within):
    name = written(
        says="Whole words that are all in the declarant's name, in capitals or not."
    )


class Export(Schema):
    """A file to be taken out of the register."""

    kind = fields.String(required=True, validate=validate.OneOf(EXPORTED))
    format = fields.String(load_default="json", validate=validate.OneOf(FORMATS))
    filters = fields.Dict(
        keys=fields.String(),
        values=fields.String(),
        load_default=dict,
        metadata={"description": "As in the query of the list of that kind, as text."},
    )
    unmasked = YesNo(
        load_default=False,
        metadata={"description": "With names and contents; takes a purpose."},
    )
    purpose = fields.String(
        validate=validate.OneOf(sorted(PURPOSES)),
        metadata={"description": "What for; left out, what the role reads for."},
    )
    reason = written(LONG, says="Why, in words; only where it is about one person.")
