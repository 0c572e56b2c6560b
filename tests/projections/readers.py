"""People who read of others, and what the access log says of it."""

from datetime import UTC, date, datetime
from typing import Any

from domain.records.reading import PersonalDataRead, reading_stream, sole
from domain.unit import UnitHeadNamed, unit_stream
from tests.history import History

JUNE = date(2016, 6, 20)
ENDLESS = datetime(2100, 1, 1, tzinfo=UTC)


def office() -> History:
    history = History()
    history.on(JUNE)
    history.unit("HQ")
    history.unit("North", "HQ")
    for number, unit in {"P1": "North", "P2": "North", "P3": "HQ"}.items():
        history.person(number)
        history.post(number, unit, date(2010, 1, 1))
    history.add(unit_stream("HQ"), UnitHeadNamed(head="P3"))
    return history


def read(history: History, reader: str, *persons: str, **more: Any) -> datetime:
    """Let somebody be shown data; return when that was."""
    fields = {"role": "auditor", "purpose": "audit", "what": "file", **more}
    fact = PersonalDataRead(
        reader=reader, persons=persons, authority="mandate 1", **fields
    )
    stream = reading_stream(str(len(history.records)))
    return history.add(stream, fact, subject=sole(persons)).recorded_at
