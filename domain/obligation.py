"""An obligation: one thing one person must report, and by when; facts and state."""

from collections.abc import Mapping
from datetime import date
from typing import ClassVar, Literal, Self
from uuid import UUID

from msgspec.structs import replace

from domain.errors import Unknown, WrongStage
from domain.record import Citation, Fact, Text, Value, stream_of

Stage = Literal["none", "open", "fulfilled", "waived", "cancelled"]
NonCompliance = Literal["late", "incomplete", "untruthful", "concealed"]


# Facts: what happened.


class ObligationRaised(Fact):
    """`key` tells this occurrence of the rule from others; `anchors` fixed the date."""

    TOPIC: ClassVar = "obligation.raised"
    person: str
    category: str
    key: str
    due_on: date
    cited: Citation
    trigger: str
    triggered_on: date
    anchors: Mapping[str, date] = {}
    nil_return: bool = False
    flag: str | None = None


class ReminderSent(Fact):
    """The reminder planned for the day `planned_on` was handed to the outbox."""

    TOPIC: ClassVar = "obligation.reminder-sent"
    planned_on: date


class ExtensionRequested(Fact):
    TOPIC: ClassVar = "obligation.extension-requested"
    until: date
    in_writing: bool = False


class ExtensionGranted(Fact):
    TOPIC: ClassVar = "obligation.extension-granted"
    until: date
    cited: Citation


class ExtensionDenied(Fact):
    TOPIC: ClassVar = "obligation.extension-denied"


class ObligationFulfilled(Fact):
    TOPIC: ClassVar = "obligation.fulfilled"
    disclosure: str
    received_on: date


class ObligationFulfilledLate(Fact):
    """`days_late` counts from the due date, extensions included, to the receipt."""

    TOPIC: ClassVar = "obligation.fulfilled-late"
    disclosure: str
    received_on: date
    days_late: int


class FulfilmentWithdrawn(Fact):
    """The disclosure that fulfilled the obligation was withdrawn: it is open again."""

    TOPIC: ClassVar = "obligation.fulfilment-withdrawn"
    disclosure: str


class ObligationBecameOverdue(Fact):
    TOPIC: ClassVar = "obligation.became-overdue"
    due_on: date


class JustificationRecorded(Fact):
    TOPIC: ClassVar = "obligation.justification-recorded"
    text: Text


class DelinquencyNoticeIssued(Fact):
    """One class of non-compliance, and what was made of the justification (S3-14)."""

    TOPIC: ClassVar = "obligation.delinquency-notice-issued"
    noncompliance: NonCompliance
    reasons: Text
    justification: Text | None = None
    justification_accepted: bool = False


class ObligationWaived(Fact):
    TOPIC: ClassVar = "obligation.waived"


class ObligationCancelled(Fact):
    TOPIC: ClassVar = "obligation.cancelled"


# State: what the facts add up to.


class Obligation(Value):
    stage: Stage = "none"
    person: str = ""
    category: str = ""
    key: str = ""
    cited: Citation | None = None
    first_due_on: date = date.max
    due_on: date = date.max
    anchors: Mapping[str, date] = {}
    reminded: tuple[date, ...] = ()
    overdue: bool = False
    asked_until: date | None = None
    asked_in_writing: bool = False
    fulfilled_by: str | None = None
    days_late: int = 0
    justification: Text | None = None

    @property
    def subject(self) -> str | None:
        return self.person or None

    def evolve(self, fact: Fact) -> Self:  # noqa: PLR0911, C901  one line a fact
        match fact:
            case ObligationRaised():
                return replace(
                    self,
                    stage="open",
                    person=fact.person,
                    category=fact.category,
                    key=fact.key,
                    cited=fact.cited,
                    first_due_on=fact.due_on,
                    due_on=fact.due_on,
                    anchors=fact.anchors,
                )
            case ReminderSent():
                return replace(self, reminded=(*self.reminded, fact.planned_on))
            case ExtensionRequested():
                return replace(
                    self, asked_until=fact.until, asked_in_writing=fact.in_writing
                )
            case ExtensionGranted():
                return replace(self, due_on=fact.until, asked_until=None, overdue=False)
            case ExtensionDenied():
                return replace(self, asked_until=None)
            case ObligationFulfilled():
                return replace(
                    self,
                    stage="fulfilled",
                    fulfilled_by=fact.disclosure,
                    overdue=False,
                )
            case ObligationFulfilledLate():
                return replace(
                    self,
                    stage="fulfilled",
                    fulfilled_by=fact.disclosure,
                    days_late=fact.days_late,
                )
            case FulfilmentWithdrawn():
                return replace(self, stage="open", fulfilled_by=None, days_late=0)
            case ObligationBecameOverdue():
                return replace(self, overdue=True)
            case JustificationRecorded():
                return replace(self, justification=fact.text)
            case ObligationWaived():
                return replace(self, stage="waived")
            case ObligationCancelled():
                return replace(self, stage="cancelled")
        return self

    @property
    def citation(self) -> Citation:
        if self.cited is None:
            raise Unknown("obligation", self.key)
        return self.cited


def obligation_stream(person: str, rulebook: str, rule: str, key: str) -> UUID:
    """Return the stream of the one obligation of this person for this occurrence."""
    return stream_of("obligation", person, rulebook, rule, key)


def raised(obligation: Obligation, stream: UUID) -> Obligation:
    if obligation.stage == "none":
        raise Unknown("obligation", str(stream))
    return obligation


def still_open(obligation: Obligation, stream: UUID) -> Obligation:
    if raised(obligation, stream).stage != "open":
        raise WrongStage(
            f"the obligation is already {obligation.stage}",
            rule=str(obligation.citation),
        )
    return obligation
