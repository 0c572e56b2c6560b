"""What is shown of a case: all to who works on it, to the person what they are told."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from msgspec import field
from msgspec.structs import replace

from domain.access import DECLARANT
from domain.case import facts
from domain.case.case import Case
from domain.case.telling import told
from domain.record import Text
from web.answers.answer import Answer, Citation, cited, taken
from web.answers.events import History, history
from web.answers.records import last
from web.auth import asked
from web.matters import Matter


class Time(Answer):
    """One time of several at which the same was done."""

    on: date
    disclosure: str | None


class AllegationShown(Answer):
    """What is alleged; of a pattern, with each time, and how many there are."""

    conduct: str
    violation: str
    text: Text
    from_on: date
    to_on: date | None
    times: int
    occurrences: Sequence[Time]


class InterimShown(Answer):
    """What holds until the case is decided."""

    measure: str
    from_on: date
    until_on: date | None
    blocks: Sequence[str]
    text: Text
    cited: Citation


class InterviewShown(Answer):
    """What somebody said, and to whom."""

    interview: str
    who: Text
    interviewers: Sequence[str]
    held_on: date
    text: Text


class NoticeShown(Answer):
    """What the person was told; `at_most` is the heaviest that it may lead to."""

    allegations: Sequence[str]
    evidence: Sequence[str]
    served_on: date
    answer_by: date
    text: Text
    at_most: str | None
    cited: Citation


class ResponseShown(Answer):
    """What the person said to it."""

    received_on: date
    text: Text
    representative: Text | None
    hearing_wanted: bool


class HearingShown(Answer):
    """What was said when they were heard."""

    held_on: date
    text: Text


class CaseFindingShown(Answer):
    """What somebody found, with class, mental element and reasons."""

    finding: str
    conduct: str
    violation: str | None
    class_: str | None = field(name="class")
    mental: str
    standard: Text
    reasons: Text
    on_intent: Text | None
    justification: Text | None
    presumed: str | None
    disclosures: Sequence[str]
    supervises: Sequence[str]
    cited: Citation


class DecisionShown(Answer):
    """How it was decided, with all that a decision states."""

    closing: str
    decided_on: date
    findings: Sequence[str]
    statements: Mapping[str, Any]
    cited: Citation


class ServiceShown(Answer):
    """When the decision was served; `appeal_by` has the last day for each appeal."""

    served_on: date
    how: str
    unit: str | None
    appeal_by: Mapping[str, date]


class ReferralShown(Answer):
    """Where it was referred, and what it is called there."""

    to: Text
    reference: Text
    text: Text


class CaseRecord(Answer):
    """A case. The person concerned is shown it from the first notice on.

    They see what they were told and what it rests on, what they said, who investigates,
    and what was decided; not where it came from, nor what others said of it.
    """

    id: str
    version: int
    person: str
    basis: str | None
    source: str | None
    stage: str
    cited: Citation
    decide_by: date | None
    allegations: Sequence[AllegationShown]
    unnoticed: Sequence[str]
    investigators: Sequence[str]
    recusals: Sequence[str]
    recused: Sequence[str]
    interim: Sequence[InterimShown]
    evidence: Sequence[str]
    excluded: Sequence[str]
    interviews: Sequence[InterviewShown]
    notice: NoticeShown | None
    response: ResponseShown | None
    waived: str | None
    hearing: HearingShown | None
    findings: Sequence[CaseFindingShown]
    no_case: bool
    decision: DecisionShown | None
    service: ServiceShown | None
    announced: Sequence[str]
    restored: Sequence[str]
    referral: ReferralShown | None
    closing: str | None
    closed_on: date | None


def case(matter: Matter) -> CaseRecord:
    """Show a case, as far as whoever asks may see it."""
    state: Case = matter.state
    opened = state.opened
    notice, response, heard = state.notice, state.response, state.heard
    referral = last(matter, facts.CaseReferredExternally) if state.referred else None
    shown: CaseRecord = taken(
        CaseRecord,
        matter,
        state,
        opened,
        cited=cited(opened.cited) if opened else None,
        allegations=[allegation(each) for each in state.allegations],
        recusals=[each.who for each in state.recusals],
        interim=[with_rule(InterimShown, each) for each in state.interim],
        evidence=[each.evidence for each in state.evidence],
        interviews=[taken(InterviewShown, each) for each in state.interviews],
        notice=notice and with_rule(NoticeShown, notice),
        response=response and taken(ResponseShown, response),
        waived=state.waived.how if state.waived else None,
        hearing=heard and taken(HearingShown, heard),
        findings=[with_rule(CaseFindingShown, each) for each in state.findings],
        decision=state.decision and with_rule(DecisionShown, state.decision),
        service=state.served and taken(ServiceShown, state.served),
        referral=referral and taken(ReferralShown, referral),
        closing=state.closed.closing if state.closed else None,
        closed_on=state.closed.closed_on if state.closed else None,
    )
    return to_the_person(shown, state) if asked().grant.role == DECLARANT else shown


def to_the_person(shown: CaseRecord, state: Case) -> CaseRecord:
    """Return what the person concerned may see of it."""
    notice = state.notice
    known, rests_on = (
        ((), ()) if notice is None else (notice.allegations, notice.evidence)
    )
    served = state.served is not None
    return replace(
        shown,
        basis=None,
        source=None,
        allegations=[
            each
            for each in shown.allegations
            if each.conduct in known and each.conduct not in shown.unnoticed
        ],
        unnoticed=(),
        recusals=(),
        evidence=[piece for piece in shown.evidence if piece in rests_on],
        excluded=[piece for piece in shown.excluded if piece in rests_on],
        interviews=[each for each in shown.interviews if each.interview in rests_on],
        findings=shown.findings if served else (),
        decision=shown.decision if served else None,
    )


def allegation(known: facts.Allegation) -> AllegationShown:
    times = [taken(Time, each) for each in known.occurrences]
    shown: AllegationShown = taken(
        AllegationShown, known, times=len(times) or 1, occurrences=times
    )
    return shown


def with_rule(kind: type[Any], fact: Any) -> Any:
    return taken(kind, fact, cited=cited(fact.cited))


def case_history(matter: Matter) -> History:
    """Show all that happened in a case; to the person, what they were told."""
    whole = history(matter)
    if asked().grant.role != DECLARANT:
        return whole
    seen = told([record.fact for record in matter.history])
    events = zip(whole.events, seen, strict=True)
    return replace(whole, events=[event for event, shown in events if shown])
