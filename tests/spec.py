"""given / when / then: the sentence every domain test is written in."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any, Self

from domain.casework import Casework
from domain.errors import Refused
from domain.record import Actor, Command, Fact, Recorded, State
from tests.memory import MemoryLog


@dataclass
class Scenario:
    """A register in memory; the log's JSON is real."""

    app: Casework = field(default_factory=lambda: Casework(MemoryLog()))
    now: datetime = datetime(2016, 12, 1, 12, tzinfo=UTC)
    who: Actor = Actor(id="office", role="clerk")
    failure: Exception | None = None
    news: list[Recorded[Any]] = field(default_factory=list)

    def on(self, day: date) -> Self:
        """Let it be noon (UTC) of this day from here on."""
        self.now = datetime.combine(day, time(12), tzinfo=UTC)
        return self

    def by(self, id_: str, role: str, *, on_behalf_of: str | None = None) -> Self:
        self.who = Actor(id=id_, role=role, on_behalf_of=on_behalf_of)
        return self

    def given(self, *commands: Command[Any]) -> Self:
        """Carry out what came before; none of it may be refused."""
        for command in commands:
            self.app.handle(command, by=self.who, at=self.now)
        return self

    def when(self, command: Command[Any]) -> Self:
        before = self.size()
        self.failure = None
        try:
            self.app.handle(command, by=self.who, at=self.now)
        except Exception as failure:  # noqa: BLE001  `then_refused` looks at it
            self.failure = failure
        notifications = self.app.recorder.select_notifications(before + 1, 1000)
        self.news = [self.app.mapper.to_domain_event(n) for n in notifications]  # type: ignore[misc]
        return self

    def then(self, *expected: Fact) -> Self:
        """Demand exactly these facts."""
        assert self.failure is None, self.failure
        assert self.facts == list(expected)
        return self

    def then_some(self, *expected: Fact) -> Self:
        """Demand these facts among those recorded."""
        assert self.failure is None, self.failure
        for fact in expected:
            assert fact in self.facts, self.facts
        return self

    def then_nothing(self) -> Self:
        return self.then()

    def then_refused(self, kind: type[Exception], *, match: str = "") -> Self:
        """Demand a refusal of this kind, and that it left no trace."""
        assert self.news == [], "a refusal must leave no trace"
        assert type(self.failure) is kind, self.failure
        assert match in str(self.failure), self.failure
        if isinstance(self.failure, Refused):
            assert self.failure.rule, "a refusal cites its rule"
        return self

    @property
    def facts(self) -> list[Fact]:
        return [record.fact for record in self.news]

    def one(self, kind: type[Fact]) -> Any:
        """Return the only fact of this kind among those recorded."""
        found = [fact for fact in self.facts if isinstance(fact, kind)]
        assert len(found) == 1, self.facts
        return found[0]

    def size(self) -> int:
        return self.app.recorder.max_notification_id() or 0

    def state(self, blank: State, stream: Any) -> Any:
        return self.app.look(blank, stream)
