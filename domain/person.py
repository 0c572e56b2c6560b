"""A covered person: posts, ranks, units, relatives, retirement; facts and state."""

from collections.abc import Iterator
from datetime import date
from typing import ClassVar, Literal, Self
from uuid import UUID

from msgspec.structs import replace

from domain.errors import Unknown
from domain.record import Fact, Given, Text, Value, stream_of
from domain.regime.population import Standing
from domain.unit import chain

# Facts: what happened.


class Personal(Fact):
    """What is kept of a person as long as there is a file."""

    STANDING: ClassVar = True


class Identity(Personal):
    """Who somebody is: a class of its own, open also to who keeps the register."""

    def class_of(self, field: str) -> str:
        return "identity" if field in ("name", "email") else "confidential"


class CoveredPersonRegistered(Identity):
    TOPIC: ClassVar = "person.registered"
    number: str
    name: Text
    email: Text | None = None
    born_on: Text | None = None


class IdentityCorrected(Identity):
    TOPIC: ClassVar = "person.identity-corrected"
    name: Text
    email: Text | None = None


class PositionAssumed(Personal):
    TOPIC: ClassVar = "person.position-assumed"
    post: str
    unit: str
    title: str
    from_on: date
    rank: str | None = None
    category: str | None = None
    employer_type: str = "agency"


class PositionChanged(Personal):
    """The post goes on from `from_on` with another rank, unit or title."""

    TOPIC: ClassVar = "person.position-changed"
    post: str
    unit: str
    title: str
    from_on: date
    rank: str | None = None
    category: str | None = None
    employer_type: str = "agency"


class PositionVacated(Personal):
    TOPIC: ClassVar = "person.position-vacated"
    post: str
    on: date


class Retired(Personal):
    TOPIC: ClassVar = "person.retired"
    on: date


class ServiceEnded(Personal):
    TOPIC: ClassVar = "person.service-ended"
    on: date


class RelatedPersonDeclared(Personal):
    """A relative, with no more about them than the duty needs.

    `number` is their own personnel number, if they have one: it stays in the open,
    since by it nobody is let near the matter of a relative.
    """

    TOPIC: ClassVar = "person.relative-declared"
    relative: str
    relation: str
    name: Text | None = None
    number: str | None = None

    @property
    def relative_concerned(self) -> str | None:
        return self.relative

    def class_of(self, field: str) -> str:  # noqa: ARG002  all of it is about the family
        return "restricted"


class RelatedPersonRemoved(Personal):
    TOPIC: ClassVar = "person.relative-removed"
    relative: str


class RulesNotified(Personal):
    TOPIC: ClassVar = "person.rules-notified"
    rulebook: str
    version: int


class RulesAcknowledged(Personal):
    TOPIC: ClassVar = "person.rules-acknowledged"
    rulebook: str
    version: int


# State: what the facts add up to.


class Post(Value):
    """One stretch of one post: from the day `from_on` up to, not including, `to_on`."""

    post: str
    unit: str
    title: str
    from_on: date
    to_on: date | None = None
    rank: str | None = None
    category: str | None = None
    employer_type: str = "agency"

    def holds(self, day: date) -> bool:
        return self.from_on <= day and (self.to_on is None or day < self.to_on)


class Relative(Value):
    relative: str
    relation: str
    name: Text | None = None
    number: str | None = None


