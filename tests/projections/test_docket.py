"""The docket: which cases and recommendations there are, and when each is due."""

from datetime import date

import pytest

from domain.access import Reach
from domain.case import facts
from domain.case.case import case_stream
from domain.errors import Invalid
from domain.recommendation import (
    RecommendationAccepted,
    RecommendationImplemented,
    RecommendationOverdue,
    RecommendationRefused,
)
from domain.record import Fact
from projections.models.docket import (
    CaseEntry,
    RecommendationEntry,
    Which,
    cases,
    recommendations,
)
from projections.models.reach import within
from tests.history import History
from tests.projections.kinds import Connection, Tell
from tests.projections.prosecuted import (
    CITED,
    inquired,
    investigated,
    recommended,
    told,
)

TODAY = date(2016, 6, 20)
JULY, AUGUST = date(2016, 7, 1), date(2016, 8, 1)


def office() -> History:
    history = History().on(TODAY)
    history.law()
    history.unit("U1")
    for number in ("P1", "P2"):
        history.person(number)
    history.post("P1", "U1", date(2015, 1, 1))
    return history


def prosecuted() -> History:
    """Return two cases to be decided, and one that is an inquiry still."""
    history = office()
    for case, number, day in (("K1", "P1", AUGUST), ("K2", "P2", JULY)):
        investigated(history, inquired(history, number, case), day)
    inquired(history, "P2", "K3")
    return history


def entry(reader: Connection, case: str, **which: object) -> CaseEntry:
    asked = Which(all=True, **which)  # type: ignore[arg-type]  # as its fields are
    return next(c for c in cases(reader, TODAY, asked).rows if c.case == case)


def test_cases_come_by_when_they_are_to_be_decided_and_without_a_day_last(
    tell: Tell, reader: Connection
) -> None:
    tell(prosecuted())

    first = cases(reader, TODAY, limit=2)
    then = cases(reader, TODAY, limit=2, after=first.next)

    assert [c.case for c in (*first.rows, *then.rows)] == ["K2", "K1", "K3"]
    assert then.next is None
    with pytest.raises(Invalid):
        recommendations(reader, TODAY, after=first.next)


@pytest.mark.parametrize(
    ("which", "found"),
    [
        (Which(person="P2"), ["K2", "K3"]),
        (Which(unit="U1"), ["K1"]),
        (Which(stage="inquiry"), ["K3"]),
        (Which(due_before=AUGUST), ["K2"]),
        (Which(stage="closed"), []),
    ],
)
def test_a_list_may_be_narrowed(
    tell: Tell, reader: Connection, which: Which, found: list[str]
) -> None:
    tell(prosecuted())

    assert [c.case for c in cases(reader, TODAY, which).rows] == found


def test_a_case_goes_through_its_stages_and_is_open_until_it_is_closed(
    tell: Tell, reader: Connection
) -> None:
    history = prosecuted()
    stream = case_stream("K1")
    told(history, stream)
    tell(history)
    noticed = entry(reader, "K1")
    decided = facts.DecisionMade(
        closing="no_sanction", decided_on=JULY, findings=(), statements={}, cited=CITED
    )
    closed = facts.CaseClosed(closing="no_sanction", closed_on=AUGUST)
    for fact in (decided, closed):
        history.add(stream, fact)
    tell(history)

    after = entry(reader, "K1")
    assert (noticed.stage, noticed.answer_by) == ("notice", date(2016, 6, 27))
    assert (after.stage, after.closing, after.decided_on, after.closed_on) == (
        "closed",
        "no_sanction",
        JULY,
        AUGUST,
    )
    assert "K1" not in [c.case for c in cases(reader, TODAY).rows]


def test_what_is_reopened_is_under_way_again(tell: Tell, reader: Connection) -> None:
    history = prosecuted()
    again = facts.CaseReopened(text="A letter.", opened_on=TODAY)
    for case in ("K1", "K3"):
        stream = case_stream(case)
        history.add(stream, facts.CaseClosed(closing="withdrawn", closed_on=TODAY))
        history.add(stream, again)
    tell(history)

    stages = {c.case: c.stage for c in cases(reader, TODAY).rows}
    assert (stages["K1"], stages["K3"]) == ("investigation", "inquiry")
    assert entry(reader, "K1").closing is None


def test_who_investigates_and_by_when_it_is_decided_may_change(
    tell: Tell, reader: Connection, writer: Connection
) -> None:
    history = prosecuted()
    stream = case_stream("K1")
    later = facts.DecisionTimeExtended(
        decide_by=date(2016, 9, 1), text="x", cited=CITED
    )
    refer = facts.CaseReferredExternally(to="court", reference="7", text="x")
    changes: tuple[Fact, ...] = (
        later,
        facts.InvestigatorRelieved(investigator="jia"),
        facts.RecusalDecided(who="wei", recused=False, text="x"),
        facts.RecusalDecided(who="luo", recused=True, text="x"),
        facts.InvestigatorAssigned(investigator="wei"),
        refer,
    )
    for fact in changes:
        history.add(stream, fact)
    tell(history)

    found = entry(reader, "K1")
    assert (found.decide_by, found.referred) == (date(2016, 9, 1), True)
    asked = b"SELECT investigators FROM docket.proceeding WHERE key = 'K1'"
    assert writer.execute(asked).fetchone() == (["wei"],)


def test_t12_the_person_is_shown_a_case_from_the_notice_on_by_the_database_itself(
    tell: Tell, web: Connection
) -> None:
    history = prosecuted()

    def shown() -> list[str]:
        with within(web, Reach(person="P2", reader="P2"), today=TODAY):
            return [c.case for c in cases(web, TODAY).rows]

    tell(history)
    before = shown()
    told(history, case_stream("K2"))
    tell(history)

    assert (before, shown()) == ([], ["K2"])


@pytest.mark.parametrize(
    ("fact", "stage"),
    [
        (RecommendationAccepted(on=TODAY), "accepted"),
        (RecommendationRefused(on=TODAY, text="x"), "refused"),
        (RecommendationOverdue(answer_by=JULY), "overdue"),
        (RecommendationImplemented(on=TODAY, text="x"), "implemented"),
    ],
)
def test_s3_13_a_recommendation_is_listed_with_its_day_and_its_answer(
    tell: Tell, reader: Connection, fact: Fact, stage: str
) -> None:
    history = office()
    recommended(history, "P2", "R2", AUGUST)
    stream = recommended(history, "P1", "R1", JULY)
    history.add(stream, fact)
    tell(history)

    rows: tuple[RecommendationEntry, ...] = recommendations(reader, TODAY).rows
    due = recommendations(reader, TODAY, Which(due_before=AUGUST, unit="U1"))

    assert [(r.recommendation, r.answer_by, r.stage) for r in rows] == [
        ("R1", JULY, stage),
        ("R2", AUGUST, "issued"),
    ]
    assert [r.recommendation for r in due.rows] == ["R1"]
    assert recommendations(reader, TODAY, Which(stage="issued")).rows == rows[1:]
