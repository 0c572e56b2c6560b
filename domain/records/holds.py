"""A legal hold: placed while the records may be needed, and released with reasons."""

from datetime import date

from domain.conflict import refuse_conflict
from domain.errors import Invalid, Unknown, WrongStage
from domain.record import Decision, Given
from domain.records.custody import (
    HOLD,
    Custody,
    CustodyCommand,
    LegalHoldPlaced,
    LegalHoldReleased,
)
from domain.records.words import demand


class PlaceHold(CustodyCommand):
    """Forbid all destruction; the same hold again, as it stands, records nothing."""

    hold: str
    basis: str
    review_on: date

    def decide(self, custody: Custody, given: Given) -> Decision:
        refuse_conflict(given, self.person)
        demand("hold", self.hold, what="name the hold", rule=HOLD)
        demand("basis", self.basis, what="say on what law it rests", rule=HOLD)
        demand("reason", self.reason, what="say why", rule=HOLD)
        if self.review_on <= given.at.date():
            raise Invalid("review_on", "name a day that is to come", rule=HOLD)
        placed = LegalHoldPlaced(
            person=self.person,
            hold=self.hold,
            basis=self.basis,
            review_on=self.review_on,
        )
        known = custody.holds.get(self.hold, placed)
        if known != placed:
            raise WrongStage(f"there is another hold {self.hold}", rule=HOLD)
        if self.hold not in custody.holds:
            yield placed


class ReleaseHold(CustodyCommand):
    hold: str

    def decide(self, custody: Custody, given: Given) -> Decision:
        refuse_conflict(given, self.person)
        if self.hold not in custody.holds:
            raise Unknown("hold", self.hold)
        demand("reason", self.reason, what="say why it is not needed", rule=HOLD)
        yield LegalHoldReleased(hold=self.hold)
