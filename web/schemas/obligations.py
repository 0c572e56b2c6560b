"""What is sent about obligations and approvals."""

from typing import get_args

from marshmallow import fields, validate

from domain.obligation import NonCompliance
from web.schemas.fields import LONG, Day, Remarks, YesNo, coded, written


class RequestExtension(Remarks):
    until = Day(required=True)
    in_writing = YesNo()


class DecideExtension(Remarks):
    granted = YesNo(required=True)
    until = Day(metadata={"description": "Earlier than was asked, if less is granted."})


class Justify(Remarks):
    text = written(LONG, required=True)


class IssueNotice(Remarks):
    noncompliance = fields.String(
        required=True, validate=validate.OneOf(get_args(NonCompliance))
    )
    justification_accepted = YesNo()


class RequestApproval(Remarks):
    """Leave to be asked before acting, for one matter."""

    person = coded(says="The declarant's number; left out by declarants themselves.")
    rulebook = coded(required=True)
    rule = written(required=True)
    contents = fields.Dict(
        keys=fields.String(),
        values=fields.Raw(allow_none=True),
        required=True,
        metadata={"description": "The fields of the rule's form, as in a disclosure."},
    )


class DecideApproval(Remarks):
    granted = YesNo(required=True)
    conditions = written(LONG)
