"""Histories made by chance from a seed: odd ones, but each step one the rules allow."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import UUID

from domain import approval as leave
from domain import disclosure as filing
from domain import obligation as duty
from domain import person
from domain.record import Fact, State
from domain.unit import UnitHeadNamed, unit_stream
from domain.vault import Vault
from tests.chance_records import HANDLING, HAPPENINGS
from tests.history import History, cite

CATEGORIES = ("wedding", "travel", "housing")
RANKS = ("clerk", "chief", "director", None)
UNITS = {"U0": None, "U1": "U0", "U2": "U0", "U3": "U1", "U4": "U1", "U5": "U2"}
PEOPLE = tuple(f"P{n}" for n in range(8))


@dataclass
class Chance:
    """Adds to a history what may happen next, chosen by a seeded generator."""

    random: Random
    history: History
    states: dict[UUID, Any] = field(default_factory=dict)
    count: int = 0

    def begin(self) -> None:
        self.history.law(HANDLING)
        for code, parent in UNITS.items():
            self.history.unit(code, parent)
        for number in PEOPLE:
            self.history.person(number, self.random.choice(("Ash", "Birch", "Elm")))
            self.states[person.person_stream(number)] = person.CoveredPerson(
                number=number
            )

    def step(self) -> None:
        """Let some days pass, and something happen."""
        today = self.today + timedelta(days=self.random.choice((0, 0, 1, 3)))
        if today > self.today:
            self.history.on(today)
        number = self.random.choice(PEOPLE)
        happening = self.random.choice(
            (self.career, self.family, self.oblige, self.file, self.ask, self.unit)
            + (self.go_on,) * 8
            + (self.keep_records,) * 3
        )
        happening(number)

    @property
    def today(self) -> date:
        return self.history.now.date()

    def some_day(self) -> date:
        """Return a day around today."""
        return self.today + timedelta(days=self.random.randint(-60, 60))

    def happen(self, stream: UUID, blank: State, fact: Fact, number: str) -> None:
        state = self.states.get(stream, blank)
        self.states[stream] = state.evolve(fact)
        self.history.subjects[stream] = number
        claimed = self.some_day() if self.random.random() < 0.2 else None
        self.history.add(stream, fact, occurred_on=claimed)

    # New matters.

    def career(self, number: str) -> None:
        stream = person.person_stream(number)
        known: person.CoveredPerson = self.states[stream]
        names = {post.post for post in known.posts}
        running = [post for post in known.posts if post.to_on is None]
        fields: dict[str, Any] = {
            "unit": self.random.choice(tuple(UNITS)),
            "title": "officer",
            "rank": self.random.choice(RANKS),
        }
        chosen = self.random.random()
        fact: Fact
        if not running or chosen < 0.2:
            name, begin = f"post {len(names)}", self.some_day()
            fact = person.PositionAssumed(post=name, from_on=begin, **fields)
        elif chosen < 0.7:
            old = running[0]
            begin = max(self.some_day(), old.from_on)
            fact = person.PositionChanged(post=old.post, from_on=begin, **fields)
        elif chosen < 0.9:
            old = self.random.choice(running)
            end = max(self.some_day(), old.from_on)
            fact = person.PositionVacated(post=old.post, on=end)
        elif known.retired_on is None:
            fact = person.Retired(on=self.some_day())
        elif known.left_on is None:
            fact = person.ServiceEnded(on=self.some_day())
        else:
            return
        self.happen(stream, known, fact, number)

    def family(self, number: str) -> None:
        stream = person.person_stream(number)
        known: person.CoveredPerson = self.states[stream]
        facts: list[Fact] = [
            person.RelatedPersonDeclared(
                relative=self.random.choice("ab"),
                relation="child",
                name=self.random.choice((None, "Rowan")),
                number=self.random.choice((None, *PEOPLE)),
            ),
            person.RulesNotified(rulebook="house", version=self.random.randint(1, 2)),
            person.RulesAcknowledged(rulebook="house", version=1),
            person.IdentityCorrected(name=self.random.choice(("Oak", "Yew"))),
        ]
        facts += [
            person.RelatedPersonRemoved(relative=r.relative) for r in known.relatives
        ]
        self.happen(stream, known, self.random.choice(facts), number)

    def oblige(self, number: str) -> None:
        self.count += 1
        category, due_on = self.random.choice(CATEGORIES), self.some_day()
        cited = cite(category)
        fact = duty.ObligationRaised(
            person=number,
            category=category,
            key=str(self.count),
            due_on=due_on,
            cited=cited,
            trigger="event_planned",
            triggered_on=due_on + timedelta(days=self.random.randint(-30, 10)),
            flag=self.random.choice((None, None, "heightened_review")),
        )
        stream = duty.obligation_stream(number, "house", category, fact.key)
        self.happen(stream, duty.Obligation(), fact, number)

    def file(self, number: str) -> None:
        self.count += 1
        received_on = self.today - timedelta(days=self.random.randint(0, 40))
        category = self.random.choice(CATEGORIES)
        kinds = (filing.DisclosureFiled, filing.PaperDisclosureRecorded)
        fact = self.random.choice(kinds)(
            disclosure=f"D{self.count}",
            person=number,
            category=category,
            cited=cite(category),
            items=({"cost": self.random.randint(1, 9)},),
            received_on=received_on,
            review_due_on=received_on + timedelta(days=self.random.randint(5, 30)),
            subject=self.random.choice(("self", "self", "child")),
            flags=self.random.choice(((), ("too much",))),
        )
        stream = filing.disclosure_stream(fact.disclosure)
        self.happen(stream, filing.Disclosure(), fact, number)

    def ask(self, number: str) -> None:
        self.count += 1
        name = f"A{self.count}"
        fact = leave.ApprovalRequested(
            approval=name,
            person=number,
            category="travel",
            cited=cite("travel"),
            contents={"to": "Elsewhere"},
        )
        self.happen(leave.approval_stream(name), leave.Approval(), fact, number)

    def unit(self, number: str) -> None:
        code = self.random.choice(("U3", "U4", "U5"))
        if self.random.random() < 0.5:
            self.history.move_unit(code, self.random.choice(("U0", "U1", "U2")))
        else:
            self.history.add(unit_stream(code), UnitHeadNamed(head=number))

    def keep_records(self, number: str) -> None:
        what = self.random.choice(HAPPENINGS)
        what(self.random, self.history, number)

    # Matters that go on.

    def go_on(self, number: str) -> None:
        mine = [s for s, subject in self.history.subjects.items() if subject == number]
        stream = self.random.choice(mine)
        state = self.states[stream]
        following = FOLLOWING.get(type(state))
        possible = following(self, state) if following else []
        if possible:
            self.happen(stream, state, self.random.choice(possible), number)

    def after_duty(self, state: duty.Obligation) -> Sequence[Fact]:
        received_on = self.today - timedelta(days=self.random.randint(0, 40))
        done: dict[str, Any] = {"disclosure": "D1", "received_on": received_on}
        late = (received_on - state.due_on).days
        fulfilled = (
            duty.ObligationFulfilledLate(**done, days_late=late)
            if late > 0
            else duty.ObligationFulfilled(**done)
        )
        by_stage: Mapping[str, Sequence[Fact]] = {
            "open": [
                fulfilled,
                fulfilled,
                duty.ReminderSent(planned_on=self.some_day()),
                duty.ExtensionRequested(until=self.some_day()),
                duty.ExtensionGranted(until=self.some_day(), cited=cite("wedding")),
                duty.ExtensionDenied(),
                duty.ObligationBecameOverdue(due_on=state.due_on),
                duty.JustificationRecorded(text="was ill"),
                duty.ObligationWaived(),
                duty.ObligationCancelled(),
            ],
            "fulfilled": [
                duty.FulfilmentWithdrawn(disclosure="D1"),
                duty.DelinquencyNoticeIssued(noncompliance="late", reasons="x"),
            ],
        }
        return by_stage.get(state.stage, [])

    def after_filing(self, state: filing.Disclosure) -> Sequence[Fact]:
        cured = [filing.DeficiencyCured(number=d.number) for d in state.deficiencies]
        deficient = filing.DeficiencyNoted(
            number=state.noted + 1,
            fields=("venue",),
            text="missing",
            cure_by=self.random.choice((None, self.some_day())),
        )
        amended = filing.DisclosureAmended(
            items=({"cost": self.random.randint(10, 19)},), received_on=self.today
        )
        by_stage: Mapping[str, Sequence[Fact]] = {
            "filed": [
                *cured,
                amended,
                deficient,
                filing.ReviewerAssigned(reviewer=self.random.choice(("R1", "R2"))),
                filing.ReviewerAnnotated(text="seen"),
                filing.DisclosureCertified(),
                filing.DisclosureClosedUncertified(),
                filing.DisclosureWithdrawn(),
            ],
            "certified": [filing.CertificationWithdrawn()],
        }
        return by_stage.get(state.stage, [])

    def after_asking(self, state: leave.Approval) -> Sequence[Fact]:
        by_stage: Mapping[str, Sequence[Fact]] = {
            "requested": [
                leave.ApprovalEndorsed(),
                leave.ApprovalGranted(conditions="by train"),
                leave.ApprovalDenied(),
            ],
            "granted": [
                leave.DeviationReported(fields=("to",)),
                leave.ApprovalRevoked(),
                leave.ActivityCompleted(disclosure="D1"),
            ],
        }
        return by_stage.get(state.stage, [])


FOLLOWING: Mapping[type, Callable[[Chance, Any], Sequence[Fact]]] = {
    duty.Obligation: Chance.after_duty,
    filing.Disclosure: Chance.after_filing,
    leave.Approval: Chance.after_asking,
}


def chance_history(seed: int, steps: int, vault: Vault | None = None) -> History:
    """Return a history of so many steps; the same seed makes the same history.

    With a *vault* all that happens is sealed, as it is in a log.
    """
    random = Random(seed)  # noqa: S311  nothing secret is made here
    chance = Chance(random, History(f"chance {seed}", vault=vault))
    chance.begin()
    for _ in range(steps):
        chance.step()
    return chance.history
