"""What may be asked: filters, pages, and from which place in the log on."""

from contextlib import suppress
from datetime import datetime
from typing import Any, get_args

from marshmallow import Schema, ValidationError, fields, validate

from domain.figures.definitions import DEFINITIONS
from projections.models.calendar import Sort, Stage
from web.schemas.fields import LARGEST, Day, Number, Remarks, YesNo, coded, written

MOST = 500
LATEST = 100_000  # days; nobody is later than that


class Reading(Schema):
    """Every read may ask for an answer that knows of a certain command."""

    after = fields.Integer(
        validate=validate.Range(0, LARGEST),
        metadata={
            "description": "A position from a receipt: the answer has got at least so"
            " far. Otherwise 503 after a second."
        },
    )


class Listing(Reading):
    """A list comes in pages."""

    limit = fields.Integer(
        load_default=100,
        validate=validate.Range(1, MOST),
        metadata={"description": "How many at most."},
    )
    cursor = fields.String(
        validate=validate.Length(1, 1000),
        metadata={"description": "`next` of the page before; nothing else fits."},
    )


class Positioned(fields.Field[Any]):
    """A position in the log, or a time with its zone."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> int | datetime:
        if not isinstance(value, str):
            raise self.never()
        if value.isascii() and value.isdigit() and len(value) < len(str(LARGEST)):
            return int(value)
        with suppress(ValueError):
            time = datetime.fromisoformat(value)
            if time.tzinfo is not None:
                return time
        raise self.never()

    def never(self) -> ValidationError:
        return ValidationError("Not a position, nor a time with its zone.")


class Within(Listing):
    """Lists never go beyond what the token reaches; these narrow them further."""

    person = coded(says="Only this person's.")
    unit = coded(says="Only of people who are in this unit, or in one below it.")
    category = written()


class Duties(Within):
    stage = fields.String(validate=validate.OneOf(get_args(Stage)))
    due_from = Day(metadata={"description": "The first due date."})
    due_to = Day(metadata={"description": "The last due date."})
    sort = fields.String(
        validate=validate.OneOf(get_args(Sort)),
        metadata={"description": "A minus reverses it."},
    )


class LateDuties(Within):
    late = fields.Integer(
        data_key="days_late",
        validate=validate.Range(1, LATEST),
        metadata={"description": "By at least so many days."},
    )
    due_from = Day(metadata={"description": "The first due date."})
    due_to = Day(metadata={"description": "The last due date."})
    sort = fields.String(
        validate=validate.OneOf(get_args(Sort)),
        metadata={"description": "A minus reverses it."},
    )


class Waiting(Within):
    reviewer = coded(says="Only what this person is to review.")
    unassigned = fields.Boolean(
        metadata={"description": "Only what nobody is to review yet."}
    )
    due_before = Day(metadata={"description": "Only what is to be reviewed before."})


class People(Listing):
    name = written(says="Whole words of the name, in capitals or not.")
    unit = coded(says="Only people who are in this unit, or in one below it.")


class Counting(Reading):
    definition = fields.List(
        fields.String(validate=validate.OneOf(sorted(DEFINITIONS))),
        load_default=sorted(DEFINITIONS),
        metadata={"description": "Which figures; all, where none is named."},
    )
    year = fields.Integer(validate=validate.Range(1, 9999))
    category = written()
    rank = fields.List(written(), metadata={"description": "Only these ranks."})
    person = coded(says="Only this person's.")
    unit = coded(says="Only what counts under this very unit.")
    by_unit = fields.Boolean(
        metadata={"description": "Break the figures down by unit as well."}
    )
    at = fields.Integer(
        validate=validate.Range(0, LARGEST),
        metadata={"description": "As known at this position in the log, for ever."},
    )


class Reporting(Remarks):
    """Figures to be reported: never one person's."""

    definition = fields.List(
        fields.String(validate=validate.OneOf(sorted(DEFINITIONS))),
        required=True,
        validate=validate.Length(1, len(DEFINITIONS)),
        metadata={"description": "Which figures."},
    )
    to = written(required=True, says="To whom they are reported.")
    year = Number(validate=validate.Range(1, 9999))
    category = written()
    unit = coded(says="Only what counts under this very unit.")
    by_unit = YesNo(metadata={"description": "Broken down by unit as well."})
    at = Number(
        validate=validate.Range(0, LARGEST),
        metadata={"description": "As known at this position; else as known now."},
    )


class Looking(Reading):
    as_of = Day(
        metadata={"description": "What held on that day; else how all stands at last."}
    )
    known_at = Positioned(
        metadata={"description": "As known at a position in the log, or at a time."}
    )
