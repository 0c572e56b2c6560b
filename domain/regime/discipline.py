"""The shape of a rulebook's sections on sanctions, fair procedure and appeal."""

from typing import Annotated, Literal

from msgspec import Meta, field

from domain.record import Value
from domain.regime.basis import Bases, Name, Text
from domain.regime.duration import Duration

# What a sanction, a measure, a hold or an open case can stand in the way of; a further
# use is a more important post of the same level.
Purpose = Literal[
    "promotion",
    "further_use",
    "equal_post",
    "pay_step",
    "reward",
    "transfer",
    "retirement",
    "exit",
    "resignation",
    "document",
    "rehire",
]
Status = Literal["serving", "retired", "left"]


class SanctionKind(Value):
    """One sanction of a track; a track lists them from the lightest to the heaviest.

    `period` is how long it blocks; without one it has none (a dismissal), and with
    `for_ever` it blocks without end. `counts_from` says what its period counts from:
    the decision, or the day on which rights are restored, which comes after a `term`
    that the decision chooses, at least `term_min` and at most `term_max`. Until then it
    blocks as well.
    """

    id: Name
    label: str = ""
    period: Duration | None = None
    blocks: tuple[Purpose, ...] = ()
    for_ever: bool = False
    counts_from: Literal["decision", "rights_restored"] = "decision"
    term_min: Duration | None = None
    term_max: Duration | None = None
    legal_basis: Bases = ()


class Personnel(Value):
    """Which sanctions a category of personnel can be given, and which ladders it has.

    `id` is a category as posts have it, or an employer type. No `kinds`: all of them.
    No `ladders`: what blocks promotion blocks it on every ladder.
    """

    id: Name
    kinds: tuple[Name, ...] = ()
    ladders: tuple[Name, ...] = ()
    legal_basis: Bases = ()


class Violation(Value):
    """A row of the matrix: what was done, and by tier which sanctions it allows.

    `classes` are the classes of finding that it takes (none: any).
    """

    id: Name
    label: str = ""
    tiers: dict[Name, tuple[Name, ...]] = {}  # noqa: RUF012  msgspec copies it
    classes: tuple[Name, ...] = ()
    legal_basis: Bases = ()


class Ground(Value):
    """A circumstance that mitigates or aggravates.

    `within_period`: it is a new intentional violation while a sanction runs.
    """

    id: Name
    label: Text
    within_period: bool = False
    legal_basis: Bases = ()


class Concurrent(Value):
    """What runs where several violations are decided together.

    most_severe   of different kinds the heaviest alone; of one kind, a period that the
                  decision chooses between one period and their sum, `cap` at most
    one_heavier   the heaviest, one grade heavier, but never `never` itself by that
    """

    rule: Literal["most_severe", "one_heavier"] = "most_severe"
    cap: Duration | None = None
    never: Name | None = None
    legal_basis: Bases = ()


class Sequential(Value):
    """What runs where somebody is sanctioned again within a period.

    remainder_plus_new   what remains of the period and the new one, `cap` at most,
                         counted from the new decision
    apart                each by itself
    """

    rule: Literal["remainder_plus_new", "apart"] = "apart"
    cap: Duration | None = None
    legal_basis: Bases = ()


class Release(Value):
    """Whether a sanction ends by itself at the end of its period.

    `unless_new_violation`: not while a case is open on conduct within the period; the
    release is withheld until that is decided. `restores` says whether the former level
    comes back with it.
    """

    automatic: bool = True
    unless_new_violation: bool = True
    restores_level: bool = False
    legal_basis: Bases = ()


class Measure(Value):
    """A measure that is no sanction; it blocks, if at all, for its `period`."""

    id: Name
    label: Text
    period: Duration | None = None
    blocks: tuple[Purpose, ...] = ()
    legal_basis: Bases = ()


class Reparation(Value):
    """What is made good where a sanction is quashed or varied, and within what time."""

    id: Name
    label: Text
    within: Duration
    on: tuple[Literal["quashed", "varied"], ...] = ("quashed",)
    legal_basis: Bases = ()


