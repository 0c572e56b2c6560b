"""What is sent about evidence."""

from typing import Any, get_args

from marshmallow import ValidationError, fields, validate
from werkzeug.datastructures import FileStorage

from domain.case.evidence import EvidenceKind
from web.evidence.examining import ALLOWED, MOST_BYTES
from web.schemas.fields import LONG, Day, Remarks, written
from web.schemas.queries import Reading

TAKEN = ", ".join(sorted(ALLOWED))


def sent_as_file(value: Any) -> None:
    if not isinstance(value, FileStorage):
        raise ValidationError("Not a file.")


class AddEvidence(Remarks):
    """A file, and how it was obtained."""

    file = fields.Raw(
        required=True,
        validate=sent_as_file,
        metadata={
            "type": "string",
            "format": "binary",
            "description": f"At most {MOST_BYTES} bytes, of {TAKEN}.",
        },
    )
    kind = fields.String(
        required=True,
        validate=validate.OneOf(get_args(EvidenceKind)),
        metadata={
            "description": "A photo is flagged where it says not when and where it was"
            " taken. A record of attendance is a table of references, never a picture."
        },
    )
    found_on = Day(
        required=True, metadata={"description": "The day on which it was obtained."}
    )
    text = written(LONG, required=True, says="How and where it was obtained.")


class TransferEvidence(Remarks):
    to = written(required=True, says="Who has it from now on.")
    text = written(LONG, required=True, says="Why, and in what condition it is.")


class ExcludeEvidence(Remarks):
    text = written(LONG, required=True, says="Why nothing may rest on it.")


class ReadingFile(Reading):
    """A read of a file is on record before it is sent."""
