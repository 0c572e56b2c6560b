"""What requests for leave change in the file of their person."""

from domain.approval import (
    ActivityCompleted,
    ApprovalDenied,
    ApprovalEndorsed,
    ApprovalGranted,
    ApprovalRequested,
    ApprovalRevoked,
    DeviationReported,
)
from projections.models.file_steps import (
    Fold,
    Step,
    Steps,
    change,
    content,
    day,
    put,
    setting,
    stream,
    taking,
)
from projections.models.model import Event
from projections.models.timeline import Content


def in_leave(fold: Fold) -> tuple[Step, ...]:
    return (Step("approval", stream, fold),)


def requested(event: Event) -> bytes:
    return content(event, stage="requested")


def deviated(event: Event, data: Content) -> Content:
    return {**data, "deviations": event.fact.fields}


LEAVE: Steps = {
    ApprovalRequested: in_leave(put(day, requested)),
    ApprovalEndorsed: in_leave(change(day, setting(endorsed=True))),
    ApprovalGranted: in_leave(change(day, taking("conditions", stage="granted"))),
    ApprovalDenied: in_leave(change(day, setting(stage="denied"))),
    ApprovalRevoked: in_leave(change(day, setting(stage="revoked"))),
    DeviationReported: in_leave(change(day, deviated)),
    ActivityCompleted: in_leave(change(day, taking("disclosure", stage="completed"))),
}
