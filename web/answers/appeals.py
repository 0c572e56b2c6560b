"""What is shown of an appeal: what was asked, who decides it, and what it came to."""

from collections.abc import Mapping, Sequence
from datetime import date

from domain.appeal import Appeal
from domain.record import Text
from web.answers.answer import Answer, Citation, cited, taken
from web.matters import Matter


class AppealHearingShown(Answer):
    """What was said when somebody was heard."""

    held_on: date
    text: Text


class AppealDecisionShown(Answer):
    """How it was decided; `undone` are the findings and measures that fell with it."""

    outcome: str
    decided_on: date
    grounds: Sequence[str]
    text: Text
    undone: Sequence[str]


class ImplementationShown(Answer):
    """What was done to carry it out, and what was made good."""

    on: date
    text: Text
    reparations: Sequence[str]


class AppealRecord(Answer):
    """An appeal; `appeal_by` has the last day for each stage that comes next."""

    id: str
    version: int
    person: str
    case: str
    sanction: str | None
    before: str | None
    stage: str
    to: str
    cited: Citation
    text: Text
    representative: Text | None
    lodged_on: date
    due_on: date
    late: bool
    obstacle_until: date | None
    excuse: Text | None
    excused: bool
    rejected: bool
    stayed: bool
    members: Sequence[str]
    authority: Text
    hearings: Sequence[AppealHearingShown]
    decide_by: date
    escalated: date | None
    decision: AppealDecisionShown | None
    served_on: date | None
    appeal_by: Mapping[str, date]
    implementation: ImplementationShown | None


def appeal(matter: Matter) -> AppealRecord:
    """Show an appeal: what was asked, who decides it, and what it came to."""
    state: Appeal = matter.state
    lodged, decided, done = state.lodged, state.decided, state.implemented
    shown: AppealRecord = taken(
        AppealRecord,
        matter,
        state,
        lodged,
        cited=cited(lodged and lodged.cited),
        hearings=[taken(AppealHearingShown, heard) for heard in state.heard],
        decision=taken(AppealDecisionShown, decided) if decided else None,
        implementation=taken(ImplementationShown, done) if done else None,
    )
    return shown
