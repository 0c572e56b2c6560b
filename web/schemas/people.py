"""What is sent about people and units."""

from marshmallow import fields, validate

from web.schemas.fields import Day, Number, Remarks, coded, written


def email() -> fields.Email:
    return fields.Email(validate=validate.Length(3, 254))


class RegisterPerson(Remarks):
    number = coded(required=True, says="The personnel number.")
    name = written(required=True)
    email = email()
    born_on = Day()


class CorrectIdentity(Remarks):
    name = written(required=True)
    email = email()


class ChangePosition(Remarks):
    """A post as it is from `from_on`."""

    unit = coded(required=True)
    title = written(required=True)
    from_on = Day(required=True)
    rank = written()
    category = written()
    employer_type = written()


class AssumePosition(ChangePosition):
    post = coded(required=True, says="What names the post among the person's posts.")


class On(Remarks):
    """The day from which something is so."""

    on = Day(required=True)


class DeclareRelative(Remarks):
    relative = coded(required=True, says="What names the relative among the person's.")
    relation = written(required=True)
    name = written()
    related_number = coded(says="Their personnel number, if they are in service too.")


class Notice(Remarks):
    """The published version of a rulebook that somebody was told of."""

    rulebook = coded(required=True)
    version = Number(required=True, validate=validate.Range(1, 9999))


class EstablishUnit(Remarks):
    code = coded(required=True)
    name = written(required=True)
    parent = coded(says="The unit above.")


class MoveUnit(Remarks):
    parent = fields.String(
        required=True,
        allow_none=True,
        validate=validate.Length(1, 200),
        metadata={"description": "The unit above; null for none."},
    )


class NameHead(Remarks):
    head = fields.String(
        required=True,
        allow_none=True,
        validate=validate.Length(1, 200),
        metadata={"description": "The number of who leads the unit; null for nobody."},
    )
