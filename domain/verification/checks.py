"""A report held against the checks of its rulebook, and the report before it."""

from domain.disclosure import Disclosure, disclosure_stream, filed
from domain.errors import Invalid
from domain.record import Citation, Decision, Given
from domain.rulebook import cited
from domain.verification.checking import check_report
from domain.verification.comparing import kinds_of
from domain.verification.comparison import READABLE, Compare, Found, opened_first
from domain.verification.facts import ReportsCompared
from domain.verification.law import cite_part, section
from domain.verification.state import Verification
from domain.verification.verification import VerificationCommand


class CheckReport(VerificationCommand):
    """Hold a report against itself, and against one of before, by the law's checks."""

    disclosure: str
    before: str | None = None

    def decide(self, state: Verification, given: Given) -> Decision:
        opened = self.running(state, given)
        report = given.look(Disclosure(), disclosure_stream(self.disclosure))
        filing = filed(report, self.disclosure)
        names = (self.disclosure, *([self.before] if self.before else ()))
        if self.before:
            earlier = given.look(Disclosure(), disclosure_stream(self.before))
            if filed(earlier, self.before).received_on > filing.received_on:
                raise Invalid("before", "it came later", rule=READABLE)
        then = CompareWithin(
            verification=self.verification,
            person=opened.person,
            relative=opened.relative,
            rulebook=filing.cited.rulebook,
            rule=filing.cited.rule,
            cited=filing.cited,
        )
        yield opened_first(names, then)


class CompareWithin(Compare):
    """Hold an opened report, and the one before if there is one, against each check."""

    cited: Citation

    def decide(self, state: Verification, given: Given) -> Decision:
        book, rule = cited(given, self.cited)
        report, *before = self.reports
        found: Found = []
        for check in section(book).checks:
            if check.rule == rule.id:
                differences = check_report(
                    check, report, before[0] if before else None, kinds_of(rule)
                )
                law = cite_part(book, check.id, check.legal_basis)
                said = {"source": check.id, "cited": law}
                found.extend((each, said) for each in differences)
        compared = ReportsCompared(
            reports=self.as_compared(),
            cited=self.cited,
            detected=len(found),
            relative=self.relative,
        )
        yield from self.detected(state, compared, found)
