"""What happens before and on a promotion board."""

from collections.abc import Mapping
from datetime import date
from typing import ClassVar, Literal
from uuid import UUID

from domain.proceedings import Said
from domain.record import Citation, Fact, Text, Value
from domain.regime.discipline import Purpose

Result = Literal["ELIGIBLE", "NOT_ELIGIBLE", "HELD", "UNDETERMINED"]
Level = Literal["higher", "equal", "lower"]
Source = Literal[
    "sanction",
    "measure",
    "case",
    "interim",
    "hold",
    "finding",
    "verification",
    "overdue",
    "release",
    "flag",
]


class Reason(Value):
    """One reason for a result: a fact with its rule, never a score.

    Attributes:
        source: what it comes from; a `flag` is shown and bars nothing.
        key: which one: the sanction, the case, the hold ...
        effect: it bars, it holds, it leaves something missing, or is only shown.
        code: what it is, for machines: "live_sanction:demerit", "open_case", ...
        from_on, until_on: from when to when (that day not included) it does.
        review_on: when it is looked at again, of what holds.
        events: the events that say so.
        cited: the rule, its version and its legal basis.
    """

    source: Source
    key: str
    effect: Literal["bars", "holds", "missing", "shown"]
    code: str
    cited: Citation
    from_on: date | None = None
    until_on: date | None = None
    review_on: date | None = None
    track: str | None = None
    events: tuple[UUID, ...] = ()


class Question(Value):
    """What is asked: who, for what, on which ladder and level, as of which day."""

    person: str
    rulebook: str
    purpose: Purpose
    ladder: str
    level: Level
    as_of: date


class Eligibility(Value):
    """The answer: `until` ends what bars, at `review_on` what holds is looked at."""

    question: Question
    result: Result
    until: date | None = None
    review_on: date | None = None
    missing: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()


class BoardConvened(Fact):
    """A board, for one level of one ladder; it is asked about a list of candidates."""

    TOPIC: ClassVar = "board.convened"
    board: str
    rulebook: str
    ladder: str
    level: Level
    purpose: Purpose
    members: tuple[str, ...]
    meets_on: date


class CandidateListed(Fact):
    """Somebody is on the board's list; all else stands with the candidate."""

    TOPIC: ClassVar = "board.candidate-listed"
    person: str


class BoardDecided(Fact):
    """The board is done; who was recommended stands with each candidate."""

    TOPIC: ClassVar = "board.decided"
    decided_on: date


class CandidateEntered(Said):
    """Somebody is a candidate; what must be verified first is `verification`."""

    TOPIC: ClassVar = "candidacy.entered"
    board: str
    person: str
    question: Question
    verification: str | None = None


class EligibilityCertified(Said):
    """A certificate: the answer, as known at a position of the log.

    Attributes:
        certificate: which one: "BOARD:PERSON:1".
        position: the log's size when it was asked; nothing before it was left out.
        basis: each stream that was read, and how many of its events there were: from
            these and no others it can be computed again.
        rulebooks: the versions applied.
    """

    TOPIC: ClassVar = "candidacy.certified"
    certificate: str
    answer: Eligibility
    position: int
    basis: Mapping[str, int]
    rulebooks: Mapping[str, int]


class RecommendationSealed(Said):
    """What the board recommends, not to be read before the case is over."""

    TOPIC: ClassVar = "candidacy.recommendation-sealed"
    recommended: Text
    sealed_on: date
    certificate: str
    because_of: tuple[str, ...]
    cited: Citation


class RecommendationUnsealed(Said):
    """The case is over; `from_on` is the day from which a promotion counts."""

    TOPIC: ClassVar = "candidacy.recommendation-unsealed"
    unsealed_on: date
    takes_effect: bool
    from_on: date | None = None
    because_of: tuple[str, ...] = ()


class EligibilityRechecked(Said):
    """Asked again before the decision: what had changed since the certificate."""

    TOPIC: ClassVar = "candidacy.rechecked"
    certificate: str
    changed: tuple[str, ...]
    same: bool


class CandidateDecided(Said):
    TOPIC: ClassVar = "candidacy.decided"
    recommended: bool
    decided_on: date
    certificate: str
    text: Text
