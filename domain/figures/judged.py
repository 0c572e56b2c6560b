"""Sanctions, appeals, holds and candidates, as they are counted."""

from collections.abc import Iterator

from domain.appeal import (
    AppealDecided,
    AppealLodged,
    AppealRejectedOutOfTime,
    TimeToDecideExtended,
)
from domain.figures.found import new
from domain.figures.matters import Change, Changes, Live, Matter, Told, moved, to
from domain.hold import HoldLifted, HoldPlaced
from domain.promotion.facts import (
    CandidateDecided,
    CandidateEntered,
    Eligibility,
    EligibilityCertified,
    RecommendationUnsealed,
)
from domain.recommendation import (
    RecommendationAccepted,
    RecommendationImplemented,
    RecommendationIssued,
    RecommendationOverdue,
    RecommendationRefused,
)
from domain.sanction.facts import (
    MeasureTaken,
    ReleaseWithheld,
    ReparationCompleted,
    ReparationOrdered,
    SanctionImposed,
    SanctionQuashed,
    SanctionReleased,
    SanctionStayed,
    SanctionVaried,
    StayEnded,
)

# What a certificate says of a candidate, as it counts.
RESULTS = {
    "ELIGIBLE": "candidate.free",
    "HELD": "candidate.held",
    "NOT_ELIGIBLE": "candidate.barred",
    "UNDETERMINED": "candidate.entered",
}
IN_THE_WAY = ("candidate.held", "candidate.barred")


def imposed(told: Told, live: Live) -> Iterator[Matter]:  # noqa: ARG001  it is new
    fact = told.fact
    yield Matter(
        part=fact.sanction,
        standing="sanction.running",
        person=fact.person,
        day=fact.decided_on,
        category=fact.terms.kind,
    )


def sanction(standing: str) -> Change:
    """Return the change of the sanction that a fact names."""

    def change(told: Told, live: Live) -> Iterator[Matter]:
        return moved(live, told.fact.sanction, standing=f"sanction.{standing}")

    return change


def varied(told: Told, live: Live) -> Iterator[Matter]:
    return moved(live, told.fact.sanction, category=told.fact.terms.kind)


def measure(told: Told, live: Live) -> Iterator[Matter]:  # noqa: ARG001  it is new
    fact = told.fact
    yield Matter(
        part=fact.measure,
        standing="measure.taken",
        person=fact.person,
        day=fact.decided_on,
        category=fact.kind,
    )


def ordered(told: Told, live: Live) -> Iterator[Matter]:  # noqa: ARG001  it is new
    fact = told.fact
    yield Matter(
        part=f"{fact.sanction}:{fact.task}",
        standing="reparation.open",
        person=told.person,
        day=fact.due_on,
        category=fact.task,
        due_on=fact.due_on,
    )


def completed(told: Told, live: Live) -> Iterator[Matter]:
    fact = told.fact
    return moved(live, f"{fact.sanction}:{fact.task}", standing="reparation.done")


def lodged(told: Told, live: Live) -> Iterator[Matter]:  # noqa: ARG001  it is the first
    fact = told.fact
    yield Matter(
        part="",
        standing="appeal.pending",
        person=fact.person,
        day=fact.lodged_on,
        category=fact.stage,
        due_on=fact.decide_by,
    )


def more_time(told: Told, live: Live) -> Iterator[Matter]:
    return moved(live, "", due_on=told.fact.decide_by)


def decided(told: Told, live: Live) -> Iterator[Matter]:
    return moved(live, "", standing=f"appeal.{told.fact.outcome}")


def placed(told: Told, live: Live) -> Iterator[Matter]:  # noqa: ARG001  it is new
    yield new(told, told.fact.hold, "hold.standing", told.fact.type)


def lifted(told: Told, live: Live) -> Iterator[Matter]:
    return moved(live, told.fact.hold, standing="hold.lifted")


def issued(told: Told, live: Live) -> Iterator[Matter]:  # noqa: ARG001  it is the first
    fact = told.fact
    yield new(told, "", "recommendation.issued", fact.to, fact.answer_by)


def entered(told: Told, live: Live) -> Iterator[Matter]:  # noqa: ARG001  it is the first
    ladder = told.fact.question.ladder
    yield new(told, "", "candidate.entered", ladder)


def certified(told: Told, live: Live) -> Iterator[Matter]:
    return moved(live, "", standing=certificate(told.fact.answer))


def certificate(answer: Eligibility) -> str:
    """Return what a candidate counts as whom a certificate says this of."""
    standing = RESULTS[answer.result]
    in_the_way = {r.source for r in answer.reasons if r.effect in ("bars", "holds")}
    by_finding = standing in IN_THE_WAY and "finding" in in_the_way
    return f"{standing}.finding" if by_finding else standing


def chosen(told: Told, live: Live) -> Iterator[Matter]:
    """Count what the board decided; who was held back counts as that for ever."""
    if told.fact.recommended:
        return moved(live, "", standing="candidate.recommended")
    held = "" in live and live[""].standing.startswith(IN_THE_WAY)
    return iter(()) if held else moved(live, "", standing="candidate.passed_over")


def unsealed(told: Told, live: Live) -> Iterator[Matter]:
    """Count whoever was cleared as recommended, if that was under the seal."""
    if told.fact.takes_effect:
        yield from moved(live, "", standing="candidate.recommended")


PLACING: Changes = {
    SanctionImposed: imposed,
    MeasureTaken: measure,
    ReparationOrdered: ordered,
    AppealLodged: lodged,
    HoldPlaced: placed,
    RecommendationIssued: issued,
    CandidateEntered: entered,
}
CHANGES: Changes = {
    **PLACING,
    SanctionStayed: sanction("stayed"),
    StayEnded: sanction("running"),
    ReleaseWithheld: sanction("withheld"),
    SanctionReleased: sanction("released"),
    SanctionQuashed: sanction("quashed"),
    SanctionVaried: varied,
    ReparationCompleted: completed,
    TimeToDecideExtended: more_time,
    AppealDecided: decided,
    AppealRejectedOutOfTime: to("appeal.rejected"),
    HoldLifted: lifted,
    RecommendationAccepted: to("recommendation.accepted"),
    RecommendationRefused: to("recommendation.refused"),
    RecommendationOverdue: to("recommendation.overdue"),
    RecommendationImplemented: to("recommendation.implemented"),
    EligibilityCertified: certified,
    CandidateDecided: chosen,
    RecommendationUnsealed: unsealed,
}
