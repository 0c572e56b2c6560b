"""Search over filings: by what stays open, within what whoever asks may read."""

from datetime import date, timedelta
from typing import Any

import pytest

from domain.access import Reach
from domain.disclosure import DisclosureAmended, DisclosureCertified, ReviewerAssigned
from domain.obligation import FulfilmentWithdrawn
from domain.records.exclusion import ExclusionLifted, ReaderExcluded
from domain.unit import UnitHeadNamed, unit_stream
from projections.models.reach import within
from projections.models.search import Which, search_filings
from projections.postgres.address import Address
from tests.chance import PEOPLE, UNITS, chance_history
from tests.history import History
from tests.naive import Naive
from tests.naive_records import excluded
from tests.postgres import as_role
from tests.projections.kinds import Connection, Tell
from tests.projections.vault import IndexVault

JUNE = date(2016, 6, 20)
ALL = Reach()


def office() -> History:
    """HQ is led by B (boss), North below it by H, South by S; P1 files in North."""
    history = History()
    for code, parent in {"HQ": None, "North": "HQ", "South": "HQ"}.items():
        history.unit(code, parent)
    posts = {"P1": "North", "P2": "South", "B": "HQ", "H": "North", "S": "South"}
    for number, unit in posts.items():
        history.person(number)
        history.post(number, unit, date(2010, 1, 1))
    for code, head in {"HQ": "B", "North": "H", "South": "S"}.items():
        history.add(unit_stream(code), UnitHeadNamed(head=head))
    return history


def found(reader: Connection, reach: Reach = ALL, **which: Any) -> list[str]:
    asked = Which(**which)
    page = search_filings(reader, JUNE, reach, asked, limit=2)
    rows = list(page.rows)
    while page.next:
        page = search_filings(reader, JUNE, reach, asked, after=page.next, limit=2)
        rows += page.rows
    return [row.disclosure for row in rows]


def test_s1_20_filings_are_found_by_what_stays_open(
    tell: Tell, reader: Connection
) -> None:
    history = office()
    first = history.file("P1", "D1", JUNE, flags=("too many tables",))
    history.file("P1", "D2", JUNE + timedelta(days=1), subject="child")
    history.file(
        "P2", "D3", JUNE + timedelta(days=2), category="travel", confidentiality="open"
    )
    duty = history.oblige("P1", "1", JUNE - timedelta(days=3))
    history.fulfil(duty, "D1", JUNE, late=3)
    history.add(first, ReviewerAssigned(reviewer="R1"))
    history.add(first, DisclosureCertified())
    tell(history)

    assert found(reader) == ["D3", "D2", "D1"]
    assert found(reader, person="P1") == found(reader, unit="North") == ["D2", "D1"]
    assert found(reader, category="travel") == found(reader, secrecy="open") == ["D3"]
    assert found(reader, subject="child") == ["D2"]
    only_first = (
        {"late": True},
        {"flagged": True},
        {"reviewer": "R1"},
        {"stage": "certified"},
        {"disclosure": "D1"},
        {"received_to": JUNE, "rulebook": "house", "rule": "wedding"},
    )
    assert all(found(reader, **which) == ["D1"] for which in only_first)
    assert found(reader, received_from=JUNE + timedelta(days=2)) == ["D3"]
    (row,) = search_filings(reader, JUNE, ALL, Which(disclosure="D1")).rows
    assert (row.days_late, row.flags, row.deficiencies) == (3, 1, 0)
    assert (row.name, row.unit, row.unit_name) == ("Person P1", "North", "Unit North")


def test_what_is_no_longer_late_is_not_found_as_late(
    tell: Tell, reader: Connection
) -> None:
    history = office()
    stream = history.file("P1", "D1", JUNE, flags=("too many tables",))
    duty = history.oblige("P1", "1", JUNE - timedelta(days=3))
    history.fulfil(duty, "D1", JUNE, late=3)
    tell(history)
    history.add(duty, FulfilmentWithdrawn(disclosure="D1"))
    history.add(stream, DisclosureAmended(items=({},), received_on=JUNE))
    tell(history)

    assert found(reader) == ["D1"]
    assert found(reader, late=True) == found(reader, flagged=True) == []


def test_s1_20_a_search_never_finds_what_lies_beyond_the_reach(
    tell: Tell, reader: Connection
) -> None:
    history = office()
    history.file("P1", "D1", JUNE)
    history.file("P2", "D2", JUNE + timedelta(days=1))
    tell(history)
    reaches = {
        Reach(): ["D2", "D1"],
        Reach(unit="HQ"): ["D2", "D1"],
        Reach(unit="North"): ["D1"],
        Reach(person="P2"): ["D2"],
        Reach(person=""): [],
        Reach(person="", persons=("P1", "P9")): ["D1"],
        Reach(persons=("P1",), unit="South"): [],
        Reach(persons=()): [],
        Reach(barred=("P1",)): ["D2"],
    }

    assert {reach: found(reader, reach) for reach in reaches} == reaches
    assert found(reader, Reach(unit="North"), person="P2") == []
    assert found(reader, Reach(unit="North"), unit="South") == []
    assert found(reader, Reach(persons=None, matters=("D2",))) == ["D2"]


def test_s1_18_the_named_superior_and_their_chain_never_find_the_report(
    tell: Tell, reader: Connection
) -> None:
    history = office()
    stream = history.file("P1", "D1", JUNE)
    history.add(stream, ReaderExcluded(superior="H"))
    tell(history)

    def sees(number: str | None) -> bool:
        return found(reader, Reach(reader=number)) == ["D1"]

    assert {n: sees(n) for n in ("H", "B", "S", "P2", "P1", None)} == {
        "H": False,  # who was named
        "B": False,  # stands above
        "P1": True,  # works below, but it is their own
        "S": True,
        "P2": True,
        None: True,
    }
    history.add(unit_stream("South"), UnitHeadNamed(head="H"))
    tell(history)
    assert not sees("P2")
    history.add(stream, ExclusionLifted(superior="H"))
    tell(history)
    assert sees("H")


@pytest.mark.parametrize("seed", range(3))
def test_s1_20_whatever_is_asked_only_what_may_be_read_is_found(
    tell: Tell, database: Address, seed: int, vault: IndexVault
) -> None:
    history = tell(chance_history(seed, 500, vault))
    naive, today = Naive(history.records), history.now.date()
    filed = {r.originator_id: r for r in history.records if hasattr(r.fact, "flags")}
    with as_role(database, "probity_web") as web:
        for nth, unit in enumerate((None, *UNITS)):
            reach = Reach(unit=unit, reader=PEOPLE[nth])
            kept = excluded(history.records, PEOPLE[nth], today)
            with within(web, reach, today=today):
                page = search_filings(web, today, reach, limit=500)
            assert {row.stream for row in page.rows} == {
                stream
                for stream, record in filed.items()
                if naive.stands(record.subject or "", today, unit)
            } - kept
