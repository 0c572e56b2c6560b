"""The shape of a rulebook's sections on verification, findings, holds, eligibility."""

from decimal import Decimal
from typing import Literal

from msgspec import field

from domain.record import Value
from domain.regime.basis import Bases, Name, Text
from domain.regime.discipline import Purpose
from domain.regime.duration import Duration

FindingClass = Literal[
    "late", "incomplete", "omission", "concealment", "false_statement", "unapproved_act"
]
Mental = Literal["none", "negligence", "intent"]


class Check(Value):
    """A check of a report against itself, or against the one before it.

    `kind` says how: `sum` (the fields `of` add up to `field`), `at_most` and `at_least`
    (`field` against the first of `of`), `before` (the date `field` comes before it),
    `together` (where `field` is given, so are those `of`), and `unchanged_unless` (the
    `field` is as in the report before, or one of `of` says why).
    """

    id: Name
    rule: Name
    kind: Literal[
        "sum", "at_most", "at_least", "before", "together", "unchanged_unless"
    ]
    field: Name
    of: tuple[Name, ...]
    label: Text
    legal_basis: Bases = ()


class Presumption(Value):
    """What something left out is generally deemed to be; it can be rebutted."""

    id: Name
    label: Text
    class_: FindingClass = field(name="class")
    legal_basis: Bases = ()


class Consequence(Value):
    """The most that a class of finding can lead to, and what it bars by itself.

    `mental` is the mental element that the class takes; None: any.
    """

    class_: FindingClass = field(name="class")
    at_most: Literal["none", "measure", "sanction"]
    mental: Mental | None = None
    bars: tuple[Purpose, ...] = ()
    bars_for: Duration | None = None
    legal_basis: Bases = ()


class Verifying(Value):
    """Whose reports are verified, and how an explanation is asked for.

    `share` of the `population` is drawn at random: 0.1 is one in ten.
    """

    share: Decimal = Decimal(0)
    population: Name | None = None
    mandatory_on: tuple[Name, ...] = ()
    explain_within: Duration
    checks: tuple[Check, ...] = ()
    presumptions: tuple[Presumption, ...] = ()
    consequences: tuple[Consequence, ...] = ()
    legal_basis: Bases = ()


class HoldType(Value):
    """What may be held, on which bases, and how soon a hold must be looked at again."""

    id: Literal["promotion", "document", "exit", "retirement", "reward"]
    blocks: tuple[Purpose, ...]
    bases: tuple[Name, ...]
    review_within: Duration
    legal_basis: Bases = ()


class Requirement(Value):
    """One thing that is looked at before somebody is eligible.

    `what`: live sanctions, measures that bar, open cases, holds, a verification for
    this occasion (not older than `fresh_for`), findings that bar, duties overdue.
    `tracks`, of sanctions, measures and cases: which count; none: all.
    """

    what: Literal[
        "sanctions", "measures", "cases", "holds", "verification", "findings", "overdue"
    ]
    purposes: tuple[Purpose, ...] = ()
    tracks: tuple[Name, ...] = ()
    rules: tuple[Name, ...] = ()
    fresh_for: Duration | None = None
    legal_basis: Bases = ()


class Eligibility(Value):
    """What an office asks before a promotion or another favour.

    `ladders` are those on which somebody can rise. `flags` of the file are shown to the
    board, and bar nothing. With `sealed_cover` a board judges somebody whose case is
    pending as if it were not, and its recommendation is sealed until the case is over.
    """

    ladders: tuple[Name, ...]
    requires: tuple[Requirement, ...]
    flags: bool = True
    sealed_cover: bool = False
    legal_basis: Bases = ()
