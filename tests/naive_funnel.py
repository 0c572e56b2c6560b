"""What figures should be: every stream read from its beginning, one after another."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from domain import appeal, hold, recommendation
from domain.case import facts as case
from domain.figures.definitions import Definition
from domain.person import CoveredPerson
from domain.promotion import facts as promotion
from domain.record import Recorded
from domain.sanction import facts as sanction
from domain.verification import facts as verification
from tests.naive import counted

# A matter as it is told here: its standing, its day, its sort, and when it is due.
Told = tuple[str, date, str, date | None]
Cell = tuple[int, str, str | None, str | None]


class Log:
    """The records up to a position, by stream, and everybody's posts."""

    def __init__(self, records: Sequence[Recorded[Any]]) -> None:
        self.streams: dict[UUID, list[Recorded[Any]]] = defaultdict(list)
        self.people: dict[str, CoveredPerson] = defaultdict(CoveredPerson)
        for record in records:
            self.streams[record.originator_id].append(record)
            if record.fact.TOPIC.startswith("person."):
                number = record.subject or ""
                self.people[number] = self.people[number].evolve(record.fact)

    def count(self, definition: Definition, today: date) -> Counter[Cell]:
        found: Counter[Cell] = Counter()
        for records in self.streams.values():
            who = records[0].subject or ""
            for standing, day, sort, due in tell(records):
                late = due is not None and due < today
                if standing in definition.standings and (
                    late or not definition.overdue
                ):
                    post = counted(self.people[who], day)
                    held = (post.rank, post.unit) if post else (None, None)
                    found[(day.year, sort, *held)] += 1
        return found


def tell(records: Sequence[Recorded[Any]]) -> Iterator[Told]:
    """Yield all that a stream tells of, as it stands after its last event."""
    first = type(records[0].fact)
    return TELLING[first](records) if first in TELLING else iter(())


def on(record: Recorded[Any]) -> date:
    return record.recorded_at.date()


def of(records: Sequence[Recorded[Any]], *kinds: Any) -> list[Recorded[Any]]:
    return [record for record in records if isinstance(record.fact, kinds)]


def verified(records: Sequence[Recorded[Any]]) -> Iterator[Told]:
    over = of(records, verification.VerificationConcluded)
    standing = "verification.concluded" if over else "verification.open"
    yield standing, on(records[0]), records[0].fact.basis, None
    for record in of(records, verification.DiscrepancyDetected):
        later = records[records.index(record) :]
        how = [
            r.fact.how
            for r in of(later, verification.DiscrepancyResolved)
            if r.fact.discrepancy == record.fact.discrepancy
        ]
        became = how[-1] if how else "open"
        yield f"discrepancy.{became}", on(record), record.fact.kind, None
    for record in of(records, verification.ExplanationRequested):
        later = records[records.index(record) :]
        given = of(later, verification.ExplanationReceived)
        became = "received" if given else "asked"
        due = record.fact.answer_by
        yield f"explanation.{became}", on(record), "explanation", due
    yield from findings(of(records, verification.VerificationFinding))


def findings(records: Sequence[Recorded[Any]]) -> Iterator[Told]:
    for record in records:
        class_ = record.fact.class_
        sort = class_ or record.fact.violation or "other"
        yield f"finding.{class_ or 'other'}", on(record), sort, None


def judged(records: Sequence[Recorded[Any]]) -> Iterator[Told]:
    names: dict[type, str] = {
        case.PreliminaryInquiryOpened: "inquiry",
        case.InvestigationOpened: "investigation",
        case.NoticeOfAllegationsServed: "notice",
        case.DecisionMade: "decided",
        case.CaseClosed: "closed",
        case.CaseReopened: "investigation",
    }
    steps = [names[type(r.fact)] for r in of(records, *names)]
    times = of(records, case.InvestigationOpened, case.DecisionTimeExtended)
    due = times[-1].fact.decide_by if times else None
    yield f"case.{steps[-1]}", on(records[0]), records[0].fact.basis, due
    ends: list[Told] = []
    for record in of(records, case.DecisionMade, case.CaseClosed, case.CaseReopened):
        if isinstance(record.fact, case.CaseReopened):
            ends = [("decision.undone", *end[1:]) for end in ends]
            continue
        standing = [end for end in ends if end[0] == "decision.made"]
        if isinstance(record.fact, case.DecisionMade) or not standing:
            ends.append(("decision.made", on(record), record.fact.closing, None))
    yield from ends
    yield from findings(of(records, case.CaseFinding))