class CoveredPerson(Value):
    number: str = ""
    name: Text = ""
    email: Text | None = None
    posts: tuple[Post, ...] = ()
    relatives: tuple[Relative, ...] = ()
    retired_on: date | None = None
    left_on: date | None = None
    notified: tuple[tuple[str, int], ...] = ()
    acknowledged: tuple[tuple[str, int], ...] = ()

    @property
    def subject(self) -> str | None:
        return self.number or None

    def evolve(self, fact: Fact) -> Self:  # noqa: PLR0911, C901  one line a fact
        match fact:
            case CoveredPersonRegistered():
                return replace(
                    self, number=fact.number, name=fact.name, email=fact.email
                )
            case IdentityCorrected():
                return replace(self, name=fact.name, email=fact.email)
            case PositionAssumed() | PositionChanged():
                return replace(self, posts=(*self.until(fact), post_of(fact)))
            case PositionVacated():
                return replace(self, posts=tuple(self.until(fact)))
            case Retired():
                return replace(
                    self, retired_on=min(self.retired_on or fact.on, fact.on)
                )
            case ServiceEnded():
                return replace(self, left_on=min(self.left_on or fact.on, fact.on))
            case RelatedPersonDeclared():
                others = self.without(fact.relative)
                return replace(self, relatives=(*others, relative_of(fact)))
            case RelatedPersonRemoved():
                return replace(self, relatives=self.without(fact.relative))
            case RulesNotified():
                told = (fact.rulebook, fact.version)
                return replace(self, notified=(*self.notified, told))
            case RulesAcknowledged():
                told = (fact.rulebook, fact.version)
                return replace(self, acknowledged=(*self.acknowledged, told))
        return self

    def until(
        self, fact: PositionAssumed | PositionChanged | PositionVacated
    ) -> list[Post]:
        """Return the posts, with the running stretch of the fact's post ended."""
        end = fact.on if isinstance(fact, PositionVacated) else fact.from_on
        return [
            replace(post, to_on=end)
            if post.post == fact.post and post.to_on is None
            else post
            for post in self.posts
        ]

    def without(self, relative: str) -> tuple[Relative, ...]:
        return tuple(r for r in self.relatives if r.relative != relative)

    def post_on(self, day: date) -> Post | None:
        """Return the post held on *day*; of several, the one assumed last."""
        held = [post for post in self.posts if post.holds(day)]
        return max(held, key=lambda post: post.from_on, default=None)

    def status_on(self, day: date) -> Literal["serving", "retired", "left"]:
        """Return what the person is on *day*; whoever holds a post again serves."""
        if self.post_on(day):
            return "serving"
        if self.retired_on and self.retired_on <= day:
            return "retired"
        if self.left_on and self.left_on <= day:
            return "left"
        return "serving"


def post_of(fact: PositionAssumed | PositionChanged) -> Post:
    return Post(
        post=fact.post,
        unit=fact.unit,
        title=fact.title,
        from_on=fact.from_on,
        rank=fact.rank,
        category=fact.category,
        employer_type=fact.employer_type,
    )


def relative_of(fact: RelatedPersonDeclared) -> Relative:
    return Relative(
        relative=fact.relative,
        relation=fact.relation,
        name=fact.name,
        number=fact.number,
    )


def person_stream(number: str) -> UUID:
    return stream_of("person", number)


def person_named(given: Given, number: str) -> CoveredPerson:
    """Return the person with this number, or raise `Unknown`."""
    return registered(given.look(CoveredPerson(), person_stream(number)), number)


def registered(person: CoveredPerson, number: str) -> CoveredPerson:
    if not person.number:
        raise Unknown("person", number)
    return person


def standings(
    given: Given, person: CoveredPerson, day: date, *, in_units: bool = True
) -> Iterator[Standing]:
    """Yield what decides on *day* whether a rule covers the person, post by post.

    A rule covers whoever it would cover for one of several posts. Who holds none is
    seen by the last; nobody is seen before their first. The units may be left out where
    no rule asks for them: each is a stream to be read.
    """
    status = person.status_on(day)
    if not person.posts:
        yield Standing(number=person.number, status=status)
    begun = [post for post in person.posts if post.from_on <= day]
    if not begun:
        return
    last = max(begun, key=lambda post: post.from_on)
    held = [post for post in begun if post.holds(day)]
    for post in held or [last]:
        yield Standing(
            number=person.number,
            rank=post.rank if held else None,
            category=post.category,
            employer_type=post.employer_type,
            units=tuple(u.code for u in chain(given, post.unit)) if in_units else (),
            status=status,
            last_rank=last.rank,
        )
