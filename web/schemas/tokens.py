"""What is sent about tokens."""

from marshmallow import Schema, fields, validate

from domain.access import ROLES
from web.schemas.fields import coded, written


class IssueToken(Schema):
    role = fields.String(required=True, validate=validate.OneOf(ROLES))
    label = written(required=True, says="For whom or what it is; names who acts.")
    unit = coded(says="Limits it to this unit and those below.")
    person = coded(says="The holder's personnel number; a declarant needs one.")
    expires_at = fields.AwareDateTime(
        required=True, format="iso", metadata={"description": "With its time zone."}
    )
