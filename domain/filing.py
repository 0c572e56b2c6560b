"""What a declarant asks: to file a report, at a desk or on paper."""

from datetime import date
from typing import Any
from uuid import UUID

from domain.approval import CompleteActivity
from domain.conflict import RECEIPT, refuse_own_receipt, refuse_stranger
from domain.disclosure import (
    Disclosure,
    DisclosureFiled,
    Filing,
    PaperDisclosureRecorded,
    disclosure_stream,
    item_key,
)
from domain.duties import FulfilObligation, RaiseObligation
from domain.errors import Invalid, Unknown, WrongStage
from domain.matter import (
    EVENTS,
    JUSTIFICATION,
    Item,
    classes,
    deficiencies,
    events,
    in_force,
    local_day,
    opened,
    read_items,
    refuse_early,
    refuse_others,
    review_due_on,
    version_for,
)
from domain.obligation import Obligation, obligation_stream
from domain.person import person_named, person_stream
from domain.record import Command, Decision, Given
from domain.records.exclusion import ExcludeReader
from domain.regime.deadline import due_on
from domain.regime.form import flags
from domain.regime.types import Rule, Rulebook
from domain.rulebook import Regime, cite, cited, regime_stream, rule_of


class FilingCommand(Command[Disclosure]):
    disclosure: str

    @property
    def stream(self) -> UUID:
        return disclosure_stream(self.disclosure)

    def blank(self) -> Disclosure:
        return Disclosure()


