"""Breaking the glass: access in an emergency, for a while, and reviewed afterwards."""

from datetime import datetime
from typing import ClassVar, Self
from uuid import UUID

from msgspec.structs import replace

from domain.conflict import asking, refuse_conflict
from domain.errors import NotAllowed, Unknown, WrongStage
from domain.person import CoveredPerson, person_stream
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
from domain.records.law import cite_handling, lapse, law_on
from domain.records.words import demand

OWN_NEED = "one breaks the glass for oneself, and gives the reason"
SECOND_PERSON = "whoever breaks the glass is judged by another, who depends on neither"


# Facts: what happened.


class BreakGlassUsed(Fact):
    """`actor` may see the file of the person until then; the envelope says why.

    `use` counts the times that this actor did so, and `unreviewed` those of the earlier
    ones that nobody had judged by then.
    """

    TOPIC: ClassVar = "records.glass-broken"
    STANDING: ClassVar = True
    use: int
    actor: str
    person: str
    until: datetime
    cited: Citation
    unreviewed: int = 0


class BreakGlassReviewed(Fact):
    """Whether there was an emergency. Where there was none the access ends at once."""

    TOPIC: ClassVar = "records.glass-reviewed"
    STANDING: ClassVar = True
    use: int
    justified: bool
    text: Text


# State: what the facts add up to.


class Use(Value):
    use: int
    until: datetime
    justified: bool | None = None


class Glass(Value):
    """The times that one actor broke the glass around one person's file."""

    person: str | None = None
    uses: tuple[Use, ...] = ()

    @property
    def subject(self) -> str | None:
        return self.person

    def evolve(self, fact: Fact) -> Self:
        match fact:
            case BreakGlassUsed():
                use = Use(use=fact.use, until=fact.until)
                return replace(self, person=fact.person, uses=(*self.uses, use))
            case BreakGlassReviewed():
                uses = (self.judged(use, fact) for use in self.uses)
                return replace(self, uses=tuple(uses))
        return self

    def judged(self, use: Use, fact: BreakGlassReviewed) -> Use:
        return replace(use, justified=fact.justified) if use.use == fact.use else use

    def open_at(self, at: datetime) -> bool:
        """Return whether the actor may see the file at this moment."""
        return any(use.justified is not False and at < use.until for use in self.uses)

    @property
    def unreviewed(self) -> tuple[int, ...]:
        """Return the uses that nobody has judged yet."""
        return tuple(use.use for use in self.uses if use.justified is None)

    @property
    def abused(self) -> bool:
        return any(use.justified is False for use in self.uses)


def glass_stream(actor: str, person: str) -> UUID:
    return stream_of("break-glass", actor, person)


# Commands: what someone asks for, and when the rules allow it.


class BreakGlass(Command[Glass]):
    """See a file in an emergency; while one may already nothing is recorded.

    A use that was not reviewed yet is no bar: the next emergency may come before it is.
    One that was found unjustified is: somebody else must look then. The `actor` is the
    name of whoever asks.
    """

    actor: str
    person: str
    rulebook: str

    @property
    def stream(self) -> UUID:
        return glass_stream(self.actor, self.person)

    def blank(self) -> Glass:
        return Glass()

    def decide(self, glass: Glass, given: Given) -> Decision:
        self.refuse_others(given)
        book = law_on(given, self.rulebook, given.at.date())
        cited = cite_handling(book, "break_glass")
        demand("reason", self.reason, what="say what the emergency is", rule=str(cited))
        refuse_conflict(given, self.person)
        if book.handling.break_glass is None:
            raise NotAllowed(f"{self.rulebook} knows no such access", rule=str(cited))
        if glass.abused:
            reason = f"{self.actor} did so without need before: ask somebody else"
            raise NotAllowed(reason, rule=str(cited))
        if not glass.open_at(given.at):
            yield BreakGlassUsed(
                use=len(glass.uses) + 1,
                actor=self.actor,
                person=self.person,
                until=lapse(given.at, book.handling.break_glass),
                cited=cited,
                unreviewed=len(glass.unreviewed),
            )

    def refuse_others(self, given: Given) -> None:
        if self.actor != given.by.id:
            reason = f"{given.by.id} may not do so in the name of {self.actor}"
            raise NotAllowed(reason, rule=OWN_NEED)


class ReviewBreakGlass(Command[Glass]):
    """Judge one use, as somebody who is in conflict with neither of the two."""

    actor: str
    person: str
    use: int
    justified: bool
    text: str

    @property
    def stream(self) -> UUID:
        return glass_stream(self.actor, self.person)

    def blank(self) -> Glass:
        return Glass()

    def decide(self, glass: Glass, given: Given) -> Decision:
        found = [use for use in glass.uses if use.use == self.use]
        if not found:
            raise Unknown("use", f"{self.use} by {self.actor}")
        refuse_user(given, self.actor)
        refuse_conflict(given, self.person)
        if found[0].justified is not None:
            raise WrongStage(f"use {self.use} was reviewed", rule=SECOND_PERSON)
        demand("text", self.text, what="say what you found", rule=SECOND_PERSON)
        yield BreakGlassReviewed(use=self.use, justified=self.justified, text=self.text)


def refuse_user(given: Given, user: str) -> None:
    """Raise if whoever asks is the user, a relative of theirs, or works under them."""
    if user in asking(given):
        raise NotAllowed(f"{user} broke the glass", rule=SECOND_PERSON)
    if given.look(CoveredPerson(), person_stream(user)).number:
        refuse_conflict(given, user)
