"""How records are kept: holds, destruction, requests, releases, exports, retention."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any, TypeVar
from uuid import UUID

import pytest

from domain.disclosure import DisclosureAmended
from domain.person import Retired, person_stream
from domain.record import Citation, Fact
from domain.records import access_request, correction, custody, release
from domain.records.break_glass import BreakGlassReviewed, BreakGlassUsed, glass_stream
from domain.records.export import ExportMade, export_stream
from projections.models import records, requests, schedule
from projections.models.paging import Page
from projections.models.records import Whose
from projections.projector import Projector
from tests.chance import chance_history
from tests.history import History, cite
from tests.naive import Naive
from tests.naive_records import Retention
from tests.projections.conftest import Connection, Tell
from tests.projections.vault import IndexVault

JUNE = date(2016, 6, 20)
NOON = datetime(2016, 6, 20, 12, tzinfo=UTC)
SIX = 'retention = "6Y"\nretention_after_departure = "8Y"'
T = TypeVar("T")


def office() -> History:
    history = History()
    history.on(JUNE)
    history.law(SIX)
    history.unit("HQ")
    history.unit("North", "HQ")
    for number, unit in {"P1": "North", "P2": "HQ"}.items():
        history.person(number)
        history.post(number, unit, date(2010, 1, 1))
    return history


def say(history: History, stream: UUID, *facts: Fact, person: str = "P1") -> None:
    for fact in facts:
        history.add(stream, fact, subject=person, reason="so it is")


def hold(name: str, review_on: date, person: str = "P1") -> custody.LegalHoldPlaced:
    return custody.LegalHoldPlaced(
        person=person, hold=name, basis="art 1", review_on=review_on
    )


def destroyed(on: date, **which: Any) -> custody.SubjectKeyDestroyed:
    fields = {"person": "P1", "basis": "retention", **which}
    return custody.SubjectKeyDestroyed(on=on, **fields)


def every(ask: Callable[[str | None], Page[T]]) -> list[T]:
    page = ask(None)
    rows = list(page.rows)
    while page.next:
        page = ask(page.next)
        rows += page.rows
    return rows


def test_holds_are_listed_by_the_day_of_their_review_until_they_are_released(
    tell: Tell, reader: Connection
) -> None:
    history = office()
    mine, others = custody.records_stream("P1"), custody.records_stream("P2")
    say(history, mine, hold("late", date(2017, 3, 1)), hold("soon", date(2017, 1, 1)))
    say(history, others, hold("soon", date(2017, 2, 1), "P2"), person="P2")
    say(history, mine, custody.LegalHoldReleased(hold="late"))
    tell(history)

    def found(**whose: Any) -> list[tuple[str, str]]:
        rows = every(
            lambda after: records.holds(
                reader, JUNE, Whose(**whose), after=after, limit=1
            )
        )
        return [(row.person, row.hold) for row in rows]

    assert found() == [("P1", "soon"), ("P2", "soon")]
    assert found(person="P1") == found(unit="North") == [("P1", "soon")]
    assert found(person="P1", all=True) == [("P1", "soon"), ("P1", "late")]
    (row,) = records.holds(reader, JUNE, Whose(person="P2")).rows
    assert (row.name, row.basis, row.reason) == ("Person P2", "art 1", "so it is")
    assert (row.placed_on, row.placed_by, row.released_on) == (JUNE, "office", None)


def test_a_hold_that_is_placed_again_holds_again(
    tell: Tell, reader: Connection
) -> None:
    history = office()
    released = custody.LegalHoldReleased(hold="H")
    first, again = hold("H", date(2017, 1, 1)), hold("H", date(2018, 1, 1))
    say(history, custody.records_stream("P1"), first, released, again)
    tell(history)

    (row,) = records.holds(reader, JUNE).rows

    assert (row.review_on, row.released_on) == (date(2018, 1, 1), None)


def test_orders_are_listed_with_what_became_of_them(
    tell: Tell, reader: Connection
) -> None:
    history = office()

    def order(number: int) -> custody.DestructionOrdered:
        return custody.DestructionOrdered(
            person="P1", order=number, basis="art 2", ordered_by="office", year=2016
        )

    say(
        history,
        custody.records_stream("P1"),
        order(1),
        custody.DestructionDeclined(order=1),
        order(2),
        destroyed(JUNE, basis="order", order=2, year=2016),
        order(3),
        destroyed(JUNE, year=2009),
    )
    tell(history)

    rows = every(lambda after: records.destructions(reader, JUNE, after=after, limit=2))
    assert [(row.ordered, row.stage, row.settled_on) for row in rows] == [
        (None, "destroyed", JUNE),
        (3, "ordered", None),
        (2, "destroyed", JUNE),
        (1, "declined", JUNE),
    ]
    (open_one,) = records.destructions(reader, JUNE, stage="ordered").rows
    assert (open_one.reason, open_one.ordered_by) == ("so it is", "office")


def test_requests_are_listed_by_the_day_they_are_due_and_those_without_one_last(
    tell: Tell, reader: Connection
) -> None:
    history = office()
    history.file("P1", "D1", JUNE)
    law: dict[str, Any] = {
        "cited": cite("handling.subject_access"),
        "received_on": JUNE,
    }
    for name, due_on in (("late", date(2016, 8, 1)), ("never", None)):
        fact = access_request.SubjectAccessRequested(
            request=name, person="P1", due_on=due_on, **law
        )
        say(history, access_request.access_request_stream(name), fact)
    asked = correction.CorrectionRequested(
        request="soon",
        person="P1",
        disclosure="D1",
        text="no",
        due_on=date(2016, 7, 1),
        **law,
    )
    granted = correction.CorrectionDecided(granted=True, text="yes")
    say(history, correction.correction_stream("soon"), asked, granted)
    tell(history)

    def found(**which: Any) -> list[str]:
        asked = requests.Which(**which)
        rows = every(
            lambda after: requests.requests(reader, JUNE, asked, after=after, limit=1)
        )
        return [row.request for row in rows]

    assert found() == ["soon", "late", "never"]
    assert found(stage="open") == found(kind="access") == ["late", "never"]
    assert found(due_before=date(2016, 8, 1), unit="HQ") == ["soon"]
    row = requests.requests(reader, JUNE, requests.Which(kind="correction")).rows[0]
    assert (row.disclosure, row.outcome, row.answered_on) == ("D1", "granted", JUNE)
    assert requests.requests(reader, JUNE).rows[2].due_on is None


def test_s1_23_a_release_stands_until_it_is_withdrawn_with_who_why_and_which_fields(
    tell: Tell, reader: Connection, vault: IndexVault
) -> None:
    history = office()
    history.vault = vault
    history.file("P1", "D1", JUNE)
    for name in ("1", "2"):
        fact = release.ReleaseDecided(
            release=name,
            person="P1",
            disclosure="D1",
            fields=("venue",),
            to="public",
            cited=cite("handling.publication"),
            reasons="it helps to monitor public power",
        )
        say(history, release.release_stream(name), fact)
    say(history, release.release_stream("1"), release.ReleaseWithdrawn())
    tell(history)

    (row,) = requests.releases(reader, JUNE, disclosure="D1").rows

    assert (row.release, row.fields, row.to) == ("2", ["venue"], "public")
    assert (row.decided_on, row.decided_by) == (JUNE, "office")
    assert row.reasons == history.records[-2].fact.reasons
    assert requests.releases(reader, JUNE, disclosure="D2").rows == ()
    every_one = every(
        lambda after: requests.releases(
            reader, JUNE, Whose(all=True), after=after, limit=1
        )
    )
    assert {each.release for each in every_one} == {"1", "2"}


def test_exports_are_listed_with_how_much_left_and_whether_it_was_masked(
    tell: Tell, reader: Connection
) -> None:
    history = office()
    for masked in (True, False):
        fact = ExportMade(
            export=f"E {masked}",
            kind="register",
            rows=9,
            persons=("P1", "P2"),
            purpose="audit",
            authority="mandate 1",
            masked=masked,
            sha256="ab",
        )
        history.add(export_stream(fact.export), fact)
    tell(history)

    rows = every(lambda after: records.exports(reader, after=after, limit=1))
    (unmasked,) = records.exports(reader, masked=False).rows

    assert [row.export for row in rows] == ["E False", "E True"]
    assert (unmasked.rows, unmasked.persons, unmasked.sha256) == (9, 2, "ab")
    assert records.exports(reader, made_by="nobody").rows == ()


def test_broken_glass_awaits_review_the_oldest_first(
    tell: Tell, reader: Connection
) -> None:
    history = office()
    for actor in ("A", "B"):
        for use in (1, 2):
            fact = BreakGlassUsed(
                use=use, actor=actor, person="P1", until=NOON, cited=cite("handling")
            )
            say(history, glass_stream(actor, "P1"), fact)
    judged = BreakGlassReviewed(use=1, justified=False, text="no fire")
    say(history, glass_stream("A", "P1"), judged)
    tell(history)

    def found(whose: Whose = records.EVERYONE, **asked: Any) -> list[tuple[str, int]]:
        rows = every(
            lambda after: records.broken_glass(
                reader, JUNE, whose, after=after, limit=2, **asked
            )
        )
        return [(row.actor, row.use) for row in rows]

    assert found() == [("A", 2), ("B", 1), ("B", 2)]
    assert found(actor="A") == [("A", 2)]
    first = records.broken_glass(reader, JUNE, Whose(all=True)).rows[0]
    assert (first.justified, first.text, first.reviewed_on) == (False, "no fire", JUNE)
    assert (first.reason, first.until, first.rulebook) == ("so it is", NOON, "house")


def kept(reader: Connection, today: date, **which: Any) -> list[tuple[Any, ...]]:
    rows = every(
        lambda after: schedule.retained(
            reader, today, schedule.Which(**which), after=after, limit=2
        )
    )
    return [(r.person, r.relative, r.year, r.start_on, r.due_on, r.held) for r in rows]


def test_what_was_filed_in_a_year_is_kept_from_its_end_as_long_as_the_law_says(
    tell: Tell, reader: Connection
) -> None:
    history = office()
    history.file("P1", "D1", JUNE)
    history.file("P1", "D2", JUNE, subject="child")
    history.file("P2", "D3", JUNE)
    tell(history)
    later = date(2017, 1, 1)
    mine = [
        ("P1", "", 2016, later, date(2023, 1, 1), False),
        ("P1", "child", 2016, later, date(2023, 1, 1), False),
    ]

    assert kept(reader, date(2016, 12, 31)) == []
    assert kept(reader, later, person="P1") == mine
    assert kept(reader, later, unit="North") == mine
    assert len(kept(reader, later)) == 3
    assert kept(reader, date(2022, 12, 31), due_by=date(2022, 12, 31)) == []
    assert len(kept(reader, date(2022, 12, 31), due_by=date(2023, 1, 1))) == 3
    due = schedule.retention_due(reader, date(2023, 1, 1)).rows
    assert [row.rulebooks for row in due] == [["house"]] * 3
    assert schedule.retention_due(reader, date(2022, 12, 31)).rows == ()


def test_an_amendment_in_a_later_year_keeps_the_whole_year_longer(
    tell: Tell, reader: Connection
) -> None:
    history = office()
    stream = history.file("P1", "D1", JUNE)
    later = date(2018, 3, 5)
    amended = DisclosureAmended(items=({"tables": 9},), received_on=later)
    history.on(later).add(stream, amended)
    tell(history)

    assert kept(reader, later) == [("P1", "", 2016, later, date(2024, 3, 5), False)]


def test_the_law_of_the_day_decides_and_without_an_end_nothing_is_due(
    tell: Tell, reader: Connection
) -> None:
    history = office()
    history.file("P1", "D1", JUNE)
    history.law('retention = "2Y"', version=2, begins=date(2018, 1, 1))
    history.law("", version=3, begins=date(2030, 1, 1))
    tell(history)

    def due_on(today: date) -> date | None:
        (row,) = kept(reader, today)
        found: date | None = row[4]
        return found

    assert due_on(date(2017, 12, 31)) == date(2023, 1, 1)
    assert due_on(date(2018, 1, 1)) == date(2019, 1, 1)
    assert due_on(date(2030, 1, 1)) is None
    assert schedule.retention_due(reader, date(2030, 1, 1)).rows == ()


def test_of_several_rulebooks_the_longest_decides_and_one_that_is_no_law_keeps_all(
    tell: Tell, reader: Connection
) -> None:
    history = office()
    history.file("P1", "D1", JUNE)
    history.file(
        "P1",
        "D2",
        JUNE,
        cited=Citation(rulebook="other", version=1, rule="wedding"),
    )
    tell(history)

    (row,) = schedule.retained(reader, date(2023, 1, 1)).rows

    assert (row.rulebooks, row.due_on) == (["house", "other"], None)


def test_a_legal_hold_keeps_what_is_due_off_the_list_of_what_may_go(
    tell: Tell, reader: Connection
) -> None:
    history = office()
    history.file("P1", "D1", JUNE)
    say(history, custody.records_stream("P1"), hold("H", date(2017, 1, 1)))
    tell(history)
    today = date(2023, 1, 1)
    assert [row[-1] for row in kept(reader, today, due_by=today)] == [True]
    assert schedule.retention_due(reader, today).rows == ()

    say(history, custody.records_stream("P1"), custody.LegalHoldReleased(hold="H"))
    tell(history)

    assert len(schedule.retention_due(reader, today).rows) == 1


def test_what_was_destroyed_is_off_the_list_until_more_of_it_comes(
    tell: Tell, reader: Connection
) -> None:
    history = office()
    stream = history.file("P1", "D1", JUNE)
    history.file("P1", "D2", JUNE, subject="child")
    history.on(date(2023, 1, 1))
    gone = destroyed(date(2023, 1, 1), relative="", year=2016)
    say(history, custody.records_stream("P1"), gone)
    tell(history)
    today = date(2023, 1, 2)
    assert [row[1] for row in kept(reader, today)] == ["child"]

    again = date(2024, 2, 1)
    amended = DisclosureAmended(items=({"tables": 9},), received_on=again)
    history.on(again).add(stream, amended)
    tell(history)

    assert [row[1] for row in kept(reader, again)] == ["child", ""]


def test_an_order_in_the_same_year_leaves_what_is_still_to_come(
    tell: Tell, reader: Connection
) -> None:
    history = office()
    history.file("P1", "D1", JUNE)
    early = destroyed(JUNE, basis="order", order=1)
    say(history, custody.records_stream("P1"), early)
    history.file("P1", "D2", JUNE)
    tell(history)

    assert [row[2] for row in kept(reader, date(2017, 1, 1))] == [2016]


def test_whoever_has_left_is_kept_as_such_under_all_that_they_filed_under(
    tell: Tell, reader: Connection
) -> None:
    history = office()
    history.file("P1", "D1", JUNE)
    left = date(2017, 3, 1)
    history.add(person_stream("P1"), Retired(on=left))
    history.vacate("P1", left)
    history.add(person_stream("P2"), Retired(on=left))
    tell(history)
    today = date(2018, 1, 1)

    rows = [row for row in kept(reader, today) if row[2] == 0]

    assert rows == [("P1", None, 0, left, date(2025, 3, 1), False)]
    history.post("P1", "HQ", date(2019, 1, 1))
    tell(history)
    assert [row for row in kept(reader, today) if row[2] == 0] == []


def test_what_is_kept_of_a_person_as_such_is_destroyed_once(
    tell: Tell, reader: Connection
) -> None:
    history = office()
    history.file("P1", "D1", JUNE)
    left, today = date(2017, 3, 1), date(2026, 1, 1)
    history.add(person_stream("P1"), Retired(on=left))
    history.vacate("P1", left)
    one = destroyed(date(2025, 3, 1), year=0, relative="child")
    say(history, custody.records_stream("P1"), one)
    tell(history)
    assert len(schedule.retention_due(reader, today).rows) == 2

    everything = destroyed(date(2025, 3, 1))
    say(history, custody.records_stream("P1"), everything)
    tell(history)

    assert schedule.retention_due(reader, today).rows == ()


@pytest.mark.parametrize("seed", range(4))
def test_the_schedule_is_that_of_the_log_folded_in_plain_python(
    tell: Tell, projector: Projector, reader: Connection, seed: int, vault: IndexVault
) -> None:
    projector.batch = (1000, 50, 7, 1)[seed]
    history = tell(chance_history(seed, 700, vault if seed % 2 else None))
    naive = Retention(Naive(history.records))
    for today in (history.now.date(), date(2017, 1, 1), date(2018, 1, 1)):
        found = kept(reader, today)
        assert sorted(found, key=repr) == sorted(naive.rows(today), key=repr)
        due = [row for row in found if row[4] and row[4] <= today]
        assert kept(reader, today, due_by=today) == due
    assert len(kept(reader, date(2017, 1, 1))) > 3
