"""Convening a board, entering its candidates, and ending it."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from domain.conflict import refuse_one
from domain.errors import Incomplete, Invalid, NotAllowed, Unknown, WrongStage
from domain.matter import in_force, local_day
from domain.person import person_named
from domain.proceedings import EnterProceeding
from domain.promotion.board import (
    Board,
    Candidacy,
    board_stream,
    candidacy_stream,
    convened,
)
from domain.promotion.facts import (
    BoardConvened,
    BoardDecided,
    CandidateEntered,
    CandidateListed,
    Level,
    Question,
)
from domain.record import Command, Decision, Given
from domain.regime.discipline import Purpose
from domain.regime.scrutiny import Eligibility
from domain.regime.types import Rulebook
from domain.rulebook import Regime, regime_stream, title
from domain.verification.verification import OpenVerification

MEMBERS = "a board has members, and none of them is its candidate or near to one"
ONE_BOARD = "what was convened stays as it was; another board has another id"
AHEAD = "a board is convened for a day that is not over"
DONE = "a board ends when it is done with every candidate"


def selection(given: Given, rulebook: str) -> tuple[Rulebook, Eligibility]:
    """Return the rulebook in force today, and what it asks before a promotion."""
    regime = given.look(Regime(), regime_stream(rulebook))
    if not regime.published:
        raise Unknown("rulebook", rulebook)
    book = in_force(regime, rulebook, given.at.date())
    if book.eligibility is None:
        raise Invalid("rulebook", "it says nothing of eligibility", rule=title(book))
    return book, book.eligibility


class BoardCommand(Command[Board]):
    board: str

    @property
    def stream(self) -> UUID:
        return board_stream(self.board)

    def blank(self) -> Board:
        return Board()


class ConveneBoard(BoardCommand):
    """Convene a board for one level of one ladder."""

    rulebook: str
    ladder: str
    level: Level
    members: tuple[str, ...]
    meets_on: date
    purpose: Purpose = "promotion"

    def decide(self, board: Board, given: Given) -> Decision:
        book, law = selection(given, self.rulebook)
        if self.ladder not in law.ladders:
            known = ", ".join(law.ladders)
            raise Invalid("ladder", f"it is one of {known}", rule=title(book))
        if not self.members:
            raise Incomplete(
                "a board needs members", rule=MEMBERS, gaps=["members: name them"]
            )
        self.refuse_twice(given)
        fact = BoardConvened(
            board=self.board,
            rulebook=self.rulebook,
            ladder=self.ladder,
            level=self.level,
            purpose=self.purpose,
            members=self.members,
            meets_on=self.meets_on,
        )
        if board.convened is None:
            refuse_past(book, self.meets_on, given)
            yield fact
        elif board.convened != fact:
            raise WrongStage(f"the id {self.board} is taken", rule=ONE_BOARD)

    def refuse_twice(self, given: Given) -> None:
        """Raise unless each member is a person, and named once."""
        for member in self.members:
            person_named(given, member)
            if self.members.count(member) > 1:
                raise Invalid("members", f"{member} is named twice", rule=MEMBERS)


class ListCandidate(BoardCommand):
    """Put somebody on the list; part of entering them."""

    person: str

    def decide(self, board: Board, given: Given) -> Decision:  # noqa: ARG002
        yield CandidateListed(person=self.person)


class ConcludeBoard(BoardCommand):
    """End a board that is done with all its candidates."""

    def decide(self, board: Board, given: Given) -> Decision:
        _, call = convened(given, self.board)
        if board.decided:
            return
        waiting = [
            person
            for person in board.candidates
            if not look(given, self.board, person).settled
        ]
        if waiting:
            gaps = [f"candidate {person}: decide, or seal" for person in waiting]
            raise Incomplete("the board is not done", rule=DONE, gaps=gaps)
        book, _ = selection(given, call.rulebook)
        yield BoardDecided(decided_on=local_day(book, given.at))


def refuse_past(book: Rulebook, meets_on: date, given: Given) -> None:
    """Raise if the day is over, by the clock of the rulebook and by that in UTC."""
    if meets_on < min(local_day(book, given.at), given.at.date()):
        raise Invalid("meets_on", f"{meets_on} is over", rule=AHEAD)


def look(given: Given, board: str, person: str) -> Candidacy:
    return given.look(Candidacy(), candidacy_stream(f"{board}:{person}"))


class EnterCandidate(Command[Candidacy]):
    """Enter somebody, which opens the verification that the rulebook wants first."""

    board: str
    person: str

    @property
    def stream(self) -> UUID:
        return candidacy_stream(f"{self.board}:{self.person}")

    def blank(self) -> Candidacy:
        return Candidacy()

    def decide(self, candidacy: Candidacy, given: Given) -> Decision:
        board, call = convened(given, self.board)
        if candidacy.entered:
            return
        if board.decided:
            raise WrongStage(f"{self.board} has decided", rule=DONE)
        refuse_near(given, call, self.person)
        _, law = selection(given, call.rulebook)
        name = f"{self.board}:{self.person}"
        wanted = any(each.what == "verification" for each in law.requires)
        yield CandidateEntered(
            board=self.board,
            person=self.person,
            question=Question(
                person=self.person,
                rulebook=call.rulebook,
                purpose=call.purpose,
                ladder=call.ladder,
                level=call.level,
                as_of=call.meets_on,
            ),
            verification=name if wanted else None,
        )
        yield EnterProceeding(person=self.person, kind="candidacy", key=name)
        yield ListCandidate(board=self.board, person=self.person)
        yield from self.verified(name) if wanted else ()

    def verified(self, name: str) -> Iterator[Command[Any]]:
        yield OpenVerification(
            verification=name,
            person=self.person,
            basis="promotion",
            board=self.board,
            reason=f"candidate of the board {self.board}",
        )


def refuse_near(given: Given, call: BoardConvened, person: str) -> None:
    """Raise if a member may not judge the candidate (I2)."""
    candidate = person_named(given, person)
    for member in call.members:
        try:
            refuse_one(given, member, candidate)
        except NotAllowed as error:
            raise NotAllowed(f"on this board {error.reason}", rule=MEMBERS) from error
