"""An explanation of what was detected: asked for, given, and weighed."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Literal, get_args

from domain.conflict import refuse_review, refuse_stranger
from domain.disclosure import Disclosure, disclosure_stream
from domain.errors import Invalid, Unknown, WrongStage
from domain.record import Decision, Given
from domain.records.words import demand, one_of
from domain.verification.facts import (
    DiscrepancyDetected,
    DiscrepancyResolved,
    ExplanationReceived,
    ExplanationRequested,
)
from domain.verification.law import SECTION, answer_by, cite_part, law_of
from domain.verification.state import Verification
from domain.verification.verification import (
    SETTLED,
    VerificationCommand,
    today,
)

ASKED = "what was detected is put to the person, who may explain it in time"
Settled = Literal["explained", "amended", "source_wrong"]


class RequestExplanation(VerificationCommand):
    """Put discrepancies, or conduct by its name, to the person.

    Nothing is found on what was not put to them. The rulebook says until when they may
    answer: that which the verification was opened under, or the one that is named.
    """

    text: str
    discrepancies: tuple[int, ...] = ()
    conducts: tuple[str, ...] = ()
    rulebook: str | None = None

    def decide(self, state: Verification, given: Given) -> Decision:
        opened = self.running(state, given)
        demand("text", self.text, what="say what is to be explained", rule=ASKED)
        for number in self.discrepancies:
            pending(state, number)
        book, law = self.law(opened, given, self.rulebook)
        yield ExplanationRequested(
            discrepancies=self.discrepancies,
            answer_by=answer_by(book, law, today(book, given)),
            text=self.text,
            cited=cite_part(book, SECTION, law.legal_basis),
            conducts=self.conducts,
            relative=opened.relative,
        )


class ReceiveExplanation(VerificationCommand):
    """Take what the person says: in their own words, or as it came on paper.

    `received_on` is when it came, where that was before today; a person who answers
    here themselves answers today.
    """

    text: str
    received_on: date | None = None

    def decide(self, state: Verification, given: Given) -> Decision:
        opened = state.opened
        if opened is None or not state.requests:
            # To the person a verification begins when something is asked of them.
            raise Unknown("verification", self.verification)
        if given.by.role in ("declarant", "clerk"):
            refuse_stranger(given, opened.person)
        else:
            refuse_review(given, opened.person)
        self.open(state, given)
        demand("text", self.text, what="say it", rule=ASKED)
        yield ExplanationReceived(
            received_on=self.received(state, given),
            text=self.text,
            relative=opened.relative,
        )

    def received(self, state: Verification, given: Given) -> date:
        book, _ = law_of(given, state.requests[-1].cited)
        now = today(book, given)
        if self.received_on is None:
            return now
        if given.by.role == "declarant" and self.received_on != now:
            raise Invalid("received_on", "it is received now", rule=ASKED)
        if self.received_on > now:
            raise Invalid("received_on", "it lies in the future", rule=ASKED)
        return self.received_on


class ResolveDiscrepancy(VerificationCommand):
    """Say what a discrepancy came to, short of a finding, and why.

    That it was explained takes an explanation, that the report was amended an
    amendment. What is a matter for a finding is settled by the finding alone.
    """

    discrepancy: int
    how: Settled
    text: str

    def decide(self, state: Verification, given: Given) -> Decision:
        opened = self.running(state, given)
        found = pending(state, self.discrepancy)
        one_of("how", self.how, get_args(Settled), rule=SETTLED)
        demand("text", self.text, what="say why", rule=SETTLED)
        if self.how == "explained" and not answered(state, (self.discrepancy,)):
            reason = f"nobody has explained discrepancy {self.discrepancy}"
            raise WrongStage(reason, rule=ASKED)
        if self.how == "amended" and not was_amended(given, found):
            raise WrongStage(f"{found.disclosure} was not amended", rule=SETTLED)
        yield DiscrepancyResolved(
            discrepancy=self.discrepancy,
            how=self.how,
            text=self.text,
            relative=opened.relative,
        )


def pending(state: Verification, number: int) -> DiscrepancyDetected:
    """Return the discrepancy of this number, if it is not settled yet."""
    for known in state.discrepancies:
        if known.discrepancy == number:
            if number in state.resolved:
                raise WrongStage(f"discrepancy {number} is settled", rule=SETTLED)
            return known
    raise Unknown("discrepancy", str(number))


def was_amended(given: Given, found: DiscrepancyDetected) -> bool:
    if found.disclosure is None:
        return False
    stream = disclosure_stream(found.disclosure)
    return given.look(Disclosure(), stream).amended > 0


def answered(state: Verification, numbers: Iterable[int]) -> bool:
    """Return whether each was put to the person and answered."""
    return all(number in put(state, state.explained) for number in numbers)


def heard(
    state: Verification, numbers: Collection[int], conduct: str, day: date
) -> bool:
    """Return whether each was put to the person, who answered or let the time pass.

    Where no discrepancy is named, whether the conduct itself was put to them so.
    """
    known = [
        request
        for nth, request in enumerate(state.requests)
        if nth < state.explained or request.answer_by < day
    ]
    if not numbers:
        return any(conduct in request.conducts for request in known)
    asked = {number for request in known for number in request.discrepancies}
    return asked.issuperset(numbers)


def put(state: Verification, requests: int) -> set[int]:
    """Return what the first so many requests asked to be explained."""
    return {n for request in state.requests[:requests] for n in request.discrepancies}
