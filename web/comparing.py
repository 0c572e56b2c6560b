"""An extract that somebody sends, made into the command that takes and compares it."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from psycopg import Connection

from domain.access import Reach
from domain.casework import Casework
from domain.errors import Invalid, Unknown
from domain.regime.types import Rule
from domain.rulebook import Regime, regime_stream, rule_of
from domain.verification.extract import TakeExtract
from domain.verification.facts import VerificationOpened
from domain.verification.state import Verification, verification_stream
from projections.models.paging import MOST
from projections.models.reach import within
from projections.models.search import Which, search_filings
from web.intake import shape
from web.intake.extracts import Extract, Extracts, columns_of, taking
from web.intake.mapping import load, parse, shipped

KIND: shape.Kind = "extracts"


def mapping_said(text: str) -> shape.Mapping:
    """Return a shipped mapping by its name, or the one that *text* writes out."""
    if text in shipped():
        return load(text, KIND)
    mapping = parse(text)
    if mapping.kind != KIND:
        raise Invalid("mapping, kind", f"it maps {mapping.kind}, not {KIND}")
    return mapping


class Comparison:
    """An extract on its way in: to which verification, through which mapping."""

    def __init__(
        self, casework: Casework, mapping: shape.Mapping, verification: str
    ) -> None:
        """Look up what it is compared with.

        Raises:
            Unknown: there is no such verification, or rulebook.
            Invalid: the rulebook has no such rule.
        """
        self.casework, self.mapping, self.verification = casework, mapping, verification
        self.columns = columns_of(mapping)
        state = casework.look(Verification(), verification_stream(verification))
        if state.opened is None:
            raise Unknown("verification", verification)
        self.opened: VerificationOpened = state.opened

    def rule(self, as_of: date | None) -> Rule:
        """Return the rule as it is on the day, or today."""
        day = as_of or datetime.now(UTC).date()
        name = self.columns.rulebook
        book = self.casework.look(Regime(), regime_stream(name)).in_force(day)
        if book is None:
            raise Unknown("rulebook in force", f"{name} on {day}")
        return rule_of(book, self.columns.rule)

    def command(
        self,
        path: Path,
        *,
        source: str,
        as_of: date | None,
        disclosures: Iterable[str],
    ) -> TakeExtract:
        """Read the file; see `web.intake.extracts.Extracts.read` for what it raises."""
        person = self.opened.person
        reader = Extracts(self.mapping, self.rule(as_of), people=[person], as_of=as_of)
        return self.taking(reader.read(path)[person], source, disclosures)

    def taking(
        self, extract: Extract, source: str, disclosures: Iterable[str]
    ) -> TakeExtract:
        """Return the command that takes an extract that was read."""
        return taking(
            self.mapping,
            extract,
            verification=self.verification,
            source=source,
            disclosures=tuple(disclosures),
        )

    def sent(
        self,
        name: str,
        content: bytes,
        *,
        source: str,
        as_of: date | None,
        disclosures: Iterable[str],
    ) -> TakeExtract:
        """Read a file that was sent: as `command`, of a file that nobody keeps."""
        with TemporaryDirectory(prefix="probity-") as directory:
            path = Path(directory) / Path(name).name
            path.write_bytes(content)
            return self.command(
                path, source=source, as_of=as_of, disclosures=disclosures
            )

    def reports(self, connection: Connection, today: date) -> tuple[str, ...]:
        """Return the person's reports under the rule; of a yearly duty, the last.

        All of them, whoever asks: a report that is left out would look as if nothing
        had been declared. On a relative they have to be named.
        """
        if self.opened.relative is not None:
            raise Invalid("disclosures", "name the reports on the relative")
        which = Which(
            person=self.opened.person,
            rulebook=self.columns.rulebook,
            rule=self.columns.rule,
            subject="self",
        )
        everybody = Reach()
        with within(connection, everybody):
            page = search_filings(connection, today, everybody, which, limit=MOST)
        standing = [row.disclosure for row in page.rows if row.stage != "withdrawn"]
        yearly = self.rule(None).trigger == "calendar"
        return tuple(standing[:1] if yearly else standing)
