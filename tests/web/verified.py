"""Verifications and draws in an office that is reached over HTTP."""

from datetime import UTC, datetime
from typing import Any

from domain.record import Actor
from domain.verification.draw import DrawSample
from domain.verification.explaining import RequestExplanation
from domain.verification.verification import OpenVerification
from projections.population import found
from tests.domain.cast import law
from tests.domain.verification.cast import HOMES, LAW
from tests.spec import Scenario
from tests.web.office import Office

VERIFIER = Actor(id="office", role="verifier")


def homes(office: Office) -> None:
    """Publish the law on homes, which says how reports on them are verified."""
    law(Scenario(office.desk.casework).on(datetime.now(UTC).date()), LAW)


def lot(unit: str | None = None) -> dict[str, Any]:
    """Return what is sent to draw, in a unit if one is named."""
    said = {"rulebook": HOMES, "seed": "03 17 22", "seed_from": "lottery of 3 May"}
    return said | ({"unit": unit} if unit else {})


def drawn(office: Office, *units: str) -> None:
    """Publish the law, and draw one person in each of these units, as W-UNIT."""
    homes(office)
    casework, now = office.desk.casework, datetime.now(UTC)
    for unit in units:
        asked = DrawSample(draw=f"W-{unit}", persons=(), size=1, **lot(unit))
        casework.handle(found(casework, asked, now), by=VERIFIER, at=now)


def verified(office: Office, person: str, name: str) -> None:
    """Open a verification of somebody, who is asked to explain themselves."""
    opened = OpenVerification(
        verification=name, person=person, basis="random", rulebook=HOMES, reason="x"
    )
    asked = RequestExplanation(verification=name, text="whose cellar is it?")
    for command in (opened, asked):
        office.desk.casework.handle(command, by=VERIFIER, at=datetime.now(UTC))
