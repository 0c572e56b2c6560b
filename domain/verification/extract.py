"""What a source answered, held against the reports that somebody filed."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from domain.errors import Invalid, WrongStage
from domain.matter import in_force
from domain.record import Citation, Decision, Given
from domain.regime.form import NIL, clean
from domain.regime.types import Rule, Rulebook
from domain.rulebook import Regime, cite, cited, regime_stream, rule_of
from domain.verification.comparing import compare, kinds_of, mentioned
from domain.verification.comparison import Compare, opened_first
from domain.verification.facts import (
    RegisterAnswered,
    ReportsCompared,
    VerificationOpened,
)
from domain.verification.source import SOURCES
from domain.verification.state import Verification
from domain.verification.verification import VerificationCommand, declared, today

DIGEST = re.compile(r"[0-9a-f]{64}")


class TakeExtract(VerificationCommand):
    """Take what a source answered to the last query, and compare it.

    The same extract again records nothing; held against a report that was amended
    since, what is new.

    Attributes:
        sha256: of the file as it came, in hex.
        as_of: the day on which the source says that it was so.
        rows: in the fields of the rule's form, as the day's version has it.
        key: the fields by which a row finds the item that it is about.
        mentions: the form takes in one text what the source has in many rows: it is
            enough that the text mentions each.
        disclosures: the reports to compare it with; none: nothing was declared.
    """

    source: str
    sha256: str
    as_of: date
    rulebook: str
    rule: str
    rows: tuple[Mapping[str, Any], ...]
    key: tuple[str, ...] = ()
    mentions: bool = False
    disclosures: tuple[str, ...] = ()

    def decide(self, state: Verification, given: Given) -> Decision:
        opened = self.running(state, given)
        declared(given, self.source)
        book, rule = self.governing(given)
        answer = RegisterAnswered(
            query=self.query(state),
            source=self.source,
            sha256=self.sha256,
            rows=self.cleaned(rule),
            as_of=self.as_of,
            relative=opened.relative,
        )
        if answer not in state.answers:
            yield answer
        yield opened_first(self.disclosures, self.comparing(opened, answer, book, rule))

    def comparing(
        self,
        opened: VerificationOpened,
        answer: RegisterAnswered,
        book: Rulebook,
        rule: Rule,
    ) -> "CompareExtract":
        return CompareExtract(
            verification=self.verification,
            person=opened.person,
            relative=opened.relative,
            rulebook=self.rulebook,
            rule=self.rule,
            answer=answer,
            cited=cite(book, rule),
            key=self.key,
            mentions=self.mentions,
        )

    def governing(self, given: Given) -> tuple[Rulebook, Rule]:
        """Return the rule of the day, if the fields of the key stand in its form."""
        regime = given.look(Regime(), regime_stream(self.rulebook))
        book = in_force(regime, self.rulebook, self.as_of)
        if self.as_of > today(book, given):
            raise Invalid("as_of", f"{self.as_of} lies in the future", rule=SOURCES)
        if not DIGEST.fullmatch(self.sha256):
            raise Invalid("sha256", "it is no SHA-256 in hex", rule=SOURCES)
        rule = rule_of(book, self.rule)
        for field in self.key:
            if field not in kinds_of(rule):
                raise Invalid("key", f"the form has no {field}", rule=f"rule {rule.id}")
        return book, rule

    def query(self, state: Verification) -> int:
        """Return the number of the query that was put to the source last."""
        asked = [n for n, q in enumerate(state.queries, 1) if q.source == self.source]
        if not asked:
            raise WrongStage(f"{self.source} was not asked", rule=SOURCES)
        return asked[-1]

    def cleaned(self, rule: Rule) -> tuple[Mapping[str, Any], ...]:
        """Return the rows in the form's own types, or raise naming row and field."""
        return tuple(read(rule, row, nth) for nth, row in enumerate(self.rows))


def read(rule: Rule, row: Mapping[str, Any], nth: int) -> Mapping[str, Any]:
    try:
        answers = clean(rule, row)
    except Invalid as error:
        where = f"rows[{nth}].{error.field}"
        raise Invalid(where, error.reason, rule=error.rule) from None
    if NIL in answers:
        where = f"rows[{nth}].{NIL}"
        raise Invalid(where, "a source that knows nothing has no rows", rule=SOURCES)
    return dict(answers)


class CompareExtract(Compare):
    """Hold an answer that was taken against reports that were opened for it."""

    answer: RegisterAnswered
    cited: Citation
    key: tuple[str, ...]
    mentions: bool

    def decide(self, state: Verification, given: Given) -> Decision:
        _, rule = cited(given, self.cited)
        answer = self.answer
        found = (
            mentioned(self.reports, answer.rows)
            if self.mentions
            else compare(self.reports, answer.rows, self.key, kinds_of(rule))
        )
        compared = ReportsCompared(
            reports=self.as_compared(),
            cited=self.cited,
            detected=len(found),
            source=answer.source,
            query=answer.query,
            sha256=answer.sha256,
            key=self.key,
            mentions=self.mentions,
            relative=self.relative,
        )
        said = {
            "source": answer.source,
            "source_as_of": answer.as_of,
            "sha256": answer.sha256,
            "cited": self.cited,
        }
        yield from self.detected(state, compared, [(each, said) for each in found])
