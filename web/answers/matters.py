"""Reports, duties and leave, as the log has them now."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from domain.disclosure import PaperDisclosureRecorded
from domain.record import Text
from web.answers.answer import Answer, Citation, cited, taken
from web.matters import Matter


class Deficiency(Answer):
    """Something that is missing in a report and has not been cured."""

    number: int
    fields: Sequence[str]
    text: Text
    cure_by: date | None


class Disclosure(Answer):
    """A report as it reads now, and how far its review has come."""

    id: str
    version: int
    stage: str
    person: str
    category: str
    cited: Citation
    items: Sequence[Mapping[str, Any]]
    channel: str
    received_on: date
    review_due_on: date
    subject: str
    relative: str | None
    confidentiality: str
    nil_return: bool
    obligations: Sequence[UUID]
    approval: str | None
    unforeseen: bool
    justification: Text | None
    flags: Sequence[Text]
    source: str | None
    content_known: bool
    scan_sha256: str | None
    deficiencies: Sequence[Deficiency]
    reviewer: str | None


class Obligation(Answer):
    """A duty, and what became of it; `due_on` includes extensions."""

    id: str
    version: int
    stage: str
    person: str
    category: str
    key: str
    cited: Citation
    first_due_on: date
    due_on: date
    anchors: Mapping[str, date]
    reminded: Sequence[date]
    overdue: bool
    asked_until: date | None
    fulfilled_by: str | None
    days_late: int
    justification: Text | None


class Approval(Answer):
    """Leave that was asked, and what was decided."""

    id: str
    version: int
    stage: str
    person: str
    category: str
    cited: Citation
    contents: Mapping[str, Any]
    addressed_to: str | None
    decide_by: date | None
    used_by: str | None


def disclosure(matter: Matter) -> Disclosure:
    """Show a report as it reads now, with the rule that it cites."""
    state = matter.state
    filing = state.filing
    paper = isinstance(filing, PaperDisclosureRecorded)
    shown: Disclosure = taken(
        Disclosure,
        matter,
        state,
        filing,
        channel="paper" if paper else "electronic",
        subject=filing.subject,
        cited=cited(filing.cited),
        content_known=getattr(filing, "content_known", True),
        scan_sha256=getattr(filing, "scan_sha256", None),
        deficiencies=[taken(Deficiency, known) for known in state.deficiencies],
        obligations=list(state.obligations()),
    )
    return shown


def obligation(matter: Matter) -> Obligation:
    """Show a duty, with its due date, the rule's version and the legal basis."""
    state = matter.state
    shown: Obligation = taken(Obligation, matter, state, cited=cited(state.citation))
    return shown


def approval(matter: Matter) -> Approval:
    """Show a request for leave, and what became of it."""
    state = matter.state
    citation = cited(state.request.cited)
    shown: Approval = taken(Approval, matter, state, state.request, cited=citation)
    return shown
