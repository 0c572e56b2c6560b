"""The shape of a rulebook: every number and name in it is data with a citation."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from msgspec import Meta, field

from domain.record import Value
from domain.regime.basis import LegalBasis, Name, Text
from domain.regime.discipline import AppealStage, DueProcess, Status, Track
from domain.regime.duration import Duration
from domain.regime.scrutiny import Eligibility, HoldType, Verifying

DAY_OF_YEAR = r"\A[0-9]{2}-[0-9]{2}\Z"
CURRENCY = r"\A[A-Z]{3}\Z"

Mode = Literal[
    "notification", "prior_approval", "approval_then_filing", "record", "nil_return"
]
# A planned event may be reported before its day; one that must have occurred may not.
Trigger = Literal[
    "event_planned",
    "event_occurred",
    "appointment",
    "departure",
    "calendar",
    "campaign",
    "condition",
    "follow_up",
]
# What opens a duty supplies these dates, besides the dates in its form. A condition or
# a follow-up has those of the filing that opened it too; `filed_on` is its receipt.
ANCHORS: Mapping[str, tuple[str, ...]] = {
    "appointment": ("appointment_date",),
    "departure": ("departure_date",),
    "campaign": ("launched_on",),
    "condition": ("filed_on",),
    "follow_up": ("filed_on",),
}
Kind = Literal[
    "text", "date", "integer", "number", "amount", "boolean", "choice", "list"
]
Confidentiality = Literal["open", "confidential", "restricted"]


class Due(Value):
    """When something is due: exactly one of the forms below.

    anchor + offset   so long before or after a date that the matter supplies
                      (no offset: on that day)
    yearly            the same month and day each year, as "MM-DD"
    on                one fixed date
    earliest          the earliest of several, over those whose anchor is known
    latest            the latest of several; every anchor must be known
    """

    anchor: Name | None = None
    offset: Duration | None = None
    yearly: Annotated[str, Meta(pattern=DAY_OF_YEAR)] | None = None
    on: date | None = None
    earliest: "tuple[Due, ...]" = ()
    latest: "tuple[Due, ...]" = ()


class Population(Value):
    """Who is covered: every condition that is given must hold.

    `any` says that nothing but the status counts. `units` names units whose whole
    subtree is meant. `rank_at_least` refers to the rank held on the day in question,
    `last_rank_at_least` to the last rank that somebody held who serves no more.
    `either` names other populations, of which one must hold. Where no `status` is given
    only those who serve are meant, except in a scope and beside an `either`.
    """

    any: bool = False
    rank_at_least: str | None = None
    rank_below: str | None = None
    last_rank_at_least: str | None = None
    ranks: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    employer_types: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    either: tuple[str, ...] = ()
    status: tuple[Status, ...] = ()


class Field(Value):
    """One field of a form. `class_` (`class` in the text) says who may read it."""

    name: Name
    kind: Kind = "text"
    required: bool = True
    label: str = ""
    guidance: str = ""
    choices: tuple[str, ...] = ()
    class_: Confidentiality | None = field(default=None, name="class")


class Limit(Value):
    """A threshold that warns the reviewer; it never blocks a filing.

    On an amount it says in which `currency`.
    """

    field: str
    max: Decimal
    currency: Annotated[str, Meta(pattern=CURRENCY)] | None = None
    cite: str = ""


class Approval(Value):
    """Whether leave must be asked first, of whom, and how soon it is decided."""

    required: bool
    approver: Text | None = None
    decide_within: Duration | None = None


class Review(Value):
    """How soon a filing is reviewed, who reviews it, and how long a cure may take."""

    within: Duration
    stages: tuple[str, ...] = ("certifier",)
    cure_within: Duration | None = None


class Extension(Value):
    """How far a due date may be moved in all, and from where on only in writing."""

    cap: Duration
    written_above: Duration | None = None


class Fallback(Value):
    """The other due date of what could not be foreseen, and which field it demands."""

    due: Due
    requires: str = "justification"


class Condition(Value):
    """An answer in another disclosure, as it is kept, that opens this obligation."""

    rule: str
    field: str
    equals: bool | int | str = True


class FollowUp(Value):
    """An obligation that a filing under this rule opens (for example the outcome)."""

    rule: str


class Classes(Value):
    """The confidentiality class of a filing, and of what it says about relatives."""

    default: Confidentiality
    family: Confidentiality = "restricted"


class Rule(Value):
    """One duty. What the completeness check demands may still be missing in a draft.

    `opens` and `reminders` count from the due date ("-30d" is before it). `in_period`
    limits the duty to special periods while they last. What opens the duty supplies
    anchors besides the dates in its own form: see `ANCHORS`.
    """

    id: Name
    category: Name
    trigger: Trigger
    label: str = ""
    mode: Mode | None = None
    population: str | None = None
    subjects: tuple[str, ...] = ("self",)
    due: Due | None = None
    opens: Duration | None = None
    fallback: Fallback | None = None
    form: tuple[Field, ...] | None = None
    nil_return: bool = False
    limits: tuple[Limit, ...] = ()
    recipient: Text | None = None
    approval: Approval | None = None
    review: Review | None = None
    when: Condition | None = None
    sets_flag: str | None = None
    follow_ups: tuple[FollowUp, ...] = ()
    in_period: bool = False
    extension: Extension | None = None
    reminders: tuple[Duration, ...] = ()
    classes: Classes | None = None
    covers_sub_units: bool | None = None
    legal_basis: tuple[LegalBasis, ...] | None = None


class Handling(Value):
    """How what was declared is kept, shown, corrected, released, and destroyed.

    `retention` runs for what was declared, `retention_after_departure` for what is kept
    of a person as such. `subject_access` and `correction` say how soon a request is
    answered, `complaint_to` where one turns whose request is refused. `break_glass` is
    how long access in an emergency lasts. Reads by the roles `delayed_readers` are
    shown to the person `delayed_by` later. Nothing is public by itself: `publication`
    says whether a decision may release a field to the public at all.
    """

    retention: Duration | None = None
    retention_after_departure: Duration | None = None
    subject_access: Duration | None = None
    correction: Duration | None = None
    complaint_to: Text | None = None
    break_glass: Duration | None = None
    delayed_readers: tuple[Name, ...] = ()
    delayed_by: Duration | None = None
    publication: Literal["none", "by_decision"] = "none"
    legal_basis: tuple[LegalBasis, ...] = ()


class WorkCalendar(Value):
    """Weekdays (0 is Monday) and holidays off, and days worked in spite of both."""

    weekend: tuple[Annotated[int, Meta(ge=0, le=6)], ...] = (5, 6)
    holidays: tuple[date, ...] = ()
    working: tuple[date, ...] = ()


class Rulebook(Value):
    """One version of the rules of one regime, complete in itself.

    It is in force from `effective_from` up to, not including, `effective_to`. `ranks`
    runs from the lowest to the highest. `scope` narrows every population. The time zone
    decides on which day something was received. `roll` says what happens to a due date
    that falls on a day that is not a working day. Besides duties a rulebook may have
    sections on verification, on one disciplinary track with its due process and its
    appeals, on holds, and on who is eligible.
    """

    id: Name
    version: Annotated[int, Meta(ge=1, le=9999)]
    effective_from: date
    effective_to: date | None = None
    labels: dict[str, Text] = {}  # noqa: RUF012  msgspec copies it
    legal_basis: tuple[LegalBasis, ...] = ()
    timezone: str = "UTC"
    calendar: WorkCalendar = WorkCalendar()
    handling: Handling = Handling()
    roll: Literal["none", "next_working_day", "previous_working_day"] = "none"
    ranks: tuple[Name, ...] = ()
    scope: Population = Population(any=True)
    populations: dict[Name, Population] = {}  # noqa: RUF012  msgspec copies it
    related_persons: tuple[Name, ...] = ("self",)
    rules: tuple[Rule, ...] = ()
    verification: Verifying | None = None
    track: Track | None = None
    due_process: DueProcess | None = None
    appeals: tuple[AppealStage, ...] = ()
    holds: tuple[HoldType, ...] = ()
    eligibility: Eligibility | None = None
