"""Loads the SQL that is kept in .sql files, in blocks that each begin with a name."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

NAME = re.compile(r"^-- name: (\w+)$", re.MULTILINE)
CREATE = "create_"
THEN = "then_"


class Statements(Mapping[str, bytes]):
    """The statements of one file, by the name in their `-- name: verb_noun` line.

    A name that begins with `create_` makes a table or the like. One that begins with
    `then_` is the end of another statement (`joined`): a list has several orders.

    The file speaks of one schema; in `renamed` the statements are of another. So a read
    model can be built beside the live one, and tables can be described once for several.
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

    def joined(self, name: str, then: str) -> bytes:
        """Return a statement with one of its ends."""
        return b"%s\n%s" % (self[name], self[then])

    def whole(self) -> Iterator[tuple[str, bytes]]:
        """Yield each statement that reads or writes, with its name; with every end, if any."""
        ends = [name for name in self if name.startswith(THEN)]
        for name, text in self.items():
            if text.endswith(b";") and not name.startswith((CREATE, THEN)):
                yield name, text
            elif not name.startswith((CREATE, THEN)):
                yield from ((f"{name} {end}", self.joined(name, end)) for end in ends)

    def creating(self) -> Iterator[bytes]:
        """Yield the statements that make the tables, in the order of the file."""
        return (text for name, text in self.items() if name.startswith(CREATE))


def _rename(text: str, renamed: Mapping[str, str]) -> str:
    for old, new in renamed.items():
        text = re.sub(rf"\b{re.escape(old)}\.", f"{new}.", text)
    return text
