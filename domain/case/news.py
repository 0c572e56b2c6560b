"""What a notice tells that none before it told: a conduct, a violation, evidence."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from domain.case.evidence import EvidenceAdded
from domain.case.facts import AllegationAdded, NoticeOfAllegationsServed
from domain.case.names import plain
from domain.record import Recorded


def anything_new(
    history: Iterable[Recorded[Any]],
    conducts: Collection[str],
    evidence: Collection[str],
) -> bool:
    """Return whether a notice of these *conducts*, on this *evidence*, has any news.

    A conduct is new that no notice has told of, or told of as another violation: the
    same in other words is not. Evidence is, if it came in after the last notice.
    """
    alleged: dict[str, str] = {}
    told: set[tuple[str, str]] = set()
    since: set[str] = set()
    for record in history:
        match record.fact:
            case AllegationAdded() as fact:
                alleged[plain(fact.conduct)] = fact.violation
            case EvidenceAdded() as fact:
                since.add(fact.evidence)
            case NoticeOfAllegationsServed() as fact:
                told |= violations(alleged, fact.allegations)
                since = set()
    return bool(violations(alleged, conducts) - told or since & set(evidence))


def violations(
    alleged: Mapping[str, str], conducts: Collection[str]
) -> set[tuple[str, str]]:
    """Return each of the conducts, with the violation that it is said to be."""
    return {(plain(name), alleged[plain(name)]) for name in conducts}
