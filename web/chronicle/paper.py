"""A history on paper: one entry under another, with page numbers."""

from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate

from web.chronicle.text import LONG, details, head, title
from web.chronicle.told import Heading, Told
from web.letters import BOLD, LATIN, Letters

MARGIN = 18 * mm
# Of one field, since a page cannot be longer than itself.
MOST = 3 * LONG
TITLE = ParagraphStyle("title", fontName=BOLD, fontSize=14, leading=18, spaceAfter=8)
HEAD = ParagraphStyle("head", fontName=BOLD, fontSize=9, leading=12, spaceBefore=8)
LINE = ParagraphStyle(
    "line", fontName=LATIN, fontSize=8, leading=10, leftIndent=5 * mm, splitLongWords=1
)


def as_pdf(heading: Heading, entries: Iterable[Told]) -> bytes:
    """Return a history as a PDF file; what it cannot show, it says at its end."""
    file = BytesIO()
    document = SimpleDocTemplate(
        file,
        pagesize=A4,
        leftMargin=MARGIN,
        rightMargin=MARGIN,
        topMargin=MARGIN,
        bottomMargin=MARGIN,
        title=title(heading),
        author="Probity",
        invariant=True,
    )
    parts = list(flowables(heading, entries))
    document.build(parts, onFirstPage=numbered, onLaterPages=numbered)
    return file.getvalue()


def numbered(canvas: Canvas, document: Any) -> None:
    """Put the number of the page at its foot."""
    canvas.setFont(LATIN, 8)
    canvas.drawRightString(A4[0] - MARGIN, MARGIN / 2, str(document.page))


def flowables(heading: Heading, entries: Iterable[Told]) -> Iterator[Flowable]:
    letters = Letters()
    yield Paragraph(letters.marked(title(heading)), TITLE)
    for entry in entries:
        yield Paragraph(letters.marked(head(entry)), HEAD)
        for name, value in details(entry):
            said = f"{name}: {value}"
            yield Paragraph(letters.marked(said[:MOST]), LINE)
    if note := letters.note():
        yield Paragraph(letters.marked(note), HEAD)
