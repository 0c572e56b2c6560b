"""What each figure counts: its id, a sentence, and the standings that count."""

from collections.abc import Mapping

from domain.record import Value
from domain.regime.scrutiny import FindingClass

CLASSES: tuple[FindingClass, ...] = (
    "late",
    "incomplete",
    "omission",
    "concealment",
    "false_statement",
    "unapproved_act",
)


class Definition(Value):
    """What a figure counts.

    Attributes:
        id: its name, for ever: what it counts is never changed under it.
        sentence: what it counts, in words.
        standings: the standings that count; see `domain.figures.matters`.
        overdue: only what should have been done before the day of the figure.
    """

    id: str
    sentence: str
    standings: tuple[str, ...]
    overdue: bool = False


HELD = ("candidate.held", "candidate.held.finding")
BARRED = ("candidate.barred", "candidate.barred.finding")
UNDECIDED = ("case.inquiry", "case.investigation", "case.notice")
RUNNING = ("sanction.running", "sanction.stayed", "sanction.withheld")
OUTCOMES = ("upheld", "varied", "quashed", "remitted")
SETTLED = ("explained", "amended", "source_wrong")
DECLARED = (
    Definition(
        id="filed",
        sentence="Reports received in the year, by the rank held on the day of receipt;"
        " those that were withdrawn do not count.",
        standings=("disclosure.filed", "disclosure.certified", "disclosure.closed"),
    ),
    Definition(
        id="certified",
        sentence="Reports received in the year that stand certified, by the rank held"
        " on the day of receipt.",
        standings=("disclosure.certified",),
    ),
    Definition(
        id="obliged",
        sentence="Obligations due in the year, by the rank held on the due date; those"
        " waived or cancelled do not count.",
        standings=(
            "obligation.open",
            "obligation.overdue",
            "obligation.fulfilled",
            "obligation.fulfilled_late",
        ),
    ),
    Definition(
        id="fulfilled",
        sentence="Obligations due in the year that were fulfilled, in time or late, by"
        " the rank held on the due date.",
        standings=("obligation.fulfilled", "obligation.fulfilled_late"),
    ),
    Definition(
        id="fulfilled_late",
        sentence="Obligations due in the year that were fulfilled after the due date,"
        " by the rank held on that date.",
        standings=("obligation.fulfilled_late",),
    ),
    Definition(
        id="overdue",
        sentence="Obligations due in the year that were found overdue and are still"
        " open, by the rank held on the due date.",
        standings=("obligation.overdue",),
    ),
)
FOUND = (
    Definition(
        id="verifications",
        sentence="Verifications opened in the year, by basis.",
        standings=("verification.open", "verification.concluded"),
    ),
    Definition(
        id="verifications_open",
        sentence="Verifications opened in the year that are not concluded, by basis.",
        standings=("verification.open",),
    ),
    Definition(
        id="discrepancies",
        sentence="Discrepancies detected in the year, by kind, whatever came of them.",
        standings=(
            "discrepancy.open",
            "discrepancy.finding",
            *(f"discrepancy.{how}" for how in SETTLED),
        ),
    ),
    Definition(
        id="discrepancies_open",
        sentence="Discrepancies detected in the year that nobody has resolved yet.",
        standings=("discrepancy.open",),
    ),
    Definition(
        id="discrepancies_explained",
        sentence="Discrepancies detected in the year that were explained, cured by an"
        " amendment, or the source's mistake.",
        standings=tuple(f"discrepancy.{how}" for how in SETTLED),
    ),
    Definition(
        id="explanations_asked",
        sentence="Explanations asked for in the year, answered or not.",
        standings=("explanation.asked", "explanation.received"),
    ),
    Definition(
        id="explanations_received",
        sentence="Explanations asked for in the year that were given.",
        standings=("explanation.received",),
    ),
    Definition(
        id="explanations_overdue",
        sentence="Explanations asked for in the year that were not given in time, nor"
        " since.",
        standings=("explanation.asked",),
        overdue=True,
    ),
    Definition(
        id="findings",
        sentence="Findings made in the year, in verifications and cases, by class of"
        " non-compliance, or by violation where they have none.",
        standings=(*(f"finding.{name}" for name in CLASSES), "finding.other"),
    ),
    *(
        Definition(
            id=f"findings_{name}",
            sentence=f"Findings of the class {name} made in the year.",
            standings=(f"finding.{name}",),
        )
        for name in CLASSES
    ),
)
JUDGED = (
    Definition(
        id="cases",
        sentence="Cases opened in the year, by basis, whatever came of them.",
        standings=(*UNDECIDED, "case.decided", "case.closed"),
    ),
    Definition(
        id="cases_open",
        sentence="Cases opened in the year in which nothing is decided yet, by basis.",
        standings=UNDECIDED,
    ),
    Definition(
        id="cases_overdue",
        sentence="Cases opened in the year in which nothing is decided yet, and should"
        " have been.",
        standings=UNDECIDED,
        overdue=True,
    ),
    Definition(
        id="decisions",
        sentence="Ways in which cases ended in the year, by closing; those of cases"
        " that were reopened do not count.",
        standings=("decision.made",),
    ),
    Definition(
        id="sanctions",
        sentence="Sanctions imposed in the year, by kind, whatever became of them.",
        standings=(*RUNNING, "sanction.released", "sanction.quashed"),
    ),
    Definition(
        id="sanctions_standing",
        sentence="Sanctions imposed in the year that were not quashed, by the kind that"
        " they are now.",
        standings=(*RUNNING, "sanction.released"),
    ),
    Definition(
        id="sanctions_quashed",
        sentence="Sanctions imposed in the year that were quashed, by kind.",
        standings=("sanction.quashed",),
    ),
    Definition(
        id="measures",
        sentence="Measures that are no sanction, taken in the year, by kind.",
        standings=("measure.taken",),
    ),
    Definition(
        id="reparations_overdue",
        sentence="What was to be made good by a day in the year after a sanction was"
        " quashed or varied, and was not.",
        standings=("reparation.open",),
        overdue=True,
    ),
)
APPEALED = (
    Definition(
        id="appeals",
        sentence="Appeals and reviews lodged in the year, by stage.",
        standings=(
            "appeal.pending",
            "appeal.rejected",
            *(f"appeal.{outcome}" for outcome in OUTCOMES),
        ),
    ),
    Definition(
        id="appeals_pending",
        sentence="Appeals and reviews lodged in the year that are undecided.",
        standings=("appeal.pending",),
    ),
    Definition(
        id="appeals_overdue",
        sentence="Appeals and reviews lodged in the year that are undecided, and should"
        " have been decided.",
        standings=("appeal.pending",),
        overdue=True,
    ),
    *(
        Definition(
            id=f"appeals_{outcome}",
            sentence=f"Appeals and reviews lodged in the year by which the decision was"
            f" {outcome}.",
            standings=(f"appeal.{outcome}",),
        )
        for outcome in OUTCOMES
    ),
)
PROMOTED = (
    Definition(
        id="candidates",
        sentence="Candidates entered in the year, by ladder.",
        standings=(
            "candidate.entered",
            "candidate.free",
            *HELD,
            *BARRED,
            "candidate.recommended",
            "candidate.passed_over",
        ),
    ),
    Definition(
        id="candidates_held",
        sentence="Candidates entered in the year whom their last certificate bars or"
        " holds, and who were not recommended.",
        standings=(*HELD, *BARRED),
    ),
    Definition(
        id="candidates_held_by_findings",
        sentence="Of the candidates held, those barred or held by a finding on what"
        " they reported; a discrepancy by itself bars nobody.",
        standings=("candidate.held.finding", "candidate.barred.finding"),
    ),
    Definition(
        id="candidates_recommended",
        sentence="Candidates entered in the year who were recommended, by ladder.",
        standings=("candidate.recommended",),
    ),
    Definition(
        id="holds_standing",
        sentence="Holds placed in the year that stand, by what they hold.",
        standings=("hold.standing",),
    ),
    Definition(
        id="recommendations",
        sentence="Recommendations to units issued in the year.",
        standings=tuple(
            f"recommendation.{stage}"
            for stage in ("issued", "overdue", "accepted", "refused", "implemented")
        ),
    ),
    Definition(
        id="recommendations_overdue",
        sentence="Recommendations issued in the year that nobody answered in time, nor"
        " since.",
        standings=("recommendation.overdue",),
    ),
)
DEFINITIONS: Mapping[str, Definition] = {
    definition.id: definition
    for definition in (*DECLARED, *FOUND, *JUDGED, *APPEALED, *PROMOTED)
}
