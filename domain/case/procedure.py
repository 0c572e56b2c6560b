"""What every step of a case goes by: the law of its day, its stage, and who acts."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from domain.case.case import Case, Stage, case_stream
from domain.case.facts import InterimMeasureLifted, PreliminaryInquiryOpened
from domain.case.names import plain, plainly
from domain.case.sides import defended, in_question, investigated
from domain.conflict import asking, refuse_conflict
from domain.errors import Invalid, NotAllowed, Unknown, WrongStage
from domain.matter import in_force, local_day
from domain.record import Citation, Command, Given
from domain.regime.basis import Bases
from domain.regime.calendar import roll, shift
from domain.regime.discipline import DueProcess, Track
from domain.regime.duration import Duration
from domain.regime.types import Rulebook
from domain.rulebook import Regime, regime_stream, title

ORDER = "a case goes from inquiry to investigation, notice, answer, finding, decision"
APART = "who investigates does not decide, and who decides does not investigate"
RECUSAL = "who is recused, or may have to be, takes no part"
TRACK = "a case is opened under a disciplinary track that has its due process"


class Law(NamedTuple):
    """The edition by which a step goes, on the day of that step."""

    book: Rulebook
    track: Track
    process: DueProcess
    today: date

    def rule(self, said: str) -> str:
        """Return the citation of what due process says, as a refusal gives it."""
        cites = "; ".join(basis.cite for basis in self.process.legal_basis)
        return f"{title(self.book)}: {said}" + (f" ({cites})" if cites else "")

    def cite(self, entry: str = "due_process", basis: Bases = ()) -> Citation:
        found = basis or self.process.legal_basis or self.book.legal_basis
        return Citation(
            rulebook=self.book.id,
            version=self.book.version,
            rule=entry,
            legal_basis=tuple(each.cite for each in found),
        )


def last_day(book: Rulebook, day: date, within: Duration) -> date:
    """Return the last day of a time that begins on *day*; never cut short by a roll."""
    end = shift(day, within, book.calendar)
    return max(end, roll(end, book))


def law_under(given: Given, rulebook: str) -> Law:
    """Return the law of today under a rulebook, or raise as it is none for cases."""
    regime = given.look(Regime(), regime_stream(rulebook))
    if not regime.published:
        raise Unknown("published rulebook", rulebook)
    found = law_of_day(regime, in_force(regime, rulebook, given.at.date()), given.at)
    if found is None:
        raise Invalid("rulebook", f"{rulebook} has no track of that kind", rule=TRACK)
    return found


def law_of(given: Given, opened: PreliminaryInquiryOpened) -> Law:
    """Return the law of today for a case: if that says nothing, of its opening."""
    regime = given.look(Regime(), regime_stream(opened.cited.rulebook))
    first = regime.version(opened.cited.version)
    found = law_of_day(regime, first, given.at)
    if found is None:
        raise Unknown("due process", title(first))
    return found


def law_of_day(regime: Regime, known: Rulebook, at: datetime) -> Law | None:
    """Return the law of the day that it is at *at* where the *known* edition holds."""
    today = local_day(known, at)
    for book in (regime.in_force(today), known):
        if book and book.track and book.due_process:
            return Law(book, book.track, book.due_process, today)
    return None


class CaseCommand(Command[Case]):
    case: str

    @property
    def stream(self) -> UUID:
        return case_stream(self.case)

    def blank(self) -> Case:
        return Case()

    def opened(self, state: Case) -> PreliminaryInquiryOpened:
        if state.opened is None:
            raise Unknown("case", self.case)
        return state.opened

    def at_stage(self, state: Case, given: Given, *stages: Stage) -> Law:
        """Return the law of today; raise unless the case is at one of these stages."""
        law = law_of(given, self.opened(state))
        if state.stage not in stages:
            wanted = " or ".join(stages)
            reason = f"{self.case} is at the stage {state.stage}, not {wanted}"
            raise WrongStage(reason, rule=law.rule(ORDER))
        return law

    def acting(self, state: Case, given: Given, *stages: Stage) -> Law:
        """Return the law as `at_stage`; raise as well if who asks may take no part."""
        refuse_conflict(given, self.opened(state).person)
        law = self.at_stage(state, given, *stages)
        for who in sorted(asking(given)):
            refuse_recused(state, given, who, law)
        return law

    def judging(self, state: Case, given: Given, *stages: Stage) -> Law:
        """Return the law as `acting`; raise as well if who asks stood on a side.

        Whoever investigated does not judge, nor who has answered for the person.
        """
        law = self.acting(state, given, *stages)
        sides = {
            "has investigated": investigated(given, self.case),
            "has acted for the person": defended(given, self.opened(state)),
        }
        for who in sorted(asking(given)):
            for said, side in sides.items():
                if plain(who) in side:
                    reason = f"{who} {said} in {self.case}"
                    raise NotAllowed(reason, rule=law.rule(APART))
        return law


def refuse_recused(state: Case, given: Given, who: str, law: Law) -> None:
    if plain(who) in plainly(state.recused):
        raise NotAllowed(f"{who} is recused", rule=law.rule(RECUSAL))
    if plain(who) in in_question(state, given):
        reason = f"it is not decided yet whether {who} takes part"
        raise NotAllowed(reason, rule=law.rule(RECUSAL))


def lifted(state: Case, why: str) -> Iterator[InterimMeasureLifted]:
    """Yield the end of every interim measure: none outlives what it was for."""
    for measure in state.interim:
        yield InterimMeasureLifted(measure=measure.measure, text=why)
