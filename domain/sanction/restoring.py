"""Rights restored at the end of a probation, from when on its period counts."""

from datetime import date

from domain.conflict import refuse_conflict
from domain.errors import Invalid, WrongStage
from domain.record import Decision, Given
from domain.sanction.command import SanctionCommand
from domain.sanction.computing import restored
from domain.sanction.facts import RightsRestored
from domain.sanction.law import kind_named, rule_on
from domain.sanction.sanctions import Sanction, Sanctions
from domain.sanction.standing import before, follow


class RestoreRights(SanctionCommand):
    """Say from which day on rights are restored; None: from today on.

    The period of the sanction counts from that day. It comes after the term of the
    probation, and is never foretold.
    """

    on: date | None = None

    def decide(self, state: Sanctions, given: Given) -> Decision:
        sanction = self.standing(state, given)
        refuse_conflict(given, sanction.imposed.person)
        day = self.on or self.day(given, sanction)
        self.refuse_untimely(given, sanction, day)
        law = self.laws(given)
        terms = restored(law, sanction, day, before(state, sanction.id))
        fact = RightsRestored(sanction=sanction.id, on=day, terms=terms)
        yield fact
        yield from follow(law, state.evolve(fact), sanction.id)

    def refuse_untimely(self, given: Given, sanction: Sanction, day: date) -> None:
        book, terms = self.law(given, sanction), sanction.terms
        rule = rule_on(book, kind_named(book, terms.kind).legal_basis)
        if terms.term_until is None or terms.restored_on:
            raise WrongStage("there are no rights to restore", rule=rule)
        if day > self.day(given, sanction):
            raise Invalid("on", f"{day} is not here yet", rule=rule)
        if day < terms.term_until:
            reason = f"the probation runs until {terms.term_until}"
            raise WrongStage(reason, rule=rule)
