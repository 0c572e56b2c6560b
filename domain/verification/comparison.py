"""Reports opened one after the other, to be compared; what is detected, recorded."""

from typing import Any
from uuid import UUID

from msgspec.structs import replace

from domain.disclosure import Disclosure, disclosure_stream, filed
from domain.errors import Invalid, Unknown, WrongStage
from domain.record import Command, Decision, Given
from domain.sealing import sealed_in
from domain.verification.comparing import Difference, Report
from domain.verification.facts import (
    ComparedReport,
    DiscrepancyDetected,
    ReportsCompared,
)
from domain.verification.state import Verification
from domain.verification.verification import VerificationCommand

READABLE = "what is compared can be read, is the person's own, and of the same rule"
# What differs, and what else is said of it: the source, the law.
Found = list[tuple[Difference, dict[str, Any]]]


class Compare(VerificationCommand):
    """Compare reports that were just opened; part of what asks for it."""

    person: str
    rulebook: str
    rule: str
    relative: str | None = None
    reports: tuple[Report, ...] = ()

    def detected(
        self, state: Verification, compared: ReportsCompared, found: Found
    ) -> Decision:
        """Yield what was compared, and what was not known yet; again, nothing."""
        if compared in state.compared:
            return
        yield compared
        known = {identity(fact) for fact in state.discrepancies}
        number = len(state.discrepancies)
        for difference, facts in found:
            fact = DiscrepancyDetected(
                discrepancy=number + 1,
                kind=difference.kind,
                field=difference.field,
                declared=difference.declared,
                found=difference.found,
                disclosure=difference.disclosure,
                item=difference.item,
                relative=self.relative,
                **facts,
            )
            if identity(fact) not in known:
                number += 1
                yield fact

    def as_compared(self) -> tuple[ComparedReport, ...]:
        return tuple(
            ComparedReport(disclosure=report.disclosure, version=report.version)
            for report in self.reports
        )


def identity(fact: DiscrepancyDetected) -> tuple[object, ...]:
    """Return what makes a discrepancy this one, whenever it is detected."""
    where = (fact.kind, fact.field, fact.source, fact.disclosure, fact.item)
    return (*where, fact.declared, fact.found)


class ReadReports(Command[Disclosure]):
    """Open reports one after the other, each on its own stream, and then compare.

    `names` are those still to be read: the first of them now.
    """

    names: tuple[str, ...]
    then: Compare

    @property
    def stream(self) -> UUID:
        return disclosure_stream(self.names[0])

    def blank(self) -> Disclosure:
        return Disclosure()

    def decide(self, disclosure: Disclosure, given: Given) -> Decision:
        report = self.read(disclosure, len(given.history(self.stream)))
        then = replace(self.then, reports=(*self.then.reports, report))
        yield opened_first(self.names[1:], then)

    def read(self, disclosure: Disclosure, version: int) -> Report:
        """Return what the report says; raise unless it is to be compared."""
        name, asked = self.names[0], self.then
        filing = filed(disclosure, name)
        if filing.person != asked.person:
            # Of others' reports nothing is said, not even that there are any.
            raise Unknown("disclosure", name)
        if (filing.cited.rulebook, filing.cited.rule) != (asked.rulebook, asked.rule):
            other = f"{name} was filed under {filing.cited}"
            raise Invalid("disclosures", other, rule=READABLE)
        if filing.relative_concerned != asked.relative:
            reason = f"{name} is about {filing.relative_concerned or 'the person'}"
            raise Invalid("disclosures", reason, rule=READABLE)
        if disclosure.stage == "withdrawn" or not getattr(
            filing, "content_known", True
        ):
            raise WrongStage(f"{name} says nothing that counts", rule=READABLE)
        if any(sealed_in(v) for item in disclosure.items for v in item.values()):
            raise WrongStage(f"{name} opens for nobody any more", rule=READABLE)
        return Report(disclosure=name, version=version, items=disclosure.items)


def opened_first(names: tuple[str, ...], then: Compare) -> Command[Any]:
    return ReadReports(names=names, then=then) if names else then
