"""What may be asked of a history."""

from marshmallow import fields, validate

from web.schemas.fields import Day, coded, written
from web.schemas.queries import Reading

FORMATS = ("json", "text", "pdf")


class Chronicling(Reading):
    """Which events, and in which form; without `format`, what Accept prefers."""

    format = fields.String(validate=validate.OneOf(FORMATS))
    topic = written(says='A topic, such as "case.notice-served", or all of a kind.')
    actor = coded(says="Who acted, or on whose behalf.")
    from_on = Day(
        data_key="from",
        metadata={"description": "The first day on which it was recorded (UTC)."},
    )
    to_on = Day(
        data_key="to",
        metadata={"description": "The last day on which it was recorded (UTC)."},
    )
    rule = written(says="A rule's id, that of a rulebook, or both: RULEBOOK/RULE.")
