"""What happens in a case, from the first inquiry to its closing."""

from collections.abc import Mapping
from datetime import date
from typing import ClassVar, Literal

from domain.finding import Finding
from domain.proceedings import Said
from domain.record import Citation, Contents, Fact, Text, Value
from domain.regime.discipline import Purpose

Closing = Literal["sanction", "withdrawn", "no_sanction", "referred"]


class Occurrence(Value):
    """One time of several at which the same was done; `disclosure` tells of it."""

    on: date
    disclosure: str | None = None


class Allegation(Value):
    """One thing that somebody is said to have done, once or as a pattern.

    `conduct` names the conduct itself: the same wherever it is looked at, so that one
    track never sanctions it twice. `occurrences` are the single times, of a pattern.
    """

    conduct: str
    violation: str
    text: Text
    from_on: date
    to_on: date | None = None
    occurrences: tuple[Occurrence, ...] = ()


class PreliminaryInquiryOpened(Said):
    """What was heard is looked into, under a track's rulebook; nobody is accused yet.

    `source` is where it came from, and never from whom: "verification:ID", or the
    reference of a complaint.
    """

    TOPIC: ClassVar = "case.inquiry-opened"
    case: str
    person: str
    basis: str
    cited: Citation
    source: str | None = None


class InvestigationOpened(Said):
    """The case is opened; from now on it may hold up what the rulebook says.

    `allegations` are the conducts; what is alleged of each follows by itself.
    """

    TOPIC: ClassVar = "case.investigation-opened"
    allegations: tuple[str, ...]
    opened_on: date
    cited: Citation
    decide_by: date | None = None


class AllegationAdded(Said):
    """What is alleged; of conduct that was alleged before, it reads so from now on."""

    TOPIC: ClassVar = "case.allegation-added"
    conduct: str
    violation: str
    text: Text
    from_on: date
    to_on: date | None = None
    occurrences: tuple[Occurrence, ...] = ()


class DecisionTimeExtended(Said):
    TOPIC: ClassVar = "case.time-extended"
    decide_by: date
    text: Text
    cited: Citation


class InvestigatorAssigned(Fact):
    TOPIC: ClassVar = "case.investigator-assigned"
    investigator: str


class InvestigatorRelieved(Fact):
    TOPIC: ClassVar = "case.investigator-relieved"
    investigator: str


class RecusalDeclared(Said):
    TOPIC: ClassVar = "case.recusal-declared"
    who: str
    ground: str
    text: Text


class RecusalRequested(Said):
    """Somebody asks that `who` take no part."""

    TOPIC: ClassVar = "case.recusal-requested"
    who: str
    ground: str
    text: Text


class RecusalDecided(Said):
    TOPIC: ClassVar = "case.recusal-decided"
    who: str
    recused: bool
    text: Text


class InterimMeasureImposed(Said):
    TOPIC: ClassVar = "case.interim-measure-imposed"
    measure: str
    from_on: date
    until_on: date | None
    blocks: tuple[Purpose, ...]
    text: Text
    cited: Citation


class InterimMeasureLifted(Said):
    TOPIC: ClassVar = "case.interim-measure-lifted"
    measure: str
    text: Text


class InterviewRecorded(Said):
    """`interviewers` were there, two where the rulebook wants two; "CASE:i1"."""

    TOPIC: ClassVar = "case.interview-recorded"
    interview: str
    who: Text
    interviewers: tuple[str, ...]
    held_on: date
    text: Text


class NoticeOfAllegationsServed(Said):
    """The person was told what is alleged, on what evidence, and how to answer.

    `at_most` is the heaviest sanction that it may lead to: what the person answers
    never makes it heavier (Art. 43).
    """

    TOPIC: ClassVar = "case.notice-served"
    allegations: tuple[str, ...]  # their conducts
    evidence: tuple[str, ...]
    served_on: date
    answer_by: date
    text: Text
    cited: Citation
    at_most: str | None = None


class ResponseReceived(Said):
    TOPIC: ClassVar = "case.response-received"
    received_on: date
    text: Text
    representative: Text | None = None
    hearing_wanted: bool = False


class ResponseWaived(Said):
    """The person said that they will not answer, or did not in time."""

    TOPIC: ClassVar = "case.response-waived"
    how: Literal["said", "silent"]
    text: Text | None = None


class HearingHeld(Said):
    TOPIC: ClassVar = "case.hearing-held"
    held_on: date
    text: Text


class CaseFinding(Finding):
    TOPIC: ClassVar = "case.finding-made"


class NoCaseFound(Said):
    """There is nothing to it; reputation is restored where it suffered."""

    TOPIC: ClassVar = "case.no-case-found"
    text: Text


class DecisionMade(Said):
    """How the case is decided; the sanctions stand in the record of their track.

    `statements` are what a decision must say, by the rulebook's names for them.
    """

    TOPIC: ClassVar = "case.decision-made"
    closing: Closing
    decided_on: date
    findings: tuple[str, ...]
    statements: Contents
    cited: Citation


class DecisionServed(Said):
    """`appeal_by` is the last day for each stage that is open now.

    `unit` is the person's own, on which it was served as well.
    """

    TOPIC: ClassVar = "case.decision-served"
    served_on: date
    how: str
    appeal_by: Mapping[str, date]
    unit: str | None = None


class DecisionAnnounced(Said):
    TOPIC: ClassVar = "case.decision-announced"
    scope: str
    announced_on: date


class ReputationRestored(Said):
    """It was made known that it was unfounded, in the scope of what had been said."""

    TOPIC: ClassVar = "case.reputation-restored"
    scope: str
    text: Text


class CaseReferredExternally(Said):
    TOPIC: ClassVar = "case.referred"
    to: Text
    reference: Text
    text: Text


class CaseClosed(Fact):
    TOPIC: ClassVar = "case.closed"
    closing: Closing
    closed_on: date


class CaseReopened(Said):
    """It is decided anew, from the notice on; `appeal` is what remitted it.

    `evidence` are the pieces for which it is, where none did.
    """

    TOPIC: ClassVar = "case.reopened"
    text: Text
    opened_on: date
    appeal: str | None = None
    evidence: tuple[str, ...] = ()
