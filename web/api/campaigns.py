"""Campaigns: one duty, once, for everyone in a population."""

from typing import Any

from flask import Response

from domain.campaign import LaunchCampaign
from web import answers
from web.replies import carry_out
from web.resource import Resource
from web.schemas import rulebooks as schemas

campaigns = Resource(
    "campaigns",
    about="One duty, once, for everyone whom a rule covers.",
    kind="campaign",
)
HERE = "/v1/campaigns"
ONE = "/campaigns/<campaign>"

campaigns.shows(
    ONE, may="campaign.read", answer=answers.CampaignRecord, by=answers.campaign
)
campaigns.shows(
    f"{ONE}/history", may="campaign.read", answer=answers.History, by=answers.history
)


@campaigns.command(
    "/campaigns", may="campaign.launch", body=schemas.LaunchCampaign, made=True
)
def launch(body: dict[str, Any]) -> Response:
    """Launch a campaign: whom the rule covers that day has until its due date."""
    command = LaunchCampaign(**body)
    return carry_out(command, command.campaign, made_in=HERE)
