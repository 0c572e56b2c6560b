"""Which letters a page can show, and with which of the fonts that every reader has."""

from collections.abc import Iterator
from itertools import groupby
from xml.sax.saxutils import escape

from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.pdfmetrics import registerFont

# Neither is put into the file: readers of PDF have both, or something like them.
LATIN, BOLD, CHINESE = "Helvetica", "Helvetica-Bold", "STSong-Light"
# What they have, as encodings: Windows-1252, and the Chinese, Greek, Cyrillic and
# Japanese letters of GBK (the font is made for Adobe-GB1, which has them).
WESTERN, EASTERN = "cp1252", "gbk"
MISSING = "\u25a1"
registerFont(UnicodeCIDFont(CHINESE))


class Letters:
    """Writes text for a page, and remembers the letters that it could not show."""

    def __init__(self) -> None:
        self.missing: set[str] = set()

    def marked(self, text: str) -> str:
        """Return text with the font of every run of letters, as reportlab takes it."""
        runs = groupby(self.letters(text), key=plain)
        return "".join(
            escaped if western else f'<font name="{CHINESE}">{escaped}</font>'
            for western, run in runs
            for escaped in (escape("".join(run)),)
        )

    def letters(self, text: str) -> Iterator[str]:
        for letter in text:
            if plain(letter) or has(EASTERN, letter):
                yield letter
            elif letter.isprintable():
                self.missing.add(letter)
                yield MISSING

    def note(self) -> str:
        """Return a sentence on what could not be shown; nothing, if all could be."""
        if not self.missing:
            return ""
        codes = ", ".join(f"U+{ord(letter):04X}" for letter in sorted(self.missing))
        return (
            f"This page has no letters for {codes}: {MISSING} stands in their place. As"
            " JSON it has them all."
        )


def plain(letter: str) -> bool:
    """Return whether it is a letter of western Europe that can be seen."""
    return letter.isprintable() and has(WESTERN, letter)


def has(encoding: str, letter: str) -> bool:
    try:
        letter.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
