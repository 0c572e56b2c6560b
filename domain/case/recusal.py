"""Recusal: declared by oneself, requested by others, decided by somebody else."""

from domain.case.case import Case, Stage
from domain.case.facts import RecusalDecided, RecusalDeclared, RecusalRequested
from domain.case.procedure import RECUSAL, CaseCommand, Law
from domain.conflict import asking, refuse_conflict
from domain.errors import NotAllowed, WrongStage
from domain.record import Decision, Given
from domain.records.words import demand, one_of

RUNNING: tuple[Stage, ...] = ("inquiry", "investigation", "notice", "decided")
DECIDED_BY = "whether somebody takes part, another decides"


class RecusalCommand(CaseCommand):
    ground: str
    text: str

    def grounds(self, law: Law) -> None:
        """Raise unless the ground is one that the rulebook has, and is explained."""
        known = law.process.recusal_grounds
        one_of("ground", self.ground, known, rule=law.rule(RECUSAL))
        demand("text", self.text, what="say why", rule=law.rule(RECUSAL))


class DeclareRecusal(RecusalCommand):
    """Say that one should take no part; from now on one takes none."""

    def decide(self, state: Case, given: Given) -> Decision:
        law = self.at_stage(state, given, *RUNNING)
        self.grounds(law)
        who = given.by.id
        if who == self.opened(state).person:
            raise NotAllowed(f"{who} takes no part", rule=law.rule(RECUSAL))
        if open_for(state, who):
            yield RecusalDeclared(who=who, ground=self.ground, text=self.text)


class RequestRecusal(RecusalCommand):
    """Ask that somebody take no part: the person concerned may, and whoever acts."""

    who: str

    def decide(self, state: Case, given: Given) -> Decision:
        law = self.at_stage(state, given, *RUNNING)
        self.grounds(law)
        demand("who", self.who, what="say who", rule=law.rule(RECUSAL))
        if open_for(state, self.who):
            yield RecusalRequested(who=self.who, ground=self.ground, text=self.text)


class DecideRecusal(CaseCommand):
    """Decide whether somebody takes part; whom it is about does not decide it."""

    who: str
    recused: bool
    text: str

    def decide(self, state: Case, given: Given) -> Decision:
        law = self.at_stage(state, given, *RUNNING)
        refuse_conflict(given, self.opened(state).person)
        demand("text", self.text, what="say why", rule=law.rule(RECUSAL))
        pending = {request.who for request in state.recusals}
        if self.who not in pending:
            reason = f"nobody asked that {self.who} be recused"
            raise WrongStage(reason, rule=law.rule(RECUSAL))
        barred = (pending | set(state.recused)) & asking(given)
        if barred:
            raise NotAllowed(f"{min(barred)} is concerned", rule=law.rule(DECIDED_BY))
        yield RecusalDecided(who=self.who, recused=self.recused, text=self.text)


def open_for(state: Case, who: str) -> bool:
    """Return whether it is still to be asked: neither decided nor to be decided."""
    return who not in state.recused and who not in {r.who for r in state.recusals}
