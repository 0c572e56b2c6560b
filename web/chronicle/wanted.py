"""Which events of a history are wanted: by topic, by actor, by day, by rule."""

from datetime import UTC, date
from typing import Any

from domain.record import Citation, Recorded, Value


class Wanted(Value):
    """What is asked for; every condition that is given must hold.

    Attributes:
        topic: a topic, such as "case.notice-served", or what it begins with: "case".
        actor: who acted, or on whose behalf.
        from_on, to_on: the first and the last day on which it was recorded (UTC).
        rule: the rule that is cited or applies, or the rulebook that it is in.
    """

    topic: str | None = None
    actor: str | None = None
    from_on: date | None = None
    to_on: date | None = None
    rule: str | None = None

    def holds(self, record: Recorded[Any], cited: Citation | None) -> bool:
        """Return whether an event is wanted, under the rule that it cites."""
        day = record.recorded_at.astimezone(UTC).date()
        return (
            (self.from_on is None or self.from_on <= day)
            and (self.to_on is None or day <= self.to_on)
            and self.by(record)
            and self.about(record.fact.TOPIC)
            and (self.rule is None or within(self.rule, cited))
        )

    def by(self, record: Recorded[Any]) -> bool:
        who = (record.actor.id, record.actor.on_behalf_of)
        return self.actor is None or self.actor in who

    def about(self, topic: str) -> bool:
        return self.topic is None or self.topic in (topic, topic.partition(".")[0])


ALL = Wanted()


def within(rule: str, cited: Citation | None) -> bool:
    """Return whether a citation is of this rule, or of a rule in this rulebook."""
    if cited is None:
        return False
    return rule in (cited.rule, cited.rulebook, f"{cited.rulebook}/{cited.rule}")
