"""What may be asked: filters, pages, and from which place in the log on."""

from marshmallow import Schema, fields, validate

from web.schemas.fields import LARGEST

MOST = 500


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
