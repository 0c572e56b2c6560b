"""What happens to the sanctions of one person on one track."""

from datetime import date
from typing import ClassVar, Literal

from domain.proceedings import Said
from domain.record import Citation, Fact, Text, Value
from domain.regime.discipline import Purpose


class Determined(Value):
    """What one conduct deserves by itself: violations are determined one by one."""

    finding: str
    conduct: str
    violation: str
    tier: str
    kind: str


class Terms(Value):
    """What a sanction is: its kind, how long it runs, and what it blocks meanwhile.

    Attributes:
        kind: the track's name for it.
        from_on: the day from which it blocks.
        until_on: the day on which it ends, that day not included; None: it has no
            period, or rights have to be restored first (`term_until`).
        period: how long it runs by itself, as the rulebook writes it.
        basis: how it was worked out: "single", "most_severe", "same_kind_range",
            "one_heavier"; with "+remainder" where another one was running.
        remainder_of: the sanction whose remaining period was added.
        capped: whether a cap cut it.
        term_until: until when a probation runs, before its period begins.
        restored_on: the day on which rights were restored, from which it counts.
    """

    kind: str
    from_on: date
    until_on: date | None
    blocks: tuple[Purpose, ...]
    basis: str
    cited: Citation
    period: str | None = None
    ladders: tuple[str, ...] = ()
    for_ever: bool = False
    remainder_of: str | None = None
    capped: bool = False
    term_until: date | None = None
    restored_on: date | None = None


class Chosen(Value):
    """What a decision chooses where the rules leave a choice; None: what they give."""

    kind: str | None = None
    period: str | None = None
    term: str | None = None


class SanctionImposed(Said):
    """`sanction` is "PERSON:TRACK:1"; it takes effect on the day of the decision."""

    TOPIC: ClassVar = "sanction.imposed"
    sanction: str
    person: str
    track: str
    case: str
    decided_on: date
    determined: tuple[Determined, ...]
    terms: Terms
    text: Text
    mitigating: tuple[str, ...] = ()
    aggravating: tuple[str, ...] = ()
    conduct_from: date | None = None
    chosen: Chosen = Chosen()


class SanctionPeriodRecomputed(Fact):
    """Another sanction was varied or quashed, and this one's period with it."""

    TOPIC: ClassVar = "sanction.period-recomputed"
    sanction: str
    terms: Terms
    because_of: str


class RightsRestored(Fact):
    """A probation ended; its period counts from now."""

    TOPIC: ClassVar = "sanction.rights-restored"
    sanction: str
    on: date
    terms: Terms


class SanctionStayed(Said):
    TOPIC: ClassVar = "sanction.stayed"
    sanction: str
    on: date
    appeal: str


class StayEnded(Fact):
    TOPIC: ClassVar = "sanction.stay-ended"
    sanction: str
    on: date


class SanctionVaried(Said):
    """It is another, lighter one, as if it had been so from the beginning."""

    TOPIC: ClassVar = "sanction.varied"
    sanction: str
    on: date
    terms: Terms
    grounds: tuple[str, ...]
    appeal: str
    text: Text
    chosen: Chosen = Chosen()


class SanctionQuashed(Said):
    """It is undone, as if it had never been."""

    TOPIC: ClassVar = "sanction.quashed"
    sanction: str
    on: date
    grounds: tuple[str, ...]
    appeal: str
    text: Text


class SanctionReleased(Fact):
    TOPIC: ClassVar = "sanction.released"
    sanction: str
    on: date
    restores_level: bool


class ReleaseWithheld(Said):
    """Its period is over, but conduct within it is being looked into (`case`)."""

    TOPIC: ClassVar = "sanction.release-withheld"
    sanction: str
    on: date
    case: str
    cited: Citation


class ReparationOrdered(Fact):
    TOPIC: ClassVar = "sanction.reparation-ordered"
    sanction: str
    task: str
    due_on: date
    cited: Citation


class ReparationCompleted(Said):
    TOPIC: ClassVar = "sanction.reparation-completed"
    sanction: str
    task: str
    on: date
    text: Text


class PersonnelChangeOrdered(Fact):
    """HR is to carry a sanction out by `due_on`."""

    TOPIC: ClassVar = "sanction.personnel-change-ordered"
    sanction: str
    due_on: date
    at_most: date | None
    cited: Citation


class PersonnelChangeCarriedOut(Said):
    TOPIC: ClassVar = "sanction.personnel-change-carried-out"
    sanction: str
    on: date
    text: Text


class MeasureTaken(Said):
    """A measure that is no sanction; `measure` is "PERSON:TRACK:m1"."""

    TOPIC: ClassVar = "sanction.measure-taken"
    measure: str
    person: str
    track: str
    kind: str
    decided_on: date
    findings: tuple[str, ...]
    text: Text
    cited: Citation
    until_on: date | None = None
    blocks: tuple[Purpose, ...] = ()
    case: str | None = None


Status = Literal["running", "stayed", "withheld", "released", "quashed"]
