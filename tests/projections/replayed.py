"""A story in the database, as its commands recorded it, and what is done to it."""

from collections.abc import Callable
from typing import Any

from psycopg import Connection

from domain.receipt import entry_of
from projections.log import PostgresLog
from tests.domain.replaying.logs import sealed
from tests.spec import Scenario

EDIT = b"""
UPDATE log.probity_events SET state = convert_to(
    jsonb_set(convert_from(state, 'UTF8')::jsonb, %(path)s, %(value)s::jsonb)::text,
    'UTF8')
WHERE notification_id = (
    SELECT max(notification_id) FROM log.probity_events WHERE topic = %(topic)s)
RETURNING notification_id
"""
Store = Callable[[Scenario], int]


def stored(log: PostgresLog, scenario: Scenario) -> int:
    """Append all that the scenario recorded; return how many events that are."""
    records = sealed(scenario)
    log.append([entry_of(record) for record in records])
    return len(records)


def tamper(writer: Connection[Any], topic: str, field: str, value: str) -> int:
    """Change a field of the last fact of a topic, behind all guards; return where."""
    writer.execute("ALTER TABLE log.probity_events DISABLE TRIGGER ALL")
    path = ["fact", *field.split(".")]
    asked = {"topic": topic, "path": path, "value": value}
    ((position,),) = writer.execute(EDIT, asked).fetchall()
    writer.execute("ALTER TABLE log.probity_events ENABLE TRIGGER ALL")
    return int(position)
