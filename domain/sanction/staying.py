"""A stay: while an appeal is undecided a sanction may have no effect."""

from domain.record import Decision, Given
from domain.sanction.command import SanctionCommand
from domain.sanction.facts import SanctionStayed, StayEnded
from domain.sanction.sanctions import Sanctions


class StaySanction(SanctionCommand):
    """Let it block nothing while an appeal is undecided; its time runs on.

    Who may have it stayed the appeal decides. What does not run needs no stay: that
    records nothing.
    """

    appeal: str

    def decide(self, state: Sanctions, given: Given) -> Decision:
        sanction = self.known(state)
        if sanction.status == "running":
            yield SanctionStayed(
                sanction=sanction.id, on=self.day(given, sanction), appeal=self.appeal
            )


class EndStay(SanctionCommand):
    """Let it have its effect again; where it is not stayed this records nothing."""

    appeal: str

    def decide(self, state: Sanctions, given: Given) -> Decision:
        sanction = self.known(state)
        if sanction.status == "stayed":
            yield StayEnded(sanction=sanction.id, on=self.day(given, sanction))
