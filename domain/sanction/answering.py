"""What a measure answers: a finding that stands, weighed by who may judge it."""

from domain.appeal import Appeal, appeal_stream
from domain.case.case import Case
from domain.case.procedure import CaseCommand
from domain.errors import WrongStage
from domain.finding import refuse_machine
from domain.proceedings import proceedings_of
from domain.record import Decision, Given
from domain.sanction.sanctions import Sanctions, sanctions_stream
from domain.verification.finding import refuse_verifier
from domain.verification.verification import Verification, VerificationCommand

STANDING = "a measure answers a finding on which a decision rests that stands"


class AnswerDecision(CaseCommand):
    """Answer findings of a case, as one who may judge in it; by itself no fact.

    The decision rests on them: the one by which the case ended, if it still stands.
    """

    findings: tuple[str, ...]

    def decide(self, state: Case, given: Given) -> Decision:
        refuse_machine(given)
        law = self.judging(state, given, "decided", "closed")
        rests = state.decision.findings if state.decision else ()
        for name in self.findings:
            if name not in rests:
                reason = f"no decision of {self.case} rests on {name}"
                raise WrongStage(reason, rule=law.rule(STANDING))
        yield from ()


class AnswerVerification(VerificationCommand):
    """Answer what a verification found, as one who did not verify; no fact either."""

    def decide(self, state: Verification, given: Given) -> Decision:
        refuse_machine(given)
        refuse_verifier(self, state, given)
        yield from ()


def fallen(given: Given, person: str) -> frozenset[str]:
    """Return the findings and the measures that were undone on appeal."""
    entered = proceedings_of(given, person)
    appeals = [given.look(Appeal(), appeal_stream(n)) for n in entered.of("appeal")]
    tracks = [
        given.look(Sanctions(), sanctions_stream(person, track))
        for track in entered.of("track")
    ]
    undone = [name for a in appeals if a.decided for name in a.decided.undone]
    quashed = [
        one.finding
        for track in tracks
        for known in track.sanctions
        if known.status == "quashed"
        for one in known.imposed.determined
    ]
    return frozenset((*undone, *quashed))
