"""A campaign: one duty, once, for everyone in a population."""

from datetime import date
from typing import ClassVar, Self
from uuid import UUID

from msgspec.structs import replace

from domain.errors import Invalid, Unknown, WrongStage
from domain.record import Citation, Command, Decision, Fact, Given, Value, stream_of
from domain.regime.deadline import due_on
from domain.rulebook import Regime, cite, regime_stream, rule_of, title


class CampaignLaunched(Fact):
    """Everybody whom the rule covers on `launched_on` has until `due_on`."""

    TOPIC: ClassVar = "campaign.launched"
    campaign: str
    name: str
    cited: Citation
    launched_on: date
    due_on: date


class Campaign(Value):
    launched: CampaignLaunched | None = None

    @property
    def subject(self) -> str | None:
        return None

    def evolve(self, fact: Fact) -> Self:
        if isinstance(fact, CampaignLaunched):
            return replace(self, launched=fact)
        return self


class LaunchCampaign(Command[Campaign]):
    """Launch it; launching it again as it stands records nothing."""

    campaign: str
    name: str
    rulebook: str
    rule: str
    launched_on: date

    @property
    def stream(self) -> UUID:
        return stream_of("campaign", self.campaign)

    def blank(self) -> Campaign:
        return Campaign()

    def decide(self, campaign: Campaign, given: Given) -> Decision:
        regime = given.look(Regime(), regime_stream(self.rulebook))
        book = regime.in_force(self.launched_on)
        if book is None:
            raise Unknown("rulebook in force", f"{self.rulebook} on {self.launched_on}")
        rule = rule_of(book, self.rule)
        if rule.trigger != "campaign":
            raise Invalid("rule", "it is not a campaign rule", rule=title(book))
        fact = CampaignLaunched(
            campaign=self.campaign,
            name=self.name,
            cited=cite(book, rule),
            launched_on=self.launched_on,
            due_on=due_on(rule, book, {"launched_on": self.launched_on}),
        )
        if campaign.launched is None:
            yield fact
        elif campaign.launched != fact:
            raise WrongStage(f"campaign {self.campaign} is taken", rule=str(fact.cited))
