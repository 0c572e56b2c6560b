"""Cases computed again: their law, their last days, and what was left unanswered."""

from collections.abc import Iterator, Mapping
from datetime import date

from domain.case.case import Case
from domain.case.facts import (
    DecisionMade,
    DecisionServed,
    DecisionTimeExtended,
    InterimMeasureImposed,
    InvestigationOpened,
    NoticeOfAllegationsServed,
    PreliminaryInquiryOpened,
    ResponseWaived,
)
from domain.case.notice import served
from domain.case.procedure import Law, last_day, law_of, law_under
from domain.case.serving import unit_of
from domain.errors import Unknown
from domain.recommendation import (
    Recommendation,
    RecommendationIssued,
    RecommendationOverdue,
)
from domain.recommending import day_of
from domain.record import Fact
from domain.regime.calendar import shift
from domain.replaying.moment import Check, Moment, Part, Recompute, each


def inquiry(moment: Moment) -> Iterator[Part]:
    """Find again the law under which an inquiry was opened."""
    fact: PreliminaryInquiryOpened = moment.fact
    law = law_under(moment, fact.cited.rulebook)
    yield from each(fact, str(law.cite()), cited=law.cite())


def law_then(moment: Moment) -> tuple[Case, Law]:
    """Return the case, and the law of the day on which something was done in it."""
    case = moment.own(Case())
    if case.opened is None:
        raise Unknown("case", str(moment.stream))
    return case, law_of(moment, case.opened)


def investigation(moment: Moment) -> Iterator[Part]:
    """Compute by when a case is decided."""
    fact: InvestigationOpened = moment.fact
    _, law = law_then(moment)
    within = law.process.decide_within
    decide_by = last_day(law.book, law.today, within) if within else None
    yield from each(
        fact,
        str(law.cite()),
        cited=law.cite(),
        opened_on=law.today,
        decide_by=decide_by,
    )


def more_time(moment: Moment) -> Iterator[Part]:
    """Check that the time to decide was extended no further than it can be."""
    fact: DecisionTimeExtended = moment.fact
    case, law = law_then(moment)
    first, by = case.investigation, law.process.extended_by
    until = first and first.decide_by
    most = shift(until, by, law.book.calendar) if until and by else date.min
    yield at_most("decide_by", fact.decide_by, most, str(law.cite()))


def notice(moment: Moment) -> Iterator[Part]:
    """Check that whoever was told had the time for an answer that the law gives."""
    fact: NoticeOfAllegationsServed = moment.fact
    _, law = law_then(moment)
    first = last_day(law.book, law.today, law.process.answer_within)
    rule = str(law.cite())
    yield from each(fact, rule, cited=law.cite(), served_on=law.today)
    yield Check("answer_by", fact.answer_by, max(fact.answer_by, first), rule)


def silence(moment: Moment) -> Iterator[Part]:
    """Check that the time for an answer was over."""
    fact: ResponseWaived = moment.fact
    if fact.how == "silent":
        case, law = law_then(moment)
        over = served(case).answer_by < law.today
        yield Check("silent", stored=True, recomputed=over, rule=str(law.cite()))


def interim(moment: Moment) -> Iterator[Part]:
    """Compute what an interim measure blocks, and how long it may."""
    fact: InterimMeasureImposed = moment.fact
    case, law = law_then(moment)
    known = {measure.id: measure for measure in law.process.interim}
    measure = known[fact.measure]
    cited = law.cite(f"due_process.interim.{measure.id}", measure.legal_basis)
    yield from each(
        fact, str(cited), cited=cited, from_on=law.today, blocks=measure.blocks
    )
    if measure.at_most:
        first = case.interim_since.get(fact.measure, law.today)
        end = shift(first, measure.at_most, law.book.calendar)
        yield at_most("until_on", fact.until_on, end, str(cited))


def decided(moment: Moment) -> Iterator[Part]:
    """Find again the day of a decision, and its law."""
    fact: DecisionMade = moment.fact
    _, law = law_then(moment)
    yield from each(fact, str(law.cite()), cited=law.cite(), decided_on=law.today)


def told(moment: Moment) -> Iterator[Part]:
    """Compute the last day for each way to have a decision looked at again."""
    fact: DecisionServed = moment.fact
    case, law = law_then(moment)
    days = {
        stage.id: last_day(law.book, law.today, stage.within)
        for stage in law.book.appeals
        if not stage.after
    }
    unit = unit_of(moment, case.subject or "", law)
    yield from each(
        fact, str(law.cite()), served_on=law.today, appeal_by=days, unit=unit
    )


def recommended(moment: Moment) -> Iterator[Part]:
    """Check that the addressee had the time that the law gives."""
    fact: RecommendationIssued = moment.fact
    law = law_under(moment, fact.cited.rulebook)
    within = law.process.reply_within
    first = last_day(law.book, law.today, within) if within else law.today
    rule = str(law.cite())
    yield from each(fact, rule, cited=law.cite(), issued_on=law.today)
    yield Check("answer_by", fact.answer_by, max(fact.answer_by, first), rule)


def unanswered(moment: Moment) -> Iterator[Part]:
    """Check that the day for an answer had passed."""
    fact: RecommendationOverdue = moment.fact
    issued = moment.own(Recommendation()).issued
    if issued is None:
        yield Check("issued", stored=True, recomputed=False)
        return
    over = issued.answer_by < day_of(moment, issued)
    rule = str(issued.cited)
    yield from each(fact, rule, answer_by=issued.answer_by)
    yield Check("overdue", stored=True, recomputed=over, rule=rule)


def at_most(field: str, day: date | None, most: date, rule: str) -> Check:
    """Return the check of a day that somebody chose, up to a last one."""
    return Check(field, day, min(day or most, most), rule)


RECOMPUTE: Mapping[type[Fact], Recompute] = {
    PreliminaryInquiryOpened: inquiry,
    InvestigationOpened: investigation,
    DecisionTimeExtended: more_time,
    NoticeOfAllegationsServed: notice,
    ResponseWaived: silence,
    InterimMeasureImposed: interim,
    DecisionMade: decided,
    DecisionServed: told,
    RecommendationIssued: recommended,
    RecommendationOverdue: unanswered,
}
