"""What is sent about disclosures."""

from typing import Any

from marshmallow import fields, validate

from web.schemas.fields import LONG, Day, Number, Remarks, YesNo, coded, written

MOST_ITEMS = 1000
FORM = (
    "One object for each reportable event, in the fields of the rule's form. The"
    " rulebook says which there are: /v1/rulebooks/{rulebook}/versions/{version}."
    ' Dates are "2016-12-20"; amounts {"amount": "90000", "currency": "CNY"}, digits as'
    ' text. {"nil": true} alone is a nil return. What a form demands and is missing is'
    " noted as a deficiency; what is no field of it is refused with 422."
)


def items(*, required: bool) -> fields.List[Any]:
    return fields.List(
        fields.Dict(keys=fields.String(), values=fields.Raw(allow_none=True)),
        required=required,
        validate=validate.Length(1 if required else 0, MOST_ITEMS),
        metadata={"description": FORM},
    )


class FileDisclosure(Remarks):
    """A report. Who files it is not for the sender to say."""

    person = coded(says="The declarant's number; left out by declarants themselves.")
    rulebook = coded(required=True)
    rule = written(required=True)
    items = items(required=True)
    subject = written(says='"self", or the kind of relative whom it is about.')
    relative = written(says="Which relative, as the declarant calls them.")
    obligation = fields.UUID(
        metadata={"description": "What was demanded beforehand, if anything was."}
    )
    period = Number(
        validate=validate.Range(1, 9999),
        metadata={"description": "The year in which a yearly duty falls due."},
    )
    approval = coded(says="The leave under which it was done.")
    unforeseen = YesNo(
        metadata={"description": "Claims the rule's later due date; justify it."}
    )
    justification = written(LONG)
    source = written(says="Where the report came from, for example a file's name.")
    keep_from = fields.List(
        coded(),
        validate=validate.Length(max=20),
        metadata={"description": "Superiors it is kept from, with their chain."},
    )


class RecordPaper(FileDisclosure):
    """A report on paper: the day on which it was received counts."""

    items = items(required=False)
    received_on = Day(required=True)
    content_known = YesNo(
        metadata={"description": "false for a scan that nobody has keyed."}
    )
    scan_sha256 = fields.String(
        validate=validate.Regexp("^[0-9a-f]{64}$"),
        metadata={"description": "The SHA-256 of the scan, kept elsewhere."},
    )


class Amend(Remarks):
    """All items as they should read now; the original stays."""

    items = items(required=True)
    received_on = Day(
        metadata={"description": "Of an amendment on paper: when it was received."}
    )


class AssignReviewer(Remarks):
    reviewer = coded(required=True, says="The number of who reviews.")


class NoteDeficiency(Remarks):
    names = fields.List(
        written(),
        data_key="fields",
        attribute="fields",
        required=True,
        validate=validate.Length(1, 100),
    )
    text = written(
        LONG, required=True, says="What is missing, for the declarant to read."
    )


class Annotate(Remarks):
    text = written(LONG, required=True)
    field = written(says="The field that the note is about.")
