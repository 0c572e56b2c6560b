"""Whether two names mean one conduct, however they are written."""

from domain.case.case import case_stream
from domain.case.facts import CaseFinding
from domain.case.names import plain
from domain.finding import Finding
from domain.record import Given


def same_conduct(name: str) -> str:
    """Return what all ways to write the name of one conduct have in common (I4).

    Two names mean the same where this is the same: whatever their width, their case,
    the spaces in them, and what stands in them that nobody sees.
    """
    return plain(name)


def same_act(one: Finding, conduct: str, other: Finding | None) -> bool:
    """Return whether a finding is on this conduct, or on the same under another name.

    It is where the same was violated, in the same days, as the *other* finding says.
    """
    if same_conduct(one.conduct) == same_conduct(conduct):
        return True
    if other is None or one.violation is None or one.violation != other.violation:
        return False
    starts = (one.conduct_from, other.conduct_from)
    ends = (one.conduct_to, other.conduct_to)
    days = [day for day in (*starts, *ends) if day]
    return len(days) == len(starts + ends) and max(days[:2]) <= min(days[2:])


def findings_in(given: Given, case: str) -> dict[str, CaseFinding]:
    """Return all that was ever found in a case, by the names of the findings."""
    facts = [record.fact for record in given.history(case_stream(case))]
    return {fact.finding: fact for fact in facts if isinstance(fact, CaseFinding)}
