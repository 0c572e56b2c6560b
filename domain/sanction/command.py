"""What every command about one sanction goes by: its record, and its law."""

from datetime import date
from functools import partial
from uuid import UUID

from domain.errors import Unknown, WrongStage
from domain.matter import local_day
from domain.record import Command, Given
from domain.regime.types import Rulebook
from domain.sanction.law import law_cited, rule_on
from domain.sanction.sanctions import Sanction, Sanctions, stream_of_sanction
from domain.sanction.standing import Law


class SanctionCommand(Command[Sanctions]):
    """Something done about one sanction; `sanction` names it, "PERSON:TRACK:1"."""

    sanction: str

    @property
    def stream(self) -> UUID:
        return stream_of_sanction(self.sanction)

    def blank(self) -> Sanctions:
        return Sanctions()

    def known(self, state: Sanctions) -> Sanction:
        """Return the sanction, or raise `Unknown`."""
        found = state.find(self.sanction)
        if found is None:
            raise Unknown("sanction", self.sanction)
        return found

    def standing(self, state: Sanctions, given: Given) -> Sanction:
        """Return the sanction, or raise `WrongStage` where it was quashed."""
        found = self.known(state)
        if found.status == "quashed":
            rule = rule_on(self.law(given, found))
            raise WrongStage(f"{self.sanction} was quashed", rule=rule)
        return found

    def law(self, given: Given, sanction: Sanction) -> Rulebook:
        """Return the edition that was applied to it."""
        return law_cited(given, sanction.terms.cited)

    def laws(self, given: Given) -> Law:
        return partial(law_cited, given)

    def day(self, given: Given, sanction: Sanction) -> date:
        return local_day(self.law(given, sanction), given.at)
