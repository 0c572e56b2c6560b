"""On which side somebody stands in a case: who has done what in it, plainly named."""

from collections.abc import Iterable, Sequence
from typing import Any

from domain.case.case import Case, case_stream
from domain.case.evidence import EvidenceAdded
from domain.case.facts import (
    AllegationAdded,
    CaseFinding,
    DecisionMade,
    InterviewRecorded,
    InvestigatorAssigned,
    NoticeOfAllegationsServed,
    PreliminaryInquiryOpened,
    RecusalDecided,
    RecusalDeclared,
    RecusalRequested,
)
from domain.case.names import plain, plainly
from domain.record import Given, Recorded

# What makes somebody one who investigated; who decided is known by what they decided.
INVESTIGATING = (InterviewRecorded, NoticeOfAllegationsServed, EvidenceAdded)
DECIDING = (CaseFinding, DecisionMade)
# Who has only asked, or said, who takes part, has not worked on the case by that.
ON_TAKING_PART = (RecusalDeclared, RecusalRequested, RecusalDecided)


def in_question(state: Case, given: Given) -> frozenset[str]:
    """Return who takes no part until that is decided, by their plain names.

    They are those who say so of themselves and, of all whom others name, those who
    work on the case: naming everybody stops nobody else from deciding on it.
    """
    asked = {plain(each.who) for each in state.recusals}
    said = [each for each in state.recusals if isinstance(each, RecusalDeclared)]
    own = {plain(each.who) for each in said}
    return frozenset(own | (asked & working(state, given) if asked else own))


def working(state: Case, given: Given) -> frozenset[str]:
    """Return everybody who works on the case: who was assigned, or has acted in it."""
    history = given.history(case_stream(state.opened.case)) if state.opened else ()
    acted = [r for r in history if not isinstance(r.fact, ON_TAKING_PART)]
    return by_whom(acted) | assigned(history)


def investigated(given: Given, case: str) -> frozenset[str]:
    """Return everybody who has ever investigated in a case, or was to, plainly."""
    history = given.history(case_stream(case))
    return by_whom(filter(investigates, history)) | assigned(history)


def investigates(record: Recorded[Any]) -> bool:
    """Return whether this is investigating: whoever opens a case alleges as well."""
    alleges = isinstance(record.fact, AllegationAdded)
    alleges = alleges and record.actor.role == "investigator"
    return alleges or isinstance(record.fact, INVESTIGATING)


def defended(given: Given, opened: PreliminaryInquiryOpened) -> frozenset[str]:
    """Return everybody who has acted for the person in a case, as a clerk or so."""
    history = given.history(case_stream(opened.case))
    actors = [record.actor for record in history]
    return frozenset(
        plain(actor.id)
        for actor in actors
        if actor.role == "clerk" or actor.on_behalf_of == opened.person
    )


def deciders(given: Given, case: str) -> frozenset[str]:
    """Return everybody who has found or decided anything in a case, plainly."""
    history = given.history(case_stream(case))
    return by_whom(r for r in history if isinstance(r.fact, DECIDING))


def assigned(history: Sequence[Recorded[Any]]) -> frozenset[str]:
    facts = [record.fact for record in history]
    team = [f.investigator for f in facts if isinstance(f, InvestigatorAssigned)]
    return plainly(team)


def by_whom(records: Iterable[Recorded[Any]]) -> frozenset[str]:
    """Return who recorded these, and for whom, by their plain names."""
    actors = [record.actor for record in records]
    return plainly([w for a in actors for w in (a.id, a.on_behalf_of) if w])
