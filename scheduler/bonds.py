"""Which rules bind a person, and telling the person of them (S3-08)."""

from collections.abc import Iterator
from datetime import date

from domain.person import CoveredPerson, person_stream, standings
from domain.personnel import NotifyRules
from domain.record import Given
from domain.regime.population import covers
from domain.regime.types import Rule, Rulebook
from domain.rulebook import Regime
from domain.sealing import sealed_in
from projections.outbox import Letter
from scheduler.letters import notice
from scheduler.settings import Settings


def binding(
    given: Given, person: CoveredPerson, book: Rulebook, day: date
) -> list[Rule]:
    """Return the rules of the book that cover the person on that day."""
    found = list(standings(given, person, day))
    return [
        rule
        for rule in book.rules
        if rule.population
        and any(covers(book, rule.population, standing) for standing in found)
    ]


def coming(regime: Regime, day: date) -> list[Rulebook]:
    """Return the version in force on the day and those published for later."""
    ahead = [n for n, start in sorted(regime.published.items()) if start > day]
    now = regime.in_force(day)
    return [*([now] if now else []), *map(regime.version, ahead)]


def tell(
    given: Given, number: str, book: Rulebook, day: date, settings: Settings
) -> Iterator[NotifyRules | Letter]:
    """Yield what tells a person of the rules that bind them, if any do.

    Without an address nobody is told, and nothing says so: the letter alone is kept,
    with the reason, for whoever can hand it over and record that. And nobody tells
    whom nobody can name any more, since the key was destroyed.
    """
    person = given.look(CoveredPerson(), person_stream(number))
    if (book.id, book.version) in person.notified or sealed_in(person.name):
        return
    rules = binding(given, person, book, max(day, book.effective_from))
    if rules and person.email:
        yield NotifyRules(number=number, rulebook=book.id, version=book.version)
    elif rules:
        yield notice(person, book, rules, settings)
