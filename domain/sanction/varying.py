"""A sanction undone or made lighter on appeal, and what that means for others."""

from domain.appeal import Appeal, Outcome, appeal_stream
from domain.conflict import refuse_conflict
from domain.errors import NotAllowed, Unknown, WrongStage
from domain.record import Decision, Given
from domain.records.words import demand
from domain.sanction.carrying_out import personnel_change, reparations
from domain.sanction.command import SanctionCommand
from domain.sanction.computing import varied
from domain.sanction.facts import (
    Chosen,
    SanctionQuashed,
    SanctionVaried,
    Terms,
)
from domain.sanction.law import rule_on, weight
from domain.sanction.sanctions import Sanction, Sanctions
from domain.sanction.standing import before, follow, known_end

NEVER_HEAVIER = "no appeal makes a sanction heavier"
APPEALED = "a sanction is changed by what was decided on an appeal against it"


class AppealedCommand(SanctionCommand):
    """A part of the decision of an appeal, by which the sanction is changed."""

    appeal: str
    grounds: tuple[str, ...]
    text: str

    def appealed(self, state: Sanctions, given: Given, *outcomes: Outcome) -> Sanction:
        """Return the sanction; raise unless the appeal against it came out so."""
        sanction = self.standing(state, given)
        refuse_conflict(given, sanction.imposed.person)
        appeal = given.look(Appeal(), appeal_stream(self.appeal))
        if appeal.lodged is None or appeal.lodged.sanction != sanction.id:
            raise Unknown("appeal", self.appeal)
        if appeal.decided is None or appeal.decided.outcome not in outcomes:
            wanted = " or ".join(outcomes)
            raise WrongStage(f"{self.appeal} was not {wanted}", rule=APPEALED)
        demand("text", self.text, what="say why", rule=APPEALED)
        return sanction


class VarySanction(AppealedCommand):
    """Make it a lighter one, as if it had been so from the beginning (I3).

    What is not said stays as it is, the kind above all.
    """

    kind: str | None = None
    period: str | None = None
    term: str | None = None

    def decide(self, state: Sanctions, given: Given) -> Decision:
        sanction = self.appealed(state, given, "varied")
        law, book = self.laws(given), self.law(given, sanction)
        chosen = Chosen(kind=self.kind, period=self.period, term=self.term)
        terms = varied(law, sanction, chosen, before(state, sanction.id))
        self.refuse_heavier(given, sanction, terms)
        today = self.day(given, sanction)
        fact = SanctionVaried(
            sanction=sanction.id,
            on=today,
            terms=terms,
            grounds=self.grounds,
            appeal=self.appeal,
            text=self.text,
            chosen=chosen,
        )
        yield fact
        if sanction.change:
            yield from personnel_change(book, sanction.id, terms)
        yield from reparations(book, sanction.id, "varied", today)
        yield from follow(law, state.evolve(fact), sanction.id)

    def refuse_heavier(self, given: Given, sanction: Sanction, terms: Terms) -> None:
        """Raise unless the kind is lighter, or the same and its period shorter."""
        old, book = sanction.terms, self.law(given, sanction)
        rule = f"{NEVER_HEAVIER} ({rule_on(book)})"
        today = self.day(given, sanction)
        ends = [known_end(book, each, today) for each in (old, terms)]
        kinds = [weight(book, each.kind) for each in (old, terms)]
        if kinds[1] > kinds[0]:
            raise NotAllowed(f"{terms.kind} is heavier than {old.kind}", rule=rule)
        if ends[0] and (ends[1] is None or ends[1] > ends[0]):
            reason = f"until {ends[1] or 'for ever'} is longer than until {ends[0]}"
            raise NotAllowed(reason, rule=rule)
        if (kinds[0], ends[0]) == (kinds[1], ends[1]):
            raise NotAllowed(f"it is {old.kind} until {ends[0]} already", rule=rule)


class QuashSanction(AppealedCommand):
    """Undo it as if it had never been, and have made good what it did (I17)."""

    def decide(self, state: Sanctions, given: Given) -> Decision:
        sanction = self.appealed(state, given, "quashed", "remitted")
        law, book = self.laws(given), self.law(given, sanction)
        today = self.day(given, sanction)
        fact = SanctionQuashed(
            sanction=sanction.id,
            on=today,
            grounds=self.grounds,
            appeal=self.appeal,
            text=self.text,
        )
        yield fact
        yield from reparations(book, sanction.id, "quashed", today)
        yield from follow(law, state.evolve(fact), sanction.id)
