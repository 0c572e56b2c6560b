"""A disclosure, from receipt to certification: facts and state."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, ClassVar, Literal, Self
from uuid import UUID

from msgspec.structs import replace

from domain.errors import Unknown, WrongStage
from domain.obligation import obligation_stream
from domain.record import Citation, Contents, Fact, Text, Value, stream_of

RESTRICTED = "restricted"
Stage = Literal["none", "filed", "certified", "closed", "withdrawn"]


# Facts: what happened.


class Declared(Fact):
    """What a declarant says of themself, or of a relative.

    `subject` is the declarant ("self") or the kind of relative whom it is about.
    `confidentiality` is the class of what it says, but for the fields in `classes`.
    """

    subject: str = "self"
    relative: str | None = None
    confidentiality: str = "confidential"
    classes: Mapping[str, str] = {}

    @property
    def relative_concerned(self) -> str | None:
        return None if self.subject == "self" else self.relative or self.subject

    def class_of(self, field: str) -> str:
        return self.classes.get(field, self.confidentiality)


class Filing(Declared):
    """What every filing says. Each item is one reportable event, in the form's fields.

    `received_on` decides whether it was in time, whenever it was keyed.
    """

    disclosure: str
    person: str
    category: str
    cited: Citation
    items: tuple[Contents, ...]
    received_on: date
    review_due_on: date
    nil_return: bool = False
    obligation: UUID | None = None
    approval: str | None = None
    unforeseen: bool = False
    justification: Text | None = None
    flags: tuple[Text, ...] = ()
    source: str | None = None


class DisclosureFiled(Filing):
    TOPIC: ClassVar = "disclosure.filed"


class PaperDisclosureRecorded(Filing):
    """A report on paper, keyed by a clerk. Its contents may be unknown (a scan)."""

    TOPIC: ClassVar = "disclosure.paper-recorded"
    content_known: bool = True
    scan_sha256: str | None = None


class DisclosureAmended(Declared):
    """The items as they read now; what was filed before stays as it was."""

    TOPIC: ClassVar = "disclosure.amended"
    items: tuple[Contents, ...]
    received_on: date
    flags: tuple[Text, ...] = ()


class AboutDisclosure(Fact):
    """What is said of a report: `about` a relative, if the report is, and as secret."""

    about: str | None = None
    confidentiality: str = "confidential"

    @property
    def relative_concerned(self) -> str | None:
        return self.about

    def class_of(self, field: str) -> str:  # noqa: ARG002  as secret as the report
        return self.confidentiality


class ReviewerAssigned(Fact):
    TOPIC: ClassVar = "disclosure.reviewer-assigned"
    reviewer: str


class DeficiencyNoted(AboutDisclosure):
    """Something is missing. `fields` names it as "venue", or "items[2].venue"."""

    TOPIC: ClassVar = "disclosure.deficiency-noted"
    number: int
    fields: tuple[str, ...]
    text: Text
    cure_by: date | None = None


class DeficiencyCured(Fact):
    TOPIC: ClassVar = "disclosure.deficiency-cured"
    number: int
    how: Literal["amended", "accepted"] = "amended"


class ReviewerAnnotated(AboutDisclosure):
    TOPIC: ClassVar = "disclosure.annotated"
    text: Text
    field: str | None = None


class DisclosureCertified(Fact):
    TOPIC: ClassVar = "disclosure.certified"


class CertificationWithdrawn(Fact):
    TOPIC: ClassVar = "disclosure.certification-withdrawn"


class DisclosureClosedUncertified(Fact):
    TOPIC: ClassVar = "disclosure.closed-uncertified"


class DisclosureWithdrawn(Fact):
    TOPIC: ClassVar = "disclosure.withdrawn"


# State: what the facts add up to.


class Disclosure(Value):
    stage: Stage = "none"
    filing: Filing | None = None
    items: tuple[Mapping[str, Any], ...] = ()
    amended: int = 0
    deficiencies: tuple[DeficiencyNoted, ...] = ()
    noted: int = 0
    reviewer: str | None = None

    @property
    def subject(self) -> str | None:
        return self.filing.person if self.filing else None

    def evolve(self, fact: Fact) -> Self:  # noqa: PLR0911, C901  one line a fact
        match fact:
            case Filing():
                return replace(self, stage="filed", filing=fact, items=fact.items)
            case DisclosureAmended():
                return replace(self, items=fact.items, amended=self.amended + 1)
            case ReviewerAssigned():
                return replace(self, reviewer=fact.reviewer)
            case DeficiencyNoted():
                open_ones = (*self.deficiencies, fact)
                return replace(self, deficiencies=open_ones, noted=fact.number)
            case DeficiencyCured():
                open_ones = tuple(
                    d for d in self.deficiencies if d.number != fact.number
                )
                return replace(self, deficiencies=open_ones)
            case DisclosureCertified():
                return replace(self, stage="certified")
            case CertificationWithdrawn():
                return replace(self, stage="filed")
            case DisclosureClosedUncertified():
                return replace(self, stage="closed")
            case DisclosureWithdrawn():
                return replace(self, stage="withdrawn")
        return self

    def obligations(self) -> Iterator[UUID]:
        """Yield the streams of the obligations that this disclosure fulfils."""
        filing = self.filing
        if filing is None:
            return
        if filing.obligation:
            yield filing.obligation
            return
        for nth in range(len(self.items)):
            yield item_obligation(filing, nth)


def item_obligation(filing: Filing, nth: int) -> UUID:
    cited = filing.cited
    key = item_key(filing.disclosure, nth)
    return obligation_stream(filing.person, cited.rulebook, cited.rule, key)


def item_key(disclosure: str, nth: int) -> str:
    return f"{disclosure}:{nth}"


def disclosure_stream(disclosure: str) -> UUID:
    return stream_of("disclosure", disclosure)


def filed(disclosure: Disclosure, number: str) -> Filing:
    """Return what was filed, or raise `Unknown`."""
    if disclosure.filing is None:
        raise Unknown("disclosure", number)
    return disclosure.filing


def under_review(disclosure: Disclosure, number: str) -> Filing:
    """Return what was filed if it still awaits its outcome, else raise `WrongStage`."""
    filing = filed(disclosure, number)
    if disclosure.stage != "filed":
        raise WrongStage(
            f"the disclosure is already {disclosure.stage}", rule=str(filing.cited)
        )
    return filing


def secrecy(filing: Filing) -> tuple[str | None, str]:
    """Return which relative a report is about, if any, and how secret it is."""
    strict = RESTRICTED in (filing.confidentiality, *filing.classes.values())
    return filing.relative_concerned, RESTRICTED if strict else "confidential"
