"""What may be asked of all filings, of the access log, and of what is kept how long."""

from typing import get_args

from marshmallow import Schema, fields, validate

from domain.disclosure import Stage
from domain.records.reading import KINDS, PURPOSES
from web.schemas.fields import LARGEST, LONG, Day, YesNo, coded, written
from web.schemas.queries import Listing, Within

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


class MakeExport(Schema):
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


def moment(says: str) -> fields.AwareDateTime:
    return fields.AwareDateTime(format="iso", metadata={"description": says})


class Accesses(Listing):
    """What is asked of the access log; it never goes beyond what the token reaches."""

    person = coded(says="Only what was shown of this person.")
    unit = coded(says="Only of people who are in this unit, or in one below it.")
    reader = written(says="Only what was shown to this one, as the log names them.")
    role = written(says="Only to whoever read in this role.")
    what = fields.String(validate=validate.OneOf(sorted(KINDS)))
    key = written(says="Only of the thing of this name.")
    since = moment("At this time or later; with its zone.")
    until = moment("Before this time; with its zone.")
    others = fields.Boolean(
        metadata={"description": "Leave out what people were shown of themselves."}
    )
    unusual = fields.Boolean(
        metadata={
            "description": "Only what was shown to relatives or subordinates, without"
            " assignment, or by breaking the glass."
        }
    )
    many = fields.Integer(
        data_key="volume_above",
        validate=validate.Range(0, LARGEST),
        metadata={
            "description": "Only what is unusual, or was shown to a reader on a day"
            " (UTC) on which they were shown more people than that."
        },
    )


class Volumes(Listing):
    """How much readers were shown, day by day (UTC)."""

    reader = written()
    first = Day(metadata={"description": "The first day."})
    last = Day(metadata={"description": "The last day."})
    least = fields.Integer(
        data_key="volume_from",
        validate=validate.Range(0, LARGEST),
        metadata={"description": "Of at least so many people."},
    )


class Keeping(Listing):
    """Whose records are kept how: never beyond what the token reaches."""

    person = coded(says="Only this person's.")
    unit = coded(says="Only of people who are in this unit, or in one below it.")


class Holds(Keeping):
    all = fields.Boolean(metadata={"description": "Those too that were released."})


class Destructions(Keeping):
    stage = fields.String(
        validate=validate.OneOf(("ordered", "declined", "destroyed")),
        metadata={"description": "Only what has got so far."},
    )


class BrokenGlass(Keeping):
    all = fields.Boolean(metadata={"description": "Those too that were reviewed."})
    actor = written(says="Only what this one did, as the log names them.")


class ExportsMade(Listing):
    made_by = written(says="Only by this one, as the log names them.")
    masked = fields.Boolean(metadata={"description": "Only masked, or only unmasked."})


class Retained(Keeping):
    due_by = Day(metadata={"description": "Only what is destroyed by this day."})
    free = fields.Boolean(metadata={"description": "Only what no legal hold forbids."})


class Requests(Keeping):
    stage = fields.String(validate=validate.OneOf(("open", "answered")))
    due_before = Day(metadata={"description": "Only what is to be answered before."})


class Releases(Keeping):
    disclosure = coded(says="Only of this report.")
    all = fields.Boolean(metadata={"description": "Those too that were withdrawn."})
