"""How a case begins: an inquiry, then allegations, and a time to decide."""

import re
from datetime import date

from domain.case.case import Case
from domain.case.facts import (
    Allegation,
    AllegationAdded,
    DecisionTimeExtended,
    InvestigationOpened,
    PreliminaryInquiryOpened,
)
from domain.case.names import plain, plainly
from domain.case.procedure import CaseCommand, Law, last_day, law_under
from domain.conflict import refuse_conflict
from domain.errors import Incomplete, Invalid, OutOfTime, WrongStage
from domain.proceedings import EnterProceeding
from domain.record import Decision, Given
from domain.records.words import demand, one_of
from domain.regime.calendar import shift
from domain.verification.state import Verification, verification_stream

BASES = (
    "verification",
    "complaint",
    "campaign",
    "referral",
    "self_report",
    "supervision",
    "appeal",
)
GROUNDS = "an inquiry is opened on a basis that is named, and for a reason"
TIPSTER = "a case says where it came from, never from whom"
ALLEGED = "an allegation names the conduct, the violation, and when it was"
TIME = "a case is decided within its time, which is extended once and so far only"
# A kind and a reference: no room for a name, or for words about who told of it.
SOURCE = re.compile(r"(verification|complaint|campaign|case|referral):[0-9A-Za-z._-]+")
VERIFICATION = "verification:"


class OpenInquiry(CaseCommand):
    """Look into what was heard of a covered person, under one track's rulebook.

    Args:
        person: whom it is about; never who asks, a relative or superior of theirs (I2).
        rulebook: one with a track and its due process.
        basis: one of `BASES`.
        source: a reference, such as "verification:ID" or "complaint:REF": nothing of
            whoever gave a tip ever stands in a case (I16).
    """

    person: str
    rulebook: str
    basis: str
    source: str | None = None

    def decide(self, state: Case, given: Given) -> Decision:
        refuse_conflict(given, self.person)
        law = law_under(given, self.rulebook)
        one_of("basis", self.basis, BASES, rule=law.rule(GROUNDS))
        demand("reason", self.reason, what="say why", rule=law.rule(GROUNDS))
        self.check_source(given)
        fact = PreliminaryInquiryOpened(
            case=self.case,
            person=self.person,
            basis=self.basis,
            cited=law.cite(),
            source=self.source,
        )
        if state.opened is None:
            yield fact
            yield EnterProceeding(person=self.person, kind="case", key=self.case)
        elif state.opened != fact:
            raise WrongStage(f"{self.case} is another case", rule=law.rule(GROUNDS))

    def check_source(self, given: Given) -> None:
        source = self.source
        if source is None:
            return
        if not SOURCE.fullmatch(source):
            what = 'write a reference, such as "complaint:2026-17"'
            raise Invalid("source", what, rule=TIPSTER)
        if source.startswith(VERIFICATION):
            stream = verification_stream(source.removeprefix(VERIFICATION))
            found = given.look(Verification(), stream).opened
            if found is None or found.person != self.person:
                reason = f"there is no such verification of {self.person}"
                raise Invalid("source", reason, rule=GROUNDS)


class OpenInvestigation(CaseCommand):
    """Open the investigation of what is alleged, and say by when it is decided."""

    allegations: tuple[Allegation, ...]

    def decide(self, state: Case, given: Given) -> Decision:
        law = self.acting(state, given, "inquiry")
        if not self.allegations:
            gaps = ["allegations: say what is alleged"]
            raise Incomplete("nothing is alleged", rule=law.rule(ALLEGED), gaps=gaps)
        conducts = tuple(one.conduct for one in self.allegations)
        if len(plainly(conducts)) < len(conducts):
            reason = "two of them name the same conduct"
            raise Invalid("allegations", reason, rule=law.rule(ALLEGED))
        facts = [alleged(one, law) for one in self.allegations]
        yield begun(conducts, law)
        yield from facts


class AddAllegation(CaseCommand):
    """Allege something more, or the same conduct otherwise; it takes a new notice."""

    allegation: Allegation

    def decide(self, state: Case, given: Given) -> Decision:
        law = self.acting(state, given, "investigation", "notice")
        conduct = self.allegation.conduct
        for known in state.allegations:
            if known.conduct != conduct and plain(known.conduct) == plain(conduct):
                reason = f"it stands there as {known.conduct}: write it so"
                raise Invalid("conduct", reason, rule=law.rule(ALLEGED))
        if state.allegation(conduct) != self.allegation:
            yield alleged(self.allegation, law)


class ExtendTimeToDecide(CaseCommand):
    """Take more time for the decision, at most as much as the rulebook has."""

    decide_by: date
    text: str

    def decide(self, state: Case, given: Given) -> Decision:
        law = self.acting(state, given, "investigation", "notice")
        rule = law.rule(TIME)
        demand("text", self.text, what="say what takes so long", rule=rule)
        first = state.investigation and state.investigation.decide_by
        if not (first and state.decide_by and law.process.extended_by):
            raise WrongStage("the rulebook knows no extension", rule=rule)
        if self.decide_by <= state.decide_by:
            reason = f"it is to be decided by {state.decide_by} anyway"
            raise Invalid("decide_by", reason, rule=rule)
        end = shift(first, law.process.extended_by, law.book.calendar)
        if self.decide_by > end:
            raise OutOfTime(f"extensions end on {end}", rule=rule)
        yield DecisionTimeExtended(
            decide_by=self.decide_by, text=self.text, cited=law.cite()
        )


def begun(conducts: tuple[str, ...], law: Law) -> InvestigationOpened:
    """Return that a case is investigated from today on, and by when it is decided."""
    within = law.process.decide_within
    return InvestigationOpened(
        allegations=conducts,
        opened_on=law.today,
        cited=law.cite(),
        decide_by=last_day(law.book, law.today, within) if within else None,
    )


def alleged(allegation: Allegation, law: Law) -> AllegationAdded:
    """Return what is put on record of an allegation; raise where it cannot stand."""
    rule = law.rule(ALLEGED)
    for field in ("conduct", "violation", "text"):
        demand(field, getattr(allegation, field), what="say it", rule=rule)
    known = [violation.id for violation in law.track.violations]
    if known:
        one_of("violation", allegation.violation, known, rule=rule)
    end = allegation.to_on or allegation.from_on
    if not allegation.from_on <= end <= law.today:
        reason = "conduct begins, then ends, and both lie in the past"
        raise Invalid("to_on", reason, rule=rule)
    check_pattern(allegation, end, rule)
    return AllegationAdded(
        conduct=allegation.conduct,
        violation=allegation.violation,
        text=allegation.text,
        from_on=allegation.from_on,
        to_on=allegation.to_on,
        occurrences=allegation.occurrences,
    )


def check_pattern(allegation: Allegation, end: date, rule: str) -> None:
    """Raise unless each time of a pattern is another, and falls within its days."""
    times = allegation.occurrences
    if len(set(times)) < len(times):
        raise Invalid("occurrences", "one of them stands there twice", rule=rule)
    for time in times:
        if not allegation.from_on <= time.on <= end:
            reason = f"{time.on} lies outside {allegation.from_on} to {end}"
            raise Invalid("occurrences", reason, rule=rule)
