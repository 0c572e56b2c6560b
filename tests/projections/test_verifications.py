"""Verifications in the docket: how far each has come, what is asked, what was drawn."""

from datetime import date
from typing import Any

import pytest

from domain.access import Reach
from domain.errors import Invalid
from domain.verification import facts
from domain.verification.source import SourceWithdrawn
from domain.verification.state import verification_stream
from projections.models.reach import within
from projections.models.verifications import (
    VerificationEntry,
    Which,
    draws,
    explanations,
    sources,
    verifications,
)
from tests.history import History
from tests.projections.kinds import Connection, Tell
from tests.projections.verified import (
    CITED,
    asked,
    declared,
    detected,
    drawn,
    opened,
)

TODAY = date(2016, 6, 20)
JULY, AUGUST = date(2016, 7, 1), date(2016, 8, 1)


def office() -> History:
    history = History().on(TODAY)
    history.unit("U1")
    for number in ("P1", "P2"):
        history.person(number)
    history.post("P1", "U1", date(2015, 1, 1))
    return history


def entry(reader: Connection, name: str) -> VerificationEntry:
    rows = verifications(reader, TODAY, Which(all=True)).rows
    return next(row for row in rows if row.verification == name)


def finding() -> facts.VerificationFinding:
    return facts.VerificationFinding(
        finding="verification:V1:1",
        conduct="c",
        class_="omission",
        mental="negligence",
        standard="s",
        reasons="r",
        cited=CITED,
    )


def verifying() -> History:
    """Return a verification in which two discrepancies wait to be explained."""
    history = office()
    stream = opened(history, "P1", "V1", draw="W1", board="B1", relative="R")
    lot = {"method": "m", "seed": "x", "pool": ("P2",)}
    history.add(stream, facts.VerifierAssigned(verifier="P2", **lot))  # type: ignore[arg-type]  # as its fields are
    for source in ("land", "land", "tax"):
        history.add(stream, facts.RegisterQueried(source=source))
    report = facts.ComparedReport(disclosure="D1", version=1)
    compared = facts.ReportsCompared(reports=(report,), cited=CITED, detected=2)
    history.add(stream, compared)
    for number in (1, 2):
        detected(history, stream, number)
    asked(history, stream, JULY)
    return history


def test_a_verification_says_who_was_asked_and_what_differs(
    tell: Tell, reader: Connection
) -> None:
    tell(verifying())

    row = entry(reader, "V1")

    assert (row.verifier, row.sources) == ("P2", ["land", "tax"])
    assert (row.draw, row.board, row.relative) == ("W1", "B1", "R")
    assert row.reports == ["D1"]
    assert (row.discrepancies, row.unresolved, row.answer_by) == (2, 2, JULY)


def test_a_verification_is_told_as_far_as_it_has_come(
    tell: Tell, reader: Connection
) -> None:
    history = tell(verifying())
    stream = verification_stream("V1")
    said: list[Any] = [
        facts.ExplanationReceived(received_on=TODAY, text="mine"),
        facts.DiscrepancyResolved(discrepancy=1, how="explained", text="x"),
        finding(),
    ]
    for fact in said:
        history.add(stream, fact)
    tell(history)
    row = entry(reader, "V1")
    assert (row.unresolved, row.answer_by, row.findings) == (1, None, 1)
    assert not row.concluded

    history.add(stream, facts.VerificationConcluded(text="done"))
    tell(history)
    assert entry(reader, "V1").concluded
    assert verifications(reader, TODAY).rows == ()


def several() -> History:
    history = office()
    detected(history, opened(history, "P1", "V1"), 1)
    opened(history, "P2", "V2", basis="risk", draw="W1")
    asked(history, opened(history, "P2", "V3"), JULY)
    asked(history, opened(history, "P1", "V4"), AUGUST)
    return history


@pytest.mark.parametrize(
    ("which", "found"),
    [
        (Which(), {"V1", "V2", "V3", "V4"}),
        (Which(person="P2"), {"V2", "V3"}),
        (Which(unit="U1"), {"V1", "V4"}),
        (Which(basis="risk"), {"V2"}),
        (Which(draw="W1"), {"V2"}),
        (Which(unresolved=True), {"V1"}),
        (Which(verifier="P2"), set()),
    ],
)
def test_a_list_may_be_narrowed(
    tell: Tell, reader: Connection, which: Which, found: set[str]
) -> None:
    tell(several())

    assert {v.verification for v in verifications(reader, TODAY, which).rows} == found


def test_lists_come_in_pages_by_their_day(tell: Tell, reader: Connection) -> None:
    tell(several())

    first = verifications(reader, TODAY, limit=3)
    rest = verifications(reader, TODAY, limit=3, after=first.next)
    wanted = explanations(reader, TODAY, limit=1)
    then = explanations(reader, TODAY, limit=1, after=wanted.next)

    assert len({v.verification for v in (*first.rows, *rest.rows)}) == 4
    asked_for = [(e.verification, e.answer_by) for e in (*wanted.rows, *then.rows)]
    assert asked_for == [("V3", JULY), ("V4", AUGUST)]
    mine = explanations(reader, TODAY, Which(person="P1", unit="U1")).rows
    assert [e.verification for e in mine] == ["V4"]
    with pytest.raises(Invalid):
        explanations(reader, TODAY, after=first.next)


def test_the_person_sees_it_when_they_are_asked_and_not_before(
    tell: Tell, web: Connection
) -> None:
    tell(several())

    with within(web, Reach(person="P1", reader="P1")):
        seen = {v.verification for v in verifications(web, TODAY).rows}
        assert {e.verification for e in explanations(web, TODAY).rows} == {"V4"}

    assert seen == {"V4"}


def test_s5_06_draws_come_with_all_that_repeats_them_the_newest_first(
    tell: Tell, web: Connection
) -> None:
    history = several()
    for name, day in (("W1", JULY), ("W2", AUGUST)):
        drawn(history, name, "P1", "P2", as_of=day)
    tell(history)

    with within(web, Reach()):
        first = draws(web, limit=1)
        then = draws(web, limit=1, after=first.next)
    with within(web, Reach(unit="U1")):
        part = draws(web).rows

    assert [d.draw for d in (*first.rows, *then.rows)] == ["W2", "W1"]
    (row,) = then.rows
    assert (row.seed, row.size, row.population_size) == ("x", 2, 9)
    assert (row.population_sha256, row.opened) == ("ab" * 32, 1)
    assert part == ()


def test_s2_03_sources_are_listed_while_they_are_declared(
    tell: Tell, reader: Connection
) -> None:
    history = office()
    tax = declared(history, "tax")
    declared(history, "land")
    tell(history)
    assert [s.source for s in sources(reader)] == ["land", "tax"]

    history.add(tax, SourceWithdrawn())
    tell(history)
    assert [s.source for s in sources(reader)] == ["land"]

    declared(history, "tax", purpose="income")
    tell(history)
    assert [s.purpose for s in sources(reader)] == ["homes", "income"]
