"""What is sent to and about cases: from the inquiry to the notice and its answer."""

from typing import Any

from marshmallow import Schema, fields, validate

from domain.case.opening import BASES
from web.schemas.fields import LONG, Day, Remarks, YesNo, coded, written

MOST = 100  # allegations, times, pieces of evidence
TIMES = 1000


def several(
    each: fields.Field[Any], says: str, *, most: int = MOST, least: int = 0
) -> fields.List[Any]:
    """Return a field for a list; where it may be empty, it may be left out."""
    wanted: dict[str, Any] = {"required": True} if least else {"load_default": list}
    return fields.List(
        each,
        validate=validate.Length(least, most),
        metadata={"description": says},
        **wanted,
    )


class Occurrence(Schema):
    """One time of several at which the same was done."""

    on = Day(required=True)
    disclosure = coded(says="The report that tells of it, or should have.")


class Allegation(Schema):
    """One thing that somebody is said to have done, once or as a pattern."""

    conduct = coded(
        required=True,
        says="Names the conduct: the same wherever it is looked at.",
    )
    violation = coded(required=True, says="One of the rulebook's violations.")
    text = written(LONG, required=True)
    from_on = Day(required=True)
    to_on = Day()
    occurrences = several(fields.Nested(Occurrence), "The single times.", most=TIMES)


class OpenInquiry(Remarks):
    person = coded(required=True)
    rulebook = coded(required=True, says="One with a track and its due process.")
    basis = fields.String(required=True, validate=validate.OneOf(BASES))
    source = written(
        says='Where it came from, never from whom: "verification:ID", "complaint:REF".'
    )


class OpenInvestigation(Remarks):
    allegations = several(fields.Nested(Allegation), "What is alleged.", least=1)


class AddAllegation(Remarks):
    allegation = fields.Nested(Allegation, required=True)


class ExtendTimeToDecide(Remarks):
    decide_by = Day(required=True)
    text = written(LONG, required=True, says="What takes so long.")


class Investigator(Remarks):
    investigator = coded(required=True, says="Their personnel number.")


class RecordInterview(Remarks):
    who = written(required=True, says="Who was interviewed.")
    interviewers = several(coded(), "Who was there for the office.", least=1)
    held_on = Day(required=True)
    text = written(LONG, required=True, says="The minutes.")


class DeclareRecusal(Remarks):
    ground = coded(required=True, says="One of the rulebook's grounds.")
    text = written(LONG, required=True, says="Why.")


class RequestRecusal(DeclareRecusal):
    who = coded(required=True, says="The personnel number of who is to take no part.")


class DecideRecusal(Remarks):
    who = coded(required=True)
    recused = YesNo(required=True)
    text = written(LONG, required=True, says="Why.")


class ImposeInterimMeasure(Remarks):
    measure = coded(required=True, says="One of the rulebook's interim measures.")
    until_on = Day(metadata={"description": "From when on it holds no more."})
    text = written(LONG, required=True, says="Why.")


class LiftInterimMeasure(Remarks):
    measure = coded(required=True)
    text = written(LONG, required=True, says="Why.")


class ServeNotice(Remarks):
    """What the person is told; it is served on the day on which it is recorded."""

    allegations = several(coded(), "The conducts that it tells of.", least=1)
    evidence = several(coded(), "Pieces of evidence, and interviews, by their names.")
    text = written(LONG, required=True, says="The notice, and how to answer it.")
    at_most = coded(says="The heaviest sanction that it may lead to.")
    answer_by = Day(metadata={"description": "Left out, what the rulebook says."})


class ReceiveResponse(Remarks):
    text = written(LONG, required=True, says="What the person says to it.")
    received_on = Day(metadata={"description": "When it came in on paper."})
    representative = written(says="Who speaks for them.")
    hearing_wanted = YesNo(load_default=False)


class WaiveResponse(Remarks):
    text = written(LONG, says="Why, where they say so.")
