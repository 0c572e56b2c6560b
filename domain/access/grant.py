"""What somebody was given, whom an act concerns, and what the policy says to it."""

from datetime import datetime

from domain.access.roles import DECLARANT, Conflict
from domain.record import Value

POLICY = "access policy"


class Grant(Value):
    """What someone was given: one role, over all units or over one and those below it.

    `actor` is the name under which they act: their personnel number, which is `person`
    too, or the name of an office or machine, and then `person` is None. A `mandate` may
    name `persons` and `matters` (their ids), and reaches no others; `basis` says by
    what it was given. From `expires_at` on it gives nothing.
    """

    actor: str
    role: str
    unit: str | None = None
    person: str | None = None
    expires_at: datetime | None = None
    persons: tuple[str, ...] = ()
    matters: tuple[str, ...] = ()
    mandate: str | None = None
    basis: str = ""

    @property
    def by_unit(self) -> bool:
        """Whether it depends on the unit of the person concerned what is allowed."""
        return self.unit is not None and self.role != DECLARANT

    @property
    def named(self) -> bool:
        """Whether it names whom or what it reaches, and not just everybody."""
        return bool(self.unit or self.persons or self.matters)


class Target(Value):
    """Whom an act concerns, and all that the answer depends on.

    Attributes:
        person: the number of the person concerned.
        units: their units and all units above those.
        kind: what the path names, where that is not the kind that the right is for.
        matter: the id of the matter that it is about.
        conflict: what the person concerned is to whoever asks.
        excluded: the numbers of those who may not know of it (S1-18).
        broken_glass: whoever asks has broken the glass over the person, saying why.
    """

    person: str | None = None
    units: tuple[str, ...] = ()
    kind: str = ""
    matter: str | None = None
    conflict: Conflict | None = None
    excluded: frozenset[str] = frozenset()
    broken_glass: bool = False


class Verdict(Value):
    """Whether it is allowed, and why not; `hidden`: not even that the thing exists."""

    allowed: bool
    why: str = ""
    hidden: bool = False
    rule: str = POLICY


class Reach(Value):
    """Whose matters a list shows: one person's, a unit's and those below it, or all.

    Where a mandate names several persons or matters, they are in `persons` and
    `matters`, and `person` is nobody: what cannot ask for several shows none. Left out
    are the matters of those who are `barred`, and what `reader` is excluded from.
    """

    person: str | None = None
    unit: str | None = None
    persons: tuple[str, ...] | None = None
    matters: tuple[str, ...] | None = None
    barred: tuple[str, ...] = ()
    reader: str | None = None
