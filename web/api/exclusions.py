"""Readers kept away from a report: a superior it names, and their chain (S1-18)."""

from typing import Any

from flask import Response

from domain.records import exclusion
from web.replies import carry_out
from web.resource import Resource
from web.schemas import records as schemas
from web.schemas.fields import Remarks

exclusions = Resource(
    "exclusions",
    about="Who does not learn of a report, whatever else they may read.",
    kind="disclosure",
)
ONE = "/disclosures/<disclosure>/exclusions"


@exclusions.command(ONE, may="disclosure.exclude_reader", body=schemas.ExcludeReader)
def exclude_reader(body: dict[str, Any], disclosure: str) -> Response:
    """Keep a superior away, with all above and below: for them it does not exist."""
    command = exclusion.ExcludeReader(disclosure=disclosure, **body)
    return carry_out(command, disclosure)


@exclusions.command(
    f"{ONE}/<superior>/lift", may="disclosure.exclude_reader", body=Remarks
)
def lift_exclusion(body: dict[str, Any], disclosure: str, superior: str) -> Response:
    """Let a superior and their chain read it again, saying why."""
    command = exclusion.LiftExclusion(disclosure=disclosure, superior=superior, **body)
    return carry_out(command, disclosure)
