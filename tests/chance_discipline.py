"""Pasts made by chance from a seed: sanctions, measures, and cases."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from domain.case import facts as case
from domain.case.case import case_stream
from domain.record import Fact
from domain.sanction import facts as sanction
from tests.past import GOVERNMENT, PARTY, Past

PURPOSES = ("promotion", "equal_post", "transfer", "pay_step", "reward", "further_use")
HALF, MOST = 0.5, 0.8


@dataclass
class Discipline:
    """Adds to a past what may happen on the tracks, chosen by a seeded generator."""

    random: Random
    past: Past = field(default_factory=Past)
    names: dict[str, list[str]] = field(default_factory=dict)

    def days(self, least: int, most: int) -> timedelta:
        return timedelta(days=self.random.randint(least, most))

    def some_day(self) -> date:
        return self.past.today + self.days(-90, 90)

    def some(self, *those: Any) -> Any:
        return self.random.choice(those)

    def blocks(self) -> tuple[Any, ...]:
        return tuple(self.random.sample(PURPOSES, self.random.randint(1, 3)))

    def name(self, kind: str, number: str) -> str:
        """Return a new name for something of a person."""
        known = self.names.setdefault(f"{kind} {number}", [])
        known.append(f"{number}:{len(known) + 1}")
        return known[-1]

    def known(self, kind: str, number: str) -> str | None:
        known = self.names.get(f"{kind} {number}", [])
        return self.random.choice(known) if known else None

    # Sanctions and measures.

    def terms(self) -> dict[str, Any]:
        return {
            "from_on": self.past.today + self.days(-5, 5),
            "blocks": self.blocks(),
            "ladders": self.some((), ("rank",), ("post", "rank")),
        }

    def sanction(self, number: str) -> None:
        track = self.some("government", "party")
        _, nth = self.name("sanction", number).split(":")
        name = f"{number}:{track}:{nth}"
        self.names[f"sanction {number}"][-1] = name
        found = self.known("finding", number)
        until = self.some(None, self.past.today + self.days(1, 400))
        self.past.sanction(
            name,
            self.some("warning", "demerit"),
            until and until.isoformat(),
            findings=(found,) if found and self.random.random() < HALF else (),
            **self.terms(),
        )

    def go_on_with_sanction(self, number: str) -> None:
        name = self.known("sanction", number)
        if name is None:
            return
        past, today = self.past, self.past.today
        until = (today + self.days(1, 300)).isoformat()
        terms = past.terms("warning", until, **self.terms())
        appeal: dict[str, Any] = {"appeal": "A1", "text": "why", "grounds": ()}
        cited = past.cite(GOVERNMENT)
        fact: Fact | None = self.some(
            sanction.SanctionPeriodRecomputed(
                sanction=name, terms=terms, because_of=name
            ),
            sanction.RightsRestored(sanction=name, on=today, terms=terms),
            sanction.SanctionVaried(sanction=name, on=today, terms=terms, **appeal),
            sanction.SanctionQuashed(sanction=name, on=today, **appeal),
            sanction.SanctionReleased(
                sanction=name, on=self.some_day(), restores_level=False
            ),
            sanction.ReleaseWithheld(sanction=name, on=today, case="K", cited=cited),
            None,
        )
        if fact is None:
            past.disciplined(
                sanction.SanctionStayed(sanction=name, on=today, appeal="A1")
            )
            past.on(today + self.days(0, 60))
            past.disciplined(sanction.StayEnded(sanction=name, on=past.today))
        else:
            past.disciplined(fact)

    def measure(self, number: str) -> None:
        _, nth = self.name("measure", number).split(":")
        until = self.some(None, self.past.today + self.days(1, 200))
        name, text = f"{number}:government:m{nth}", until and until.isoformat()
        self.past.measure(name, "admonition", text, blocks=self.blocks())
        self.names.setdefault(f"taken {number}", []).append(name)

    def appeal(self, number: str) -> None:
        """Undo a finding and a measure, where there are such."""
        fallen = self.known("finding", number), self.known("taken", number)
        name = self.name("appeal", number)
        self.past.undo(number, name, *(each for each in fallen if each))

    # Cases.

    def case(self, number: str) -> None:
        rulebook = self.some(GOVERNMENT, PARTY, "in-vigilance")
        self.past.inquire(number, self.name("case", number), rulebook)

    def heard(self, number: str) -> None:
        """Let a whole case be heard, and decided mostly."""
        name, past = self.name("case", number), self.past
        past.inquire(number, name, PARTY)
        past.investigate(name, PARTY)
        past.notify(name, PARTY)
        past.add(case_stream(name), self.finding(number, name, "strict"))
        if self.random.random() < MOST:
            past.decide(name, *self.found_in(name))

    def go_on_with_case(self, number: str) -> None:  # noqa: C901  one line a choice
        name = self.known("case", number)
        if name is None:
            return
        stream, past = case_stream(name), self.past
        book = past.known().history(stream)[0].fact.cited.rulebook
        match self.random.randint(0, 8):
            case 0 | 1:
                past.investigate(name, book, decide_by=self.some(None, past.today))
            case 2:
                past.notify(name, book)
            case 3:
                past.decide(name, *self.found_in(name))
            case 4:
                self.interim(name, book)
            case 5 | 7 | 8:
                past.add(stream, self.finding(number, name, book))
            case 6:
                past.add(stream, self.turn())

    def found_in(self, name: str) -> list[str]:
        """Return some of the findings of a case, or all."""
        found = self.names.get(f"found {name}", [])
        return [each for each in found if self.random.random() < MOST]

    def turn(self) -> Fact:
        today = self.past.today
        fact: Fact = self.some(
            case.CaseReopened(text="anew", opened_on=today),
            case.CaseReopened(text="anew", opened_on=today),
            case.CaseClosed(closing="no_sanction", closed_on=today),
            case.NoCaseFound(text="nothing"),
        )
        return fact

    def finding(self, number: str, name: str, book: str) -> Fact:
        fact = case.CaseFinding(
            finding=f"case:{name}:{self.past.position}",
            conduct="c",
            class_=self.some("concealment", "concealment", "false_statement"),
            mental=self.some("intent", "intent", "negligence"),
            standard="clear",
            reasons="why",
            cited=self.past.cite(self.some("strict", book)),
        )
        for key in (f"finding {number}", f"found {name}"):
            self.names.setdefault(key, []).append(fact.finding)
        return fact

    def interim(self, name: str, book: str) -> None:
        """Impose an interim measure, and lift it perhaps."""
        past, today = self.past, self.past.today
        fact = case.InterimMeasureImposed(
            measure=f"{name}:s{past.position}",
            from_on=self.some_day(),
            until_on=self.some(None, today + self.days(100, 200)),
            blocks=self.blocks(),
            text="why",
            cited=past.cite(book),
        )
        past.add(case_stream(name), fact)
        if self.random.random() < HALF:
            past.on(today + self.days(1, 30))
            lifted = case.InterimMeasureLifted(measure=fact.measure, text="why")
            past.add(case_stream(name), lifted)
