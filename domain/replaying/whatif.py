"""What another rulebook would have changed: the log replayed as if it had been law."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from msgspec.structs import fields, replace

from domain.record import Recorded, S, Value
from domain.replaying.moment import Check
from domain.replaying.past import Log, Past
from domain.replaying.replay import REFUSED, Difference, Outcome, Replay
from domain.rulebook import Regime, parsed, regime_stream, title

# All that was ever supposed stays at hand: the log does not hold it.
ENDLESS = 2**62
NOT_DEMANDED = "demanded"


class Change(Value):
    """How many decisions would have come out otherwise in one respect."""

    kind: str
    topic: str
    field: str
    count: int


class RulebookImpact(Value):
    """What a rulebook would have changed of the decisions it would have bound.

    `replayed` are those that were computed again at all; `changes` say in what respect
    decisions differ, the most frequent first.
    """

    rulebook: str
    replayed: int
    changed: int
    changes: tuple[Change, ...]
    differences: tuple[Difference, ...]


class Supposed(Past):
    """The log, if a version of a rulebook had been law from the day it names."""

    def __init__(self, log: Log, text: str) -> None:
        super().__init__(log, room=ENDLESS)
        self.text, self.book = text, parsed(text)
        self.stream = regime_stream(self.book.id)
        self.last: tuple[Regime, Regime] | None = None

    def look(self, blank: S, stream: UUID) -> S:
        found: Any = super().look(blank, stream)
        supposed: Any = self.amended(found) if stream == self.stream else found
        said: S = supposed
        return said

    def amended(self, regime: Regime) -> Regime:
        """Return the regime with the version in it, beside or in place of another."""
        if self.last is None or self.last[0] is not regime:
            number, begins = self.book.version, self.book.effective_from
            texts = {**regime.texts, number: self.text}
            law = {**regime.published, number: begins}
            self.last = (regime, replace(regime, texts=texts, published=law))
        return self.last[1]


class Supposing(Replay):
    """Replays under the rulebook, and goes on with what it would have come to.

    A duty that it moves is late or in time by the day to which it was moved; of one
    that it does not know nothing follows. What nobody was asked for is not looked for.
    """

    def __init__(self, log: Log, text: str) -> None:
        self.supposed = Supposed(log, text)
        super().__init__(self.supposed)
        self.gone: set[UUID] = set()

    def take(self, events: Sequence[tuple[int, Recorded[Any]]]) -> None:
        self.past.fetch(self.needed(events))
        for position, record in events:
            if record.originator_id not in self.gone:
                self.past.add(position, self.instead(position, record))
            self.outcome.position = position

    def instead(self, position: int, record: Recorded[Any]) -> Recorded[Any]:
        """Return what would have been recorded."""
        before = len(self.outcome.differences)
        wrong = [c for c in self.judge(position, record) if self.bound(c)]
        self.outcome.differences[before:] = [
            d for d in self.outcome.differences[before:] if self.bound(d)
        ]
        if any(check.field == NOT_DEMANDED for check in wrong):
            self.gone.add(record.originator_id)
        known = {field.name for field in fields(record.fact)}
        news = {c.field: c.recomputed for c in wrong if c.field in known}
        return replace(record, fact=replace(record.fact, **news)) if news else record

    def bound(self, part: Check | Difference) -> bool:
        """Return whether the rulebook, and no other, makes the difference."""
        book = self.supposed.book
        return part.field == REFUSED or part.rule.startswith(f"{book.id} v")


def impact(outcome: Outcome, text: str) -> RulebookImpact:
    """Return what a replay under the rulebook came to."""
    differences = [d for d in outcome.differences if not only_cited(d)]
    return RulebookImpact(
        rulebook=title(parsed(text)),
        replayed=outcome.replayed,
        changed=len({difference.position for difference in differences}),
        changes=tuple(changes(differences)),
        differences=tuple(differences),
    )


def only_cited(difference: Difference) -> bool:
    """Return whether nothing but the version that is cited differs."""
    return difference.field == "cited"


def changes(differences: Iterable[Difference]) -> Iterable[Change]:
    counted = Counter((kind_of(d), d.topic, d.field) for d in differences)
    for (kind, topic, field), count in counted.most_common():
        yield Change(kind=kind, topic=topic, field=field, count=count)


def kind_of(difference: Difference) -> str:
    """Return in one word or two what would have been otherwise."""
    stored, again = difference.stored, difference.recomputed
    match (difference.field, again):
        case ("demanded", False):
            return "not demanded"
        case ("late", _):
            return "late" if again else "in time"
        case ("overdue", False):
            return "not overdue"
        case ("decision", _):
            return "refused"
    if isinstance(stored, str) and isinstance(again, str) and is_day(difference.field):
        return "later" if again > stored else "earlier"
    return "otherwise"


def is_day(field: str) -> bool:
    """Return whether the field is a day, by which the form of its name ends."""
    return field.endswith(("_on", "_by", "until"))
