"""The history of a person with 500 events, over HTTP, beside the bare SQL it runs."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import psycopg

from benchmarks.figures import Figure, in_turn, rate
from benchmarks.projecting import project
from benchmarks.register import (
    NOW,
    PEOPLE,
    RULEBOOK,
    carry_out,
    office,
    open_register,
    transaction,
)
from domain.casework import Casework
from domain.filing import FileDisclosure
from domain.record import Actor
from domain.review import Annotate, Certify
from projections.postgres.address import Address, connect_as
from projections.tokens import Wanted
from web import create_app
from web.wiring import Settings, open_desk

EVENTS = 500
GOAL = 100.0  # milliseconds
PERSON = PEOPLE[7]
# What the history reads, in one go: the events of all streams that are about a person.
BARE = """
SELECT notification_id, topic, state
  FROM log.probity_events
 WHERE originator_id = ANY(%s)
"""
STREAMS = """
SELECT DISTINCT originator_id
  FROM log.probity_events
 WHERE convert_from(state, 'UTF8')::jsonb ->> 'subject' = %s
   AND topic !~ '^records'
"""


def figures(address: Address) -> Iterator[Figure]:
    casework, log = open_register(address)
    count = reported(casework)
    log.pool.close()
    project(address)
    app = create_app(Settings(url=address.url))
    path = f"/v1/history/person/{PERSON}"
    desk = open_desk(address.url)
    token = desk.tokens.issue(
        Wanted(
            role="certifier",
            label="bench",
            expires_at=datetime.now(UTC) + timedelta(hours=1),
        ),
        by="bench",
    )
    desk.close()
    client, headers = app.test_client(), {"Authorization": f"Bearer {token}"}

    def ours() -> bytes:
        content: bytes = client.get(path, headers=headers).data
        return content

    told = len(json.loads(ours())["entries"])
    if told < EVENTS:
        raise RuntimeError(f"the history tells {told} events of {count} in the log")
    where = connect_as(address.url, "probity_web", name="bench")
    with psycopg.connect(where, autocommit=True) as connection:
        streams = [row[0] for row in connection.execute(STREAMS, (PERSON,))]

        def bare() -> None:
            connection.execute(BARE, (streams,)).fetchall()

        mine, beside = in_turn(
            lambda seconds: rate(ours, seconds), lambda seconds: rate(bare, seconds)
        )
    yield Figure(
        work=f"history of {EVENTS} events, as JSON",
        value=1000 / mine,
        unit="ms",
        beside=1000 / beside,
        goal=GOAL,
        at_most=True,
        of_value=True,
    )


def reported(casework: Casework) -> int:
    """Let one person have so many events: reports, notes on them and certificates."""
    count = EVENTS // 5
    own = Actor(id=PERSON, role="declarant")
    reports = [
        FileDisclosure(
            disclosure=f"bench-{nth}",
            person=PERSON,
            rulebook=RULEBOOK,
            rule="transaction",
            items=(transaction(nth),),
        )
        for nth in range(count)
    ]
    for report in reports:
        casework.handle(report, by=own, at=NOW)
    names = [report.disclosure for report in reports]
    certifier = office("certifier")
    notes = (Annotate(disclosure=name, text="looked at") for name in names)
    carry_out(casework, certifier, notes)
    carry_out(casework, certifier, (Certify(disclosure=name) for name in names))
    return casework.recorder.max_notification_id() or 0
