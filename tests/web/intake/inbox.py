"""What a test hands in at the register: a file's text, and what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec

from domain.casework import Casework
from domain.disclosure import Filing, disclosure_stream
from domain.person import CoveredPerson, person_stream
from domain.record import Actor, Command, Fact
from domain.rulebook import DraftRulebook, PublishRulebook
from domain.rulebooks import shipped
from domain.view import View
from web.intake.mapping import load, parse
from web.intake.outcome import Outcome, Sums
from web.intake.run import Import
from web.intake.shape import Kind

CLERK = "clerk-7"


@dataclass
class Inbox:
    """The register, and a directory for files and reports."""

    casework: Casework
    directory: Path

    def publish(self, *names: str) -> "Inbox":
        """Make these shipped rulebooks the law."""
        for name in names:
            text = shipped()[f"{name}.toml"]
            rulebook, _, version = name.partition("-v")
            draft = DraftRulebook(rulebook=rulebook, text=text)
            number = int(version or 1)
            publication = PublishRulebook(rulebook=rulebook, version=number)
            self.do(draft, by="author")
            self.do(publication, by="publisher")
        return self

    def do(self, command: Command[Any], *, by: str) -> None:
        who = Actor(id=by, role="rulebook_steward")
        self.casework.handle(command, by=who, at=datetime.now(UTC))

    def people(
        self, text: str, mapping: str = "people", name: str = "people.csv"
    ) -> Sums:
        one = self.importing("people", text, mapping, name)
        with one.outcome:
            one.people(lambda _: None)
        return one.outcome.sums

    def disclosures(
        self,
        text: str,
        mapping: str = "disclosures",
        name: str = "reports.csv",
        rulebook: str | None = None,
    ) -> Sums:
        one = self.importing("disclosures", text, mapping, name)
        with one.outcome:
            one.disclosures(rulebook, lambda _: None)
        return one.outcome.sums

    def importing(self, kind: Kind, text: str, mapping: str, name: str) -> Import:
        path = self.directory / name
        path.write_text(text)
        outcome = Outcome(Sums(file=name, kind=kind), self.report)
        shape = parse(mapping) if "\n" in mapping else load(mapping, kind)
        return Import(self.casework, path, shape, CLERK, outcome)

    @property
    def report(self) -> Path:
        return self.directory / "report.jsonl"

    def refusals(self) -> list[tuple[int, int | None, str]]:
        """Return line, event, and field with reason, as the report lists them."""
        if not self.report.exists():
            return []
        lines = map(msgspec.json.decode, self.report.read_bytes().splitlines())
        return [
            (line["line"], line["event"], f"{line['field']}: {line['reason']}")
            for line in lines
        ]

    def size(self) -> int:
        return self.casework.recorder.max_notification_id() or 0

    def facts(self, kind: type[Fact]) -> list[Any]:
        """Return every fact of this kind in the log."""
        stored = self.casework.recorder.select_notifications(1, 10**6)
        sealed: list[Any] = list(map(self.casework.mapper.to_domain_event, stored))
        records = self.casework.unseal(sealed)
        return [record.fact for record in records if isinstance(record.fact, kind)]

    def filing(self, number: str) -> Filing:
        fact = self.view.history(disclosure_stream(number))[0].fact
        assert isinstance(fact, Filing)
        return fact

    def reason(self, stream: UUID) -> str | None:
        return self.view.history(stream)[0].reason

    def person(self, number: str) -> CoveredPerson:
        return self.view.state(CoveredPerson(), person_stream(number))

    @property
    def view(self) -> View:
        """Look at the log as it is now, in the clear."""
        return View(self.casework.read)


def csv(*rows: Mapping[str, object]) -> str:
    """Return rows as a table with the columns of the first."""
    lines = [",".join(rows[0])]
    lines += [",".join(f'"{value}"' for value in row.values()) for row in rows]
    return "\n".join(lines) + "\n"


def jsonl(*rows: Mapping[str, object]) -> str:
    return "".join(msgspec.json.encode(row).decode() + "\n" for row in rows)
