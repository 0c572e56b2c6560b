"""A register to measure on: one rulebook, people in units, and a year of filings."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from domain.casework import Casework
from domain.filing import FileDisclosure
from domain.personnel import AssumePosition, RegisterPerson
from domain.record import Actor, Command
from domain.review import Certify
from domain.rulebook import DraftRulebook, PublishRulebook
from domain.rulebooks import shipped
from domain.unit import EstablishUnit
from projections.log import PostgresLog, open_log
from projections.postgres.address import Address, connect_as
from projections.vault.keyring import open_vault

RULEBOOK = "us-oge-278t"
PEOPLE = [f"P{n:04}" for n in range(500)]
UNITS = [f"U{n:02}" for n in range(20)]
NOW = datetime(2020, 6, 1, 12, tzinfo=UTC)


def office(role: str = "hr", *, person: str | None = None) -> Actor:
    return Actor(id=f"bench-{role}", role=role, on_behalf_of=person)


def open_register(address: Address) -> tuple[Casework, PostgresLog]:
    """Publish the rulebook, establish the units and appoint the people."""
    log = open_log(connect_as(address.url, "probity_web", name="bench"))
    casework, text = Casework(log, open_vault(log)), shipped()[f"{RULEBOOK}.toml"]
    draft = DraftRulebook(rulebook=RULEBOOK, text=text)
    casework.handle(draft, by=office("rulebook_steward"), at=NOW)
    publish = PublishRulebook(rulebook=RULEBOOK, version=1)
    casework.handle(publish, by=office("admin"), at=NOW)
    carry_out(casework, office(), appointments())
    return casework, log


def appointments() -> Iterator[Command[Any]]:
    for unit in UNITS:
        yield EstablishUnit(code=unit, name=unit)
    for nth, person in enumerate(PEOPLE):
        yield RegisterPerson(number=person, name=f"Person {nth}")
        yield AssumePosition(
            number=person,
            post="post",
            unit=UNITS[nth % len(UNITS)],
            title="Member",
            from_on=date(2010, 1, 1),
            employer_type="us-congress",
        )


def file_for_a_year(casework: Casework, filings: int) -> None:
    """File, some of it late, and certify half: about three and a half events each."""
    for nth in range(0, filings, len(PEOPLE)):
        for offset, person in enumerate(PEOPLE):
            filing = FileDisclosure(
                disclosure=f"bench-{nth + offset}",
                person=person,
                rulebook=RULEBOOK,
                rule="transaction",
                items=(transaction(nth + offset),),
            )
            by = Actor(id=person, role="declarant")
            casework.handle(filing, by=by, at=NOW)
    ids = range(0, filings, 2)
    certify = (Certify(disclosure=f"bench-{n}") for n in ids)
    carry_out(casework, office("certifier"), certify)


def carry_out(casework: Casework, by: Actor, commands: Iterator[Command[Any]]) -> None:
    for outcome in casework.handle_all(commands, by=by, at=NOW):
        if isinstance(outcome, Exception):
            raise outcome


def transaction(number: int) -> dict[str, str]:
    day = NOW.date() - timedelta(days=number % 60)
    return {
        "transaction_date": day.isoformat(),
        "owner": "Self",
        "asset": f"Asset {number}",
        "type": "Purchase",
        "amount": "$1,001 - $15,000",
    }
