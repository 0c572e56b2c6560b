"""Who may do what, to whom: one pure function, which denies what no table allows."""

from collections.abc import Sequence
from datetime import datetime

from domain.access.grant import Grant, Reach, Target, Verdict
from domain.access.rights import CONFIDENTIAL, CONTENTS, GLASS, OPEN, WHOLE
from domain.access.roles import CLASSES, DECLARANT, TABLE, Role

EXPIRY = "rights end with the mandate or the token that gave them"
OWN_MATTER = "nobody decides their own matter"
RELATIVE = "nobody decides the matter of a relative"
SUPERIOR = "nobody decides the matter of a superior"
RULES = {"own": OWN_MATTER, "relative": RELATIVE, "superior": SUPERIOR}

NOBODY = Role(rights=frozenset())


ALLOWED = Verdict(allowed=True)


def decide(
    grant: Grant, action: str, target: Target | None = None, *, at: datetime
) -> Verdict:
    """Return whether the holder of the grant may do this now, to whom it concerns.

    Without a *target* the question is whether the role has the right at all: lists show
    what is within `reach`, and law and structure are nobody's in particular.
    """
    if grant.expires_at is not None and grant.expires_at <= at:
        return expired(grant)
    if action not in TABLE.get(grant.role, NOBODY).rights:
        return without_right(grant, action, target)
    if action in WHOLE and grant.named:
        why = f"it holds for all units, and {grant.actor} was given a part of them"
        return Verdict(allowed=False, why=why)
    if target is None or action in OPEN:
        return ALLOWED
    if target.excluded and grant.person in target.excluded:
        return outside(grant, action, target)
    return in_conflict(grant, action, target) or within_reach(grant, action, target)


def expired(grant: Grant) -> Verdict:
    end = f"{grant.expires_at:%Y-%m-%d %H:%M %Z}"
    why = f"what {grant.actor} was given as {grant.role} ended at {end}"
    return Verdict(allowed=False, why=why, rule=EXPIRY)


def without_right(grant: Grant, action: str, target: Target | None) -> Verdict:
    """Return why not; hidden from whoever may read neither the thing nor its kind."""
    why = f"the role {grant.role} has no right to {action}"
    if target is None:
        return Verdict(allowed=False, why=why)
    kinds = {action.partition(".")[0], target.kind} - {""}
    known = TABLE.get(grant.role, NOBODY).rights & {f"{kind}.read" for kind in kinds}
    secret = not kinds.isdisjoint(CONFIDENTIAL)
    return Verdict(allowed=False, why=why, hidden=secret and not known)


def in_conflict(grant: Grant, action: str, target: Target) -> Verdict | None:
    """Return why it is refused to somebody so near to the person concerned, if it is.

    Of their own matter they know; of a relative's or a superior's they learn nothing.
    """
    if grant.role == DECLARANT:
        return None
    conflict = target.conflict
    if conflict == "own" or (grant.person and grant.person == target.person):
        why = f"{grant.actor} is the person concerned, and asks as {DECLARANT}"
        return Verdict(allowed=False, why=why, rule=OWN_MATTER)
    if conflict is None or conflict not in TABLE[grant.role].barred_by:
        return None
    return Verdict(
        allowed=False,
        why=f"the person concerned is a {conflict} of {grant.actor}",
        hidden=unheard_of(action, target),
        rule=RULES[conflict],
    )


def within_reach(grant: Grant, action: str, target: Target) -> Verdict:
    """Return whether it is within reach: given, or opened by breaking the glass."""
    opened = target.broken_glass and opened_by_glass(grant, action)
    if within(grant, target) or opened or action == GLASS:
        return ALLOWED
    return outside(grant, action, target)


def opened_by_glass(grant: Grant, action: str) -> bool:
    """Return whether it could be allowed beyond one's reach by breaking the glass."""
    return action in CONTENTS and GLASS in TABLE.get(grant.role, NOBODY).rights


def outside(grant: Grant, action: str, target: Target) -> Verdict:
    why = f"it lies outside what {grant.actor} was given as {grant.role}"
    return Verdict(allowed=False, why=why, hidden=unheard_of(action, target))


def unheard_of(action: str, target: Target) -> bool:
    """Return whether it is not to be said that there is such a thing or person."""
    return target.person is not None or action.partition(".")[0] in CONFIDENTIAL


def within(grant: Grant, target: Target) -> bool:
    """Return whether it concerns somebody or something that the grant reaches."""
    if grant.role == DECLARANT:
        return grant.person is not None and target.person == grant.person
    if grant.unit is not None and grant.unit not in target.units:
        return False
    if grant.persons and target.person not in grant.persons:
        return False
    if grant.matters and target.matter not in grant.matters:
        return False
    return grant.named or not TABLE.get(grant.role, NOBODY).assigned


def reach(grant: Grant, barred: Sequence[str] = ()) -> Reach:
    """Return whose matters the lists show to the holder of the grant.

    *barred* are those whose matters they may not see, though they are within it: their
    own, where they do not ask as declarants, their relatives' and superiors'.
    """
    if grant.role == DECLARANT:
        return Reach(person=grant.person or "", reader=grant.person)
    if TABLE.get(grant.role, NOBODY).assigned and not grant.named:
        return Reach(person="", reader=grant.person)
    alone = len(grant.persons) == 1 and not grant.matters
    limited = grant.persons or grant.matters
    return Reach(
        person=(grant.persons[0] if alone else "") if limited else None,
        unit=grant.unit,
        persons=grant.persons or None,
        matters=grant.matters or None,
        barred=tuple(barred),
        reader=grant.person,
    )


def may_open(grant: Grant, class_: str, *, person: str | None = None) -> bool:
    """Return whether the holder opens contents of this class; nobody, of one unknown.

    Args:
        grant: whose it is.
        class_: one of `CLASSES`.
        person: whom the contents are about; their own they open as declarants alone.
    """
    role = TABLE.get(grant.role)
    if role is None or class_ not in CLASSES:
        return False
    own = grant.person is not None and grant.person == person
    if class_ != CLASSES[0] and own != (grant.role == DECLARANT):
        return False
    return CLASSES.index(class_) <= CLASSES.index(role.opens)


def authority_of(grant: Grant) -> str:
    """Return on whose authority the holder acts, as the access log says it."""
    if grant.mandate is not None:
        return f"mandate {grant.mandate}: {grant.basis}"
    if grant.role == DECLARANT:
        return "the person concerned"
    return f"{grant.role}, {f'unit {grant.unit}' if grant.unit else 'all units'}"
