"""Names that are the same, however they are written: of people, and of conducts."""

from collections.abc import Collection
from unicodedata import category, normalize

INVISIBLE = "Cf"  # the category of what formats a text and is not seen in it


def plain(name: str) -> str:
    """Return a name without regard to capitals, width, and what is not seen in it."""
    seen = "".join(each for each in name if category(each) != INVISIBLE)
    return " ".join(normalize("NFKC", seen).casefold().split())


def plainly(names: Collection[str]) -> frozenset[str]:
    return frozenset(plain(name) for name in names)
