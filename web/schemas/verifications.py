"""What is sent about verifications, the sources they ask, and draws."""

from typing import Any, get_args

from marshmallow import fields, validate

from domain.regime.scrutiny import FindingClass, Mental
from domain.verification.explaining import Settled
from domain.verification.verification import BASES
from web.schemas.fields import LONG, Day, Number, Remarks, coded, written
from web.schemas.queries import Listing

MOST = 1000  # in a list of one request
FILE = 3_000_000  # characters of a file in base64
MAPPING = 100_000  # characters


def one_of(kinds: Any, *, required: bool = True) -> fields.String:
    return fields.String(required=required, validate=validate.OneOf(get_args(kinds)))


def several(each: fields.Field[Any], says: str, *, least: int = 0) -> fields.List[Any]:
    """Return a field for a list, which may be left out if it may be empty."""
    known: dict[str, Any] = {"required": True} if least else {"load_default": list}
    return fields.List(
        each,
        validate=validate.Length(least, MOST),
        metadata={"description": says},
        **known,
    )


class DeclareSource(Remarks):
    """A register outside that may be asked."""

    source = coded(required=True, says="What names the source.")
    name = written(required=True)
    purpose = written(required=True, says="What it may be asked for.")
    legal_basis = written(required=True)


class OpenVerification(Remarks):
    person = coded(required=True)
    basis = fields.String(required=True, validate=validate.OneOf(BASES))
    relative = coded(says="The declared relative whom it is about.")
    source = written(says="Where a complaint or referral came from; it names nobody.")
    rulebook = coded(says="Under whose law of verification somebody is to explain.")


class AssignVerifier(Remarks):
    """A random choice of who verifies, by a seed that was published."""

    pool = several(coded(), "The numbers of those who may be drawn.", least=1)
    seed = written(required=True)
    seed_from = written(required=True, says="Where the seed was published.")


class QueryRegister(Remarks):
    source = coded(required=True)


class TakeExtract(Remarks):
    """A file as a register sent it, and a mapping that says what its columns mean."""

    source = coded(required=True)
    name = written(required=True, says="The file's name; its ending says what it is.")
    content = fields.String(
        required=True,
        validate=validate.Length(1, FILE),
        metadata={"description": "The file, in base64."},
    )
    mapping = written(
        MAPPING, required=True, says="The name of a shipped mapping, or a text in TOML."
    )
    as_of = Day(
        metadata={"description": "The day it tells of, where the file does not say."}
    )
    disclosures = fields.List(
        coded(),
        validate=validate.Length(0, MOST),
        metadata={
            "description": "The reports to compare it with. Left out: all of the person"
            " under the mapping's rule; of a yearly duty, the last."
        },
    )


class CheckReport(Remarks):
    """A report is held against itself, and against one of before."""

    disclosure = coded(required=True)
    before = coded(says="The report before it.")


class RequestExplanation(Remarks):
    text = written(LONG, required=True, says="What is to be explained.")
    discrepancies = several(Number(), "Which discrepancies; none: all in general.")
    conducts = several(coded(), "Which conduct, by name, beside discrepancies.")
    rulebook = coded(says="Which says until when, if it was opened under none.")


class ReceiveExplanation(Remarks):
    text = written(LONG, required=True)
    received_on = Day(metadata={"description": "When it came, if that was before."})


class ResolveDiscrepancy(Remarks):
    how = one_of(Settled)
    text = written(LONG, required=True, says="Why.")


class FindInVerification(Remarks):
    """A finding, made by somebody who did not verify."""

    conduct = coded(
        required=True, says="Names the conduct, the same wherever it is looked at."
    )
    class_ = fields.String(
        data_key="class",
        load_default=None,
        validate=validate.OneOf(get_args(FindingClass)),
        metadata={"description": "Left out of a violation of another kind."},
    )
    mental = one_of(Mental)
    standard = written(required=True, says="The standard of proof that was met.")
    reasons = written(LONG, required=True)
    on_intent = written(LONG, says="What speaks for intent, or against it.")
    violation = written(says="What was violated, where it is in no class.")
    presumed = written(says="The presumption that was applied or rebutted.")
    justification = written(LONG, says="Which excuse was considered, or that none was.")
    disclosures = several(coded(), "The reports it rests on.")
    discrepancies = several(Number(), "The discrepancies it rests on, and settles.")
    conduct_from = Day()
    conduct_to = Day()
    rulebook = coded(says="Whose classes count, if it was opened under none.")


class ConcludeVerification(Remarks):
    text = written(LONG, required=True, says="What it came to.")


class DrawSample(Remarks):
    """A draw among all whom a population covers, of one unit or of all."""

    rulebook = coded(required=True)
    seed = written(required=True)
    seed_from = written(required=True, says="Where the seed was published.")
    population = written(says="One of the rulebook's; left out, the one it names.")
    unit = coded(says="Only those who stand in this unit, or below it.")
    as_of = Day(metadata={"description": "The day; left out, today."})
    size = Number(
        validate=validate.Range(1),
        metadata={"description": "How many; left out, the rulebook's share."},
    )


class Explanations(Listing):
    person = coded(says="Only of this person.")
    unit = coded(says="Only of people who are in this unit, or in one below it.")


class Verifications(Explanations):
    basis = fields.String(validate=validate.OneOf(BASES))
    draw = coded(says="Only of those who were drawn in this draw.")
    verifier = coded(says="Only what this person was drawn to verify.")
    unresolved = fields.Boolean(
        metadata={"description": "Only with a discrepancy that nobody has settled."}
    )
    all = fields.Boolean(metadata={"description": "Concluded ones as well."})
