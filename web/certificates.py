"""A certificate on paper: all that the board is told, and how to check it."""

from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table

from web.letters import BOLD, LATIN, Letters

Shown = Mapping[str, Any]
Said = Iterator[tuple[str, object]]
MARGIN = 20 * mm
NAMES, VALUES = 40 * mm, 130 * mm  # the widths of the two columns
TITLE = ParagraphStyle("title", fontName=BOLD, fontSize=16, leading=20, spaceAfter=10)
HEADING = ParagraphStyle(
    "heading", fontName=BOLD, fontSize=11, leading=14, spaceBefore=10, spaceAfter=4
)
PLAIN = ParagraphStyle(
    "plain", fontName=LATIN, fontSize=9, leading=12, splitLongWords=1
)
LINES = [
    ("GRID", (0, 0), (-1, -1), 0.25, colors.grey),
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
]
EFFECTS = {
    "bars": "bars",
    "holds": "holds up",
    "missing": "is missing",
    "shown": "is shown, and bars nothing",
}
CHECK = (
    "Whoever holds this certificate can have it checked: the leaf below is its hash in"
    " the register's ledger, and GET /v1/receipts/LEAF/proof gives a proof of it. From"
    " the events that it rests on, and no others, anybody who may read them can compute"
    " it again."
)


def printed(certificate: Shown) -> bytes:
    """Return a certificate, as it is told to its reader, as a PDF file."""
    file = BytesIO()
    document = SimpleDocTemplate(
        file,
        pagesize=A4,
        leftMargin=MARGIN,
        rightMargin=MARGIN,
        title=f"Certificate {certificate['id']}",
        author="Probity",
        invariant=True,
    )
    document.build(list(Page(certificate).parts()))
    return file.getvalue()


class Page:
    """One certificate being set; it remembers the letters that it could not show."""

    def __init__(self, certificate: Shown) -> None:
        self.shown = certificate
        self.letters = Letters()

    def parts(self) -> Iterator[Flowable]:
        yield Paragraph("Certificate of eligibility", TITLE)
        yield self.table(facts(self.shown))
        yield Paragraph("Reasons", HEADING)
        for reason in self.shown["reasons"]:
            yield self.table(grounds(reason))
            yield Spacer(0, 3 * mm)
        if not self.shown["reasons"]:
            yield self.text("Nothing in the register stands in the way.")
        yield Paragraph("How to check it", HEADING)
        yield self.text(CHECK)
        yield Spacer(0, 3 * mm)
        yield self.table(checks(self.shown))
        if note := self.letters.note():
            yield self.text(note)

    def table(self, rows: Said) -> Table:
        """Return a table of names and values; what has no value is left out."""
        said = [
            [self.text(name), self.text(value)]
            for name, value in rows
            if value not in (None, "")
        ]
        return Table(said, colWidths=(NAMES, VALUES), style=LINES, splitInRow=1)

    def text(self, value: object) -> Paragraph:
        return Paragraph(self.letters.marked(str(value)), PLAIN)


def facts(certificate: Shown) -> Said:
    question = certificate["question"]
    yield "Certificate", certificate["id"]
    yield "Person", certificate["person"]
    yield "Asked", f"{question['purpose']}, {question['ladder']}, {question['level']}"
    yield "As of", question["as_of"]
    yield "Result", certificate["result"]
    yield "Until", certificate["until"]
    yield "To be reviewed on", certificate["review_on"]
    yield "Missing", ", ".join(certificate["missing"])
    yield "Issued", f"{certificate['issued_at']} by {certificate['issued_by']}"


def grounds(reason: Shown) -> Said:
    cited = reason["cited"]
    rule = f"{cited['rulebook']} v{cited['version']}, rule {cited['rule']}"
    yield "What", f"{reason['code']} ({reason['key']}) {EFFECTS[reason['effect']]}"
    yield "From", reason["from_on"]
    yield "Until", reason["until_on"]
    yield "To be reviewed on", reason["review_on"]
    yield "Rule", "; ".join((rule, *cited["legal_basis"]))
    yield "Events", ", ".join(reason["events"])


def checks(certificate: Shown) -> Said:
    law = certificate["rulebooks"].items()
    yield "Leaf", certificate["digest"]
    yield "Known at position", certificate["position"]
    yield "Rulebooks", ", ".join(f"{name} v{version}" for name, version in law)
    yield "Basis, SHA-256", certificate["basis_sha256"]
