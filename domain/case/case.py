"""A case as its facts have left it."""

from datetime import date
from typing import Literal, Self
from uuid import UUID

from msgspec.structs import replace

from domain.case.evidence import EvidenceAdded, EvidenceExcluded
from domain.case.facts import (
    Allegation,
    AllegationAdded,
    CaseClosed,
    CaseFinding,
    CaseReferredExternally,
    CaseReopened,
    DecisionAnnounced,
    DecisionMade,
    DecisionServed,
    HearingHeld,
    InterimMeasureImposed,
    InterimMeasureLifted,
    InvestigationOpened,
    InvestigatorAssigned,
    InvestigatorRelieved,
    NoCaseFound,
    NoticeOfAllegationsServed,
    PreliminaryInquiryOpened,
    RecusalDecided,
    RecusalDeclared,
    RecusalRequested,
    ReputationRestored,
    ResponseReceived,
    ResponseWaived,
)
from domain.record import Fact, Value, stream_of

Stage = Literal["", "inquiry", "investigation", "notice", "decided", "closed"]


class Case(Value):
    """One case about one person.

    `recusals` are requests and declarations that are not decided yet, `recused` who may
    take no part. What is answered, heard and found counts since the notice that was
    served last: a new notice asks for a new answer.
    """

    opened: PreliminaryInquiryOpened | None = None
    investigation: InvestigationOpened | None = None
    allegations: tuple[Allegation, ...] = ()
    investigators: tuple[str, ...] = ()
    recusals: tuple[RecusalDeclared | RecusalRequested, ...] = ()
    recused: tuple[str, ...] = ()
    interim: tuple[InterimMeasureImposed, ...] = ()
    evidence: tuple[EvidenceAdded, ...] = ()
    excluded: tuple[str, ...] = ()
    notice: NoticeOfAllegationsServed | None = None
    response: ResponseReceived | None = None
    waived: ResponseWaived | None = None
    heard: HearingHeld | None = None
    findings: tuple[CaseFinding, ...] = ()
    no_case: bool = False
    decision: DecisionMade | None = None
    served: DecisionServed | None = None
    announced: tuple[str, ...] = ()
    restored: tuple[str, ...] = ()
    referred: bool = False
    closed: CaseClosed | None = None

    @property
    def subject(self) -> str | None:
        return self.opened.person if self.opened else None

    @property
    def stage(self) -> Stage:
        """Return how far it has come."""
        if self.closed:
            return "closed"
        if self.decision:
            return "decided"
        if self.notice:
            return "notice"
        if self.investigation:
            return "investigation"
        return "inquiry" if self.opened else ""

    @property
    def answered(self) -> bool:
        """Return whether the notice was answered, or the answer waived."""
        return bool(self.response or self.waived)

    def evolve(self, fact: Fact) -> Self:
        return self.investigated(fact) or self.decided(fact) or self

    def investigated(self, fact: Fact) -> Self | None:  # noqa: PLR0911, C901  one line a fact
        match fact:
            case PreliminaryInquiryOpened():
                return replace(self, opened=fact)
            case InvestigationOpened():
                known = (*self.allegations, *fact.allegations)
                return replace(self, investigation=fact, allegations=known)
            case AllegationAdded():
                return replace(self, allegations=(*self.allegations, fact.allegation))
            case InvestigatorAssigned():
                team = (*self.investigators, fact.investigator)
                return replace(self, investigators=team)
            case InvestigatorRelieved():
                return replace(self, investigators=self.team_without(fact.investigator))
            case RecusalDeclared() | RecusalRequested():
                return replace(self, recusals=(*self.recusals, fact))
            case RecusalDecided():
                return self.after_recusal(fact)
            case InterimMeasureImposed():
                return replace(self, interim=(*self.interim, fact))
            case InterimMeasureLifted():
                left = tuple(m for m in self.interim if m.measure != fact.measure)
                return replace(self, interim=left)
            case EvidenceAdded():
                return replace(self, evidence=(*self.evidence, fact))
            case EvidenceExcluded():
                return replace(self, excluded=(*self.excluded, fact.evidence))
            case NoticeOfAllegationsServed():
                return replace(
                    self, notice=fact, response=None, waived=None, heard=None
                )
        return None

    def decided(self, fact: Fact) -> Self | None:  # noqa: PLR0911, C901  one line a fact
        match fact:
            case ResponseReceived():
                return replace(self, response=fact)
            case ResponseWaived():
                return replace(self, waived=fact)
            case HearingHeld():
                return replace(self, heard=fact)
            case CaseFinding():
                return replace(self, findings=(*self.findings, fact))
            case NoCaseFound():
                return replace(self, no_case=True)
            case DecisionMade():
                return replace(self, decision=fact)
            case DecisionServed():
                return replace(self, served=fact)
            case DecisionAnnounced():
                return replace(self, announced=(*self.announced, fact.scope))
            case ReputationRestored():
                return replace(self, restored=(*self.restored, fact.scope))
            case CaseReferredExternally():
                return replace(self, referred=True)
            case CaseClosed():
                return replace(self, closed=fact, interim=())
            case CaseReopened():
                return replace(
                    self, closed=None, decision=None, served=None, no_case=False
                )
        return None

    def team_without(self, who: str) -> tuple[str, ...]:
        return tuple(known for known in self.investigators if known != who)

    def after_recusal(self, fact: RecusalDecided) -> Self:
        pending = tuple(r for r in self.recusals if r.who != fact.who)
        if not fact.recused:
            return replace(self, recusals=pending)
        return replace(
            self,
            recusals=pending,
            recused=(*self.recused, fact.who),
            investigators=self.team_without(fact.who),
        )

    def allegation(self, conduct: str) -> Allegation | None:
        return next((a for a in self.allegations if a.conduct == conduct), None)

    def conduct_by(self, finding: str) -> str | None:
        return next((f.conduct for f in self.findings if f.finding == finding), None)

    def on_conduct_in(self, start: date, end: date) -> bool:
        """Return whether an allegation is about days from *start* to before *end*."""
        return any(
            a.from_on < end and start <= (a.to_on or a.from_on)
            for a in self.allegations
        )


def case_stream(case: str) -> UUID:
    return stream_of("case", case)
