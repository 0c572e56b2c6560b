"""How answers are made: all fields always there, and documented by their types."""

from collections.abc import Sequence
from typing import Any, dataclass_transform

import msgspec


@dataclass_transform(frozen_default=True, kw_only_default=True)
class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """An answer always has all its fields; null says that there is nothing."""


class Citation(Answer):
    """The rule that was applied."""

    rulebook: str
    version: int
    rule: str
    legal_basis: Sequence[str]


def taken(kind: type[Any], *sources: Any, **given: Any) -> Any:
    """Return an answer of this kind; what is not given is the first source's to say."""
    for name in kind.__struct_fields__:
        if name not in given:
            given[name] = next(getattr(s, name) for s in sources if hasattr(s, name))
    return kind(**given)


def cited(citation: Any) -> Citation:
    found: Citation = taken(Citation, citation)
    return found