class FileDisclosure(FilingCommand):
    """File a report: in one step, with whatever it fulfils or opens.

    `items` are the reportable events, each in the fields of the rule's form.
    `obligation` names what was demanded beforehand, `period` the year in which a yearly
    duty falls due; neither is needed for an event that the office could not know.
    `approval` is the leave under which something was done. `unforeseen` claims the
    rule's later due date. `keep_from` are superiors whom the report is kept from, with
    their chain.
    """

    person: str
    rulebook: str
    rule: str
    items: tuple[Item, ...] = ()
    subject: str = "self"
    relative: str | None = None
    obligation: UUID | None = None
    period: int | None = None
    approval: str | None = None
    unforeseen: bool = False
    justification: str | None = None
    source: str | None = None
    keep_from: tuple[str, ...] = ()

    def reads(self) -> tuple[UUID, ...]:
        first = item_key(self.disclosure, 0)
        return (
            self.stream,
            person_stream(self.person),
            regime_stream(self.rulebook),
            obligation_stream(self.person, self.rulebook, self.rule, first),
        )

    def decide(self, disclosure: Disclosure, given: Given) -> Decision:
        refuse_stranger(given, self.person)
        person_named(given, self.person)
        if disclosure.filing is not None:
            raise WrongStage(
                f"disclosure {self.disclosure} was filed before: amend it",
                rule=str(disclosure.filing.cited),
            )
        book, rule = self.governing(given)
        received_on = self.received(book, given)
        self.check_claims(book, rule)
        self.check_duty(book, rule, received_on)
        self.check_items(rule)
        items = read_items(rule, self.items, received_on)
        filing = self.fact(book, rule, items, received_on)
        yield filing
        for superior in self.keep_from:
            yield ExcludeReader(disclosure=self.disclosure, superior=superior)
        yield from deficiencies(book, rule, items, received_on, after=0)
        yield from self.fulfilment(book, rule, filing)
        yield from opened(book, rule, filing, items, received_on)

    def received(self, book: Rulebook, given: Given) -> date:
        return local_day(book, given.at)

    def governing(self, given: Given) -> tuple[Rulebook, Rule]:
        """Return the rule as it stood when the matter arose (I14).

        What arose before there was a rule is reported under the first, voluntarily.
        """
        stream = self.obligation or self.foreseen()
        demand = given.look(Obligation(), stream) if stream else Obligation()
        if self.obligation or demand.stage != "none":
            return self.demanded(given, demand)
        regime = given.look(Regime(), regime_stream(self.rulebook))
        book = in_force(regime, self.rulebook, self.received_day(given))
        rule = rule_of(book, self.rule)
        if rule.trigger in EVENTS and self.items:
            book = version_for(regime, book, rule, self.items)
        return book, rule_of(book, self.rule)

    def received_day(self, given: Given) -> date:
        return given.at.date()

    def demanded(self, given: Given, demand: Obligation) -> tuple[Rulebook, Rule]:
        if demand.cited is None or demand.person != self.person:
            # Of others' duties nothing is said, not even that there are any.
            raise Unknown("obligation", str(self.obligation))
        if (demand.cited.rulebook, demand.cited.rule) != (self.rulebook, self.rule):
            other = f"it arose under rule {demand.cited.rule}"
            raise Invalid("obligation", other, rule=str(demand.cited))
        return cited(given, demand.cited)

    def check_claims(self, book: Rulebook, rule: Rule) -> None:
        """Refuse what the rule does not know: the subject, the exception."""
        citation = str(cite(book, rule))
        if self.subject not in rule.subjects:
            known = ", ".join(rule.subjects)
            raise Invalid("subject", f"it must be one of {known}", rule=citation)
        if not self.unforeseen:
            return
        if rule.fallback is None:
            raise Invalid("unforeseen", "the rule has no exception", rule=citation)
        needed = rule.fallback.requires
        for item in self.items or ({},):
            if not {JUSTIFICATION: self.justification, **item}.get(needed):
                raise Invalid(needed, "say what was unforeseen", rule=citation)

    def check_duty(self, book: Rulebook, rule: Rule, received_on: date) -> None:
        """Refuse a duty of another kind than the rule's; ask for one it needs."""
        citation, yearly = str(cite(book, rule)), rule.trigger == "calendar"
        if self.period and not yearly:
            raise Invalid("period", "it is no yearly duty", rule=citation)
        if self.approval and not (rule.approval and rule.approval.required):
            raise Invalid("approval", "no leave has to be asked", rule=citation)
        if self.period:
            refuse_early(book, rule, self.period, received_on)
        elif rule.trigger in EVENTS:
            refuse_others(rule, self.obligation or self.foreseen(), self.items)
        elif not self.obligation:
            field, what = ("period", "year") if yearly else ("obligation", "duty")
            raise Invalid(field, f"say for which {what}", rule=citation)

    def check_items(self, rule: Rule) -> None:
        if not (self.items or self.content_unknown):
            raise Invalid("items", "report at least one event", rule=rule.id)

    @property
    def content_unknown(self) -> bool:
        return False

    def fact(
        self, book: Rulebook, rule: Rule, items: tuple[Item, ...], received_on: date
    ) -> Filing:
        return DisclosureFiled(**self.fields(book, rule, items, received_on))

    def fields(
        self, book: Rulebook, rule: Rule, items: tuple[Item, ...], received_on: date
    ) -> dict[str, Any]:
        warned = tuple(flag for item in items for flag in flags(rule, item))
        family = rule.classes and rule.classes.family
        default = rule.classes and rule.classes.default
        return {
            "disclosure": self.disclosure,
            "person": self.person,
            "category": rule.category,
            "cited": cite(book, rule),
            "items": items,
            "received_on": received_on,
            "review_due_on": review_due_on(book, rule, received_on),
            "subject": self.subject,
            "relative": self.relative,
            "confidentiality": default if self.subject == "self" else family,
            "classes": classes(rule),
            "nil_return": any(item.get("nil") is True for item in items),
            "obligation": self.obligation or self.foreseen(),
            "approval": self.approval,
            "unforeseen": self.unforeseen,
            "justification": self.justification,
            "flags": warned,
            "source": self.source,
        }

    def foreseen(self) -> UUID | None:
        """Return the obligation that the period or the approval names."""
        key = self.approval or (str(self.period) if self.period else None)
        if key is None:
            return None
        return obligation_stream(self.person, self.rulebook, self.rule, key)

    def fulfilment(self, book: Rulebook, rule: Rule, filing: Filing) -> Decision:
        if self.approval:
            yield CompleteActivity(
                approval=self.approval,
                person=self.person,
                rulebook=self.rulebook,
                rule=rule.id,
                disclosure=self.disclosure,
                items=filing.items,
            )
        if self.period:
            due = due_on(rule, book, {}, year=self.period)
            yield RaiseObligation(
                person=self.person,
                rulebook=self.rulebook,
                rule=rule.id,
                key=str(self.period),
                triggered_on=min(filing.received_on, due),
                year=self.period,
            )
        if filing.obligation:
            yield FulfilObligation(
                obligation=filing.obligation,
                disclosure=self.disclosure,
                received_on=filing.received_on,
            )
        else:
            yield from events(rule, filing, filing.items, filing.received_on)


class RecordPaper(FileDisclosure):
    """Key a report on paper: the day of receipt counts, not that of keying."""

    received_on: date
    content_known: bool = True
    scan_sha256: str | None = None

    @property
    def content_unknown(self) -> bool:
        return not self.content_known

    def received_day(self, given: Given) -> date:
        return min(self.received_on, given.at.date())

    def received(self, book: Rulebook, given: Given) -> date:
        refuse_own_receipt(given, self.person)
        if self.received_on > local_day(book, given.at):
            future = "it lies in the future"
            raise Invalid("received_on", future, rule=RECEIPT)
        return self.received_on

    def fact(
        self, book: Rulebook, rule: Rule, items: tuple[Item, ...], received_on: date
    ) -> Filing:
        return PaperDisclosureRecorded(
            **self.fields(book, rule, items, received_on),
            content_known=self.content_known,
            scan_sha256=self.scan_sha256,
        )
