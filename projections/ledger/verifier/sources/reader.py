"""Reads an event from a row of a dump, whatever the order of its columns."""

from collections.abc import Sequence
from datetime import datetime
from typing import cast
from uuid import UUID

from domain.leaf import entry_text
from projections.ledger.verifier.judging.hashes import BLANK
from projections.ledger.verifier.sources.copytext import bytea, unescaped
from projections.ledger.verifier.sources.epochs import Epoch
from projections.ledger.verifier.verdict import CannotCheck

COLUMNS = (
    "notification_id",
    "originator_id",
    "originator_version",
    "topic",
    "recorded_at",
    "state",
    "leaf",
)
UNREADABLE = (ValueError, OverflowError)  # the latter of a time at the world's end


class Reader:
    """Reads events from rows, whatever the order of their columns."""

    def __init__(self, columns: Sequence[str], epochs: Sequence[Epoch]) -> None:
        """Prepare.

        Raises:
            CannotCheck: a column is missing.
        """
        missing = [name for name in COLUMNS if name not in columns]
        if missing:
            raise CannotCheck(f"the events have no column {', '.join(missing)}")
        self.at = [columns.index(name) for name in COLUMNS]
        self.width = len(columns)
        self.epochs = sorted(epochs, key=lambda epoch: -epoch.first)

    def position(self, fields: Sequence[bytes]) -> int:
        """Return which event a row is.

        Raises:
            ValueError: it does not say, or has not all columns.
        """
        if len(fields) != self.width:
            raise ValueError("a row has not all columns")
        return int(fields[self.at[0]])

    def stored(self, fields: Sequence[bytes]) -> bytes:
        """Return the leaf beside the event, blank where it is no hash."""
        try:
            leaf = bytea(fields[self.at[-1]])
        except ValueError:
            return BLANK
        return leaf if len(leaf) == len(BLANK) else BLANK

    def entry(self, fields: Sequence[bytes]) -> str:
        """Return the entry of an event.

        Raises:
            ValueError: a field is not of its type.
        """
        position, stream, version, topic, at, state = (
            fields[place] for place in self.at[:-1]
        )
        nth = int(position)
        return entry_text(
            self.origin(nth),
            cast(UUID, stream.decode()),  # its text, as PostgreSQL writes it, is enough
            int(version),
            unescaped(topic).decode(),
            nth,
            datetime.fromisoformat(at.decode()),
            bytea(state),
        )

    def told(self, fields: Sequence[bytes]) -> str:
        """Return the entry, or where a field is not of its type, the fields as such."""
        try:
            return self.entry(fields)
        except UNREADABLE:
            position, stream, version, topic, at, state = (
                unescaped(fields[place]).decode(errors="replace")
                for place in self.at[:-1]
            )
            lines = (stream, version, topic, position, at, f"unreadable {state[:64]}")
            return "\n".join(("unreadable", *lines, ""))

    def origin(self, position: int) -> str:
        for epoch in self.epochs:
            if epoch.first <= position:
                return epoch.origin
        return self.epochs[-1].origin
