"""What is sent when a case is decided: findings, sanctions, measures, and its end."""

from typing import Any, get_args

from marshmallow import Schema, fields, validate

from domain.case.deciding import DECIDED
from domain.case.serving import HOW
from domain.regime.scrutiny import FindingClass, Mental
from web.schemas.cases import several
from web.schemas.fields import LONG, SHORT, Day, Remarks, coded, written

MOST_STATEMENTS = 50


class HoldHearing(Remarks):
    held_on = Day(required=True)
    text = written(LONG, required=True, says="What was said.")


class MakeFinding(Remarks):
    """What somebody concludes that the person did, and why."""

    conduct = coded(required=True, says="One of those in the notice.")
    class_ = fields.String(
        data_key="class",
        validate=validate.OneOf(get_args(FindingClass)),
        metadata={"description": "The class of non-compliance, where it has one."},
    )
    mental = fields.String(required=True, validate=validate.OneOf(get_args(Mental)))
    standard = written(required=True, says="The standard of proof that was met.")
    reasons = written(LONG, required=True)
    on_intent = written(LONG, says="What speaks for intent, or against it.")
    justification = written(LONG, says="What of the defence was considered.")
    rulebook = coded(says="Whose classes and presumptions count, if not the case's.")
    presumed = coded(says="The presumption that is applied or rebutted.")
    disclosures = several(coded(), "The reports that it rests on.")
    supervises = several(coded(), "The findings on those whom the person led.")


class Determined(Schema):
    """What one violation deserves by itself."""

    finding = coded(required=True)
    conduct = coded(required=True)
    violation = coded(required=True)
    tier = coded(required=True)
    kind = coded(required=True)


class Sanctioning(Schema):
    """A sanction that is asked for; the law says what runs, and how long."""

    rulebook = coded(required=True)
    determined = several(fields.Nested(Determined), "By violation.", least=1)
    kind = coded(says="What is executed, where the rules leave a choice.")
    period = written(says='How long, where they do: "14M".')
    term = written(says='The term before the period, where there is one: "1Y".')
    mitigating = several(coded(), "Grounds, by the rulebook's names.")
    aggravating = several(coded(), "Grounds, by the rulebook's names.")
    text = written(LONG, required=True, says="Why.")


class Measuring(Schema):
    """A measure that is no sanction."""

    rulebook = coded(required=True)
    kind = coded(required=True)
    findings = several(coded(), "What it answers.", least=1)
    text = written(LONG, required=True, says="Why.")


def statements() -> fields.Dict:
    """Return the field for what a decision states; an empty text states nothing."""
    says: dict[str, Any] = {
        "description": "What the rulebook wants said, by its names."
    }
    return fields.Dict(
        keys=fields.String(validate=validate.Length(1, SHORT)),
        values=fields.String(validate=validate.Length(0, LONG)),
        required=True,
        validate=validate.Length(0, MOST_STATEMENTS),
        metadata=says,
    )


class DecideCase(Remarks):
    closing = fields.String(required=True, validate=validate.OneOf(DECIDED))
    findings = several(coded(), "The findings that it rests on.", least=1)
    statements = statements()
    sanctions = several(fields.Nested(Sanctioning), "What is imposed; one.", most=10)
    measures = several(fields.Nested(Measuring), "What is taken, and no sanction.")


class FindNoCase(Remarks):
    text = written(LONG, required=True, says="Why there is nothing to it.")


class ServeDecision(Remarks):
    how = fields.String(required=True, validate=validate.OneOf(HOW))


class AnnounceDecision(Remarks):
    scope = coded(required=True, says="One of the rulebook's scopes.")


class RestoreReputation(Remarks):
    scope = coded(required=True, says="Where it had been announced.")
    text = written(LONG, required=True, says="What is made known.")


class ReferCase(Remarks):
    to = written(required=True, says="The authority whose it is to judge.")
    reference = written(required=True, says="Its name for the matter.")
    text = written(LONG, required=True, says="Why.")


class ReopenCase(Remarks):
    text = written(LONG, required=True, says="What is new.")
    evidence = several(coded(), "What was added since it was closed.", least=1)
