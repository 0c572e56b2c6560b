"""What an office asks to record about a covered person."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from msgspec.structs import replace

from domain.errors import Invalid, Unknown, WrongStage
from domain.person import (
    CoveredPerson,
    CoveredPersonRegistered,
    IdentityCorrected,
    PositionAssumed,
    PositionChanged,
    PositionVacated,
    RelatedPersonDeclared,
    RelatedPersonRemoved,
    Retired,
    RulesAcknowledged,
    RulesNotified,
    ServiceEnded,
    person_stream,
    post_of,
    registered,
)
from domain.record import Command, Decision, Given
from domain.rulebook import Regime, regime_stream
from domain.unit import Unit, existing, unit_stream

ONE_FILE = "a person has one file, under one personnel number"
SERVICE = "service is recorded in the order in which it happened"


class PersonCommand(Command[CoveredPerson]):
    number: str

    @property
    def stream(self) -> UUID:
        return person_stream(self.number)

    def blank(self) -> CoveredPerson:
        return CoveredPerson()


class RegisterPerson(PersonCommand):
    """Open a file; asking again with the same name and address records nothing."""

    name: str
    email: str | None = None
    born_on: date | None = None

    def decide(self, person: CoveredPerson, given: Given) -> Decision:  # noqa: ARG002
        if not person.number:
            yield CoveredPersonRegistered(
                number=self.number,
                name=self.name,
                email=self.email,
                born_on=self.born_on.isoformat() if self.born_on else None,
            )
        elif person.name != self.name:
            raise WrongStage(f"{self.number} is the file of another", rule=ONE_FILE)


class CorrectIdentity(PersonCommand):
    name: str
    email: str | None = None

    def decide(self, person: CoveredPerson, given: Given) -> Decision:  # noqa: ARG002
        registered(person, self.number)
        if (person.name, person.email) != (self.name, self.email):
            yield IdentityCorrected(name=self.name, email=self.email)


class PostCommand(PersonCommand):
    """A post as it is from `from_on`; `post` names it among the person's posts."""

    post: str
    unit: str
    title: str
    from_on: date
    rank: str | None = None
    category: str | None = None
    employer_type: str = "agency"

    def fields(self) -> Mapping[str, Any]:
        names = ("post", "unit", "title", "from_on", "rank", "category")
        return {name: getattr(self, name) for name in (*names, "employer_type")}

    def check(self, person: CoveredPerson, given: Given) -> None:
        registered(person, self.number)
        existing(given.look(Unit(), unit_stream(self.unit)), self.unit)


class AssumePosition(PostCommand):
    """Take up a post; the same post from the same day again records nothing."""

    def decide(self, person: CoveredPerson, given: Given) -> Decision:
        self.check(person, given)
        assumed = PositionAssumed(**self.fields())
        held = [post for post in person.posts if post.post == self.post]
        again = [post for post in held if post.from_on == self.from_on]
        if again and replace(again[0], to_on=None) == post_of(assumed):
            return
        if held and not (held[-1].to_on and held[-1].to_on <= self.from_on):
            raise WrongStage(f"post {self.post} is already held", rule=SERVICE)
        yield assumed


class ChangePosition(PostCommand):
    """Go on in the same post with another rank, unit or title (for one, promotion)."""

    def decide(self, person: CoveredPerson, given: Given) -> Decision:
        self.check(person, given)
        running = [p for p in person.posts if p.post == self.post and not p.to_on]
        if not running:
            raise Unknown("running post", self.post)
        if self.from_on < running[0].from_on:
            began = f"the post began on {running[0].from_on}"
            raise Invalid("from_on", began, rule=SERVICE)
        change = PositionChanged(**self.fields())
        if any(getattr(running[0], k) != v for k, v in self.fields().items()):
            yield change


class VacatePosition(PersonCommand):
    post: str
    on: date

    def decide(self, person: CoveredPerson, given: Given) -> Decision:  # noqa: ARG002
        registered(person, self.number)
        held = [post for post in person.posts if post.post == self.post]
        if not held:
            raise Unknown("post", self.post)
        if self.on < held[-1].from_on:
            began = f"the post began on {held[-1].from_on}"
            raise Invalid("on", began, rule=SERVICE)
        if held[-1].to_on is None:
            yield PositionVacated(post=self.post, on=self.on)


def ending(person: CoveredPerson, on: date) -> list[PositionVacated]:
    """Return the end of each post that still runs; it cannot end before it began."""
    running = [post for post in person.posts if post.to_on is None]
    began = max((post.from_on for post in running), default=on)
    if on < began:
        raise Invalid("on", f"a post began on {began}", rule=SERVICE)
    return [PositionVacated(post=post.post, on=on) for post in running]


class Retire(PersonCommand):
    """Retire from all posts; whoever took up a post since may retire again."""

    on: date

    def decide(self, person: CoveredPerson, given: Given) -> Decision:  # noqa: ARG002
        running = ending(registered(person, self.number), self.on)
        if running or person.retired_on is None:
            yield Retired(on=self.on)
            yield from running


class EndEmployment(PersonCommand):
    """Leave all posts, with or without a claim to be called retired."""

    on: date

    def decide(self, person: CoveredPerson, given: Given) -> Decision:  # noqa: ARG002
        running = ending(registered(person, self.number), self.on)
        if running or person.left_on is None:
            yield ServiceEnded(on=self.on)
            yield from running


class DeclareRelative(PersonCommand):
    """Declare a relative; `related_number` is theirs, if they are in service too."""

    relative: str
    relation: str
    name: str | None = None
    related_number: str | None = None

    def decide(self, person: CoveredPerson, given: Given) -> Decision:  # noqa: ARG002
        registered(person, self.number)
        declared = RelatedPersonDeclared(
            relative=self.relative,
            relation=self.relation,
            name=self.name,
            number=self.related_number,
        )
        known = [(r.relative, r.relation, r.name, r.number) for r in person.relatives]
        mine = (self.relative, self.relation, self.name, self.related_number)
        if mine not in known:
            yield declared


class RemoveRelative(PersonCommand):
    relative: str

    def decide(self, person: CoveredPerson, given: Given) -> Decision:  # noqa: ARG002
        registered(person, self.number)
        if self.relative in [known.relative for known in person.relatives]:
            yield RelatedPersonRemoved(relative=self.relative)


class NoticeCommand(PersonCommand):
    rulebook: str
    version: int

    def check(self, person: CoveredPerson, given: Given) -> tuple[str, int]:
        registered(person, self.number)
        regime = given.look(Regime(), regime_stream(self.rulebook))
        if self.version not in regime.published:
            raise Unknown("published rulebook", f"{self.rulebook} v{self.version}")
        return (self.rulebook, self.version)


class NotifyRules(NoticeCommand):
    """Record that the person was told of the rules that bind them (S3-08)."""

    def decide(self, person: CoveredPerson, given: Given) -> Decision:
        if self.check(person, given) not in person.notified:
            yield RulesNotified(rulebook=self.rulebook, version=self.version)


class AcknowledgeRules(NoticeCommand):
    def decide(self, person: CoveredPerson, given: Given) -> Decision:
        if self.check(person, given) not in person.acknowledged:
            yield RulesAcknowledged(rulebook=self.rulebook, version=self.version)
