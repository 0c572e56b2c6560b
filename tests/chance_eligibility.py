"""Pasts made by chance from a seed: all that may be in the way of a promotion."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from uuid import UUID

from domain.hold import (
    HoldLifted,
    HoldNotified,
    HoldOverridden,
    HoldReviewed,
    holds_stream,
)
from domain.obligation import (
    ExtensionGranted,
    FulfilmentWithdrawn,
    ObligationBecameOverdue,
    ObligationCancelled,
    ObligationFulfilled,
    ObligationFulfilledLate,
    ObligationRaised,
    ObligationWaived,
    obligation_stream,
)
from domain.person import RulesNotified, person_stream
from domain.promotion.facts import Question
from domain.record import Fact
from domain.verification import facts as verification
from domain.verification.verification import verification_stream
from tests.chance_discipline import PURPOSES, Discipline
from tests.domain.promotion.cast import LAW, REQUIRES, STRICT, VERIFIED
from tests.past import GOVERNMENT, PARTY, question

PEOPLE = ("P1", "P2", "P3", "P4")
OVERDUE = '[[eligibility.requires]]\nwhat = "overdue"\nrules = ["annual", "entry"]\n'
ONE_TRACK = REQUIRES.replace('"cases"', '"cases"\ntracks = ["party"]')
LATER = LAW.replace("version = 1", "version = 2").replace("2000-01-01", "2016-06-01")
LAWS = (
    LAW + REQUIRES + OVERDUE,
    LATER + ONE_TRACK + VERIFIED,
)
LAWS_OF_TRACKS = (GOVERNMENT, f"{PARTY}-v2", f"{PARTY}-v3", "in-vigilance")
Happening = Callable[[str], None]


@dataclass
class Chance(Discipline):
    """Adds to a past what may happen next, of all there is."""

    duties: dict[str, list[UUID]] = field(default_factory=dict)

    def begin(self) -> None:
        self.past.laws(*LAWS_OF_TRACKS).law(STRICT).law(LAWS[0])
        told = RulesNotified(rulebook="strict", version=1)
        for number in PEOPLE:
            employer = self.random.choice(("agency", "institution"))
            begins = date(2016, 1, 4) + self.days(-400, 40)
            self.past.hire(number, employer_type=employer, from_on=begins)
            self.past.add(person_stream(number), told)
        self.past.law(LAWS[1])
        self.past.begun = self.past.position

    def step(self) -> None:
        today = self.past.today + timedelta(days=self.random.choice((0, 1, 9, 20)))
        if today > self.past.today:
            self.past.on(today)
        self.past.claimed = self.some(None, None, self.some_day())
        number = self.random.choice(PEOPLE)
        happenings: tuple[Happening, ...] = (
            self.sanction,
            self.go_on_with_sanction,
            self.go_on_with_sanction,
            self.measure,
            self.measure,
            self.heard,
            self.heard,
            self.appeal,
            self.case,
            self.go_on_with_case,
            self.go_on_with_case,
            self.verify,
            self.go_on_with_verification,
            self.hold,
            self.go_on_with_hold,
            self.duty,
            self.go_on_with_duty,
            self.career,
            self.career,
        )
        self.random.choice(happenings)(number)

    # Verifications and holds.

    def verify(self, number: str) -> None:
        basis = self.some("promotion", "promotion", "random")
        self.past.verify(number, self.name("verification", number), basis)

    def go_on_with_verification(self, number: str) -> None:
        name = self.known("verification", number)
        if name is None:
            return
        chosen = self.random.randint(0, 4)
        if chosen == 0:
            self.past.verified(name)
        elif chosen == 1:
            self.name("doubt", name)
            self.past.doubt(name, len(self.names[f"doubt {name}"]))
        elif chosen == 2:
            number_of = self.random.randint(1, 3)
            fact = verification.DiscrepancyResolved(
                discrepancy=number_of, how="explained", text="well"
            )
            self.past.add(verification_stream(name), fact)
        else:
            class_ = self.some("concealment", "omission", "false_statement", None)
            cited, text = self.past.cite("strict"), f"{name}.{self.past.position}"
            mental = self.some("intent", "negligence")
            self.past.find(name, class_, mental, cited=cited, finding=text)
            self.names.setdefault(f"finding {number}", []).append(text)

    def hold(self, number: str) -> None:
        self.past.hold(
            self.name("hold", number),
            self.some("promotion", "document", "reward"),
            (self.past.today + self.days(10, 90)).isoformat(),
            blocks=self.blocks(),
            from_on=self.some_day(),
            target=self.some(None, "deed"),
        )

    def go_on_with_hold(self, number: str) -> None:
        name, today = self.known("hold", number), self.past.today
        if name is None:
            return
        later = today + self.days(1, 90)
        fact: Fact = self.some(
            HoldNotified(hold=name, on=today),
            HoldReviewed(hold=name, on=today, review_on=later, text="still"),
            HoldLifted(hold=name, on=today, text="over"),
            HoldOverridden(hold=name, override="O", target="B", proposed_by="chief"),
        )
        self.past.add(holds_stream(number), fact)

    # Duties and careers.

    def duty(self, number: str) -> None:
        rule = self.some("annual", "annual", "entry", "abroad", "wedding")
        key = {"annual": str(self.past.today.year), "entry": "main"}.get(rule)
        key = key or f"D{self.past.position}"
        stream = obligation_stream(number, "strict", rule, key)
        if stream in self.duties.setdefault(number, []):
            return
        self.duties[number].append(stream)
        trigger = {"annual": "calendar", "entry": "appointment"}.get(rule, "condition")
        fact = ObligationRaised(
            person=number,
            category="annual",
            key=key,
            due_on=date(self.past.today.year, 1, 31),
            cited=self.past.cite("strict", rule),
            trigger=trigger,
            triggered_on=self.some_day(),
            flag="heightened_review" if rule == "abroad" else None,
        )
        self.past.add(stream, fact, number)

    def go_on_with_duty(self, number: str) -> None:
        if not self.duties.get(number):
            return
        stream, day = self.some(*self.duties[number]), self.some_day()
        cited = self.past.cite("strict", "annual")
        fact: Fact = self.some(
            ObligationBecameOverdue(due_on=day),
            ObligationBecameOverdue(due_on=day),
            ObligationFulfilled(disclosure="D", received_on=day),
            ObligationFulfilledLate(disclosure="D", received_on=day, days_late=3),
            FulfilmentWithdrawn(disclosure="D"),
            ExtensionGranted(until=day, cited=cited),
            ObligationWaived(),
            ObligationCancelled(),
        )
        self.past.add(stream, fact)

    def career(self, number: str) -> None:
        history, day = self.past.history, self.some_day()
        match self.random.randint(0, 2):
            case 0:
                name = f"post {self.past.position}"
                employer = self.some("agency", "institution")
                history.post(number, "HQ", day, post=name, employer_type=employer)
            case 1:
                history.promote(number, "HQ", day, employer_type="institution")
            case 2:
                history.vacate(number, day)

    # What is asked.

    def question(self) -> Question:
        first = date(2016, 1, 4)
        span = (self.past.today - first).days
        return question(
            self.random.choice(PEOPLE),
            first + self.days(-30, span + 90),
            rulebook="plain",
            purpose=self.some(*["promotion"] * 6, *PURPOSES),
            ladder=self.some("post", "rank", "staff_grade", "pay_step"),
            level=self.some(*["higher"] * 3, "equal", "lower"),
        )


def past_by_chance(seed: int, steps: int) -> Chance:
    """Return a past of so many steps, the same for the same seed."""
    chance = Chance(Random(seed))  # noqa: S311  it is no secret
    chance.begin()
    while chance.past.position < steps:
        chance.step()
    return chance
