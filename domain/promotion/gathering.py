"""Reads from the log all that may be in somebody's way, and counts what it reads."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from domain.appeal import appeal_stream
from domain.case.case import case_stream
from domain.hold import holds_stream
from domain.obligation import (
    ObligationFulfilled,
    ObligationFulfilledLate,
    obligation_stream,
)
from domain.person import CoveredPerson, person_stream, registered
from domain.proceedings import Proceedings, proceedings_stream
from domain.promotion.appealed import Appealed
from domain.promotion.held import Held
from domain.promotion.investigated import Investigated
from domain.promotion.obliged import Obliged
from domain.promotion.sanctioned import Sanctioned
from domain.promotion.stretch import Stretch, Trail
from domain.promotion.verified import Verified
from domain.record import Given, Recorded, S
from domain.regime.types import Rule, Rulebook
from domain.rulebook import Regime, RulebookPublished, regime_stream
from domain.sanction.sanctions import sanctions_stream
from domain.verification.verification import verification_stream
from domain.view import replay

T = TypeVar("T", bound=Trail)


class Gathering:
    """What the log has of one person; `basis` counts the events that were read."""

    def __init__(self, given: Given, number: str) -> None:
        self.given = given
        self.basis: dict[str, int] = {}
        blank = CoveredPerson()
        self.person = registered(self.look(blank, person_stream(number)), number)

    def history(self, stream: UUID) -> Sequence[Recorded[Any]]:
        records = self.given.history(stream)
        self.basis[str(stream)] = len(records)
        return records

    def look(self, blank: S, stream: UUID) -> S:
        return replay(blank, (record.fact for record in self.history(stream)))

    def trail(self, blank: T, stream: UUID) -> T:
        for record in self.history(stream):
            blank = blank.note(record)
        return blank

    def regime(self, rulebook: str) -> Regime:
        return self.look(Regime(), regime_stream(rulebook))

    def book(self, rulebook: str, version: int) -> Rulebook:
        return self.regime(rulebook).version(version)

    def stretches(self, rulebook: str, day: date) -> Iterator[Stretch]:
        """Yield all that may matter under a rulebook on a day, from the log alone."""
        number = self.person.number
        entered = self.look(Proceedings(), proceedings_stream(number))
        for name in entered.of("verification"):
            yield from self.trail(Verified(), verification_stream(name)).stretches()
        for name in entered.of("case"):
            yield from self.trail(Investigated(), case_stream(name)).stretches()
        for track in entered.of("track"):
            stream = sanctions_stream(number, track)
            yield from self.trail(Sanctioned(), stream).stretches()
        for name in entered.of("appeal"):
            yield from self.trail(Appealed(), appeal_stream(name)).stretches()
        yield from self.trail(Held(), holds_stream(number)).stretches()
        told = [notified for notified, _ in self.person.notified]
        for each in dict.fromkeys((rulebook, *told)):
            yield from self.duties(each, day)

    def duties(self, rulebook: str, day: date) -> Iterator[Stretch]:
        """Yield what is overdue, and flagged, of what a calendar or a post demands.

        A rulebook demands nothing that fell due before it was published.
        """
        records = self.history(regime_stream(rulebook))
        regime = replay(Regime(), (record.fact for record in records))
        published = [r for r in records if isinstance(r.fact, RulebookPublished)]
        rules = [r for n in regime.published for r in regime.version(n).rules]
        first = min((r.recorded_at.year for r in published), default=day.year)
        for rule in {rule.id: rule for rule in rules}.values():
            for key in self.keys(rule, first, day):
                stream = obligation_stream(self.person.number, rulebook, rule.id, key)
                yield from self.trail(Obliged(), stream).stretches()
                yield from self.opened(stream, rulebook, rule, rules)

    def keys(self, rule: Rule, first: int, day: date) -> Iterator[str]:
        """Yield by what keys a duty of the person is found: years, or posts."""
        posts = self.person.posts
        if rule.trigger == "appointment":
            yield from dict.fromkeys(post.post for post in posts)
        if rule.trigger == "calendar" and posts:
            begun = min(post.from_on.year for post in posts)
            yield from map(str, range(max(first, begun), day.year + 1))

    def opened(
        self, duty: UUID, rulebook: str, rule: Rule, rules: Sequence[Rule]
    ) -> Iterator[Stretch]:
        """Yield the flags that answers in the reports on a duty have set (S5-13)."""
        flagging = {
            other.id
            for other in rules
            if other.sets_flag and other.when and other.when.rule == rule.id
        }
        answered = ObligationFulfilled | ObligationFulfilledLate
        facts = [record.fact for record in self.given.history(duty)]
        reports = [fact.disclosure for fact in facts if isinstance(fact, answered)]
        for report in dict.fromkeys(reports) if flagging else ():
            for name in sorted(flagging):
                number = self.person.number
                stream = obligation_stream(number, rulebook, name, report)
                yield from self.trail(Obliged(), stream).stretches()
