"""What an import asks of the register: one row, all of it or nothing."""

from datetime import date
from typing import Any
from uuid import UUID

from domain.disclosure import Disclosure, DisclosureFiled, Filing, item_key
from domain.errors import Invalid
from domain.filing import RecordPaper
from domain.matter import Item
from domain.obligation import obligation_stream
from domain.person import CoveredPerson, person_stream
from domain.personnel import AssumePosition, PersonCommand, RegisterPerson
from domain.record import Command, Decision, Given
from domain.regime.types import Rule, Rulebook
from domain.unit import EstablishUnit, Unit, unit_stream


class EnterPerson(PersonCommand):
    """Register a person, with the units that are missing and the post, if any.

    Asking again records nothing. What the register has otherwise is not overwritten.
    """

    person: RegisterPerson
    units: tuple[EstablishUnit, ...] = ()
    post: AssumePosition | None = None

    def reads(self) -> tuple[UUID, ...]:
        return (self.stream, *(unit_stream(unit.code) for unit in self.units))

    def decide(self, person: CoveredPerson, given: Given) -> Decision:
        for unit in self.units:
            if not given.look(Unit(), unit_stream(unit.code)).code:
                yield unit
        yield self.person
        if self.post:
            refuse_difference(person, self.post)
            yield self.post


def refuse_difference(person: CoveredPerson, post: AssumePosition) -> None:
    """Raise `Invalid` where the register has the same post from the same day else."""
    for known in person.posts:
        if (known.post, known.from_on) == (post.post, post.from_on):
            for name, value in post.fields().items():
                held = getattr(known, name)
                if held != value:
                    reason = f"the register has {held}, not {value}: record the change"
                    raise Invalid(name, reason)


class RecordReceived(RecordPaper):
    """Take over a report that another system received on `received_on`."""

    def fact(
        self, book: Rulebook, rule: Rule, items: tuple[Item, ...], received_on: date
    ) -> Filing:
        return DisclosureFiled(**self.fields(book, rule, items, received_on))


class TakeReport(Command[Disclosure]):
    """File a report of the past; a filer who is not registered yet is `newcomer`."""

    report: RecordPaper
    newcomer: EnterPerson | None = None

    @property
    def stream(self) -> UUID:
        return self.report.stream

    def reads(self) -> tuple[UUID, ...]:
        newcomer = self.newcomer.reads() if self.newcomer else ()
        return (*self.report.reads(), *newcomer, *self.obligations())

    def obligations(self) -> list[UUID]:
        """Return the streams of the duties that the events may turn out to be."""
        report = self.report
        keys = [item_key(report.disclosure, n) for n in range(len(report.items))]
        named = (report.person, report.rulebook, report.rule)
        return [obligation_stream(*named, key) for key in keys]

    def blank(self) -> Disclosure:
        return Disclosure()

    def decide(self, disclosure: Disclosure, given: Given) -> Decision:  # noqa: ARG002
        known = given.look(CoveredPerson(), person_stream(self.report.person))
        if self.newcomer and not known.number:
            yield self.newcomer
        yield self.report


def described(error: Exception) -> dict[str, Any]:
    """Return what a refusal says: field, reason and rule, as far as it names them."""
    return {
        "field": getattr(error, "field", None),
        "reason": getattr(error, "reason", None) or str(error),
        "rule": getattr(error, "rule", None) or None,
    }
