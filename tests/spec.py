"""given / when / then: the sentence every domain test is written in."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any, Self, TypeVar
from uuid import UUID

from domain.casework import Casework
from domain.errors import Invalid, Refused
from domain.receipt import Receipt
from domain.record import Actor, Command, Fact, Recorded, S
from domain.sealing import open_all
from domain.view import View
from tests.memory import in_memory

F = TypeVar("F", bound=Fact)
ENDLESS = 10**9
CLERK = Actor(id="clerk", role="clerk")


@dataclass
class Scenario:
    """A register in memory; the log's JSON is real."""

    app: Casework = field(default_factory=in_memory)
    now: datetime = datetime(2016, 12, 1, 12, tzinfo=UTC)
    who: Actor = CLERK
    failure: Exception | None = None
    receipt: Receipt | None = None
    news: list[Recorded[Any]] = field(default_factory=list)

    def on(self, day: date | str) -> Self:
        """Let it be noon (UTC) of this day from here on."""
        day = date.fromisoformat(day) if isinstance(day, str) else day
        self.now = datetime.combine(day, time(12), tzinfo=UTC)
        return self

    def by(self, id_: str, role: str, *, on_behalf_of: str | None = None) -> Self:
        self.who = Actor(id=id_, role=role, on_behalf_of=on_behalf_of)
        return self

    def declarant(self, number: str) -> Self:
        return self.by(number, "declarant")

    def clerk(self, on_behalf_of: str | None = None) -> Self:
        return self.by("clerk", "clerk", on_behalf_of=on_behalf_of)

    def reviewer(self, number: str = "wang") -> Self:
        return self.by(number, "reviewer")

    def given(self, *commands: Command[Any]) -> Self:
        """Carry out what came before; none of it may be refused."""
        for command in commands:
            self.app.handle(command, by=self.who, at=self.now)
        return self

    def when(self, command: Command[Any], **asked: Any) -> Self:
        """Carry it out, *asked* as `Casework.handle` takes it, and keep what came."""
        before = self.size()
        self.failure = self.receipt = None
        try:
            self.receipt = self.app.handle(command, by=self.who, at=self.now, **asked)
        except Exception as failure:  # noqa: BLE001  `then_refused` looks at it
            self.failure = failure
        self.news = self.log()[before:]
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

    def then_kinds(self, *kinds: type[Fact]) -> Self:
        """Demand facts of exactly these kinds, in this order."""
        assert self.failure is None, self.failure
        assert [type(fact) for fact in self.facts] == list(kinds), self.facts
        return self

    def then_nothing(self) -> Self:
        return self.then()

    def then_refused(
        self, kind: type[Exception], *, match: str = "", cites: bool = True
    ) -> Self:
        """Demand a refusal of this kind, citing a rule, and that it left no trace."""
        assert self.news == [], "a refusal must leave no trace"
        assert type(self.failure) is kind, self.failure
        assert match in str(self.failure), self.failure
        if isinstance(self.failure, Refused | Invalid):
            assert (self.failure.rule not in ("", "None", None)) is cites
            assert self.failure.reason
        return self

    @property
    def facts(self) -> list[Fact]:
        return [record.fact for record in self.news]

    def one(self, kind: type[F]) -> F:
        """Return the only fact of this kind among those recorded."""
        assert self.failure is None, self.failure
        (found,) = self.all(kind)
        return found

    def all(self, kind: type[F]) -> list[F]:
        return [fact for fact in self.facts if isinstance(fact, kind)]

    def log(self) -> list[Recorded[Any]]:
        """Return everything that was ever recorded."""
        notifications = self.app.recorder.select_notifications(None, ENDLESS)
        events = [self.app.mapper.to_domain_event(n) for n in notifications]
        return open_all(events, self.app.vault)  # type: ignore[arg-type]  # they are records

    def size(self) -> int:
        return self.app.recorder.max_notification_id() or 0

    def state(self, blank: S, stream: UUID) -> S:
        return View(self.app.read).state(blank, stream)
