"""Recusal: declared by oneself, requested by others, decided by somebody else."""

from domain.case.case import Case, Stage
from domain.case.facts import RecusalDecided, RecusalDeclared, RecusalRequested
from domain.case.investigating import team
from domain.case.names import plain, plainly
from domain.case.procedure import RECUSAL, CaseCommand, Law
from domain.case.sides import in_question
from domain.conflict import asking, refuse_conflict
from domain.errors import NotAllowed, WrongStage
from domain.record import Actor, Decision, Given
from domain.records.words import demand, one_of

RUNNING: tuple[Stage, ...] = ("inquiry", "investigation", "notice", "decided")
ONCE = "it is asked once, by each for each ground, whether somebody takes part"
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
    """Ask that somebody take no part: the person concerned may, and whoever acts.

    Until it is decided, whom it names does nothing more if they work on the case.
    """

    who: str

    def decide(self, state: Case, given: Given) -> Decision:
        law = self.at_stage(state, given, *RUNNING)
        self.grounds(law)
        demand("who", self.who, what="say who", rule=law.rule(RECUSAL))
        if not open_for(state, self.who):
            return
        self.refuse_again(given, law)
        yield RecusalRequested(who=self.who, ground=self.ground, text=self.text)

    def refuse_again(self, given: Given, law: Law) -> None:
        """Raise if the same one asked it before, on that ground, and it was refused."""
        for record in given.history(self.stream):
            fact = record.fact
            if (
                isinstance(fact, RecusalRequested)
                and plain(fact.who) == plain(self.who)
                and fact.ground == self.ground
                and asker(record.actor) == asker(given.by)
            ):
                reason = f"it was decided that {self.who} takes part"
                raise WrongStage(reason, rule=law.rule(ONCE))


class DecideRecusal(CaseCommand):
    """Decide whether somebody takes part; whom it is about does not decide it."""

    who: str
    recused: bool
    text: str

    def decide(self, state: Case, given: Given) -> Decision:
        law = self.at_stage(state, given, *RUNNING)
        refuse_conflict(given, self.opened(state).person)
        demand("text", self.text, what="say why", rule=law.rule(RECUSAL))
        pending = {plain(request.who): request.who for request in state.recusals}
        named = plain(self.who)
        if named not in pending:
            reason = f"nobody asked that {self.who} be recused"
            raise WrongStage(reason, rule=law.rule(RECUSAL))
        barred = {named, *in_question(state, given), *plainly(state.recused)}
        for who in sorted(asking(given)):
            if plain(who) in barred:
                raise NotAllowed(f"{who} is concerned", rule=law.rule(DECIDED_BY))
        who = team(state).get(named, pending[named])
        yield RecusalDecided(who=who, recused=self.recused, text=self.text)


def asker(actor: Actor) -> str:
    """Return who asks: for whom it is asked, where that is another."""
    return plain(actor.on_behalf_of or actor.id)


def open_for(state: Case, who: str) -> bool:
    """Return whether it is still to be asked: neither decided nor to be decided."""
    known = (*state.recused, *(request.who for request in state.recusals))
    return plain(who) not in plainly(known)
