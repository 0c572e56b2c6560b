"""Appeals and holds for the read models: facts alone, as the log has them."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from domain import appeal, hold
from domain.appeal import appeal_stream
from domain.hold import holds_stream
from tests.history import History, cite

REVIEW, HELD = cite("appeals.review"), cite("holds.document")


def lodged(history: History, number: str, name: str, by: date, **more: Any) -> UUID:
    """Let somebody appeal, and it be decided by a day."""
    stream = appeal_stream(name)
    history.subjects[stream] = number
    today = history.now.date()
    usual: dict[str, Any] = {
        "stage": "review",
        "to": "same",
        "lodged_on": today,
        "due_on": today + timedelta(days=30),
        "text": "It was not me.",
        "cited": REVIEW,
    }
    fact = appeal.AppealLodged(
        appeal=name, person=number, case="C-1", decide_by=by, **(usual | more)
    )
    history.add(stream, fact)
    return stream


def decided(history: History, stream: UUID) -> None:
    """Let it be heard with all that can happen on the way, and be quashed."""
    today = history.now.date()
    panel = appeal.PanelConstituted(members=("mu", "ning"), authority="court")
    longer = appeal.TimeToDecideExtended(decide_by=today, text="x")
    for fact in (
        panel,
        appeal.LatenessExcused(obstacle_until=today, text="x"),
        appeal.StayDecided(stayed=True, text="x"),
        appeal.AppealHeard(held_on=today, text="x"),
        longer,
        appeal.AppealEscalated(decide_by=today, on=today),
        appeal.AppealDecided(
            outcome="quashed", decided_on=today, grounds=("g",), text="x", cited=REVIEW
        ),
        appeal.AppealDecisionServed(served_on=today, how="by_post", appeal_by={}),
    ):
        history.add(stream, fact)


def held(history: History, number: str, nth: int, review: date, **more: Any) -> str:
    """Let something be held of somebody, and be reviewed by a day; return its name."""
    stream, name = holds_stream(number), f"{number}:{nth}"
    history.subjects[stream] = number
    usual: dict[str, Any] = {
        "type": "document",
        "basis": "tax_debt",
        "blocks": ("document",),
        "from_on": history.now.date(),
        "release": "the debt is paid",
        "text": "income tax is not paid",
        "cited": HELD,
    }
    fact = hold.HoldPlaced(hold=name, person=number, review_on=review, **(usual | more))
    history.add(stream, fact)
    return name


def appealed(history: History) -> None:
    """Let two people have appealed, and have something held of them."""
    today = history.now.date()
    for number in ("P1", "P3"):
        decided(history, lodged(history, number, f"A-{number}", today))
        held(history, number, 1, today)
