"""Who may do what, to whom: one pure function, which denies what no table allows."""

from collections.abc import Mapping
from datetime import datetime

from domain.record import Value

DECLARANT = "declarant"

# What anybody may read who has any right at all: law and structure, not people.
OPEN = frozenset({"unit.read", "rulebook.read", "campaign.read"})
MATTERS = frozenset({"disclosure.read", "obligation.read", "approval.read"})
FILES = MATTERS | {"person.list", "person.read"}
# What is written in a declarant's own words, by them or by a clerk for them.
OWN_WORDS = frozenset(
    {
        "disclosure.file",
        "disclosure.amend",
        "disclosure.withdraw",
        "obligation.request_extension",
        "obligation.justify",
        "approval.request",
        "person.declare_relative",
        "person.acknowledge",
    }
)
REVIEW = frozenset(
    {
        "disclosure.assign",
        "disclosure.note_deficiency",
        "disclosure.accept_cure",
        "disclosure.annotate",
        "obligation.decide_extension",
        "approval.endorse",
        "approval.decide",
        "worklist.read",
        "statistics.read",
    }
)
CERTIFICATION = frozenset(
    {
        "disclosure.certify",
        "disclosure.withdraw_certification",
        "disclosure.close",
        "obligation.waive",
        "obligation.cancel",
        "obligation.issue_notice",
        "approval.revoke",
        "campaign.launch",
        "person.notify",
    }
)
UNITS = frozenset({"unit.establish", "unit.move", "unit.name_head"})
PERSONNEL = frozenset(
    {"person.register", "person.correct", "person.record_service", "person.list"}
)

RIGHTS: Mapping[str, frozenset[str]] = {
    DECLARANT: OPEN | MATTERS | OWN_WORDS | {"person.read"},
    "clerk": OPEN
    | FILES
    | OWN_WORDS
    | {"disclosure.record_paper", "person.register", "person.correct"}
    | {"person.notify", "statistics.read"},
    "reviewer": OPEN | FILES | REVIEW,
    "certifier": OPEN | FILES | REVIEW | CERTIFICATION,
    "auditor": OPEN | FILES | {"worklist.read", "statistics.read", "token.read"},
    "rulebook_steward": OPEN
    | {"rulebook.draft", "rulebook.publish"}
    | {"rulebook.run_period", "rulebook.confirm_coverage"},
    "hr": OPEN | UNITS | PERSONNEL | {"person.notify"},
    "admin": OPEN | UNITS | {"token.issue", "token.read", "token.revoke"},
    "import": OPEN | UNITS | PERSONNEL | {"person.declare_relative"},
    # It acts through the door itself and asks nothing over the network.
    "scheduler": frozenset(),
}
ROLES = tuple(RIGHTS)
ACTIONS = frozenset[str]().union(*RIGHTS.values())

# That such a thing exists is itself not for everyone to know (S1-21).
CONFIDENTIAL = frozenset({"disclosure", "obligation", "approval", "person"})


class Grant(Value):
    """What someone was given: one role, over all units or over one and those below it.

    `actor` is the name under which they act: their personnel number, which is `person`
    too, or the name of an office or machine, and then `person` is None.
    """

    actor: str
    role: str
    unit: str | None = None
    person: str | None = None
    expires_at: datetime | None = None

    @property
    def by_unit(self) -> bool:
        """Whether it depends on the unit of the person concerned what is allowed."""
        return self.unit is not None and self.role != DECLARANT


class Target(Value):
    """Whom an act concerns: a person, their units and all units above those."""

    person: str | None = None
    units: tuple[str, ...] = ()


class Verdict(Value):
    """Whether it is allowed, and why not; `hidden`: not even that the thing exists."""

    allowed: bool
    why: str = ""
    hidden: bool = False


class Reach(Value):
    """Whose matters a list shows: one person's, a unit's and those below it, or all."""

    person: str | None = None
    unit: str | None = None


ALLOWED = Verdict(allowed=True)


def decide(grant: Grant, action: str, target: Target | None = None) -> Verdict:
    """Return whether the holder of the grant may do this, to whom it concerns.

    Without a *target* the question is whether the role has the right at all: lists show
    what is within `reach`, and law and structure are nobody's in particular.
    """
    kind = action.partition(".")[0]
    rights = RIGHTS.get(grant.role, frozenset())
    confidential = target is not None and kind in CONFIDENTIAL
    if action not in rights:
        return Verdict(
            allowed=False,
            why=f"the role {grant.role} has no right to {action}",
            hidden=confidential and f"{kind}.read" not in rights,
        )
    if target is None or action in OPEN or within(grant, target):
        return ALLOWED
    why = f"it lies outside what {grant.actor} was given as {grant.role}"
    return Verdict(allowed=False, why=why, hidden=confidential)


def within(grant: Grant, target: Target) -> bool:
    """Return whether it concerns somebody or something that the grant reaches."""
    if grant.role == DECLARANT:
        return grant.person is not None and target.person == grant.person
    return grant.unit is None or grant.unit in target.units


def reach(grant: Grant) -> Reach:
    """Return whose matters the lists show to the holder of the grant."""
    if grant.role == DECLARANT:
        return Reach(person=grant.person or "")
    return Reach(unit=grant.unit)
