"""A certificate on paper: all that the board is told, and how to check it."""

from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle, getSampleStyleSheet
from reportlab.lib.units import mm
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table

Shown = Mapping[str, Any]
MARGIN = 20 * mm
# Every reader of PDF has this font, and it has Chinese as well as Latin letters.
FONT = "STSong-Light"
registerFont(UnicodeCIDFont(FONT))
STYLES = getSampleStyleSheet()
PLAIN = ParagraphStyle("plain", STYLES["BodyText"], fontName=FONT, wordWrap="CJK")
TITLE = ParagraphStyle("title", STYLES["Title"], fontName=FONT)
HEADING = ParagraphStyle("heading", STYLES["Heading2"], fontName=FONT)
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
    document.build(list(parts(certificate)))
    return file.getvalue()


def parts(certificate: Shown) -> Iterator[Flowable]:
    yield Paragraph("Certificate of eligibility", TITLE)
    yield table(facts(certificate))
    yield Paragraph("Reasons", HEADING)
    if certificate["reasons"]:
        for reason in certificate["reasons"]:
            yield table(grounds(reason))
            yield Spacer(0, 3 * mm)
    else:
        yield text("Nothing in the register stands in the way.")
    yield Paragraph("How to check it", HEADING)
    yield text(CHECK)
    yield table(checks(certificate))


def facts(certificate: Shown) -> Iterator[tuple[str, object]]:
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


def grounds(reason: Shown) -> Iterator[tuple[str, object]]:
    cited = reason["cited"]
    rule = f"{cited['rulebook']} v{cited['version']}, rule {cited['rule']}"
    yield "What", f"{reason['code']} ({reason['key']}) {EFFECTS[reason['effect']]}"
    yield "From", reason["from_on"]
    yield "Until", reason["until_on"]
    yield "To be reviewed on", reason["review_on"]
    yield "Rule", "; ".join((rule, *cited["legal_basis"]))
    yield "Events", ", ".join(reason["events"])


def checks(certificate: Shown) -> Iterator[tuple[str, object]]:
    law = certificate["rulebooks"].items()
    yield "Leaf", certificate["digest"]
    yield "Known at position", certificate["position"]
    yield "Rulebooks", ", ".join(f"{name} v{version}" for name, version in law)
    basis = certificate["basis"].items()
    yield "Rests on", ", ".join(f"{stream} ({count})" for stream, count in basis)


def table(rows: Iterator[tuple[str, object]]) -> Table:
    """Return a table of names and values; what has no value is left out."""
    said: Sequence[Sequence[Flowable]] = [
        [text(name), text(value)] for name, value in rows if value not in (None, "")
    ]
    return Table(said, colWidths=(35 * mm, None), style=LINES)


def text(value: object) -> Paragraph:
    return Paragraph(escape(str(value)), PLAIN)
