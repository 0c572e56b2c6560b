"""What of a case its person may know: what they were told and said, the decision."""

from collections.abc import Sequence

from domain.case.evidence import EvidenceAdded, EvidenceExcluded
from domain.case.facts import (
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
    InterviewRecorded,
    NoCaseFound,
    NoticeOfAllegationsServed,
    ReputationRestored,
    ResponseReceived,
    ResponseWaived,
)
from domain.record import Fact

TOLD = (
    NoticeOfAllegationsServed,
    ResponseReceived,
    ResponseWaived,
    HearingHeld,
    InterimMeasureImposed,
    InterimMeasureLifted,
    NoCaseFound,
    DecisionServed,
    DecisionAnnounced,
    ReputationRestored,
    CaseReferredExternally,
    CaseClosed,
    CaseReopened,
)


def told(facts: Sequence[Fact]) -> list[bool]:
    """Return of each fact of a case, in their order, whether its person may know it.

    They know what they were told and what they said; an allegation, evidence or an
    interview once a notice names it; and findings and a decision once it is served. Of
    where it came from, and of what else others said, they never learn.
    """
    return [known(fact, facts[nth + 1 :]) for nth, fact in enumerate(facts)]


def known(fact: Fact, after: Sequence[Fact]) -> bool:
    """Return whether the person may know of a fact by what came *after* it."""
    match fact:
        case AllegationAdded():
            return any(fact.conduct in each.allegations for each in notices(after))
        case EvidenceAdded() | EvidenceExcluded():
            return any(fact.evidence in each.evidence for each in notices(after))
        case InterviewRecorded():
            return any(fact.interview in each.evidence for each in notices(after))
        case CaseFinding() | DecisionMade():
            return any(isinstance(each, DecisionServed) for each in after)
    return isinstance(fact, TOLD)


def notices(facts: Sequence[Fact]) -> list[NoticeOfAllegationsServed]:
    return [each for each in facts if isinstance(each, NoticeOfAllegationsServed)]
