"""Loads the SQL that is kept in .sql files, in blocks that each begin with a name."""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

NAME = re.compile(r"^-- name: (\w+)$", re.MULTILINE)
CREATE = "create_"
AND = "and_"
THEN = "then_"


class Statements(Mapping[str, bytes]):
    """The statements of one file, by the name in their `-- name: verb_noun` line.

    What `create_` begins makes a table or the like. What `and_` or `then_` begins is a
    condition or an order, which `asking` puts behind a statement that ends in WHERE.

    The file speaks of one schema; in `renamed` the statements are of another. So a read
    model is built beside the live one, and tables are described once for several.
    """

    def __init__(self, path: Path, renamed: Mapping[str, str] | None = None) -> None:
        """Read the file.

        Args:
            path: the .sql file.
            renamed: the schema in the file, and the schema to use in its place.

        Raises:
            ValueError: a name stands there twice, or text stands before the first.
        """
        self.path = path
        head, *blocks = NAME.split(path.read_text(encoding="utf-8"))
        if any(line and not line.startswith("--") for line in head.splitlines()):
            raise ValueError(f"{path}: SQL stands before the first `-- name:` line")
        self._texts: dict[str, bytes] = {}
        for name, text in zip(blocks[::2], blocks[1::2], strict=True):
            if name in self._texts:
                raise ValueError(f"{path}: two statements are called {name}")
            self._texts[name] = _rename(text.strip(), renamed or {}).encode()

    def __getitem__(self, name: str) -> bytes:
        return self._texts[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)

    def asking(
        self, name: str, conditions: Iterable[str], then: str, limit: int | None = None
    ) -> bytes:
        """Return a statement with those of its conditions that are asked for.

        A condition that is not asked for is left out, and the limit is a literal: so a
        prepared statement is planned once and well.

        Args:
            name: the statement; conditions may follow it.
            conditions: the names of the conditions, without `and_`.
            then: the name of what comes last.
            limit: how many rows to return at most.
        """
        ends = () if limit is None else (b"LIMIT %d" % limit,)
        parts = (self[AND + condition] for condition in conditions)
        return b"\n".join((self[name], *parts, self[then], *ends))

    def whole(self) -> Iterator[tuple[str, bytes]]:
        """Yield each statement that is none of `creating`, with all that may follow."""
        conditions = [name[len(AND) :] for name in self if name.startswith(AND)]
        ends = [name for name in self if name.startswith(THEN)]
        for name, text in self.items():
            if name.startswith((CREATE, AND, THEN)):
                continue
            if text.endswith(b";"):
                yield name, text
                continue
            for end in ends:
                yield f"{name} {end}", self.asking(name, (), end, 1)
                yield f"{name} ... {end}", self.asking(name, conditions, end, 1)

    def creating(self) -> Iterator[bytes]:
        """Yield the statements that make the tables, in the order of the file."""
        return (text for name, text in self.items() if name.startswith(CREATE))


def _rename(text: str, renamed: Mapping[str, str]) -> str:
    for old, new in renamed.items():
        text = re.sub(rf"\b{re.escape(old)}\.", f"{new}.", text)
    return text
