"""Everybody who was drawn at once: a source asked, and its one answer compared."""

import sys
from collections import abc
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click
from psycopg import Connection

from domain.casework import Casework
from domain.errors import Invalid, Refused, Unknown
from domain.record import Actor
from domain.verification.facts import SampleDrawn
from domain.verification.state import Verification, verification_stream
from domain.verification.verification import QueryRegister, openings
from web.comparing import Comparison
from web.drawing import sample_of
from web.intake.extracts import Extract, Extracts
from web.intake.shape import Mapping

TOGETHER = 256
ByPerson = abc.Mapping[str, Extract]
Told = dict[str, Any]


def verifications_of(sample: SampleDrawn) -> dict[str, str]:
    """Return the verification of each person who was drawn."""
    return {each.person: each.verification for each in openings(sample)}


def state_of(casework: Casework, verification: str) -> Verification:
    return casework.look(Verification(), verification_stream(verification))


def ask_all(casework: Casework, draw: str, source: str, who: Actor) -> dict[str, int]:
    """Ask the source in every verification of the draw that runs, once."""
    names = list(verifications_of(sample_of(casework, draw)).values())
    waiting = [n for n in names if unasked(state_of(casework, n), source)]
    bar = click.progressbar(length=len(waiting), label="asking", file=sys.stderr)
    with bar as progress:
        for start in range(0, len(waiting), TOGETHER):
            some = [
                QueryRegister(verification=name, source=source)
                for name in waiting[start : start + TOGETHER]
            ]
            at = datetime.now(UTC)
            for outcome in casework.handle_all(some, by=who, at=at):
                if isinstance(outcome, Exception):
                    raise outcome
            progress.update(len(some))
    return {"asked": len(waiting), "before": len(names) - len(waiting)}


def unasked(state: Verification, source: str) -> bool:
    asked = [query.source for query in state.queries]
    return not state.concluded and source not in asked


class Answered:
    """A source's answer about everybody who was drawn, on its way in."""

    def __init__(
        self, casework: Casework, mapping: Mapping, draw: str, source: str
    ) -> None:
        """Look up whose verifications it is about; `Unknown` if there is no draw."""
        self.draw, self.mapping, self.source = draw, mapping, source
        names = verifications_of(sample_of(casework, draw))
        self.ones = {p: Comparison(casework, mapping, n) for p, n in names.items()}

    def read(self, file: Path, as_of: date | None) -> ByPerson:
        """Return the rows about each person; see `Extracts.read` for what it raises."""
        rule = next(iter(self.ones.values())).rule(as_of)
        return Extracts(self.mapping, rule, people=self.ones, as_of=as_of).read(file)

    def take(self, connection: Connection[Any], extracts: ByPerson, who: Actor) -> Told:
        """Take the rows into each verification, and compare them.

        What a verification refuses is told, and the others go on; done again, only what
        is missing is taken.
        """
        today, new = datetime.now(UTC).date(), 0
        refused: dict[str, str] = {}
        bar = click.progressbar(self.ones.items(), label=self.source, file=sys.stderr)
        with bar as ones:
            for person, one in ones:
                try:
                    reports = one.reports(connection, today)
                    new += take(one, extracts[person], self.source, reports, who)
                except (Refused, Invalid, Unknown) as error:
                    refused[one.verification] = str(error)
        return {
            "draw": self.draw,
            "verifications": len(self.ones),
            "rows": sum(len(extract.rows) for extract in extracts.values()),
            "new_discrepancies": new,
            "refused": refused,
        }


def take(
    one: Comparison,
    extract: Extract,
    source: str,
    reports: tuple[str, ...],
    who: Actor,
) -> int:
    """Take the rows about one person; return how many discrepancies are new."""
    before = len(state_of(one.casework, one.verification).discrepancies)
    command = one.taking(extract, source, reports)
    one.casework.handle(command, by=who, at=datetime.now(UTC))
    return len(state_of(one.casework, one.verification).discrepancies) - before
