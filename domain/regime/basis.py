"""What every part of a rulebook is written with: names, texts, and where it stands."""

from typing import Annotated

from msgspec import Meta

from domain.record import Value

NAME = r"\A[a-z][a-z0-9_-]{0,62}\Z"
TEXT = r"\S"
Name = Annotated[str, Meta(pattern=NAME)]
Text = Annotated[str, Meta(pattern=TEXT)]


class LegalBasis(Value):
    """Where the rule is written, and whether its text was checked against a source."""

    cite: Text
    url: str = ""
    verified: bool = False


Bases = tuple[LegalBasis, ...]
