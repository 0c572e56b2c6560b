"""A request to correct what is kept: answered by a note beside it, never by an edit."""

from datetime import date
from typing import ClassVar, Self
from uuid import UUID

from msgspec.structs import replace

from domain.conflict import refuse_conflict, refuse_stranger
from domain.disclosure import (
    AboutDisclosure,
    Disclosure,
    Filing,
    disclosure_stream,
    filed,
    secrecy,
)
from domain.errors import NotAllowed, Unknown, WrongStage
from domain.matter import local_day
from domain.record import (
    Citation,
    Command,
    Decision,
    Fact,
    Given,
    Text,
    Value,
    stream_of,
)
from domain.records.about import check_fields
from domain.records.law import REMEDY, cite_handling, due_after, law_on, where_to_turn
from domain.records.words import demand
from domain.review import Annotate

DECIDED_ONCE = "a request has one number, and one decision"
OWN_REPORT = "one asks for the correction of what is kept of oneself"


# Facts: what happened.


class CorrectionRequested(AboutDisclosure):
    """The text says what is wrong. `field` is empty where it is about the whole."""

    TOPIC: ClassVar = "records.correction-requested"
    request: str
    person: str
    disclosure: str
    text: Text
    received_on: date
    cited: Citation
    due_on: date | None = None
    field: str | None = None


class CorrectionDecided(AboutDisclosure):
    """Granted: a note now stands beside the report. Refused: why, and where to turn."""

    TOPIC: ClassVar = "records.correction-decided"
    granted: bool
    text: Text
    turn_to: str | None = None


# State: what the facts add up to.


class Correction(Value):
    asked: CorrectionRequested | None = None
    decided: bool = False

    @property
    def subject(self) -> str | None:
        return self.asked.person if self.asked else None

    def evolve(self, fact: Fact) -> Self:
        match fact:
            case CorrectionRequested():
                return replace(self, asked=fact)
            case CorrectionDecided():
                return replace(self, decided=True)
        return self


def correction_stream(request: str) -> UUID:
    return stream_of("correction", request)


# Commands: what someone asks for, and when the rules allow it.


class CorrectionCommand(Command[Correction]):
    request: str

    @property
    def stream(self) -> UUID:
        return correction_stream(self.request)

    def blank(self) -> Correction:
        return Correction()


class RequestCorrection(CorrectionCommand):
    """Say what is wrong in a report that is kept of one, whoever keyed it."""

    person: str
    disclosure: str
    text: str
    field: str | None = None

    def reads(self) -> tuple[UUID, ...]:
        return (self.stream, disclosure_stream(self.disclosure))

    def decide(self, state: Correction, given: Given) -> Decision:
        refuse_stranger(given, self.person)
        filing = self.own(given)
        fact = self.fact(given, filing)
        if state.asked is None:
            yield fact
        elif said(state.asked) != said(fact):
            raise WrongStage(f"request {self.request} is taken", rule=DECIDED_ONCE)

    def own(self, given: Given) -> Filing:
        report = given.look(Disclosure(), disclosure_stream(self.disclosure))
        filing = filed(report, self.disclosure)
        if filing.person != self.person:
            raise NotAllowed(f"{self.disclosure} is another's", rule=OWN_REPORT)
        check_fields(given, filing, (self.field,) if self.field else ())
        demand("text", self.text, what="say what is wrong", rule=str(filing.cited))
        return filing

    def fact(self, given: Given, filing: Filing) -> CorrectionRequested:
        book = law_on(given, filing.cited.rulebook, given.at.date())
        today = local_day(book, given.at)
        about, confidentiality = secrecy(filing)
        return CorrectionRequested(
            request=self.request,
            person=self.person,
            disclosure=self.disclosure,
            text=self.text,
            received_on=today,
            cited=cite_handling(book, "correction"),
            due_on=due_after(book, today, book.handling.correction),
            field=self.field,
            about=about,
            confidentiality=confidentiality,
        )


class DecideCorrection(CorrectionCommand):
    """Grant it, and so annotate the report; or refuse, saying why and where to turn.

    Where to turn is what the rulebook says, unless `turn_to` says otherwise.
    """

    granted: bool
    text: str
    turn_to: str | None = None

    def decide(self, state: Correction, given: Given) -> Decision:
        asked = state.asked
        if asked is None:
            raise Unknown("correction request", self.request)
        refuse_conflict(given, asked.person)
        if state.decided:
            raise WrongStage(f"{self.request} was decided", rule=DECIDED_ONCE)
        demand("text", self.text, what="say what was decided, and why", rule=REMEDY)
        yield CorrectionDecided(
            granted=self.granted,
            text=self.text,
            turn_to=None if self.granted else self.turn(given, asked),
            about=asked.about,
            confidentiality=asked.confidentiality,
        )
        if self.granted:
            yield Annotate(
                disclosure=asked.disclosure,
                field=asked.field,
                text=f"Corrected on request {self.request}: {asked.text}\n{self.text}",
                reason=self.reason,
            )

    def turn(self, given: Given, asked: CorrectionRequested) -> str:
        book = law_on(given, asked.cited.rulebook, given.at.date())
        return where_to_turn(book, self.turn_to)


def said(asked: CorrectionRequested) -> tuple[str, str, str, str | None]:
    return (asked.person, asked.disclosure, asked.text, asked.field)
