"""Cases in an office that is reached over HTTP."""

from datetime import UTC, datetime
from typing import Any

from tests.domain.case.proceeding import GOVERNMENT, Proceeding
from tests.domain.cast import SHIPPED, law
from tests.spec import Scenario
from tests.web.office import Caller, Office


def today(office: Office) -> Scenario:
    """Return the office's register, as of today."""
    return Scenario(office.desk.casework).on(datetime.now(UTC).date())


def discipline(office: Office) -> None:
    """Publish the law of a disciplinary track."""
    law(today(office), SHIPPED[f"{GOVERNMENT}.toml"])


def case(office: Office, name: str = "C-1", **more: Any) -> Proceeding:
    """Return a case that is open and told to nobody."""
    scenario = today(office)
    proceeding = Proceeding(scenario, on=scenario.now.date(), case=name, **more)
    return proceeding.inquiry().investigation()


def jia(office: Office) -> Caller:
    """Return an investigator for all units: of whom each case takes two."""
    return office.caller("investigator", "jia", unit="department")


def han(office: Office) -> Caller:
    return office.caller("deciding_authority", "han", unit="department")
