"""The access log: who was shown whose data, what was unusual, and who may know."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from domain.disclosure import ReviewerAssigned
from domain.errors import Invalid
from domain.person import RelatedPersonDeclared, RelatedPersonRemoved, person_stream
from domain.record import Actor
from domain.records.break_glass import BreakGlassReviewed, BreakGlassUsed, glass_stream
from domain.records.reading import PersonalDataRead, reading_stream
from domain.unit import UnitHeadNamed, unit_stream
from projections.models.access_log import (
    Access,
    Days,
    Which,
    accesses,
    seen,
    volumes,
)
from projections.models.paging import Page
from projections.projector import Projector
from tests import naive_records
from tests.chance import PEOPLE, chance_history
from tests.history import cite
from tests.projections.kinds import Connection, Tell
from tests.projections.readers import ENDLESS, JUNE, office, read
from tests.projections.vault import IndexVault


def every(ask: Callable[[str | None], Page[Access]]) -> list[Access]:
    page = ask(None)
    rows = list(page.rows)
    while page.next:
        page = ask(page.next)
        rows += page.rows
    return rows


def test_s1_21_a_read_by_staff_stands_in_the_access_log(
    tell: Tell, reader: Connection, vault: IndexVault
) -> None:
    history = office()
    history.vault = vault
    fact = PersonalDataRead(
        reader="P2",
        role="reviewer",
        purpose="review",
        what="disclosure",
        key="D1",
        authority="mandate 1",
        persons=("P1",),
        classes=("confidential",),
        fields=("items[0].venue",),
    )
    record = history.add(
        reading_stream("1"), fact, subject="P1", reason="the tables are many"
    )
    tell(history)

    (row,) = accesses(reader, JUNE).rows

    assert (row.position, row.at) == (history.position, record.recorded_at)
    assert (row.reader, row.reader_name, row.role) == ("P2", "Person P2", "reviewer")
    assert (row.event, row.what, row.key) == ("read", "disclosure", "D1")
    assert (row.person, row.name, row.own) == ("P1", "Person P1", False)
    assert (row.purpose, row.authority) == ("review", "mandate 1")
    assert (row.classes, row.fields) == (["confidential"], ["items[0].venue"])
    assert (row.masked, row.reason) == (False, history.records[-1].reason)
    assert row.reason != "the tables are many"


def test_a_list_is_an_entry_for_each_person_that_it_showed(
    tell: Tell, reader: Connection
) -> None:
    history = office()
    read(history, "P3", "P2", "P1", "P2", what="list")
    tell(history)

    rows = accesses(reader, JUNE).rows

    assert [row.person for row in rows] == ["P2", "P1"]
    assert [row.volume for row in rows] == [2, 2]


def test_s2_14_reads_of_relatives_on_either_side_are_unusual(
    tell: Tell, reader: Connection
) -> None:
    history = office()
    child = RelatedPersonDeclared(relative="a", relation="child", number="P2")
    history.add(person_stream("P1"), child)
    read(history, "P1", "P2")
    read(history, "P2", "P1")
    history.add(person_stream("P1"), RelatedPersonRemoved(relative="a"))
    read(history, "P2", "P1")
    tell(history)

    assert [row.relative for row in accesses(reader, JUNE).rows] == [False, True, True]
    assert len(accesses(reader, JUNE, Which(unusual=True)).rows) == 2


def test_a_read_of_a_superior_is_unusual_and_one_of_a_subordinate_is_not(
    tell: Tell, reader: Connection
) -> None:
    history = office()
    read(history, "P1", "P3")
    read(history, "P3", "P1")
    history.add(unit_stream("HQ"), UnitHeadNamed(head=None))
    read(history, "P1", "P3")
    tell(history)

    assert [row.superior for row in accesses(reader, JUNE).rows] == [False, False, True]


def test_a_unit_that_is_moved_has_other_superiors_from_then_on(
    tell: Tell, reader: Connection
) -> None:
    history = office()
    history.unit("South", None)
    history.add(unit_stream("South"), UnitHeadNamed(head="P2"))
    read(history, "P1", "P2")
    history.move_unit("North", "South")
    read(history, "P1", "P2")
    read(history, "P1", "P3")
    tell(history)

    assert [row.superior for row in accesses(reader, JUNE).rows] == [False, True, False]


def test_a_reviewer_reads_what_was_given_to_them_and_else_it_is_unusual(
    tell: Tell, reader: Connection
) -> None:
    history = office()
    stream = history.file("P1", "D1", JUNE)
    of_d1: dict[str, Any] = {"role": "reviewer", "what": "disclosure", "key": "D1"}
    read(history, "P2", "P1", **of_d1)
    history.add(stream, ReviewerAssigned(reviewer="P2"))
    read(history, "P2", "P1", **of_d1)
    read(history, "P3", "P1", **of_d1)
    read(history, "P3", "P1", **{**of_d1, "role": "auditor"})
    tell(history)

    rows = accesses(reader, JUNE).rows

    assert [row.unassigned for row in rows] == [False, True, False, True]


def test_breaking_the_glass_is_unusual_and_so_is_what_was_read_by_it(
    tell: Tell, reader: Connection
) -> None:
    history = office()
    stream = glass_stream("P2", "P1")
    clerk = Actor(id="P2", role="reviewer")
    used = BreakGlassUsed(
        use=1,
        actor="P2",
        person="P1",
        until=ENDLESS,
        cited=cite("handling.break_glass"),
    )
    history.add(stream, used, subject="P1", actor=clerk)
    read(history, "P2", "P1", purpose="emergency")
    judge = Actor(id="P3", role="auditor")
    judged = BreakGlassReviewed(use=1, justified=True, text="it burnt")
    history.add(stream, judged, subject="P1", actor=judge)
    tell(history)

    rows = accesses(reader, JUNE).rows

    assert [(r.event, r.reader, r.break_glass) for r in rows] == [
        ("glass_reviewed", "P3", False),
        ("read", "P2", True),
        ("glass_broken", "P2", True),
    ]
    assert len(accesses(reader, JUNE, Which(unusual=True)).rows) == 2


def test_what_somebody_reads_of_themself_is_never_unusual_and_counts_nowhere(
    tell: Tell, reader: Connection
) -> None:
    history = office()
    read(history, "P3", "P3", role="declarant", purpose="own")
    tell(history)

    (row,) = accesses(reader, JUNE).rows

    assert (row.own, row.relative, row.superior, row.volume) == (True, False, False, 0)
    assert accesses(reader, JUNE, Which(others=True)).rows == ()
    assert volumes(reader, Days()).rows == ()


def test_more_than_a_number_in_a_day_is_unusual_where_the_asker_says_so(
    tell: Tell, reader: Connection
) -> None:
    history = office()
    read(history, "P3", "P1", "P2", what="list")
    tell(history)
    read(history, "P3", "P1")
    read(history.on(date(2016, 6, 21)), "P3", "P1")
    tell(history)

    def unusual(many: int | None) -> int:
        which = Which(unusual=True, many=many)
        return len(accesses(reader, JUNE, which).rows)

    assert [unusual(None), unusual(3), unusual(2), unusual(0)] == [0, 0, 3, 4]
    found = [
        (v.reader, v.day, v.reads, v.persons) for v in volumes(reader, Days()).rows
    ]
    assert found == [
        ("P3", date(2016, 6, 21), 1, 1),
        ("P3", JUNE, 2, 3),
    ]
    assert [v.day for v in volumes(reader, Days(least=2)).rows] == [JUNE]
    assert volumes(reader, Days(first=date(2016, 6, 22))).rows == ()
    assert [v.day for v in volumes(reader, Days(last=JUNE, reader="P3")).rows] == [JUNE]


def test_the_log_is_narrowed_by_time_reader_person_unit_and_thing(
    tell: Tell, reader: Connection
) -> None:
    history = office()
    first = read(history, "P2", "P1", key="P1")
    second = read(history, "P1", "P3", role="clerk", what="disclosure", key="D1")
    tell(history)

    def positions(**which: Any) -> list[int]:
        found = accesses(reader, JUNE, Which(**which)).rows
        return [row.position - history.position for row in found]

    assert positions(since=second) == positions(reader="P1") == [0]
    assert positions(until=second) == positions(person="P1") == [-1]
    assert positions(since=first, until=ENDLESS) == positions(unit="HQ") == [0, -1]
    assert positions(unit="North") == positions(what="file") == [-1]
    assert positions(key="D1") == positions(role="clerk") == [0]


def test_the_log_is_read_page_by_page(tell: Tell, reader: Connection) -> None:
    history = office()
    for _ in range(4):
        read(history, "P3", "P1", "P2", what="list")
    tell(history)

    rows = every(lambda after: accesses(reader, JUNE, after=after, limit=3))
    first = seen(reader, "P1", ENDLESS, limit=3)
    second = seen(reader, "P1", ENDLESS, after=first.next, limit=3)

    places = [(row.position, row.person) for row in rows]
    assert places == sorted(places, reverse=True)
    assert len(set(places)) == 8
    assert len({row.position for row in (*first.rows, *second.rows)}) == 4
    with pytest.raises(Invalid, match="cursor"):
        volumes(reader, Days(), after=first.next)


@pytest.mark.parametrize("seed", range(4))
def test_the_log_is_that_of_the_records_folded_in_plain_python(
    tell: Tell, projector: Projector, reader: Connection, seed: int, vault: IndexVault
) -> None:
    projector.batch = (1000, 50, 7, 1)[seed]
    history = tell(chance_history(seed, 700, vault if seed % 2 else None))
    rows = every(lambda after: accesses(reader, JUNE, after=after, limit=100))
    wanted = list(naive_records.accesses(history.records))

    found = [
        (
            r.position,
            r.person,
            r.reader,
            r.relative,
            r.superior,
            r.unassigned,
            r.shown_from,
        )
        for r in rows
    ]

    assert found == sorted(wanted, key=lambda row: row[:2], reverse=True)
    assert {*[any(row[3:6]) for row in wanted]} == {True, False}
    assert {(v.reader, v.day): v.persons for v in volumes(reader, Days()).rows} == (
        dict(naive_records.volumes(history.records))
    )
    for number in PEOPLE:
        shown = [
            row[0] for row in wanted if row[1] == number != row[2] and row[6] <= ENDLESS
        ]
        assert [s.position for s in seen(reader, number, ENDLESS, limit=1000).rows] == (
            shown[::-1]
        )
