"""Who of 500 candidates is eligible, at 100,000 people, beside one query by hand."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any, get_args
from uuid import UUID

import msgspec
import psycopg

from benchmarks.figures import Figure, in_turn, rate
from benchmarks.projecting import project
from benchmarks.register import carry_out, office
from domain.access import Reach
from domain.casework import Casework
from domain.promotion.facts import Result
from domain.promotion.served import Serves, Stint
from domain.promotion.stretch import Lasting, Stretch
from domain.record import Citation
from domain.rulebook import DraftRulebook, PublishRulebook
from domain.rulebooks import shipped
from projections.log import open_log
from projections.models.eligibility import Asked, eligible
from projections.models.reach import within
from projections.postgres.address import Address, connect_as
from projections.statements import Statements
from projections.vault.keyring import open_vault

SQL = Statements(Path(__file__).with_name("eligibility.sql"))
LAWS = ("cn-selection", "cn-governmental-sanctions", "cn-personal-matters-annual")
PEOPLE, CANDIDATES, EVENTS = 100_000, 500, 1_000_000
DAY = date(2024, 6, 1)
ASKED = Asked(rulebook="cn-selection", as_of=DAY)
GOAL, MOST = 1.5, 100.0  # of what stands beside it, and milliseconds
COLUMNS = "stream, nth, person, source, from_on, until_on, known_from, known_to, said"
COPY = f"COPY eligibility.stretch ({COLUMNS}) FROM STDIN"
LOOK = date(2024, 12, 1)
BLOCKS: dict[str, Any] = {"blocks": ("promotion", "further_use")}
PERIODS = ("sanction", "measure")
# What so many of a hundred people have, besides a post and a verification.
SHARES: dict[tuple[str, str], tuple[int, dict[str, Any]]] = {
    ("sanction", "live_sanction:demerit"): (4, BLOCKS),
    ("sanction", "live_sanction:warning"): (6, {"blocks": ("reward",)}),
    ("measure", "live_measure:admonition"): (4, BLOCKS),
    ("case", "open_case"): (3, {"stage": "investigation", "review_on": LOOK}),
    ("hold", "hold:promotion:investigation"): (2, {"review_on": LOOK, **BLOCKS}),
    ("finding", "finding:concealment"): (
        3,
        {"class_": "concealment", "mental": "intent"},
    ),
    ("flag", "flag:heightened_review"): (10, {}),
    ("verification", "unproven_discrepancy"): (4, {}),
}
SANCTIONS, REGISTER = LAWS[1], LAWS[2]


def figures(address: Address) -> Iterator[Figure]:
    settle(address)
    chosen = Random(2).sample(range(PEOPLE), CANDIDATES)  # noqa: S311  it is no secret
    persons = [number(nth) for nth in chosen]
    where = connect_as(address.url, "probity_web", name="bench")
    with (
        psycopg.connect(where, autocommit=True) as connection,
        within(connection, Reach()),
    ):
        yield from measure(connection, persons)


def measure(
    connection: psycopg.Connection[Any], persons: list[str]
) -> Iterator[Figure]:
    wanted = {"persons": persons, "day": DAY, "position": EVENTS}

    def ours() -> dict[str, Any]:
        found = eligible(connection, ASKED, persons, known_at=EVENTS)
        return {row.question.person: row for row in found.rows}

    def bare() -> dict[str, Any]:
        rows = connection.execute(SQL["judge"], wanted).fetchall()
        return {row[0]: row for row in rows}

    refuse_differences(ours(), bare())
    mine, beside = in_turn(
        lambda seconds: rate(ours, seconds), lambda seconds: rate(bare, seconds)
    )
    work = f"eligibility of {CANDIDATES} candidates"
    figure = Figure(
        work=work,
        value=1000 / mine,
        unit="ms",
        beside=1000 / beside,
        goal=GOAL,
        at_most=True,
    )
    yield figure
    yield replace(figure, work=f"{work}, in all", beside=None, goal=MOST)


def refuse_differences(ours: dict[str, Any], bare: dict[str, Any]) -> None:
    """Raise unless both say the same of everybody."""
    for person, row in ours.items():
        shown = [r for r in row.reasons if r.effect != "missing"]
        told = (row.result, row.until, row.review_on, len(shown))
        result, until, review, reasons = bare[person][1:]
        if told != (result, until, review, len(reasons or ())):
            raise RuntimeError(f"{person}: {told} is not {bare[person][1:]}")
    results = {row.result for row in ours.values()}
    if len(ours) != CANDIDATES or results != {*get_args(Result)}:
        raise RuntimeError("the candidates are not what they should be")


def settle(address: Address) -> None:
    """Publish the law, and fill the read model as so many events would have."""
    log = open_log(connect_as(address.url, "probity_web", name="bench"))
    casework = Casework(log, open_vault(log))
    for name in LAWS:
        text = shipped()[f"{name}.toml"]
        draft = DraftRulebook(rulebook=name, text=text)
        carry_out(casework, office("rulebook_steward"), iter([draft]))
        publish = PublishRulebook(rulebook=name, version=1)
        carry_out(casework, office("admin"), iter([publish]))
    log.pool.close()
    project(address)
    with psycopg.connect(address.admin_url, autocommit=True) as connection:
        with connection.cursor() as cursor, cursor.copy(COPY) as copy:
            for row in rows(Random(1)):  # noqa: S311  it is no secret
                copy.write_row(row)
        connection.execute(
            "UPDATE projection.position SET position = %s WHERE name = 'eligibility'",
            [EVENTS],
        )
        connection.execute("VACUUM ANALYZE eligibility.stretch")


def number(nth: int) -> str:
    return f"P{nth:06}"


def rows(random: Random) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of `stretch` of all that there is about everybody.

    Of each thing the log said so twice; what it said first is not known any more.
    """
    for nth in range(PEOPLE):
        for stream, said in enumerate(things(random, number(nth))):
            first = nth * 9 + 1
            then = random.randrange(first, EVENTS)
            key = UUID(int=(nth << 8) + stream)
            source = getattr(said, "source", "post")
            what = (number(nth), source, said.from_on, said.until_on)
            body = msgspec.json.encode(said).decode()
            yield (key, 0, *what, first, then, body)
            yield (key, 1, *what, then, None, body)


def things(random: Random, person: str) -> Iterator[Lasting]:
    hired = date(2000, 1, 1) + timedelta(days=random.randrange(8000))
    yield Stint(from_on=date.min, until_on=hired)
    yield Stint(from_on=hired, posts=(Serves(employer_type="agency"),))
    verified = DAY - timedelta(days=random.randrange(400))
    yield stretch(random, person, "verification", "verified", verified, None)
    for (source, code), (share, more) in SHARES.items():
        if random.randrange(100) < share:
            start = DAY - timedelta(days=random.randrange(1, 300))
            lasts = 305 if source in PERIODS else None
            end = start + timedelta(days=lasts) if lasts else None
            yield stretch(random, person, source, code, start, end, **more)


def stretch(
    random: Random,
    person: str,
    source: Any,
    code: str,
    start: date,
    end: date | None,
    **more: Any,
) -> Stretch:
    rulebook = REGISTER if source in ("finding", "flag") else SANCTIONS
    return Stretch(
        source=source,
        key=f"{person}:{code}",
        code=code,
        cited=Citation(rulebook=rulebook, version=1, rule=code),
        from_on=start,
        until_on=end,
        track="government" if source in PERIODS else None,
        events=(UUID(int=random.getrandbits(128)),),
        **more,
    )
