"""A person's request to see what is kept of them, and the answer."""

from datetime import date
from typing import ClassVar, Self
from uuid import UUID

from msgspec.structs import replace

from domain.conflict import refuse_conflict, refuse_stranger
from domain.errors import Unknown, WrongStage
from domain.matter import local_day
from domain.person import person_named
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
from domain.records.law import REMEDY, cite_handling, due_after, law_on, where_to_turn
from domain.records.words import demand, one_of

ANSWERED_ONCE = "a request has one number, and one answer"
GIVEN = "given"
OUTCOMES = (GIVEN, "partly", "refused")


# Facts: what happened.


class SubjectAccessRequested(Fact):
    """Where the rulebook sets no time for the answer `due_on` is empty."""

    TOPIC: ClassVar = "records.access-requested"
    request: str
    person: str
    received_on: date
    cited: Citation
    due_on: date | None = None
    text: Text | None = None


class SubjectAccessAnswered(Fact):
    """Given, given in part, or refused: then with reasons, and where to turn."""

    TOPIC: ClassVar = "records.access-answered"
    outcome: str
    text: Text | None = None
    turn_to: str | None = None


# State: what the facts add up to.


class AccessRequest(Value):
    asked: SubjectAccessRequested | None = None
    answered: bool = False

    @property
    def subject(self) -> str | None:
        return self.asked.person if self.asked else None

    def evolve(self, fact: Fact) -> Self:
        match fact:
            case SubjectAccessRequested():
                return replace(self, asked=fact)
            case SubjectAccessAnswered():
                return replace(self, answered=True)
        return self


def access_request_stream(request: str) -> UUID:
    return stream_of("access-request", request)


# Commands: what someone asks for, and when the rules allow it.


class AccessRequestCommand(Command[AccessRequest]):
    request: str

    @property
    def stream(self) -> UUID:
        return access_request_stream(self.request)

    def blank(self) -> AccessRequest:
        return AccessRequest()


class RequestAccess(AccessRequestCommand):
    """Ask to see all that is kept of one, or what the text says."""

    person: str
    rulebook: str
    text: str | None = None

    def decide(self, state: AccessRequest, given: Given) -> Decision:
        refuse_stranger(given, self.person)
        person_named(given, self.person)
        if state.asked:
            if (state.asked.person, state.asked.text) == (self.person, self.text):
                return
            raise WrongStage(f"request {self.request} is taken", rule=ANSWERED_ONCE)
        book = law_on(given, self.rulebook, given.at.date())
        today = local_day(book, given.at)
        yield SubjectAccessRequested(
            request=self.request,
            person=self.person,
            received_on=today,
            cited=cite_handling(book, "subject_access"),
            due_on=due_after(book, today, book.handling.subject_access),
            text=self.text,
        )


class AnswerAccess(AccessRequestCommand):
    """Give what was asked for, or say what is withheld, why, and where to turn.

    Where to turn is what the rulebook says, unless `turn_to` says otherwise.
    """

    outcome: str
    text: str | None = None
    turn_to: str | None = None

    def decide(self, state: AccessRequest, given: Given) -> Decision:
        asked = state.asked
        if asked is None:
            raise Unknown("access request", self.request)
        refuse_conflict(given, asked.person)
        if state.answered:
            raise WrongStage(f"{self.request} was answered", rule=ANSWERED_ONCE)
        one_of("outcome", self.outcome, OUTCOMES, rule=str(asked.cited))
        turn_to = None
        if self.outcome != GIVEN:
            demand("text", self.text, what="say what is withheld, and why", rule=REMEDY)
            book = law_on(given, asked.cited.rulebook, given.at.date())
            turn_to = where_to_turn(book, self.turn_to)
        yield SubjectAccessAnswered(
            outcome=self.outcome, text=self.text, turn_to=turn_to
        )