def punished(records: Sequence[Recorded[Any]]) -> Iterator[Told]:
    facts = [record.fact for record in records]
    became: dict[type, str] = {
        sanction.SanctionStayed: "stayed",
        sanction.StayEnded: "running",
        sanction.SanctionQuashed: "quashed",
        sanction.SanctionReleased: "released",
        sanction.ReleaseWithheld: "withheld",
    }
    for fact in facts:
        if isinstance(fact, sanction.MeasureTaken):
            yield "measure.taken", fact.decided_on, fact.kind, None
        if not isinstance(fact, sanction.SanctionImposed):
            continue
        mine = [f for f in facts if getattr(f, "sanction", "") == fact.sanction]
        steps = [became[type(f)] for f in mine if type(f) in became]
        kinds = [f.terms.kind for f in mine if hasattr(f, "terms")]
        standing = f"sanction.{steps[-1] if steps else 'running'}"
        yield standing, fact.decided_on, kinds[-1], None
        kinds_of_task = sanction.ReparationOrdered | sanction.ReparationCompleted
        tasks = [f for f in mine if isinstance(f, kinds_of_task)]
        orders = [f for f in tasks if isinstance(f, sanction.ReparationOrdered)]
        if orders:
            done = isinstance(tasks[-1], sanction.ReparationCompleted)
            due = orders[-1].due_on
            yield f"reparation.{'done' if done else 'open'}", due, orders[-1].task, due


def appealed(records: Sequence[Recorded[Any]]) -> Iterator[Told]:
    facts = [record.fact for record in records]
    first, due, standing = facts[0], facts[0].decide_by, "pending"
    for fact in facts:
        match fact:
            case appeal.TimeToDecideExtended():
                due = fact.decide_by
            case appeal.AppealDecided():
                standing = fact.outcome
            case appeal.AppealRejectedOutOfTime():
                standing = "rejected"
    yield f"appeal.{standing}", first.lodged_on, first.stage, due


def held(records: Sequence[Recorded[Any]]) -> Iterator[Told]:
    for record in of(records, hold.HoldPlaced):
        later = records[records.index(record) :]
        lifted = [r.fact.hold for r in of(later, hold.HoldLifted)]
        standing = "lifted" if record.fact.hold in lifted else "standing"
        yield f"hold.{standing}", on(record), record.fact.type, None


def recommended(records: Sequence[Recorded[Any]]) -> Iterator[Told]:
    first = records[0]
    stage = records[-1].fact.TOPIC.partition(".")[2]
    yield f"recommendation.{stage}", on(first), first.fact.to, first.fact.answer_by


def candidate(records: Sequence[Recorded[Any]]) -> Iterator[Told]:
    first, standing = records[0], "candidate.entered"
    for record in records[1:]:
        fact = record.fact
        match fact:
            case promotion.EligibilityCertified():
                standing = certificate(fact.answer)
            case promotion.CandidateDecided(recommended=True):
                standing = "candidate.recommended"
            case promotion.CandidateDecided():
                kept = "held" in standing or "barred" in standing
                standing = standing if kept else "candidate.passed_over"
            case promotion.RecommendationUnsealed(takes_effect=True):
                standing = "candidate.recommended"
    yield standing, on(first), first.fact.question.ladder, None


def certificate(answer: promotion.Eligibility) -> str:
    if answer.result in ("ELIGIBLE", "UNDETERMINED"):
        free = answer.result == "ELIGIBLE"
        return "candidate.free" if free else "candidate.entered"
    by_finding = any(
        reason.source == "finding"
        for reason in answer.reasons
        if reason.effect in ("bars", "holds")
    )
    word = "held" if answer.result == "HELD" else "barred"
    return f"candidate.{word}{'.finding' if by_finding else ''}"


TELLING: Mapping[type, Callable[[Sequence[Recorded[Any]]], Iterator[Told]]] = {
    verification.VerificationOpened: verified,
    case.PreliminaryInquiryOpened: judged,
    appeal.AppealLodged: appealed,
    recommendation.RecommendationIssued: recommended,
    promotion.CandidateEntered: candidate,
    hold.HoldPlaced: held,
    hold.HoldLifted: held,
    sanction.SanctionImposed: punished,
    sanction.MeasureTaken: punished,
}
