"""What is sent about mandates."""

from typing import Any

from marshmallow import fields, validate

from domain.access import MANDATED
from web.schemas.fields import LONG, SHORT, Remarks, coded, written

MOST = 100  # persons or matters that one mandate may name


def listed(says: str) -> fields.List[Any]:
    """Return a field for the numbers or ids of some, not of none."""
    name = fields.String(validate=validate.Length(1, SHORT))
    most = validate.Length(1, MOST)
    return fields.List(name, validate=most, metadata={"description": says})


def time(*, required: bool = False, says: str) -> fields.AwareDateTime:
    about: dict[str, Any] = {"description": says}
    return fields.AwareDateTime(required=required, format="iso", metadata=about)


class GiveMandate(Remarks):
    """A role for a time, over a unit and those below it, or some persons or matters."""

    actor = coded(required=True, says="The personnel number of whoever has one.")
    role = fields.String(required=True, validate=validate.OneOf(sorted(MANDATED)))
    basis = written(LONG, required=True, says="By what decision or law it is given.")
    begins_at = time(says="With its time zone; without it the mandate begins at once.")
    until = time(required=True, says="When it ends, with its time zone.")
    unit = coded(says="Limits it to this unit and those below.")
    persons = listed("Limits it to these people, by personnel number.")
    matters = listed("Limits it to these reports, duties or requests, by id.")
