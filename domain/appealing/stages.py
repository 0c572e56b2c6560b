"""The ways in which a rulebook lets a decision be looked at again, and their days."""

from collections.abc import Iterator
from datetime import date

from domain.case.procedure import last_day as end_of_time
from domain.errors import Invalid
from domain.record import Citation, Given
from domain.regime.calendar import shift
from domain.regime.discipline import AppealStage
from domain.regime.duration import Duration
from domain.regime.types import Rulebook
from domain.rulebook import Regime, regime_stream, title


def find_stage(book: Rulebook, stage: str) -> AppealStage:
    """Return the stage with this id, or raise `Invalid` listing those there are."""
    found = next((known for known in book.appeals if known.id == stage), None)
    if found is None:
        known = ", ".join(each.id for each in book.appeals) or "none at all"
        raise Invalid("stage", f"{stage} is not one of {known}", rule=title(book))
    return found


def cite_stage(book: Rulebook, stage: AppealStage) -> Citation:
    return Citation(
        rulebook=book.id,
        version=book.version,
        rule=f"appeals.{stage.id}",
        legal_basis=tuple(e.cite for e in stage.legal_basis),
    )


def law_of(given: Given, citation: Citation) -> tuple[Rulebook, AppealStage]:
    """Return the rulebook and the stage that an appeal cites."""
    regime = given.look(Regime(), regime_stream(citation.rulebook))
    book = regime.version(citation.version)
    return book, find_stage(book, citation.rule.removeprefix("appeals."))


def rule_text(citation: Citation) -> str:
    """Return a citation as a refusal names it: with what the law itself says."""
    return "; ".join([str(citation), *citation.legal_basis])


def stages_after(book: Rulebook, stage: str | None) -> Iterator[AppealStage]:
    """Yield the stages that are open after another; after None: after the decision."""
    for known in book.appeals:
        if stage in known.after or (stage is None and not known.after):
            yield known


def last_day(book: Rulebook, stage: AppealStage, served_on: date) -> date:
    """Return the last day for a stage against what was served on a day."""
    return end_of_time(book, served_on, stage.within)


def last_days(
    book: Rulebook, served_on: date, after: str | None = None
) -> dict[str, date]:
    """Return the last day for each stage that is open once it has been served.

    Args:
        book: the rulebook that the decision cites.
        served_on: the day on which the decision was served.
        after: the stage in which it was made; None: it is the decision of the case.
    """
    open_now = stages_after(book, after)
    return {stage.id: last_day(book, stage, served_on) for stage in open_now}


def decide_by(book: Rulebook, stage: AppealStage, lodged_on: date) -> date:
    """Return by when an appeal that was lodged on a day is decided."""
    return end_of_time(book, lodged_on, stage.decide_within)


def longest(book: Rulebook, stage: AppealStage, first: date) -> date | None:
    """Return up to when the time to decide can be extended; None: it cannot be.

    *first* is by when it was to be decided at first.
    """
    if stage.extended_by is None:
        return None
    return end_of_time(book, first, stage.extended_by)


def excused_until(book: Rulebook, within: Duration, obstacle_until: date) -> date:
    """Return until when lateness is excused by an obstacle that ended then."""
    return shift(obstacle_until, within, book.calendar)
