"""A case as its facts have left it."""

from collections.abc import Mapping
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
    DecisionTimeExtended,
    HearingHeld,
    InterimMeasureImposed,
    InterimMeasureLifted,
    InterviewRecorded,
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
from domain.case.names import plain
from domain.record import Fact, Value, stream_of

Stage = Literal["", "inquiry", "investigation", "notice", "decided", "closed"]


class Case(Value):
    """One case about one person.

    `recusals` are requests and declarations that are not decided yet, `recused` who may
    take no part. What is answered, heard and found counts since the notice that was
    served last: a new notice asks for a new answer.

    Attributes:
        decide_by: by when it is to be decided, where the rulebook says so.
        interim_since: when each interim measure was first imposed.
        unnoticed: the conducts that were alleged since the last notice.
        told: whether the person has been told of it, in any notice.
        found, decisions: how many findings and decisions there ever were.
    """

    opened: PreliminaryInquiryOpened | None = None
    investigation: InvestigationOpened | None = None
    decide_by: date | None = None
    allegations: tuple[Allegation, ...] = ()
    unnoticed: tuple[str, ...] = ()
    investigators: tuple[str, ...] = ()
    recusals: tuple[RecusalDeclared | RecusalRequested, ...] = ()
    recused: tuple[str, ...] = ()
    interim: tuple[InterimMeasureImposed, ...] = ()
    interim_since: Mapping[str, date] = {}
    evidence: tuple[EvidenceAdded, ...] = ()
    excluded: tuple[str, ...] = ()
    interviews: tuple[InterviewRecorded, ...] = ()
    notice: NoticeOfAllegationsServed | None = None
    told: bool = False
    response: ResponseReceived | None = None
    waived: ResponseWaived | None = None
    hearing_wanted: bool = False
    heard: HearingHeld | None = None
    findings: tuple[CaseFinding, ...] = ()
    found: int = 0
    no_case: bool = False
    decision: DecisionMade | None = None
    decisions: int = 0
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
        for part in (self.prepared, self.investigated, self.answering, self.decided):
            if (after := part(fact)) is not None:
                return after
        return self

    def prepared(self, fact: Fact) -> Self | None:  # noqa: PLR0911, C901  one line a fact
        match fact:
            case PreliminaryInquiryOpened():
                return replace(self, opened=fact)
            case InvestigationOpened():
                return replace(self, investigation=fact, decide_by=fact.decide_by)
            case AllegationAdded():
                return self.alleged(fact)
            case DecisionTimeExtended():
                return replace(self, decide_by=fact.decide_by)
            case InvestigatorAssigned():
                team = (*self.investigators, fact.investigator)
                return replace(self, investigators=team)
            case InvestigatorRelieved():
                return replace(self, investigators=self.team_without(fact.investigator))
            case RecusalDeclared() | RecusalRequested():
                return replace(self, recusals=(*self.recusals, fact))
            case RecusalDecided():
                return self.after_recusal(fact)
        return None

    def investigated(self, fact: Fact) -> Self | None:
        match fact:
            case InterimMeasureImposed():
                since = {fact.measure: fact.from_on, **self.interim_since}
                interim = (*self.interim, fact)
                return replace(self, interim=interim, interim_since=since)
            case InterimMeasureLifted():
                left = tuple(m for m in self.interim if m.measure != fact.measure)
                return replace(self, interim=left)
            case EvidenceAdded():
                return replace(self, evidence=(*self.evidence, fact))
            case EvidenceExcluded():
                return replace(self, excluded=(*self.excluded, fact.evidence))
            case InterviewRecorded():
                return replace(self, interviews=(*self.interviews, fact))
        return None

    def answering(self, fact: Fact) -> Self | None:
        match fact:
            case NoticeOfAllegationsServed():
                return replace(self.unanswered(), notice=fact, unnoticed=(), told=True)
            case ResponseReceived():
                return self.answered_with(fact)
            case ResponseWaived():
                return replace(self, waived=fact)
            case HearingHeld():
                return replace(self, heard=fact)
            case CaseFinding():
                findings = (*self.findings, fact)
                return replace(self, findings=findings, found=self.found + 1)
        return None

    def decided(self, fact: Fact) -> Self | None:  # noqa: PLR0911, C901  one line a fact
        match fact:
            case NoCaseFound():
                return replace(self, no_case=True)
            case DecisionMade():
                return replace(self, decision=fact, decisions=self.decisions + 1)
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
                again = replace(self.unanswered(), notice=None, no_case=False)
                return replace(again, closed=None, decision=None, served=None)
        return None

    def unanswered(self) -> Self:
        """Return the case as it is before anything is said to a new notice."""
        said: dict[str, object] = {"response": None, "waived": None, "heard": None}
        return replace(self, **said, hearing_wanted=False, findings=())

    def answered_with(self, fact: ResponseReceived) -> Self:
        """Return the case in which that answer has to be weighed, by new findings.

        What was said before anybody asked for a hearing is not the hearing.
        """
        again = replace(self, response=fact, findings=())
        if fact.hearing_wanted and not self.hearing_wanted:
            return replace(again, hearing_wanted=True, heard=None)
        return again

    def alleged(self, fact: AllegationAdded) -> Self:
        others = tuple(a for a in self.allegations if a.conduct != fact.conduct)
        new = Allegation(
            conduct=fact.conduct,
            violation=fact.violation,
            text=fact.text,
            from_on=fact.from_on,
            to_on=fact.to_on,
            occurrences=fact.occurrences,
        )
        unnoticed = tuple(c for c in self.unnoticed if c != fact.conduct)
        return replace(
            self,
            allegations=(*others, new),
            unnoticed=(*unnoticed, fact.conduct),
        )

    def team_without(self, who: str) -> tuple[str, ...]:
        return tuple(i for i in self.investigators if plain(i) != plain(who))

    def after_recusal(self, fact: RecusalDecided) -> Self:
        who = plain(fact.who)
        pending = tuple(r for r in self.recusals if plain(r.who) != who)
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

    def on_conduct_in(self, start: date, end: date) -> bool:
        """Return whether an allegation is about days from *start* to before *end*."""
        return any(
            a.from_on < end and start <= (a.to_on or a.from_on)
            for a in self.allegations
        )

    def usable(self) -> frozenset[str]:
        """Return the evidence, and the interviews, that were not excluded."""
        taken = {piece.evidence for piece in self.evidence}
        said = {interview.interview for interview in self.interviews}
        return frozenset(taken | said) - set(self.excluded)


def case_stream(case: str) -> UUID:
    return stream_of("case", case)
