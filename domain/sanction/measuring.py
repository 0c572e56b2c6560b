"""Measures that are no sanction: a talk, an admonition, an order to correct (S3-16)."""

from collections.abc import Iterator
from uuid import UUID

from domain.case.case import case_stream
from domain.conflict import refuse_conflict
from domain.errors import Incomplete, Invalid, NotAllowed, Unknown, WrongStage
from domain.finding import Finding, most_allowed
from domain.person import person_named
from domain.proceedings import EnterProceeding, proceedings_of
from domain.record import Command, Decision, Given, Value
from domain.records.words import demand
from domain.regime.calendar import shift
from domain.regime.discipline import Measure
from domain.regime.types import Rulebook
from domain.rulebook import Regime, regime_stream
from domain.sanction.answering import (
    STANDING,
    AnswerDecision,
    AnswerVerification,
    fallen,
)
from domain.sanction.facts import MeasureTaken
from domain.sanction.law import (
    cite_part,
    law_cited,
    law_today,
    refuse_other_track,
    rule_on,
    track_of,
)
from domain.sanction.sanctions import Sanctions, sanctions_stream
from domain.verification.state import verification_stream

FOUNDED = "a measure answers a finding on the person"
ONCE = "one finding is answered by one measure that bars something, on each track"


class Measuring(Value):
    """What is asked for: a kind of the rulebook's, because of findings, and why."""

    rulebook: str
    kind: str
    findings: tuple[str, ...]
    text: str = ""


class TakeMeasure(Command[Regime]):
    """Take a measure because of what was found in a case, or in a verification."""

    person: str
    asked: Measuring
    case: str | None = None
    verification: str | None = None

    @property
    def stream(self) -> UUID:
        return regime_stream(self.asked.rulebook)

    def blank(self) -> Regime:
        return Regime()

    def decide(self, state: Regime, given: Given) -> Decision:  # noqa: ARG002
        _, book, _ = law_today(given, self.asked.rulebook)
        yield EnterMeasure(
            person=self.person,
            track=track_of(book).id,
            asked=self.asked,
            case=self.case,
            verification=self.verification,
            reason=self.reason,
            occurred_on=self.occurred_on,
        )


class EnterMeasure(Command[Sanctions]):
    """What `TakeMeasure` becomes on the record of the track, which decides it.

    `name` is its name on the track; None: the next number.
    """

    person: str
    track: str
    asked: Measuring
    case: str | None = None
    verification: str | None = None
    name: str | None = None

    @property
    def stream(self) -> UUID:
        return sanctions_stream(self.person, self.track)

    def blank(self) -> Sanctions:
        return Sanctions()

    def decide(self, state: Sanctions, given: Given) -> Decision:
        person_named(given, self.person)
        refuse_conflict(given, self.person)
        _, book, today = law_today(given, self.asked.rulebook)
        refuse_other_track(book, self.track)
        measure = measure_named(book, self.asked.kind)
        rule = rule_on(book, measure.legal_basis)
        demand("text", self.asked.text, what="say why", rule=rule)
        self.refuse_unfounded(given)
        yield self.answer()
        self.refuse_more(given, state, measure, rule)
        period, name = measure.period, self.named(state)
        yield EnterProceeding(person=self.person, kind="track", key=self.track)
        yield MeasureTaken(
            measure=name,
            person=self.person,
            track=self.track,
            kind=measure.id,
            decided_on=today,
            findings=self.asked.findings,
            text=self.asked.text,
            cited=cite_part(book, f"measures.{measure.id}", measure.legal_basis),
            until_on=shift(today, period, book.calendar) if period else None,
            blocks=measure.blocks,
            case=self.case,
        )

    def named(self, state: Sanctions) -> str:
        """Return the name of the measure, or raise `WrongStage` if it is taken."""
        name = self.name or f"m{len(state.measures) + 1}"
        whole = f"{self.person}:{self.track}:{name}"
        if whole in [known.measure for known in state.measures]:
            raise WrongStage(f"{whole} is taken", rule=FOUNDED)
        return whole

    def refuse_unfounded(self, given: Given) -> None:
        """Raise unless all the findings were made there, and lead to something."""
        if not self.asked.findings:
            gaps = ["findings: what was found"]
            raise Incomplete("nothing was found", rule=FOUNDED, gaps=gaps)
        known = {found.finding: found for found in self.found(given)}
        gone = fallen(given, self.person)
        for name in self.asked.findings:
            if name not in known:
                raise Invalid("findings", f"there is no {name}", rule=FOUNDED)
            if name in gone:
                raise WrongStage(f"{name} was undone on appeal", rule=STANDING)
            found = known[name]
            if most_allowed(law_cited(given, found.cited), found.class_) == "none":
                reason = f"{name}: {found.class_} leads to nothing"
                raise NotAllowed(reason, rule=str(found.cited))

    def found(self, given: Given) -> Iterator[Finding]:
        """Yield the findings of the proceeding; raise if it is not about the person."""
        kind = "case" if self.case else "verification"
        name = self.case or self.verification or ""
        known = proceedings_of(given, self.person).entered
        if (kind, name) not in known:
            raise Unknown(kind, name)
        stream = case_stream(name) if self.case else verification_stream(name)
        for record in given.history(stream):
            if isinstance(record.fact, Finding):
                yield record.fact

    def answer(self) -> AnswerDecision | AnswerVerification:
        """Return what has to be lawful in the proceeding that it answers."""
        if self.case:
            return AnswerDecision(case=self.case, findings=self.asked.findings)
        return AnswerVerification(verification=self.verification or "")

    def refuse_more(
        self, given: Given, state: Sanctions, measure: Measure, rule: str
    ) -> None:
        """Raise where another measure bars already because of the same finding."""
        gone = fallen(given, self.person)
        for known in state.measures if measure.blocks else ():
            both = set(known.findings) & set(self.asked.findings)
            if known.blocks and both and known.measure not in gone:
                reason = f"{known.measure} answers {min(both)} already"
                raise WrongStage(reason, rule=f"{rule}: {ONCE}")


def measure_named(book: Rulebook, kind: str) -> Measure:
    """Return the measure, or raise `Invalid` listing those there are."""
    known = {measure.id: measure for measure in track_of(book).measures}
    if kind not in known:
        names = ", ".join(sorted(known))
        raise Invalid("kind", f"{kind} is not one of {names}", rule=rule_on(book))
    return known[kind]