class ServiceOver(Value):
    """What is left of a sanction for those who do not serve any more."""

    status: tuple[Status, ...] = ("retired", "left")
    instead: Text
    legal_basis: Bases = ()


class PersonnelChange(Value):
    """What HR carries out after sanctions of these kinds, and by when at the latest."""

    kinds: tuple[Name, ...]
    within: Duration
    at_most: Duration | None = None
    legal_basis: Bases = ()


class Track(Value):
    """A disciplinary track: whose sanctions they are, and how they run.

    `version` says which edition binds: that in force on the day of the decision, or the
    more lenient of it and the one in force on the day of the conduct.
    """

    id: Name
    label: str = ""
    authority: Text = "deciding authority"
    version: Literal["decision", "more_lenient"] = "decision"
    kinds: tuple[SanctionKind, ...] = ()
    personnel: tuple[Personnel, ...] = ()
    violations: tuple[Violation, ...] = ()
    mitigating: tuple[Ground, ...] = ()
    aggravating: tuple[Ground, ...] = ()
    concurrent: Concurrent = Concurrent()
    sequential: Sequential = Sequential()
    release: Release = Release()
    measures: tuple[Measure, ...] = ()
    reparations: tuple[Reparation, ...] = ()
    after_service: ServiceOver | None = None
    personnel_change: PersonnelChange | None = None
    legal_basis: Bases = ()


class Interim(Value):
    """An interim measure while a case is open: how long, and what it blocks."""

    id: Name
    label: Text
    at_most: Duration | None = None
    blocks: tuple[Purpose, ...] = ()
    legal_basis: Bases = ()


class Pending(Value):
    """What an open case holds up, and from which stage of it on."""

    from_stage: Literal["inquiry", "investigation", "notice"] = "investigation"
    blocks: tuple[Purpose, ...] = ()
    legal_basis: Bases = ()


class DueProcess(Value):
    """What must have been done before anything is decided against somebody.

    `answer_within` is the least time for an answer to the allegations, `notice` the one
    between them and the decision, if it is longer. `statements` are what a decision
    must say. `hearing` says whether there must be one. `closings` are
    the ways in which a case ends. `announce` are the scopes in which a decision may be
    made known. `reply_within` is how soon an addressee answers a recommendation.
    """

    investigators: Annotated[int, Meta(ge=1, le=9)] = 2
    answer_within: Duration
    notice: Duration | None = None
    hearing: Literal["always", "on_request", "never"] = "on_request"
    representation: bool = True
    recusal_grounds: tuple[Name, ...] = ()
    statements: tuple[Name, ...] = ()
    closings: tuple[
        Literal["sanction", "withdrawn", "no_sanction", "referred"], ...
    ] = ("sanction", "withdrawn", "no_sanction", "referred")
    decide_within: Duration | None = None
    extended_by: Duration | None = None
    announce: tuple[Name, ...] = ()
    reply_within: Duration | None = None
    interim: tuple[Interim, ...] = ()
    pending: Pending = Pending()
    legal_basis: Bases = ()


class AppealStage(Value):
    """One way to have a decision looked at again.

    `to` is the same authority, the next higher or an independent one. `within` counts
    from the service of the decision, or of the one `after` which it comes. An obstacle
    nobody could help excuses lateness if that is asked within `excuse_within` of its
    end. It stays nothing unless `stays`; and it never makes anything heavier.
    """

    id: Name
    label: str = ""
    to: Literal["same", "next_higher", "independent"]
    within: Duration
    decide_within: Duration
    extended_by: Duration | None = None
    after: tuple[Name, ...] = ()
    excuse_within: Duration | None = None
    stays: bool = False
    grounds: dict[Literal["quashed", "varied", "remitted"], tuple[Name, ...]] = field(
        default_factory=dict
    )
    legal_basis: Bases = ()
