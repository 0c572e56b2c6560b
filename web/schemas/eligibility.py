"""What may be asked of eligibility: for what, as of which day, as known when."""

from typing import get_args

from marshmallow import fields, validate

from domain.promotion.facts import Level
from domain.regime.discipline import Purpose
from web.schemas.fields import Day, coded
from web.schemas.queries import Positioned, Reading

MOST_CANDIDATES = 5000


class Eligible(Reading):
    """A question that is asked of one person or of a whole list."""

    rulebook = coded(required=True, says="One that says who is eligible.")
    purpose = fields.String(
        load_default="promotion", validate=validate.OneOf(get_args(Purpose))
    )
    ladder = coded(says="One of the ladders of the rulebook; else its first.")
    level = fields.String(
        load_default="higher", validate=validate.OneOf(get_args(Level))
    )
    as_of = Day(metadata={"description": "Who was eligible on that day; else today."})
    known_at = Positioned(
        metadata={"description": "As known at a position in the log, or at a time."}
    )


class Candidates(Eligible):
    """The same of many; times and days as in a query, in JSON."""

    persons = fields.List(
        coded(required=True),
        required=True,
        validate=validate.Length(1, MOST_CANDIDATES),
        metadata={"description": "Whom, by number."},
    )
