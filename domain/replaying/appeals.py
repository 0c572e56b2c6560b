"""Appeals and holds computed again: their last days, and what they come to."""

from collections.abc import Iterator, Mapping
from datetime import date

from domain.appeal import (
    Appeal,
    AppealDecided,
    AppealDecisionServed,
    AppealEscalated,
    AppealLodged,
    DecisionImplemented,
    TimeToDecideExtended,
)
from domain.appealing.against import appeals_against, counted_from
from domain.appealing.deciding import UNDOING, falling
from domain.appealing.serving import made_good
from domain.appealing.stages import (
    cite_stage,
    decide_by,
    last_day,
    last_days,
    law_of,
    longest,
)
from domain.case.case import Case, case_stream
from domain.errors import Unknown
from domain.record import Fact
from domain.regime.discipline import AppealStage
from domain.regime.types import Rulebook
from domain.replaying.cases import at_most
from domain.replaying.moment import Check, Moment, Part, Recompute, each


def lodged(moment: Moment) -> Iterator[Part]:
    """Compute until when it could be lodged, and by when it is decided."""
    fact: AppealLodged = moment.fact
    book, stage = law_of(moment, fact.cited)
    case = moment.look(Case(), case_stream(fact.case))
    which = (fact.person, fact.case, fact.decision, fact.sanction)
    chain = tuple(appeals_against(moment, *which))
    cited = cite_stage(book, stage)
    served_on, told, before = counted_from(case, chain, stage, cited)
    due_on = told.get(stage.id) or last_day(book, stage, served_on)
    yield from each(
        fact,
        str(cited),
        cited=cited,
        to=stage.to,
        due_on=due_on,
        decide_by=decide_by(book, stage, fact.lodged_on),
        decision=case.decisions,
        before=before,
    )
    today = moment.day_in(book)
    yield at_most("lodged_on", fact.lodged_on, today, str(cited))


def known(moment: Moment) -> tuple[Appeal, AppealLodged, Rulebook, AppealStage]:
    """Return the appeal, how it was lodged, and its law."""
    appeal = moment.own(Appeal())
    if appeal.lodged is None:
        raise Unknown("appeal", str(moment.stream))
    return appeal, appeal.lodged, *law_of(moment, appeal.lodged.cited)


def more_time(moment: Moment) -> Iterator[Part]:
    """Check that the time was extended no further than it can be."""
    fact: TimeToDecideExtended = moment.fact
    _, first, book, stage = known(moment)
    most = longest(book, stage, first.decide_by) or date.min
    yield at_most("decide_by", fact.decide_by, most, str(first.cited))


def decided(moment: Moment) -> Iterator[Part]:
    """Compute until when one may go on, and which findings and measures fall."""
    fact: AppealDecided = moment.fact
    _, first, book, stage = known(moment)
    today = moment.day_in(book)
    days = last_days(book, today, stage.id) if fact.served_on else {}
    falls = fact.outcome in UNDOING
    undone = tuple(falling(moment, book, first)) if falls else ()
    yield from each(
        fact,
        str(first.cited),
        cited=first.cited,
        decided_on=today,
        served_on=today if fact.served_on else None,
        appeal_by=days,
        undone=undone,
    )


def served(moment: Moment) -> Iterator[Part]:
    """Compute until when one may go on after what was served."""
    fact: AppealDecisionServed = moment.fact
    _, first, book, stage = known(moment)
    days = last_days(book, fact.served_on, stage.id)
    yield from each(fact, str(first.cited), appeal_by=days)


def escalated(moment: Moment) -> Iterator[Part]:
    """Check that its time had passed."""
    fact: AppealEscalated = moment.fact
    appeal, first, book, _ = known(moment)
    today = moment.day_in(book)
    late = appeal.pending and (appeal.decide_by or date.max) < today
    rule = str(first.cited)
    yield from each(fact, rule, decide_by=appeal.decide_by, on=today)
    yield Check("late", stored=True, recomputed=late, rule=rule)


def implemented(moment: Moment) -> Iterator[Part]:
    """Find again what was made good."""
    fact: DecisionImplemented = moment.fact
    _, first, _, _ = known(moment)
    rule = str(first.cited)
    tasks = tuple(made_good(moment, first.sanction, rule)) if first.sanction else ()
    yield from each(fact, rule, reparations=tasks)


RECOMPUTE: Mapping[type[Fact], Recompute] = {
    AppealLodged: lodged,
    TimeToDecideExtended: more_time,
    AppealDecided: decided,
    AppealDecisionServed: served,
    AppealEscalated: escalated,
    DecisionImplemented: implemented,
}
