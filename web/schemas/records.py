"""What is sent about records: holds, destruction, emergencies, requests, releases."""

from typing import Any

from marshmallow import fields, validate

from domain.records.access_request import OUTCOMES
from domain.records.release import TO
from web.schemas.fields import LONG, SHORT, Day, Number, Remarks, YesNo, coded, written

LAST_YEAR = 9999
MOST_FIELDS = 100


def turn_to() -> fields.String:
    return written(says="Where one may turn; left out, what the rulebook says.")


class BreakGlass(Remarks):
    """Access in an emergency, which `reason` describes."""

    rulebook = coded(required=True, says="Whose rule on emergencies it is done under.")


class ReviewBreakGlass(Remarks):
    justified = YesNo(required=True)
    text = written(LONG, required=True, says="What was found.")


class PlaceHold(Remarks):
    hold = coded(required=True, says="What names the hold among the person's.")
    basis = written(
        required=True, says="The law or decision it rests on; it names nobody."
    )
    review_on = Day(
        required=True,
        metadata={"description": "When somebody looks whether it is still needed."},
    )


class OrderDestruction(Remarks):
    """An order to destroy keys before their time; another person confirms it."""

    basis = written(
        required=True, says="The law or decision it rests on; it names nobody."
    )
    relative = fields.String(
        allow_none=True,
        validate=validate.Length(0, SHORT),
        metadata={
            "description": "Only what is about this relative; empty: only what is about"
            " the person. Left out, it is both."
        },
    )
    year = Number(
        allow_none=True,
        validate=validate.Range(0, LAST_YEAR),
        metadata={
            "description": "Only what began in this year; 0: only what is kept as long"
            " as there is a file. Left out, it is all there is."
        },
    )


class RequestAccess(Remarks):
    """A request to be told all that is kept of one."""

    rulebook = coded(required=True, says="Whose rule on such requests it goes by.")
    text = written(LONG, says="What is asked for, where that is not everything.")


class AnswerAccess(Remarks):
    outcome = fields.String(required=True, validate=validate.OneOf(OUTCOMES))
    text = written(LONG, says="What is withheld, and why; or what was given.")
    turn_to = turn_to()


class RequestCorrection(Remarks):
    """What is wrong in a report; a granted request stands beside it as a note."""

    disclosure = coded(required=True)
    text = written(LONG, required=True, says="What is wrong, and how it should read.")
    field = written(says="The field that it is about.")


class DecideCorrection(Remarks):
    granted = YesNo(required=True)
    text = written(LONG, required=True, says="What was decided, and why.")
    turn_to = turn_to()


def names(says: str) -> fields.List[Any]:
    return fields.List(
        written(),
        data_key="fields",
        attribute="fields",
        required=True,
        validate=validate.Length(1, MOST_FIELDS),
        metadata={"description": says},
    )


class DecideRelease(Remarks):
    """A reasoned decision to release fields of one report."""

    names = names(
        'Which fields of the form: "venue" in all items, or "items[2].venue".'
    )
    to = fields.String(required=True, validate=validate.OneOf(TO))
    reasons = written(LONG, required=True)
    recipient = written(says="To whom, where it is not the public.")
    proportionality = written(LONG, says="Why nothing less will do, of the family.")
    basis = written(says="The law it rests on, where that is not the rulebook.")


class ExcludeReader(Remarks):
    superior = coded(
        required=True,
        says="The number of who no longer reads it, with all above and below them.",
    )
