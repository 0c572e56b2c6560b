"""Reports: filed by declarants, keyed by clerks, amended and withdrawn."""

from typing import Any

from flask import Response

from domain import amending, filing
from domain.errors import Invalid
from web import answers
from web.auth import asked, concerning
from web.replies import carry_out, new_id
from web.resource import Resource
from web.schemas import disclosures as schemas
from web.schemas.fields import Remarks

disclosures = Resource(
    "disclosures",
    about="Reports, from receipt to certification. Nobody edits another's report.",
    kind="disclosure",
)
HERE = "/v1/disclosures"
ONE = "/disclosures/<disclosure>"

disclosures.shows(
    ONE, may="disclosure.read", answer=answers.Disclosure, by=answers.disclosure
)
disclosures.shows(
    f"{ONE}/history", may="disclosure.read", answer=answers.History, by=answers.history
)


@disclosures.command(
    "/disclosures", may="disclosure.file", body=schemas.FileDisclosure, made=True
)
def file_disclosure(body: dict[str, Any]) -> Response:
    """File a report, in one step with whatever it fulfils or opens.

    Declarants file their own; a clerk files on behalf of the `person`.
    """
    return file(filing.FileDisclosure, body)


@disclosures.command(
    "/disclosures/paper",
    may="disclosure.record_paper",
    body=schemas.RecordPaper,
    made=True,
)
def record_paper(body: dict[str, Any]) -> Response:
    """Key a report on paper: it was filed on the day it was received."""
    return file(filing.RecordPaper, body)


def file(kind: type[filing.FileDisclosure], body: dict[str, Any]) -> Response:
    person = concerning(body.pop("person", None) or own_number())
    items = tuple(body.pop("items", ()))
    name = new_id()
    kept = tuple(body.pop("keep_from", ()))
    command = kind(disclosure=name, person=person, items=items, keep_from=kept, **body)
    return carry_out(command, name, made_in=HERE)


def own_number() -> str:
    """Return the number of whoever asks, where they did not say whom it concerns."""
    number = asked().grant.person
    if number is None:
        raise Invalid("person", "say whose it is")
    return number


@disclosures.command(
    f"{ONE}/amendments",
    may="disclosure.amend",
    body=schemas.Amend,
)
def amend(body: dict[str, Any], disclosure: str) -> Response:
    """State all items as they should read; what was filed stays in the history."""
    items = tuple(body.pop("items"))
    command = amending.AmendDisclosure(disclosure=disclosure, items=items, **body)
    return carry_out(command, disclosure)


@disclosures.command(f"{ONE}/withdrawal", may="disclosure.withdraw", body=Remarks)
def withdraw(body: dict[str, Any], disclosure: str) -> Response:
    """Take a report back, saying why: what it fulfilled is open again."""
    command = amending.WithdrawDisclosure(disclosure=disclosure, **body)
    return carry_out(command, disclosure)
