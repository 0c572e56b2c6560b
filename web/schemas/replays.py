"""Which part of the log is to be replayed."""

from marshmallow import fields, validate

from web.schemas.fields import LARGEST
from web.schemas.queries import Reading

MOST = 5000  # events


class Stretch(Reading):
    """So many events behind a position."""

    since = fields.Integer(
        load_default=0,
        validate=validate.Range(0, LARGEST),
        metadata={"description": "The position behind which it begins."},
    )
    limit = fields.Integer(
        load_default=1000,
        validate=validate.Range(1, MOST),
        metadata={"description": "How many events at most; `upto` says where it ends."},
    )
