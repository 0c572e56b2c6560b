"""Recourse: which appeals wait to be decided, and what is held of whom."""

from datetime import date

import pytest

from domain import appeal, hold
from domain.errors import Invalid
from domain.hold import holds_stream
from domain.record import Fact
from projections.models.recourse import (
    AppealEntry,
    Appeals,
    HoldEntry,
    Holds,
    appeals,
    holds,
)
from projections.rebuild import rebuild
from tests.history import History
from tests.projections.appealed import decided, held, lodged
from tests.projections.kinds import Connection, Tell
from tests.projections.vault import IndexVault
from tests.rows import all_rows

TODAY = date(2016, 6, 20)
MAY, JULY, AUGUST = date(2016, 5, 1), date(2016, 7, 1), date(2016, 8, 1)


def office() -> History:
    history = History().on(TODAY)
    history.law()
    history.unit("U1")
    for number in ("P1", "P2"):
        history.person(number)
    history.post("P1", "U1", date(2015, 1, 1))
    return history


def waiting() -> History:
    """Return three appeals and three holds; one of each is past its day."""
    history = office()
    lodged(history, "P1", "A1", AUGUST)
    late = lodged(history, "P2", "A2", MAY)
    panel = appeal.PanelConstituted(members=("mu",), authority="court")
    history.add(late, panel)
    lodged(history, "P2", "A3", JULY, stage="appeal")
    held(history, "P1", 1, JULY)
    held(history, "P2", 1, MAY)
    held(history, "P2", 2, AUGUST, type="exit")
    return history


def names(rows: tuple[AppealEntry, ...]) -> list[str]:
    return [row.appeal for row in rows]


def test_s2_13_appeals_come_by_when_they_are_to_be_decided_the_overdue_first(
    tell: Tell, reader: Connection
) -> None:
    tell(waiting())

    first = appeals(reader, TODAY, limit=2)
    then = appeals(reader, TODAY, limit=2, after=first.next)

    assert names(first.rows) + names(then.rows) == ["A2", "A3", "A1"]
    assert [row.overdue for row in first.rows] == [True, False]
    assert then.next is None
    with pytest.raises(Invalid):
        holds(reader, TODAY, after=first.next)


@pytest.mark.parametrize(
    ("which", "found"),
    [
        (Appeals(person="P2"), ["A2", "A3"]),
        (Appeals(unit="U1"), ["A1"]),
        (Appeals(stage="appeal"), ["A3"]),
        (Appeals(member="mu"), ["A2"]),
        (Appeals(overdue=True), ["A2"]),
    ],
)
def test_the_appeals_may_be_narrowed(
    tell: Tell, reader: Connection, which: Appeals, found: list[str]
) -> None:
    tell(waiting())

    assert names(appeals(reader, TODAY, which).rows) == found


def test_an_appeal_goes_its_way_until_it_is_carried_out(
    tell: Tell, reader: Connection
) -> None:
    history = office()
    stream = lodged(history, "P1", "A1", MAY)
    decided(history, stream)
    tell(history)
    (after,) = appeals(reader, TODAY, Appeals(all=True)).rows
    done = appeal.DecisionImplemented(on=JULY, text="paid")
    tell_more = history.add(stream, done)
    tell(history)

    (last,) = appeals(reader, TODAY, Appeals(all=True)).rows
    assert (after.state, after.outcome, after.overdue) == ("decided", "quashed", False)
    assert (after.members, after.authority) == (["mu", "ning"], "court")
    assert (after.excused, after.stayed, after.escalated_on) == (True, False, TODAY)
    assert (after.decide_by, after.served_on) == (TODAY, TODAY)
    assert (last.state, last.implemented_on) == ("implemented", JULY)
    assert last.event_id == tell_more.event_id
    assert appeals(reader, TODAY).rows == ()


def test_what_is_rejected_waits_no_more(tell: Tell, reader: Connection) -> None:
    history = office()
    stream = lodged(history, "P1", "A1", MAY)
    history.add(stream, appeal.AppealRejectedOutOfTime(text="x"))
    tell(history)

    (row,) = appeals(reader, TODAY, Appeals(all=True)).rows
    assert (row.state, row.decided_on) == ("rejected", TODAY)
    assert appeals(reader, TODAY).rows == ()


@pytest.mark.parametrize(
    ("which", "found"),
    [
        (Holds(), ["P2:1", "P1:1", "P2:2"]),
        (Holds(person="P2"), ["P2:1", "P2:2"]),
        (Holds(unit="U1"), ["P1:1"]),
        (Holds(type="exit"), ["P2:2"]),
        (Holds(overdue=True), ["P2:1"]),
    ],
)
def test_i8_holds_come_by_when_they_are_reviewed_and_may_be_narrowed(
    tell: Tell, reader: Connection, which: Holds, found: list[str]
) -> None:
    tell(waiting())

    assert [row.hold for row in holds(reader, TODAY, which).rows] == found


def test_i8_a_hold_stands_until_it_is_lifted_whatever_its_review_date(
    tell: Tell, reader: Connection
) -> None:
    history = office()
    name = held(history, "P1", 1, MAY)
    override = {"hold": name, "override": f"{name}:1", "target": "d"}
    happens(history, hold.HoldNotified(hold=name, on=TODAY))
    happens(history, hold.HoldOverrideProposed(**override, text="x"))
    tell(history)
    (overdue,) = holds(reader, TODAY).rows
    happens(history, hold.HoldOverridden(**override, proposed_by="w"))
    happens(history, hold.HoldReviewed(hold=name, on=TODAY, review_on=JULY, text="x"))
    tell(history)
    (reviewed,) = holds(reader, TODAY).rows
    happens(history, hold.HoldLifted(hold=name, on=JULY, text="paid"))
    tell(history)

    assert (overdue.overdue, overdue.proposed, overdue.notified_on) == (True, 1, TODAY)
    assert (reviewed.overdue, reviewed.proposed) == (False, 0)
    assert holds(reader, TODAY).rows == ()
    (lifted,) = holds(reader, TODAY, Holds(all=True)).rows
    assert isinstance(lifted, HoldEntry)
    assert lifted.lifted_on == JULY


def happens(history: History, fact: Fact) -> None:
    history.add(holds_stream("P1"), fact)


def test_a_rebuilt_model_equals_the_live_one(
    tell: Tell, keeper: Connection, vault: IndexVault
) -> None:
    history = waiting()
    decided(history, lodged(history, "P1", "A9", JULY))
    tell(history)
    before = all_rows(keeper)["recourse"]

    assert rebuild(keeper, "recourse", vault, batch=3)
    assert all_rows(keeper)["recourse"] == before
    assert all(before.values())
