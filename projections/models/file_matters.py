"""What obligations, disclosures and approvals change in the file of their person."""

from datetime import date

from domain.disclosure import (
    CertificationWithdrawn,
    DeficiencyCured,
    DeficiencyNoted,
    DisclosureAmended,
    DisclosureCertified,
    DisclosureClosedUncertified,
    DisclosureFiled,
    DisclosureWithdrawn,
    PaperDisclosureRecorded,
    ReviewerAnnotated,
    ReviewerAssigned,
)
from domain.obligation import (
    DelinquencyNoticeIssued,
    ExtensionDenied,
    ExtensionGranted,
    ExtensionRequested,
    FulfilmentWithdrawn,
    JustificationRecorded,
    ObligationBecameOverdue,
    ObligationCancelled,
    ObligationFulfilled,
    ObligationFulfilledLate,
    ObligationRaised,
    ObligationWaived,
)
from projections.models.file_defaults import UNFULFILLED
from projections.models.file_steps import (
    Day,
    Fold,
    Step,
    Steps,
    adding,
    after,
    change,
    content,
    day,
    end,
    on,
    put,
    setting,
    stream,
    taking,
)
from projections.models.model import Event
from projections.models.timeline import Content, Matter, Timeline

received = on("received_on")


def in_duty(fold: Fold) -> tuple[Step, ...]:
    return (Step("obligation", stream, fold),)


def in_filing(fold: Fold) -> tuple[Step, ...]:
    return (Step("disclosure", stream, fold),)


# Obligations, and the flags they set.


def arising(event: Event) -> date:
    """A duty holds from its trigger, or from when it was raised if that came first."""
    triggered: date = event.fact.triggered_on
    return min(triggered, event.day)


def raised(event: Event) -> bytes:
    return content(event, first_due_on=event.fact.due_on, stage="open")


def flag(line: Timeline, event: Event, matter: Matter) -> None:
    if event.fact.flag:
        line.put(event, matter, arising(event), content(event))


def extended(event: Event, data: Content) -> Content:
    until = event.fact.until
    return {**data, "due_on": until, "asked_until": None, "overdue": False}


def asked(event: Event, data: Content) -> Content:
    return {**data, "asked_until": event.fact.until}


def justified(event: Event, data: Content) -> Content:
    return {**data, "justification": event.fact.text}


DUTIES: Steps = {
    ObligationRaised: (*in_duty(put(arising, raised)), Step("flag", stream, flag)),
    ExtensionRequested: in_duty(change(day, asked)),
    ExtensionGranted: in_duty(change(day, extended)),
    ExtensionDenied: in_duty(change(day, setting(asked_until=None))),
    ObligationFulfilled: in_duty(
        change(
            received,
            taking("disclosure", "received_on", stage="fulfilled"),
        )
    ),
    ObligationFulfilledLate: in_duty(
        change(
            received,
            taking("disclosure", "received_on", "days_late", stage="fulfilled"),
        )
    ),
    FulfilmentWithdrawn: in_duty(change(day, setting(stage="open", **UNFULFILLED))),
    ObligationBecameOverdue: in_duty(change(after("due_on"), setting(overdue=True))),
    JustificationRecorded: in_duty(change(day, justified)),
    DelinquencyNoticeIssued: in_duty(change(day, adding("notices"))),
    ObligationWaived: in_duty(change(day, setting(stage="waived"))),
    ObligationCancelled: (
        *in_duty(change(day, setting(stage="cancelled"))),
        Step("flag", stream, end(day)),
    ),
}


# Disclosures.


def filed(event: Event) -> bytes:
    return content(event, stage="filed")


def keyed(event: Event) -> bytes:
    return content(event, stage="filed", channel="paper")


def amended(event: Event, data: Content) -> Content:
    new = taking("items", "flags")(event, data)
    return {**new, "amended": data.get("amended", 0) + 1}


def cured(event: Event, data: Content) -> Content:
    fact = event.fact
    cure = {"cured_on": event.day, "how": fact.how}
    found = [
        {**item, **cure} if item["number"] == fact.number else item
        for item in data.get("deficiencies", ())
    ]
    return {**data, "deficiencies": found}


def certified(event: Event, data: Content) -> Content:
    return {**data, "stage": "certified", "certified_on": event.day}


def author(event: Event) -> str:
    return event.record.actor.id


def closing(stage: str, from_on: Day = day) -> tuple[Step, ...]:
    return in_filing(change(from_on, setting(stage=stage, certified_on=None)))


FILINGS: Steps = {
    DisclosureFiled: in_filing(put(received, filed)),
    PaperDisclosureRecorded: in_filing(put(received, keyed)),
    DisclosureAmended: in_filing(change(received, amended)),
    ReviewerAssigned: in_filing(change(day, taking("reviewer"))),
    DeficiencyNoted: in_filing(change(day, adding("deficiencies", noted_on=day))),
    DeficiencyCured: in_filing(change(day, cured)),
    ReviewerAnnotated: in_filing(change(day, adding("annotations", on=day, by=author))),
    DisclosureCertified: in_filing(change(day, certified)),
    CertificationWithdrawn: closing("filed"),
    DisclosureClosedUncertified: closing("closed"),
    DisclosureWithdrawn: closing("withdrawn"),
}
