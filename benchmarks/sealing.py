"""What confidentiality costs: sealing, putting a read on record, asking the policy."""

import itertools
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from functools import partial
from http import HTTPStatus
from typing import Any

from flask.testing import FlaskClient

from benchmarks.figures import Figure, in_turn, rate
from benchmarks.projecting import project
from benchmarks.register import (
    NOW,
    PEOPLE,
    RULEBOOK,
    UNITS,
    carry_out,
    file_for_a_year,
    office,
    open_register,
    transaction,
)
from domain.access import Grant, Target, decide
from domain.casework import Casework
from domain.filing import FileDisclosure
from domain.personnel import AssumePosition, RegisterPerson
from domain.record import Actor, Command
from domain.rulebook import DraftRulebook, PublishRulebook
from domain.rulebooks import shipped
from projections.postgres.address import Address
from projections.tokens import Wanted
from web import create_app
from web.reading import Reader
from web.wiring import open_desk

SEALING, READING, POLICY = 0.85, 2.0, 20.0
WRITERS = 8
# The same law, but that nothing it asks is confidential; and people without a name.
PLAIN = "bench-open"
NAMELESS = [f"Q{n:03}" for n in range(50)]
SEALED = 'classes = { default = "confidential", family = "restricted" }'
OPEN = 'classes = { default = "open", family = "open" }'


def figures(address: Address) -> Iterator[Figure]:
    casework, log = open_register(address)
    open_plainly(casework)
    yield filing(casework)
    file_for_a_year(casework, len(PEOPLE) * 4)
    log.pool.close()
    project(address)
    yield opening(address)
    yield policy()


def open_plainly(casework: Casework) -> None:
    """Add what is as like the register as can be, with nothing in it to seal."""
    text = shipped()[f"{RULEBOOK}.toml"].replace(f'"{RULEBOOK}"', f'"{PLAIN}"')
    if SEALED not in text:
        raise RuntimeError("the rulebook has other classes now")
    draft = DraftRulebook(rulebook=PLAIN, text=text.replace(SEALED, OPEN))
    casework.handle(draft, by=office("rulebook_steward"), at=NOW)
    publish = PublishRulebook(rulebook=PLAIN, version=1)
    casework.handle(publish, by=office("admin"), at=NOW)
    carry_out(casework, office(), nameless())


def nameless() -> Iterator[Command[Any]]:
    for nth, person in enumerate(NAMELESS):
        yield RegisterPerson(number=person, name="")
        yield AssumePosition(
            number=person,
            post="post",
            unit=UNITS[nth % len(UNITS)],
            title="Member",
            from_on=date(2010, 1, 1),
            employer_type="us-congress",
        )


def filing(casework: Casework) -> Figure:
    numbers = itertools.count()

    def file(people: list[str], rulebook: str) -> None:
        number = next(numbers)
        person = people[number % len(people)]
        command = FileDisclosure(
            disclosure=f"{rulebook}-{number}",
            person=person,
            rulebook=rulebook,
            rule="transaction",
            items=(transaction(number),),
        )
        by = Actor(id=person, role="declarant")
        casework.handle(command, by=by, at=NOW)

    sealed = partial(file, PEOPLE[: len(NAMELESS)], RULEBOOK)
    plain = partial(file, NAMELESS, PLAIN)
    value, beside = in_turn(
        lambda s: rate(sealed, s, WRITERS), lambda s: rate(plain, s, WRITERS)
    )
    return Figure(
        work="filing, sealed beside open",
        value=value,
        unit="filings/s",
        beside=beside,
        goal=SEALING,
    )


def opening(address: Address) -> Figure:
    """Open files over HTTP, once with the event of it and once without."""
    desk = open_desk(address.url)
    wanted = Wanted(
        role="reviewer", label="bench", expires_at=datetime.now(UTC) + timedelta(1)
    )
    token = desk.tokens.issue(wanted, by="bench")
    client = create_app(desk=desk).test_client()
    read = partial(open_file, client, token, itertools.cycle(PEOPLE))

    def unrecorded(seconds: float) -> float:
        with off_record():
            return rate(read, seconds)

    value, beside = in_turn(lambda s: rate(read, s), unrecorded)
    desk.close()
    return Figure(
        work="opening a file, with its read on record",
        value=1000 / value,
        unit="ms",
        beside=1000 / beside,
        goal=READING,
        at_most=True,
    )


def open_file(client: FlaskClient, token: str, people: Iterator[str]) -> None:
    headers = {"Authorization": f"Bearer {token}"}
    answer = client.get(f"/v1/people/{next(people)}/file", headers=headers)
    if answer.status_code != HTTPStatus.OK:
        raise RuntimeError(answer.text)


@contextmanager
def off_record() -> Iterator[None]:
    recorded: Callable[..., None] = Reader.go_on_record
    Reader.go_on_record = lambda *_: None  # type: ignore[method-assign]
    try:
        yield
    finally:
        Reader.go_on_record = recorded  # type: ignore[method-assign]


def policy() -> Figure:
    until = datetime.now(UTC) + timedelta(days=1)
    grant = Grant(
        actor="wang", role="certifier", unit="U01", person="wang", expires_at=until
    )
    target = Target(person="shen", units=("U17", "U05", "U01"))
    count, now = 20_000, datetime.now(UTC)
    started = time.perf_counter()
    for _ in range(count):
        decide(grant, "disclosure.certify", target, at=now)
    return Figure(
        work="a decision of the access policy",
        value=(time.perf_counter() - started) / count * 1e6,
        unit="microseconds",
        goal=POLICY,
        at_most=True,
    )
