"""A rulebook's life: drafted, published by a second person, superseded."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import ClassVar, Self
from uuid import UUID

from msgspec.structs import replace

from domain.errors import Incomplete, Invalid, NotAllowed, Unknown, WrongStage
from domain.record import Citation, Command, Decision, Fact, Given, Value, stream_of
from domain.regime.complete import gaps
from domain.regime.parse import parse
from domain.regime.types import Rule, Rulebook

LIFE_CYCLE = "a rulebook is drafted by one person and published by another"
parsed = lru_cache(maxsize=64)(parse)


# Facts: what happened.


class RulebookDrafted(Fact):
    """The whole text, as it was handed in: nothing else is needed to apply it again."""

    TOPIC: ClassVar = "rulebook.drafted"
    rulebook: str
    version: int
    text: str
    drafted_by: str


class RulebookPublished(Fact):
    TOPIC: ClassVar = "rulebook.published"
    version: int
    effective_from: date


class RulebookSuperseded(Fact):
    TOPIC: ClassVar = "rulebook.superseded"
    version: int
    by_version: int
    from_on: date


class PeriodRuleActivated(Fact):
    """The rule binds from `from_on` up to, not including, `to_on`."""

    TOPIC: ClassVar = "rulebook.period-activated"
    rule: str
    period: str
    from_on: date
    to_on: date | None = None


class PeriodRuleEnded(Fact):
    TOPIC: ClassVar = "rulebook.period-ended"
    period: str
    on: date


class SubUnitCoverageConfirmed(Fact):
    TOPIC: ClassVar = "rulebook.coverage-confirmed"
    version: int
    units: tuple[str, ...]


# State: what the facts add up to.


class Period(Value):
    rule: str
    period: str
    from_on: date
    to_on: date | None = None


class Regime(Value):
    """All versions of one rulebook: their texts, and which of them are law."""

    texts: Mapping[int, str] = {}
    drafted_by: Mapping[int, str] = {}
    published: Mapping[int, date] = {}
    periods: tuple[Period, ...] = ()
    covered: tuple[str, ...] = ()

    @property
    def subject(self) -> str | None:
        return None

    def evolve(self, fact: Fact) -> Self:
        match fact:
            case RulebookDrafted():
                texts = {**self.texts, fact.version: fact.text}
                authors = {**self.drafted_by, fact.version: fact.drafted_by}
                return replace(self, texts=texts, drafted_by=authors)
            case RulebookPublished():
                law = {**self.published, fact.version: fact.effective_from}
                return replace(self, published=law)
            case PeriodRuleActivated(rule=rule, period=name):
                period = Period(
                    rule=rule, period=name, from_on=fact.from_on, to_on=fact.to_on
                )
                return replace(self, periods=(*self.periods, period))
            case PeriodRuleEnded():
                return replace(self, periods=tuple(self.ended(fact)))
            case SubUnitCoverageConfirmed():
                return replace(self, covered=fact.units)
        return self

    def ended(self, fact: PeriodRuleEnded) -> list[Period]:
        return [
            replace(period, to_on=fact.on) if period.period == fact.period else period
            for period in self.periods
        ]

    def version(self, number: int) -> Rulebook:
        return parsed(self.texts[number])

    def in_force(self, day: date) -> Rulebook | None:
        """Return the version in force on *day*: of those commenced, the latest."""
        commenced = [(start, n) for n, start in self.published.items() if start <= day]
        if not commenced:
            return None
        book = self.version(max(commenced)[1])
        return None if book.effective_to and book.effective_to <= day else book

    def period_on(self, rule: str, day: date) -> Period | None:
        for period in self.periods:
            running = period.to_on is None or day < period.to_on
            if period.rule == rule and period.from_on <= day and running:
                return period
        return None


def regime_stream(rulebook: str) -> UUID:
    return stream_of("rulebook", rulebook)


def find_rule(book: Rulebook, rule: str) -> Rule | None:
    return next((known for known in book.rules if known.id == rule), None)


def rule_of(book: Rulebook, rule: str) -> Rule:
    """Return the rule with this id, or raise `Invalid` listing those there are."""
    found = find_rule(book, rule)
    if found is None:
        known = ", ".join(sorted(known.id for known in book.rules))
        raise Invalid("rule", f"{rule} is not one of {known}", rule=title(book))
    return found


def title(book: Rulebook) -> str:
    return f"{book.id} v{book.version}"


def cite(book: Rulebook, rule: Rule) -> Citation:
    basis = rule.legal_basis or book.legal_basis
    return Citation(
        rulebook=book.id,
        version=book.version,
        rule=rule.id,
        legal_basis=tuple(entry.cite for entry in basis),
    )


def cited(given: Given, citation: Citation) -> tuple[Rulebook, Rule]:
    """Return the rulebook and the rule that a citation names."""
    regime = given.look(Regime(), regime_stream(citation.rulebook))
    book = regime.version(citation.version)
    return book, rule_of(book, citation.rule)


# Commands: what someone asks for, and when the rules allow it.


class RegimeCommand(Command[Regime]):
    rulebook: str

    @property
    def stream(self) -> UUID:
        return regime_stream(self.rulebook)

    def blank(self) -> Regime:
        return Regime()


class DraftRulebook(RegimeCommand):
    """Hand in the text of a version; a draft may still be incomplete."""

    text: str

    def decide(self, regime: Regime, given: Given) -> Decision:
        book = parsed(self.text)
        if book.id != self.rulebook:
            raise Invalid("rulebook", f"the text is of {book.id}", rule=title(book))
        if book.version in regime.published:
            raise WrongStage(f"{title(book)} is already published", rule=LIFE_CYCLE)
        if regime.texts.get(book.version) != self.text:
            yield RulebookDrafted(
                rulebook=book.id,
                version=book.version,
                text=self.text,
                drafted_by=given.by.id,
            )


class PublishRulebook(RegimeCommand):
    """Make a complete draft the law from its date; another than its author must."""

    version: int

    def decide(self, regime: Regime, given: Given) -> Decision:
        if self.version not in regime.texts:
            raise Unknown("draft", f"{self.rulebook} v{self.version}")
        if self.version in regime.published:
            return
        if regime.drafted_by[self.version] == given.by.id:
            raise NotAllowed("the author may not publish the draft", rule=LIFE_CYCLE)
        book = regime.version(self.version)
        missing = gaps(book)
        if missing:
            raise Incomplete("the draft is incomplete", rule=title(book), gaps=missing)
        check_order(regime, book)
        yield RulebookPublished(
            version=book.version, effective_from=book.effective_from
        )
        earlier = [n for n in regime.published if n < book.version]
        if earlier:
            yield RulebookSuperseded(
                version=max(earlier),
                by_version=book.version,
                from_on=book.effective_from,
            )


def check_order(regime: Regime, book: Rulebook) -> None:
    """Raise unless later versions begin later: else two would claim one day."""
    for number, start in regime.published.items():
        if (number < book.version) != (start < book.effective_from):
            reason = f"v{number} begins on {start}: a later version begins later"
            raise Invalid("effective_from", reason, rule=title(book))


class ActivatePeriod(RegimeCommand):
    """Open a special period in which one of the period rules binds."""

    rule: str
    period: str
    from_on: date
    to_on: date | None = None

    def decide(self, regime: Regime, given: Given) -> Decision:  # noqa: ARG002
        book = regime.in_force(self.from_on)
        if book is None:
            raise Unknown("rulebook in force", f"{self.rulebook} on {self.from_on}")
        if not rule_of(book, self.rule).in_period:
            raise Invalid("rule", "it is not a period rule", rule=title(book))
        if self.to_on and self.to_on <= self.from_on:
            raise Invalid("to_on", "it must come after from_on", rule=title(book))
        known = {p.period: (p.rule, p.from_on) for p in regime.periods}
        if known.get(self.period, mine := (self.rule, self.from_on)) != mine:
            raise WrongStage(f"there is another {self.period}", rule=title(book))
        if self.period not in known:
            yield PeriodRuleActivated(
                rule=self.rule,
                period=self.period,
                from_on=self.from_on,
                to_on=self.to_on,
            )


class EndPeriod(RegimeCommand):
    period: str
    on: date

    def decide(self, regime: Regime, given: Given) -> Decision:  # noqa: ARG002
        found = [p for p in regime.periods if p.period == self.period]
        if not found:
            raise Unknown("period", self.period)
        if self.on < found[0].from_on:
            began = f"the period began on {found[0].from_on}"
            raise Invalid("on", began, rule=f"rule {found[0].rule}")
        if found[0].to_on != self.on:
            yield PeriodRuleEnded(period=self.period, on=self.on)


class ConfirmCoverage(RegimeCommand):
    """State which units the rulebook has been extended to (S3-05)."""

    version: int
    units: tuple[str, ...]

    def decide(self, regime: Regime, given: Given) -> Decision:  # noqa: ARG002
        if self.version not in regime.published:
            raise Unknown("published rulebook", f"{self.rulebook} v{self.version}")
        if regime.covered != self.units:
            yield SubUnitCoverageConfirmed(version=self.version, units=self.units)
