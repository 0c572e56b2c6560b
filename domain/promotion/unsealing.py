"""Sealed cover opened: when all cases are over, for whoever they have cleared."""

from datetime import date

from domain.case.case import Case, case_stream
from domain.conflict import refuse_conflict
from domain.errors import Invalid, WrongStage
from domain.matter import local_day
from domain.proceedings import proceedings_of
from domain.promotion.board import Candidacy, convened
from domain.promotion.certifying import CandidacyCommand
from domain.promotion.convening import selection
from domain.promotion.facts import Eligibility, RecommendationUnsealed
from domain.promotion.recommending import RECOMMENDED
from domain.promotion.sitting import asked_today
from domain.record import Decision, Given
from domain.sanction.sanctions import Sanctions, sanctions_stream

OPENED_AFTER = "a sealed recommendation is opened when the case is over"
COUNTS = "a promotion counts from the day of the board at the earliest, and not ahead"
# How a case ends that clears whom it was about; so does a sanction that was quashed.
CLEARED = ("withdrawn", "no_sanction")


class UnsealRecommendation(CandidacyCommand):
    """Open what was sealed, now that the cases are over and nothing else holds it.

    It takes effect for whoever was cleared and is not barred today; from the day on
    which those did rise who stood behind them (`from_on`), else from that of the board.
    """

    from_on: date | None = None

    def decide(self, state: Candidacy, given: Given) -> Decision:
        entered, sealed = self.entered(state), state.sealed
        if sealed is None or state.unsealed:
            raise WrongStage(
                f"nothing of {self.candidacy} is sealed", rule=OPENED_AFTER
            )
        refuse_conflict(given, entered.person)
        _, call = convened(given, entered.board)
        book, _ = selection(given, call.rulebook)
        today = local_day(book, given.at)
        self.refuse_beyond(call.meets_on, today)
        cleared = cleared_of(given, entered.person, sealed.because_of)
        now = asked_today(given, entered.question)
        refuse_held(now)
        barred = any(answer.result == "NOT_ELIGIBLE" for answer in now)
        rises = cleared and not barred and sealed.recommended == RECOMMENDED[0]
        yield RecommendationUnsealed(
            unsealed_on=today,
            takes_effect=rises,
            from_on=(self.from_on or call.meets_on) if rises else None,
            because_of=sealed.because_of,
        )

    def refuse_beyond(self, met_on: date, today: date) -> None:
        if self.from_on and not met_on <= self.from_on <= today:
            reason = f"{self.from_on} is not from {met_on} to {today}"
            raise Invalid("from_on", reason, rule=COUNTS)


def cleared_of(given: Given, person: str, cases: tuple[str, ...]) -> bool:
    """Return whether somebody was cleared in all cases; raise while one is open."""
    known = {name: given.look(Case(), case_stream(name)) for name in cases}
    closings = {
        name: each.closed.closing for name, each in known.items() if each.closed
    }
    if going := [name for name in cases if name not in closings]:
        raise WrongStage(f"still open: {', '.join(going)}", rule=OPENED_AFTER)
    standing = sanctioned_in(given, person)
    return all(
        closing in CLEARED or (closing == "sanction" and name not in standing)
        for name, closing in closings.items()
    )


def sanctioned_in(given: Given, person: str) -> frozenset[str]:
    """Return the cases in which a sanction was imposed that was not quashed."""
    tracks = proceedings_of(given, person).of("track")
    streams = [sanctions_stream(person, track) for track in tracks]
    return frozenset(
        known.imposed.case
        for stream in streams
        for known in given.look(Sanctions(), stream).sanctions
        if known.status != "quashed"
    )


def refuse_held(now: tuple[Eligibility, ...]) -> None:
    """Raise while something holds the promotion up: another case, or anything else."""
    reasons = [reason for answer in now for reason in answer.reasons]
    if holding := {reason.code for reason in reasons if reason.effect == "holds"}:
        why = f"still in the way: {', '.join(sorted(holding))}"
        raise WrongStage(why, rule=OPENED_AFTER)
